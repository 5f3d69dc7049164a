"""Query counts: pinned, and the same for one and for forty blocks, links and figures."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from metrics.models import MetricsPage
from metrics.tests.factories import make_observation
from news.models import ProgrammeIndexPage, StandardPage
from news.tests.factories import make_home, make_index, make_programme, make_story, publish
from schools.models import SchoolIndexPage
from schools.tests.factories import make_honour, make_image, make_school


pytestmark = pytest.mark.django_db

STORY, SCHOOL, HOME, LISTS = 16, 16, 18, 14


def queries_of(client, url):
    client.get(url)  # caches of sites and content types are warm in a running server
    with CaptureQueriesContext(
        connection,
    ) as captured:
        response = client.get(url)
    assert response.status_code == 200
    return len(captured), [query["sql"][:300] for query in captured]


def full_body(size):
    """`size` of every kind of block, and as many links of each kind in the text."""
    school, programme, observation = make_school(), make_programme(), make_observation()
    other, image, picture = make_story(), make_image(), make_image()
    links = "".join(
        f'<a linktype="figure" id="{observation.pk}">8660个</a><a linktype="school" id="{school.pk}">学校</a>'
        f'<a linktype="page" id="{other.pk}">报道</a>'
        for _number in range(size)
    )
    blocks = [
        ("heading", {"heading": "小标题", "subheading": ""}),
        ("text", f'<p data-block-key="k">{links}</p>'),
        ("image", {"image": image, "caption": "图", "credit": "", "alt": "", "wide": False}),
        (
            "gallery",
            {
                "heading": "",
                "images": [
                    {"image": i, "caption": "", "credit": "", "alt": "", "wide": False} for i in (image, picture)
                ],
            },
        ),
        ("figures", {"heading": "", "figures": [observation]}),
        ("chart", {"metric": observation.metric, "caption": ""}),
        ("schools", {"heading": "", "schools": [school]}),
        ("programme", {"programme": programme}),
        ("stories", {"heading": "", "stories": [other]}),
        ("quote", {"quote": "一句话", "attribution": ""}),
    ]
    return blocks * size


@pytest.mark.parametrize("size", [1, 40])
def test_a_story(client, size):
    story = make_story(body=full_body(size), picture=make_image())
    count, sql = queries_of(client, story.url)
    assert count <= STORY, sql


@pytest.mark.parametrize("size", [1, 40])
def test_a_school(client, size):
    school = make_school(picture=make_image())
    texts = "".join(f'<a linktype="figure" id="{make_observation().pk}">8660</a>' for _number in range(size))
    school.body = [
        ("text", f"<p>{texts}</p>"),
        ("image", {"image": make_image(), "caption": "", "credit": "", "alt": "", "wide": False}),
    ] * size
    school = publish(school)
    for _number in range(size):
        make_observation(subject_school=school)
        make_honour(holder_school=school)
        make_story(body=[("text", f'<p><a linktype="school" id="{school.pk}">校</a></p>')], picture=make_image())
    count, sql = queries_of(client, school.url)
    assert count <= SCHOOL, sql


@pytest.mark.parametrize("size", [1, 25])
def test_the_front_page(client, size):
    home = make_home()
    for _number in range(size):
        make_story(picture=make_image())
        make_school(picture=make_image())
        make_programme()
    home.figures = [("figures", {"heading": "", "figures": [make_observation() for _number in range(min(size, 4))]})]
    publish(home)
    count, sql = queries_of(client, "/")
    assert count <= HOME, sql


@pytest.mark.parametrize("size", [1, 25])
def test_the_lists(client, size):
    make_home()
    for _number in range(size):
        make_story(picture=make_image())
        make_school(picture=make_image())
        make_programme()
        make_observation()
    for url in (
        make_index().url,
        make_index(SchoolIndexPage).url,
        make_index(ProgrammeIndexPage).url,
        make_index(MetricsPage).url,
    ):
        count, sql = queries_of(client, url)
        assert count <= LISTS, (url, sql)


def test_a_metric_and_a_standard_page(client):
    make_index(MetricsPage)
    observation = make_observation()
    count, sql = queries_of(client, observation.metric.get_absolute_url())
    assert count <= STORY, sql
    page = StandardPage.objects.get(
        pk=publish(make_home().add_child(instance=StandardPage(title="关于", slug="about", body=full_body(2)))).pk
    )
    count, sql = queries_of(client, page.url)
    assert count <= STORY, sql
