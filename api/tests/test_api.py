"""The API as its users meet it: what is found, what is not, and what is said when something is wrong."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import PageViewRestriction

from core.models import Language
from metrics.models import MetricsPage, Observation
from metrics.tests.factories import make_metric, make_observation
from news.models import (
    AddedObservation,
    AddedProgramme,
    AddedSchool,
    Contributor,
    StoryContributor,
    StoryPage,
    Topic,
)
from news.models.programmes import ProgrammeSchool
from news.tests.factories import make_index, make_programme, make_story, translate
from schools.models import SchoolGroup, Town
from schools.tests.factories import make_organisation, make_school


pytestmark = [pytest.mark.django_db, pytest.mark.once]

LISTS = ["stories", "schools", "programmes", "metrics", "observations"]
PINNED = {"stories": 9, "schools": 4, "programmes": 7, "metrics": 3, "observations": 4}


@pytest.fixture(autouse=True)
def figures():
    return make_index(MetricsPage)


@pytest.fixture
def get(client):
    """`get("stories", lang="en")`: the answer as JSON; it must be a good one."""

    def ask(path, **parameters):
        response = client.get(f"/api/v1/{path}", parameters)
        assert response.status_code == 200, response.content
        return response.json()

    return ask


@pytest.fixture
def keys(get):
    return lambda path, **parameters: [item["key"] for item in get(path, **parameters)["items"]]


def make_private(page):
    PageViewRestriction.objects.create(page=page, restriction_type="login")
    return page


def one_of_each():
    """A public thing of every list, each linked to the others, in Chinese and English."""
    topic = Topic.objects.create(key="opening", name="开学", name_en="Openings")
    school = make_school(title="双福六小", title_en="Shuangfu No. 6", slug="shuangfu")
    observation = make_observation(key="area", metric=make_metric(key="site-area"), subject_school=school)
    programme = make_programme(
        title="三名工程",
        slug="three",
        category="teachers",
        metrics=[observation.metric],
        school_links=[ProgrammeSchool(school=school)],
        parts=[("part", {"name": "名师", "description": ""})],
        targets=[("target", {"promise": "一百名", "due": "2025"})],
    )
    contributor = Contributor.objects.create(key="desk", name="编辑部")
    story = make_story(
        title="开学了",
        slug="opening",
        topics=[topic],
        added_schools=[AddedSchool(school=school)],
        added_programmes=[AddedProgramme(programme=programme)],
        added_observations=[AddedObservation(observation=observation)],
        byline=[StoryContributor(contributor=contributor, role="writer")],
    )
    for thing in (story, programme):
        translate(thing)
    return {"stories": story, "schools": school, "programmes": programme, "observations": observation}


# What is found -----------------------------------------------------------------------------------


@pytest.mark.parametrize("code", ["zh-hans", "en"])
def test_every_thing_can_be_listed_and_read_by_its_key(get, code):
    one_of_each()
    for name in LISTS:
        [item] = get(name, lang=code)["items"]
        detail = get(f"{name}/{item['key']}", lang=code)
        assert item.items() <= detail.items()


def test_a_story_says_what_it_is_about_in_the_language(get):
    one_of_each()
    story = get("stories/opening", lang="en")
    assert story["title"] == "[en] 开学了"
    assert story["url"] == "http://testserver/en/news/opening/"
    assert story["languages"] == ["zh-Hans", "zh-Hant", "en"]
    assert story["topics"] == [{"key": "opening", "name": "Openings"}]
    assert story["kind"] == {"key": "news", "name": "News"}
    school = {"key": "shuangfu", "name": "Shuangfu No. 6", "url": "http://testserver/en/schools/shuangfu/"}
    assert story["schools"] == [school]
    assert story["programmes"][0]["key"] == "three"
    assert story["observations"][0]["key"] == "area"
    assert story["byline"] == [{"key": "desk", "name": "编辑部", "role": {"key": "writer", "name": "Writer"}}]


def test_a_value_is_a_decimal_in_base_units_and_is_shown_as_readers_see_it(get):
    make_observation(
        key="o",
        metric=make_metric(key="places"),
        value=Decimal("98.02"),
        qualifier="about",
        note_en="Counted.",
        comparator_value=Decimal(200),
        comparator_scope=make_organisation(name="重庆市", name_en="Chongqing", key="city"),
    )
    figure = get("observations/o", lang="en")
    assert figure["value"] == "98.02"
    assert figure["display"] == "about 98.02 places"
    assert figure["qualifier"] == {"key": "about", "name": "About"}
    assert figure["unit"]["symbol"] == "places"
    assert figure["period"] == {
        "key": "2024",
        "label": "2024",
        "kind": {"key": "year", "name": "Year"},
        "start": None,
        "end": None,
        "basis": "",
    }
    assert figure["comparator"]["scope"] == {"key": "city", "name": "Chongqing"}
    assert figure["subject"]["type"] == "organisation"
    assert figure["note"] == "Counted."
    assert figure["metric"]["url"] == "http://testserver/en/data/places/"


def test_a_programme_says_its_parts_targets_schools_and_metrics(get):
    one_of_each()
    programme = get("programmes/three")
    assert programme["parts"] == [{"name": "名师", "description": ""}]
    assert programme["targets"] == [{"promise": "一百名", "due": "2025"}]
    assert [school["key"] for school in programme["schools"]] == ["shuangfu"]
    assert [metric["key"] for metric in programme["metrics"]] == ["site-area"]


def test_a_metric_comes_with_its_values_and_how_to_cite_it(get):
    one_of_each()
    metric = get("metrics/site-area")
    assert [figure["key"] for figure in metric["observations"]] == ["area"]
    assert "新增学位" in metric["citation"]
    assert metric["licence"] is None
    assert metric["downloads"]["csv"] == "http://testserver/data/site-area.csv"


def test_a_school_says_what_it_belongs_to(get):
    parent = make_school(title="江津中学", slug="jiangjin")
    town = Town.objects.create(key="shuangfu", name="双福街道", name_en="Shuangfu")
    make_school(slug="campus", parent_campus=parent, town=town, latitude=Decimal("29.4"), longitude=Decimal("106.3"))
    school = get("schools/campus")
    assert school["campus_of"]["key"] == "jiangjin"
    assert school["town"] == {"key": "shuangfu", "name": "双福街道"}
    assert school["location"] == {"latitude": "29.40000", "longitude": "106.30000"}
    assert get("schools/jiangjin")["location"] is None


def test_filters_of_stories(keys):
    one_of_each()
    other = make_story(slug="notice", kind="notice")
    old = datetime(2001, 5, 1, tzinfo=UTC)
    StoryPage.objects.filter(pk=other.pk).update(first_published_at=old, last_published_at=old)
    year = datetime.now(tz=UTC).year
    for name, value in {
        "kind": "news", "topic": "opening", "school": "shuangfu", "programme": "three", "year": year, "since": "2001-05-02",
    }.items():  # fmt: skip
        assert keys("stories", **{name: value}) == ["opening"], name
    assert keys("stories", kind="notice", year=2001, since="2001-05-01") == ["opening", "notice"][1:]
    assert keys("stories", topic="nothing") == []


def test_filters_of_the_other_lists(keys):
    one_of_each()
    group = SchoolGroup.objects.create(key="ronghe", name="融和集团")
    town = Town.objects.create(key="jijiang", name="几江街道")
    make_school(slug="other", stage="junior", status="new", town=town, group=group)
    make_programme(slug="aid", category="aid")
    make_observation(key="zz", metric=make_metric(key="zz"), subject_organisation=make_organisation(key="district"))
    for name, value in {"stage": "junior", "status": "new", "town": "jijiang", "group": "ronghe"}.items():
        assert keys("schools", **{name: value}) == ["other"], name
    assert keys("programmes", category="aid") == ["aid"]
    assert keys("metrics", theme="places") == ["site-area", "zz"]
    assert keys("metrics", theme="other") == []
    for name, value in {"metric": "zz", "subject": "district"}.items():
        assert keys("observations", **{name: value}) == ["zz"], name
    assert keys("observations", subject="shuangfu") == ["area"]
    for name, value in {"period": "2024", "scope": "total"}.items():
        assert keys("observations", **{name: value}) == ["area", "zz"], name
        assert keys("observations", **{name: "other"}) == []


# What is not found -------------------------------------------------------------------------------


@pytest.mark.parametrize("name", LISTS[:3])
def test_drafts_and_private_pages_are_nowhere(client, keys, name):
    make = {"stories": make_story, "schools": make_school, "programmes": make_programme}[name]
    draft = make(slug="draft")
    draft.unpublish()
    make_private(make(slug="private"))
    assert keys(name) == []
    for key in ("draft", "private"):
        assert client.get(f"/api/v1/{name}/{key}").status_code == 404


def test_a_page_below_a_private_one_is_nowhere(keys):
    make_private(make_school().get_parent())
    assert keys("schools") == []


def test_what_is_secret_is_not_named_by_what_is_public(client, get, keys):
    made = one_of_each()
    make_school(slug="campus", parent_campus=made["schools"], entrusted_to=made["schools"])
    make_private(made["schools"])
    made["programmes"].unpublish()
    story = get("stories/opening")
    assert (story["schools"], story["programmes"], story["observations"]) == ([], [], [])
    campus = get("schools/campus")
    assert (campus["campus_of"], campus["entrusted_to"]) == (None, None)
    assert keys("observations") == []
    assert client.get("/api/v1/metrics/site-area").status_code == 404  # its only value is of that school
    # Nor may a filter tell what it is linked to.
    assert keys("stories", school="shuangfu") == []
    assert keys("stories", programme="three") == []
    assert keys("observations", subject="shuangfu") == []


def test_a_programme_names_no_draft_metric_and_no_private_school(get):
    made = one_of_each()
    made["observations"].metric.unpublish()
    make_private(made["schools"])
    programme = get("programmes/three")
    assert (programme["schools"], programme["metrics"]) == ([], [])


def test_draft_metrics_and_their_values_are_nowhere(client, keys):
    make_observation(key="o", metric=make_metric(key="draft", live=False))
    assert keys("metrics") == keys("observations") == []
    assert client.get("/api/v1/metrics/draft").status_code == 404
    assert client.get("/api/v1/observations/o").status_code == 404


def test_a_private_page_of_figures_hides_them(keys, figures):
    make_observation()
    make_private(figures)
    assert keys("metrics") == keys("observations") == []


def test_only_what_is_published_in_the_language_is_found_but_for_schools(client, keys):
    make_story(slug="s")
    make_school(slug="s")
    make_programme(slug="s")
    make_observation(key="s", metric=make_metric(key="s", name_en=""))
    for name in LISTS:
        assert keys(name) == ["s"]
        is_school = name == "schools"
        assert keys(name, lang="en") == ["s"] * is_school
        assert client.get(f"/api/v1/{name}/s?lang=en").status_code == (200 if is_school else 404)
    assert client.get("/api/v1/schools/s?lang=en").json()["language"] == "zh-Hans"


@pytest.mark.parametrize("lang", ["fr", "xx", "zh", "en-us"])
def test_a_closed_or_unknown_language_is_refused_and_the_open_ones_are_named(client, lang):
    make_story(slug="s")
    for path in [*LISTS, "stories/s"]:
        response = client.get(f"/api/v1/{path}?lang={lang}")
        assert response.status_code == 422
        assert response.json()["message"] == "lang: this language is not open. Open are: zh-hans, zh-hant, en."


def test_a_language_is_there_as_soon_as_it_is_open(client, keys):
    translate(make_story(slug="s"), "fr")
    Language.objects.filter(code="fr").update(is_open=True)
    assert keys("stories", lang="fr") == ["s"]
    response = client.get("/api/v1/stories?lang=FR")
    assert response.headers["Content-Language"] == "fr"
    assert response.json()["items"][0]["url"] == "http://testserver/fr/news/s/"


# Pages of a list ---------------------------------------------------------------------------------


def follow(client, url):
    """The keys of every page of a list, read by its own links."""
    while url:
        data = client.get(url).json()
        yield [item["key"] for item in data["items"]]
        url = data["next"]


def test_new_stories_between_two_pages_move_nothing(client):
    slugs = [make_story().slug for _number in range(5)][::-1]
    pages = follow(client, "/api/v1/stories?limit=2")
    assert next(pages) == slugs[:2]
    make_story(slug="newest")
    assert next(pages) == slugs[2:4]
    StoryPage.objects.get(slug=slugs[4]).unpublish()
    assert list(pages) == [[]]
    assert next(follow(client, "/api/v1/stories?limit=1")) == ["newest"]


def test_a_story_that_goes_away_takes_nothing_with_it(client):
    slugs = [make_story().slug for _number in range(4)][::-1]
    pages = follow(client, "/api/v1/stories?limit=2")
    next(pages)
    StoryPage.objects.get(slug=slugs[1]).delete()
    assert next(pages) == slugs[2:]


def test_stories_of_one_moment_and_of_none_come_once_each(client):
    slugs = {make_story().slug for _number in range(7)}
    now = datetime(2024, 1, 1, tzinfo=UTC)
    for number, story in enumerate(StoryPage.objects.all()):
        moment = [None, now, now + timedelta(microseconds=1)][number % 3]
        StoryPage.objects.filter(pk=story.pk).update(first_published_at=moment)
    found = [key for page in follow(client, "/api/v1/stories?limit=2") for key in page]
    assert len(found) == 7
    assert set(found) == slugs


def test_stories_without_a_date_come_last(client):
    slugs = [make_story().slug for _number in range(5)]
    StoryPage.objects.filter(slug__in=slugs[:3]).update(first_published_at=None)
    expected = [slugs[4], slugs[3], slugs[2], slugs[1], slugs[0]]
    for limit in (1, 2, 3, 4, 5):
        pages = follow(client, f"/api/v1/stories?limit={limit}&lang=zh-hans")
        assert [key for page in pages for key in page] == expected


def test_no_list_of_stories_is_sorted_by_what_is_worked_out(get):
    """An index serves the order, so a page reads no more rows than one of the usual size shows, however many there are."""
    for _number in range(3):
        make_story()
    following = get("stories", limit=1)["next"]
    for address in ("stories?limit=1", following):
        with CaptureQueriesContext(connection) as captured:
            get(address.rpartition("/v1/")[2])
        listed = [query["sql"] for query in captured if "news_storypage" in query["sql"] and "LIMIT" in query["sql"]]
        assert [sql.rpartition(" ORDER BY ")[2] for sql in listed] == [
            '"core_basepage"."first_published_at" DESC, "news_storypage"."basepage_ptr_id" DESC LIMIT 21'
        ]


@pytest.mark.parametrize("name", ["schools", "programmes", "metrics", "observations"])
def test_new_things_between_two_pages_move_nothing(client, name):
    make = {
        "schools": lambda key: make_school(slug=key),
        "programmes": lambda key: make_programme(slug=key),
        "metrics": lambda key: make_observation(metric=make_metric(key=key)),
        "observations": lambda key: make_observation(key=key),
    }[name]
    for key in ("b", "d", "f", "h"):
        make(key)
    pages = follow(client, f"/api/v1/{name}?limit=2&lang=zh-hans")
    assert next(pages) == ["b", "d"]
    for key in ("a", "e"):
        make(key)
    assert [key for page in pages for key in page] == ["e", "f", "h"]


def test_a_link_to_the_next_page_keeps_the_filters(get):
    for _number in range(3):
        make_story(kind="notice")
        make_story()
    following = get("stories", kind="notice", limit=2)["next"]
    assert "kind=notice" in following
    assert "limit=2" in following


@pytest.mark.parametrize("limit", [0, 101, -1, "x", "", 10**30])
def test_a_limit_out_of_bounds_is_refused(client, limit):
    response = client.get("/api/v1/stories", {"limit": limit})
    assert response.status_code == 422
    assert response.json()["message"].startswith("limit: ")
    assert response.json()["errors"][0]["parameter"] == "limit"


def test_a_limit_is_kept(get):
    for _number in range(3):
        make_observation()
    assert len(get("metrics", limit=1)["items"]) == 1
    assert len(get("metrics", limit=100)["items"]) == 3


def test_a_cursor_that_was_not_given_out_by_this_list_is_refused(client, get):
    for number in range(2):
        make_metric(key=f"m{number}")
        make_observation(key=f"o{number}")
    foreign = get("metrics", limit=1)["next_cursor"]
    for cursor in (foreign, "abc", "é:ü", foreign[:-1], "W10:x", "::::"):
        response = client.get("/api/v1/observations", {"cursor": cursor})
        assert response.status_code == 422
        assert "cursor" in response.json()["message"]


# What is wrong is said ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    "query",
    [
        "kind=other", "topic=%27%20OR%201", "topic=" + "x" * 81, "year=99999999999999999999", "year=x", "since=2024-13-01",
        "since=0001-01-01", "since=9999-12-31", "since=-1", "lang=" + "x" * 500, "lang=", "cursor=" + "x" * 401,
        "knid=news", "page=2",
    ],
)  # fmt: skip
def test_a_wrong_parameter_is_named(client, query):
    response = client.get(f"/api/v1/stories?{query}")
    assert response.status_code == 422
    assert response.headers["Content-Type"].startswith("application/json")
    assert response.json()["message"].startswith(query.partition("=")[0])


def test_an_error_repeats_nothing_of_what_was_sent(client):
    response = client.get("/api/v1/stories?topic=<script>alert(1)</script>&year=<script>")
    assert response.status_code == 422
    assert b"<script>" not in response.content


@pytest.mark.parametrize(
    "path", ["nothing", "stories/nothing", "stories/a/b", "stories/" + "x" * 300, "schools/..", "metrics/%25", "docs"]
)
def test_what_is_not_there_is_said_in_json(client, path):
    response = client.get(f"/api/v1/{path}")
    assert response.status_code in {404, 422}
    assert response.json()["message"]
    assert response.headers["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize("name", LISTS)
def test_a_slash_too_many_leads_to_the_right_address(client, name):
    response = client.get(f"/api/v1/{name}/?lang=en&limit=3")
    assert response.status_code == 301
    assert response.headers["Location"] == f"/api/v1/{name}?lang=en&limit=3"
    assert response.headers["Access-Control-Allow-Origin"] == "*"


# Serving -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", [*LISTS, "openapi.json", "stories/opening"])
def test_any_site_may_read_and_caches_may_keep(client, path):
    one_of_each()
    response = client.get(f"/api/v1/{path}")
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert response.headers["Cache-Control"] == "public, max-age=300, s-maxage=1, stale-if-error=86400"
    assert not response.cookies
    assert "Cookie" not in response.headers.get("Vary", "")
    head = client.head(f"/api/v1/{path}")
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["ETag"] == response.headers["ETag"]
    assert client.get(f"/api/v1/{path}", headers={"If-None-Match": head.headers["ETag"]}).status_code == 304
    options = client.options(f"/api/v1/{path}")
    assert options.status_code == 204
    assert options.headers["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"


def test_nothing_that_is_no_longer_public_is_confirmed_by_its_etag(client):
    story = make_story(slug="s")
    etag = client.get("/api/v1/stories/s").headers["ETag"]
    story.unpublish()
    assert client.get("/api/v1/stories/s", headers={"If-None-Match": etag}).status_code == 404


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
@pytest.mark.parametrize("path", ["stories", "metrics/x", "openapi.json", "nothing"])
def test_it_can_only_be_read(client, method, path):
    response = getattr(client, method)(f"/api/v1/{path}")
    assert response.status_code == 405
    assert response.json()["message"]
    assert response.headers["Allow"] == "GET, HEAD, OPTIONS"


def test_a_list_takes_as_many_queries_for_one_thing_as_for_many(client):
    one_of_each()
    counts = []
    for numbers in (range(1, 2), range(2, 6)):
        for number in numbers:
            one_of_each_again(number)
        counts.append({name: queries_of_list(client, name, expected=1 + numbers[-1]) for name in LISTS})
    assert counts[0] == counts[1] == PINNED


def queries_of_list(client, name, *, expected):
    client.get(f"/api/v1/{name}?lang=en")  # the cache of sites is warm in a running server
    with CaptureQueriesContext(connection) as captured:
        response = client.get(f"/api/v1/{name}?lang=en&limit=100")
    assert len(response.json()["items"]) == expected
    return len(captured)


def one_of_each_again(number):
    """More of everything, linked to things of its own."""
    school = make_school(
        title_en=f"School {number}",
        parent_campus=make_school(live=False),
        town=Town.objects.create(key=f"t{number}", name="镇"),
    )
    observation = make_observation(
        subject_school=school, comparator_value=Decimal(9), comparator_scope=make_organisation()
    )
    programme = make_programme(
        metrics=[observation.metric], school_links=[ProgrammeSchool(school=school)], holder=make_organisation()
    )
    topic = Topic.objects.create(key=f"topic-{number}", name="话题")
    links = {
        "added_schools": [AddedSchool(school=school)],
        "added_programmes": [AddedProgramme(programme=programme)],
        "topics": [topic],
    }
    translate(programme)
    translate(make_story(**links))


def test_reading_writes_nothing(client):
    one_of_each()
    before = Observation.objects.count()
    with CaptureQueriesContext(connection) as captured:
        for name in LISTS:
            client.get(f"/api/v1/{name}")
    assert {query["sql"].split()[0] for query in captured} == {"SELECT"}
    assert Observation.objects.count() == before
