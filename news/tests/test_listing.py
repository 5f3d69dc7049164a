"""The list of stories: facets with counts, pages, and what is asked for wrongly."""

import re
from datetime import UTC, datetime
from html import unescape

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext

from core.caching import stamp
from news import listing
from news.choices import Origin, StoryKind
from news.listing import PER_PAGE
from news.models import StoryIndexPage, StoryPage, Topic
from news.models.links import AddedProgramme, AddedSchool
from schools.tests.factories import make_school

from .factories import make_index, make_programme, make_story, publish, translate


pytestmark = pytest.mark.django_db


@pytest.fixture
def teachers():
    return Topic.objects.create(key="teachers", name="教师")


def listed(client, query="", prefix=""):
    html = client.get(f"{prefix}/news/{query}").content.decode()
    main = html[html.index("<main") : html.index("</main>")]
    return list(dict.fromkeys(re.findall(r'href="[^"]*/news/(story-\d+)/"', main)))


def facet(client, name, query=""):
    """{label: count} of one facet."""
    html = client.get(f"/news/{query}").content.decode()
    found = re.search(rf'<ul aria-labelledby="facet-{name}">(.*?)</ul>', html, re.DOTALL)
    pairs = re.findall(r'label">([^<]*)</span> <span class="facets__count">(\d+)', found[1]) if found else []
    return {label: int(count) for label, count in pairs}


def test_each_facet_narrows_the_list(client, teachers):
    school, programme = make_school(), make_programme()
    plain = make_story()
    by = {
        "topic=teachers": make_story(topics=[teachers]),
        f"school={school.key}": make_story(added_schools=[AddedSchool(school=school)]),
        f"programme={programme.key}": make_story(added_programmes=[AddedProgramme(programme=programme)]),
        "kind=notice": make_story(kind=StoryKind.NOTICE),
        "year=2019": make_story(),
    }
    StoryPage.objects.filter(pk=by["year=2019"].pk).update(first_published_at=datetime(2019, 5, 1, tzinfo=UTC))
    for query, story in by.items():
        assert listed(client, f"?{query}") == [story.slug], query
    assert set(listed(client)) == {plain.slug, *(story.slug for story in by.values())}


def test_counts_say_what_choosing_would_bring(client, teachers):
    make_story(topics=[teachers], kind=StoryKind.NOTICE)
    make_story(topics=[teachers])
    make_story()
    assert sorted(facet(client, "kind").values()) == [1, 2]
    assert sum(facet(client, "kind", "?topic=teachers").values()) == 2
    assert facet(client, "topic", "?kind=notice&topic=teachers") == {"教师": 1}


def test_a_school_that_is_in_the_text_and_added_by_hand_counts_once(client):
    school, story = make_school(), make_story()
    for origin in Origin:
        school.story_links.create(story=story, origin=origin)
    query = f"?school={school.key}"
    assert facet(client, "school", query) == {school.title: 1}


def test_a_year_is_that_of_the_district_not_of_greenwich(client):
    story = make_story()
    StoryPage.objects.filter(pk=story.pk).update(first_published_at=datetime(2018, 12, 31, 20, tzinfo=UTC))
    assert listed(client, "?year=2019") == [story.slug]
    assert listed(client, "?year=2018") == []


def test_a_chosen_value_can_be_let_go(client, teachers):
    make_story(topics=[teachers], kind=StoryKind.NOTICE)
    html = client.get("/news/?topic=teachers&kind=notice").content.decode()
    assert 'href="?topic=teachers" aria-current="true"' in html
    assert 'href="?kind=notice" aria-current="true"' in html


@pytest.mark.parametrize(
    "query", ["?topic=nothing", "?school=%00", f"?topic={'x' * 4000}", "?kind=x", "?year=abcd", "?year=٢٠٢٣"]
)
def test_what_is_not_there_is_no_error(client, query):
    make_story()
    assert client.get(f"/news/{query}").status_code in (200, 400)


