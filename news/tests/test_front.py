"""The front page: blocks in any order, each story once, the same in each language that has it."""

import re

import pytest

from news.models import Topic
from schools.tests.factories import make_home, make_school

from .factories import make_programme, make_story, publish, translate


pytestmark = [pytest.mark.django_db, pytest.mark.once]


def compose(*blocks):
    home = make_home()
    home.body = list(blocks)
    return publish(home)


def lead(story=None, beside=7):
    return "lead", {"story": story, "beside": beside}


def latest(count=3, topic=None, heading=""):
    return "latest", {"heading": heading, "topic": topic, "count": count}


def shown(client, address="/"):
    html = client.get(address).content.decode()
    return html[html.index("<main") : html.index("</main>")]


def titles(html):
    return re.findall(r"/news/(story-\d+)/\"(?! tabindex)", html)


def test_an_empty_front_page_has_a_good_default(client):
    compose()
    old, new = make_story(), make_story()
    school, programme = make_school(title="聚奎中学"), make_programme(title="双减")
    html = shown(client)
    assert titles(html) == [new.slug, old.slug]
    assert school.title in html
    assert programme.title in html


def test_a_front_page_without_a_story_says_what_would_be_there(client):
    compose()
    assert 'class="empty"' in shown(client)


def test_the_chosen_story_leads_and_no_story_stands_twice(client):
    stories = [make_story() for _number in range(6)]
    compose(lead(stories[0], beside=2), latest(2))
    newest = [story.slug for story in reversed(stories)]
    assert titles(shown(client)) == [stories[0].slug, *newest[:4]]


def test_blocks_stand_in_the_order_of_the_editor(client):
    make_story()
    make_school(title="聚奎中学")
    compose(("schools", {"heading": "各校", "schools": []}), latest(1, heading="要闻汇总"))
    html = shown(client)
    assert html.index("各校") < html.index("要闻汇总")


def test_a_lead_that_is_a_draft_gives_way_to_the_newest(client):
    newest = make_story()
    draft = make_story(live=False)
    compose(lead(draft))
    assert titles(shown(client)) == [newest.slug]


def test_in_another_language_only_what_is_published_in_it(client):
    chinese, both = make_story(), translate(make_story(), "en")
    home = compose(lead(chinese), latest(3))
    translate(home, "en")
    assert titles(shown(client, "/en/")) == [both.slug]


def test_more_stories_of_a_topic(client):
    topic = Topic.objects.create(key="teachers", name="教师")
    filed, other = make_story(topics=[topic]), make_story()
    compose(latest(3, topic))
    html = shown(client)
    assert titles(html) == [filed.slug]
    assert "?topic=teachers" in html
    assert other.slug not in html


def test_schools_in_focus_stand_in_the_order_chosen(client):
    first, second = make_school(title="甲校"), make_school(title="乙校")
    make_story()
    compose(("schools", {"heading": "", "schools": [second, first]}))
    cards = re.findall(r'school-card__name"><a href="[^"]*">([^<]*)<', shown(client))
    assert cards == ["乙校", "甲校"]


def test_programmes_chosen_or_else_the_first_three(client):
    programmes = [make_programme() for _number in range(4)]
    compose(("programmes", {"heading": "", "programmes": [programmes[3]]}))
    assert programmes[3].title in shown(client)
    assert programmes[0].title not in shown(client)
    compose(("programmes", {"heading": "", "programmes": []}))
    assert all(programme.title in shown(client) for programme in programmes[:3])
    assert programmes[3].title not in shown(client)


def test_a_teaser_says_the_kind_once_and_leaves_the_rest_of_the_kicker_to_the_story(client):
    compose()
    make_story(kind="feature", kicker="专题 · 内容截至2023年秋")
    story = make_story(kind="feature", kicker="新学校 · 内容截至2023年秋")
    for address in ("/", "/news/"):
        html = shown(client, address)
        assert "截至" not in html
        assert re.findall(r'class="kicker">([^<]*)<', html) == ["新学校"]
    assert "新学校 · 内容截至2023年秋" in shown(client, story.url)
