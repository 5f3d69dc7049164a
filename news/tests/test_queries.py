"""Query counts: pinned, and the same for one and for many blocks, links and figures."""

from itertools import cycle

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from metrics.models import MetricsPage
from metrics.tests.factories import make_observation
from news.models import ProgrammeIndexPage, StoryIndexPage, Topic
from news.models.programmes import ProgrammeSchool
from news.tests.factories import make_index, make_programme, make_standard_page, make_story, publish, translate
from schools.models import SchoolIndexPage
from schools.tests.factories import make_home, make_honour, make_image, make_school


pytestmark = [pytest.mark.django_db, pytest.mark.once]

STORY, SCHOOL, HOME, LISTS = 18, 15, 13, 13
MANY = 6  # of everything: enough to tell a query for each from one for all


def queries_of(client, url):
    client.get(url)  # caches of sites and content types are warm in a running server
    with CaptureQueriesContext(
        connection,
    ) as captured:
        response = client.get(url)
    assert response.status_code == 200
    return len(captured), [query["sql"][:300] for query in captured]


def some_pictures():
    """Three pictures, over and over: making their sizes is what takes long."""
    return cycle([make_image() for _number in range(3)])


def full_body(size):
    """`size` of every kind of block, each with things of its own, and as many links of each kind in the text."""
    images = [make_image(), make_image()]
    blocks = []
    for number in range(size):
        school, observation, other = make_school(), make_observation(), make_story()
        programme, image = make_programme(), images[number % 2]
        link = (
            f'<a linktype="figure" id="{observation.pk}">8660个</a><a linktype="school" id="{school.pk}">学校</a>'
            f'<a linktype="page" id="{other.pk}">报道</a>'
        )
        shown = {"image": image, "caption": "图", "credit": "", "alt": "", "wide": False}
        blocks += [
            ("heading", {"heading": "小标题", "subheading": ""}),
            ("text", f'<p data-block-key="k">{link * size}</p>'),
            ("image", shown),
            ("gallery", {"heading": "", "images": [shown, shown]}),
            ("figures", {"heading": "", "figures": [observation]}),
            ("chart", {"metric": observation.metric, "caption": ""}),
            ("schools", {"heading": "", "schools": [school]}),
            ("programme", {"programme": programme}),
            ("stories", {"heading": "", "stories": [other]}),
            ("quote", {"quote": "一句话", "attribution": ""}),
        ]
    return blocks


def test_a_story_with_one_and_with_many_of_everything(client):
    topic = Topic.objects.create(key="places", name="学位")
    make_story(topics=[topic], picture=make_image())  # named below the text, with its picture
    counts = []
    for size in (1, MANY):
        story = make_story(topics=[topic], body=full_body(size), picture=make_image())
        count, sql = queries_of(client, story.url)
        assert count <= STORY, sql
        counts.append(count)
    assert counts[0] == counts[1]


def test_a_translated_story_takes_one_more_for_its_note(client):
    story = translate(make_story(body=full_body(2), picture=make_image()))
    for prefix in ("/en", "/zh-hant"):
        count, sql = queries_of(client, prefix + story.url)
        assert count <= STORY + 1, sql


def make_full_school(size):
    pictures = some_pictures()
    school = make_school(picture=next(pictures), parent_campus=make_school())
    figures = "".join(f'<a linktype="figure" id="{make_observation().pk}">8660</a>' for _number in range(size))
    shown = {"image": next(pictures), "caption": "", "credit": "", "alt": "", "wide": False}
    school.body = [("text", f"<p>{figures}</p>"), ("image", shown)] * size
    school = publish(school)
    link = f'<p><a linktype="school" id="{school.pk}">校</a></p>'
    for _number in range(size):
        make_observation(subject_school=school)
        make_honour(holder_school=school)
        make_school(parent_campus=school)
        make_story(body=[("text", link)], picture=next(pictures))
    return school


def test_a_school_with_one_and_with_many_of_everything(client):
    counts = []
    for size in (1, MANY):
        count, sql = queries_of(client, make_full_school(size).url)
        assert count <= SCHOOL, sql
        counts.append(count)
    assert counts[0] == counts[1]


def fill_the_site(size):
    pictures = some_pictures()
    home = make_home()
    for _number in range(size):
        make_story(picture=next(pictures))
        make_school(picture=next(pictures))
        make_programme()
        make_observation()
    return home


@pytest.mark.parametrize("size", [1, MANY])
def test_the_front_page(client, size):
    home = fill_the_site(size)
    figures = [make_observation() for _number in range(min(size, 4))]
    home.body = [
        ("lead", {"story": make_story(picture=make_image()), "beside": 7}),
        ("figures", {"heading": "", "figures": figures}),
        ("latest", {"heading": "", "topic": None, "count": 3}),
        ("schools", {"heading": "", "schools": [make_school(picture=make_image())]}),
        ("programmes", {"heading": "", "programmes": [make_programme()]}),
    ]
    publish(home)
    count, sql = queries_of(client, "/")
    assert count <= HOME, sql


@pytest.mark.parametrize("size", [1, MANY])
def test_the_lists(client, size):
    fill_the_site(size)
    for model in (StoryIndexPage, SchoolIndexPage, ProgrammeIndexPage, MetricsPage):
        url = make_index(model).url
        count, sql = queries_of(client, url)
        assert count <= LISTS, (url, sql)


def test_a_list_of_another_language_names_what_is_in_chinese_only_without_its_pictures(client):
    pictures = some_pictures()
    translate(make_index())
    translate(make_story(picture=next(pictures)))
    counts = []
    for size in (1, MANY):
        for _number in range(size):
            make_story(picture=next(pictures))
        count, sql = queries_of(client, "/en/news/")
        assert count <= LISTS + 1, sql
        counts.append(count)
    assert counts[0] == counts[1]


def test_a_metric_a_programme_and_a_standard_page(client):
    make_index(MetricsPage)
    observation = make_observation()
    programme = make_programme(metrics=[observation.metric], school_links=[ProgrammeSchool(school=make_school())])
    page = make_standard_page(body=full_body(2))
    for url in (observation.metric.get_absolute_url(), programme.url, page.url):
        count, sql = queries_of(client, url)
        assert count <= STORY, (url, sql)