def test_nothing_found_says_so_and_leads_back(client):
    make_story()
    html = client.get("/news/?topic=nothing").content.decode()
    assert 'class="empty"' in html
    assert 'href="?"' in html


@pytest.mark.parametrize("page", ["0", "-1", "3", "99999999999999999999", "x", "1.5"])
def test_a_page_that_is_not_there_is_404(client, page):
    for _number in range(2):
        make_story()
    assert client.get(f"/news/?page={page}").status_code == 404


@pytest.fixture
def short(monkeypatch):
    """Pages of two stories, two of which have numbers."""
    monkeypatch.setattr(listing, "PER_PAGE", 2)
    monkeypatch.setattr(listing, "NUMBERED", 2)


def link(html, rel):
    found = re.search(rf'href="([^"]*)" rel="{rel}"', html)
    return found and unescape(found[1])


def walk(client, query, rel):
    """The stories of each page from one on, following its links."""
    pages = []
    while query is not None:
        html = client.get(f"/news/{query}").content.decode()
        pages.append(re.findall(r'href="[^"]*/news/(story-\d+)/"', html[html.index('class="stories"') :]))
        query = link(html, rel)
    return [list(dict.fromkeys(page))[:2] for page in pages]


def test_pages_further_down_begin_behind_a_story(client, short, teachers):
    slugs = [make_story(topics=[teachers]).slug for _number in range(9)][::-1]
    expected = [slugs[start : start + 2] for start in range(0, 9, 2)]
    assert walk(client, "", "next") == expected
    assert walk(client, "?topic=teachers", "next") == expected
    last = client.get("/news/?page=2").content.decode()
    deep = link(last, "next")
    assert deep.startswith("?before=")
    html = client.get(f"/news/{deep}").content.decode()
    assert f'<link rel="canonical" href="http://testserver/news/{deep}">' in html
    assert 'rel="alternate" hreflang=' in client.get("/news/").content.decode()
    assert 'rel="alternate" hreflang=' not in html  # lists are not equally long in all languages
    assert "5" not in re.search(r'class="pagination".*?</span>', html, re.DOTALL)[0]  # it has no number


def test_the_way_back_leads_over_the_same_stories(client, short):
    slugs = [make_story().slug for _number in range(9)][::-1]
    last = "?page=2"
    for _number in range(3):
        last = link(client.get(f"/news/{last}").content.decode(), "next")
    back = walk(client, last, "prev")
    assert back[0] == [slugs[8]]
    assert back[1:4] == [slugs[6:8], slugs[4:6], slugs[2:4]]
    assert back[-1] == slugs[:2]


def test_stories_of_one_moment_are_on_one_page_each(client, short):
    slugs = [make_story().slug for _number in range(9)][::-1]
    StoryPage.objects.update(first_published_at=datetime(2026, 1, 1, tzinfo=UTC))
    assert [slug for page in walk(client, "", "next") for slug in page] == slugs


def test_a_number_of_old_leads_to_the_last_page_that_has_one(client, short, teachers):
    for _number in range(9):
        make_story(topics=[teachers])
    assert client.get("/news/?page=5")["Location"] == "/news/?page=2"
    assert client.get("/news/?topic=teachers&page=3")["Location"] == "/news/?topic=teachers&page=2"
    assert client.get("/news/?page=6").status_code == 404


@pytest.mark.parametrize(
    "before",
    ["x", "1", "20260101000000000000", "20269901000000000000-1", "00000101000000000000-1", "20260101000000000000-x"],
)
def test_a_place_that_is_not_there_is_404(client, before):
    make_story()
    assert client.get(f"/news/?before={before}").status_code == 404


