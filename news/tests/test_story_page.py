"""What stands around a story's text: dates, reading time, neighbours, related stories, sharing."""

import re
from datetime import timedelta
from io import BytesIO

import pytest
import segno

from core.rendering.walking import chosen_pages
from news.models import StoryPage, Topic
from news.models.links import AddedSchool
from news.models.story_queries import CANDIDATES, targets_of
from schools.tests.factories import make_school

from .factories import make_story, publish, translate


pytestmark = [pytest.mark.django_db, pytest.mark.once]


def html_of(client, story, prefix=""):
    return client.get(prefix + story.url).content.decode()


def listed(language="zh-hans"):
    return StoryPage.objects.for_listing(language)


def neighbours(story, language="zh-hans"):
    if story.first_published_at is None:
        return story._neighbours()
    place = story.first_published_at, story.pk
    return listed(language).before(*place).first(), listed(language).after(*place).first()


def test_neighbours_are_those_published_before_and_after_in_the_language(client):
    first, second, third = (make_story() for _number in range(3))
    assert neighbours(second) == (first, third)
    assert neighbours(first) == (None, second)
    assert neighbours(third) == (second, None)
    assert neighbours(make_story(live=False)) == (None, None)
    html = html_of(client, second)
    assert f'href="{first.url}" rel="prev"' in html
    assert f'href="{third.url}" rel="next"' in html


def test_stories_of_one_moment_have_an_order_too():
    stories = [make_story() for _number in range(3)]
    StoryPage.objects.update(first_published_at=stories[0].first_published_at)
    first, second, third = StoryPage.objects.order_by("pk")
    assert neighbours(second) == (first, third)


def test_neighbours_in_english_skip_what_is_in_chinese_only():
    first, _chinese, third = translate(make_story()), make_story(), translate(make_story())
    assert neighbours(StoryPage.objects.get(pk=third.pk), "en")[0].pk == first.pk


def test_related_stories_share_a_school_before_a_topic():
    topic, school = Topic.objects.create(key="teachers", name="教师"), make_school()
    story = make_story(topics=[topic], added_schools=[AddedSchool(school=school)])
    by_topic = make_story(topics=[topic])
    by_school = make_story(added_schools=[AddedSchool(school=school)])
    make_story()
    make_story(topics=[topic], live=False)
    assert list(listed().related_to(story.pk, *targets_of(StoryPage, story.pk), chosen_pages(story.body))) == [
        by_school,
        by_topic,
    ]


def test_of_thousands_that_share_something_the_newest_are_compared():
    """A plan that stays as it is however many there are: a cut-off in each part, and nothing that is looked up row by row."""
    query = str(listed().related_to(0, [1, 2], [], [3], []).query)
    first, second = (part.partition(") AS part_")[0] for part in query.split("SELECT * FROM (")[1:])
    assert '"school_id" IN (1, 2)' in first
    assert '"topic_id" IN (3)' in second
    assert first.endswith(f"LIMIT {CANDIDATES}")
    assert second.endswith(f"LIMIT {CANDIDATES}")
    assert not listed().related_to(0, [], [], [], [])


def test_what_a_story_is_linked_to_is_asked_at_once(django_assert_num_queries):
    topic, schools = Topic.objects.create(key="teachers", name="教师"), [make_school(slug=slug) for slug in ("a", "b")]
    story = make_story(topics=[topic], added_schools=[AddedSchool(school=school) for school in schools])
    with django_assert_num_queries(1):
        found = targets_of(StoryPage, story.pk)
    assert (set(found.schools), found.programmes, found.topics) == ({each.pk for each in schools}, [], [topic.pk])


def test_a_story_chosen_by_the_editor_is_not_named_again():
    topic = Topic.objects.create(key="teachers", name="教师")
    chosen = make_story(topics=[topic])
    story = make_story(topics=[topic], body=[("stories", {"heading": "", "stories": [chosen]})])
    assert list(listed().related_to(story.pk, *targets_of(StoryPage, story.pk), chosen_pages(story.body))) == []


def test_an_update_is_dated_but_not_a_second_publication_at_once(client):
    story = publish(make_story())
    assert story.updated_at is None
    StoryPage.objects.filter(pk=story.pk).update(first_published_at=story.first_published_at - timedelta(days=2))
    story = StoryPage.objects.get(pk=story.pk)
    assert story.updated_at == story.last_published_at
    assert html_of(client, story).count("<time") >= 2


def test_the_reading_time_is_that_of_the_language_read(client):
    story = make_story(body=[("text", "<p data-block-key='k'>" + "学" * 1200 + "</p>")])
    path = f"body.{story.body[0].id}#k"
    translate(story, "en", **{path: "Short."})
    assert re.search(r"<dd>3\s", html_of(client, story))
    assert "<dd>1 minute</dd>" in html_of(client, story, "/en")


def test_the_address_is_there_to_scan_and_to_copy_without_scripts(client):
    story = make_story()
    html = html_of(client, story)
    assert f"http://testserver{story.url}</a>" in html
    code = client.get(re.search(r'<img class="qr" src="([^"]+)"', html)[1])
    image = BytesIO()
    segno.make(f"http://testserver{story.url}", error="m", micro=False).save(image, kind="svg", border=2, light="#fff")
    shape = re.compile(rb' d="([^"]+)"')
    assert code.headers["Content-Type"] == "image/svg+xml"
    assert shape.findall(code.content) == shape.findall(image.getvalue())
    assert "style=" not in html
    assert re.search(r"<button[^>]*data-copy=[^>]* hidden>", html)


def test_topics_lead_to_the_list(client):
    story = make_story(topics=[Topic.objects.create(key="teachers", name="教师")])
    assert 'href="/news/?topic=teachers">教师</a>' in html_of(client, story)