def test_no_page_further_down_walks_or_counts(client, short):
    """The same rows are read wherever it begins: so many from a place in an index, and so many above it."""
    for _number in range(9):
        make_story()
    deep = link(client.get("/news/?page=2").content.decode(), "next")
    with CaptureQueriesContext(connection) as captured:
        client.get(f"/news/{deep}")
    listed = [query["sql"] for query in captured if "LIMIT" in query["sql"] and "ORDER BY" in query["sql"]]
    listed = [sql for sql in listed if '"first_published_at" <=' in sql or '"first_published_at" >=' in sql]
    assert len(listed) == 2
    assert all(sql.endswith("LIMIT 3") for sql in listed)
    assert not any("OFFSET" in query["sql"] for query in captured)
    assert not any(query["sql"].startswith("SELECT COUNT(") for query in captured)


def test_pages_keep_what_was_chosen(client, teachers):
    stories = [make_story(topics=[teachers]) for _number in range(PER_PAGE + 1)]
    html = client.get("/news/?topic=teachers").content.decode()
    assert 'href="?topic=teachers&amp;page=2"' in html
    assert listed(client, "?topic=teachers&page=2") == [stories[0].slug]


def test_a_list_of_another_language_holds_and_counts_its_own(client, teachers):
    make_index()
    make_story(topics=[teachers])
    english = translate(make_story(topics=[teachers]), "en")
    translate(teachers, "en")
    translate(make_index(), "en")
    assert listed(client, "?topic=teachers", "/en") == [english.slug]


def test_drafts_are_neither_listed_nor_counted(client, teachers):
    make_story(topics=[teachers])
    make_story(topics=[teachers], live=False)
    unpublished = make_story(topics=[teachers])
    unpublished.unpublish()
    assert facet(client, "topic", "?topic=teachers") == {"教师": 1}


def test_the_list_is_published_with_its_stories(client):
    publish(make_index())
    assert listed(client) == []


def test_years_begin_at_midnight_in_chongqing(client):
    """1 January 2020 begins there while it is still 2019 in UTC."""
    for moment in (datetime(2019, 12, 31, 15, 59, tzinfo=UTC), datetime(2019, 12, 31, 16, 0, tzinfo=UTC)):
        StoryPage.objects.filter(pk=make_story().pk).update(first_published_at=moment)
    assert facet(client, "year") == {"2019": 1, "2020": 1}


def test_counts_of_many_stories_are_kept_until_something_changes_and_those_of_few_are_not(client, monkeypatch):
    monkeypatch.setattr(listing, "has_moved", lambda _connection: False)  # what the test writes counts as committed
    monkeypatch.setattr(stamp, "INTERVAL", 0.0)
    make_story(kind=StoryKind.NOTICE)
    make_story()
    counts = []
    for least in (5000, 5000, 2, 2):
        monkeypatch.setattr(listing, "CACHED_FROM", least)
        with CaptureQueriesContext(connection) as captured:
            assert sum(facet(client, "kind").values()) == 2
        counts.append(len(captured))
    assert counts[1] == counts[2] > counts[3]
    make_story()
    assert sum(facet(client, "kind").values()) == 3


def test_kept_counts_are_those_of_one_list(monkeypatch):
    monkeypatch.setattr(listing, "has_moved", lambda _connection: False)
    monkeypatch.setattr(listing, "CACHED_FROM", 1)
    index = make_story().get_parent()
    other = index.get_parent().add_child(instance=StoryIndexPage(title="公告", slug="notices"))
    other.add_child(instance=StoryPage(title="停课", slug="one"))
    other.add_child(instance=StoryPage(title="复课", slug="two"))
    assert [listing.StoryList(each, "zh-hans", QueryDict()).total for each in (index, other)] == [1, 2]


@pytest.mark.sqlite
def test_an_index_serves_the_order_of_the_list():
    stories = listing.StoryList(make_index(), "zh-hans", QueryDict())
    with CaptureQueriesContext(connection) as captured:
        stories._keys(range(20))
    [order] = [query["sql"] for query in captured if "ORDER BY" in query["sql"]]
    with connection.cursor() as cursor:
        plan = str(cursor.execute(f"EXPLAIN QUERY PLAN {order}").fetchall())
    assert "page_depth_published" in plan
    assert "USE TEMP B-TREE FOR ORDER BY" not in plan  # at most for stories of the same moment
