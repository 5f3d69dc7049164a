"""The results page and the suggestions, on the real index: run it on SQLite and on PostgreSQL."""

import copy
import re
from datetime import UTC, datetime
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from wagtail.models import PageViewRestriction
from wagtail.search.backends import get_search_backend

from core.models import Language
from core.tests.fuzzing import examples
from metrics.models import Metric, MetricsPage
from metrics.tests.factories import make_metric, make_observation
from news.models import StoryPage
from news.tests.factories import make_index, make_programme, make_standard_page, make_story, publish, translate
from schools.tests.factories import make_home, make_school
from search import candidates, views
from search.choices import Kind


pytestmark = pytest.mark.django_db

QUERIES, SUGGEST_QUERIES = 10, 8


def titles(response, part=""):
    """The titles of the results in order, without their marks; of a part of the page that begins with `part`."""
    html = response.content.decode()
    found = re.findall(r'class="hit__title"[^>]*><a[^>]*>(.*?)</a>', html[html.index(part) :])
    return [unescape(re.sub("<.*?>", "", title)) for title in found]


def search(client, query, prefix="", **options):
    response = client.get(f"{prefix}/search/", {"q": query, **options})
    assert response.status_code == 200
    return response


@pytest.fixture(scope="module")
def stored_site(lasting):
    make_home(title_en="Jiangjin Education")
    publish(make_index(MetricsPage))
    return {
        "school": publish(
            make_school(title="双福六小", title_en="Shuangfu No. 6", other_names="双福第六小学校, Sixth Primary")
        ),
        "programme": make_programme(title="三名工程", standfirst="重庆的名师名校长。"),
        "metric": make_observation(
            metric=make_metric(key="new-places", name="新增学位", name_en="New places", definition="公办小学。"),
            value=77,
        ).metric,
        "page": make_standard_page(title="关于本站", slug="about"),
        "story": make_story(
            title="双福六小开学",
            slug="opens",
            standfirst="新增学位8660个。",
            body=[("text", "<p>入学率98.02%，资助1.37亿元，投入9000多万元。</p>")],
        ),
    }


@pytest.fixture
def site(stored_site):
    """One of each kind. A test gets objects of its own: another may have changed them."""
    return copy.deepcopy(stored_site)


# Finding -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("双福六小", ["双福六小", "双福六小开学"]),
        ("雙福六小", ["双福六小", "双福六小开学"]),
        ("双福6小", ["双福六小", "双福六小开学"]),
        ("shuangfu liuxiao", ["双福六小", "双福六小开学"]),
        ("SHUANGFULIUXIAO", ["双福六小", "双福六小开学"]),
        ("shuāng fú", ["双福六小", "双福六小开学"]),
        ("liuxiaokai", ["双福六小开学"]),
        ("sflx", ["双福六小", "双福六小开学"]),
        ("双f", ["双福六小", "双福六小开学"]),
        ("福", ["双福六小", "双福六小开学"]),
        ("第六小学", ["双福六小"]),
        ("sixth", ["双福六小"]),
        ("shuang", ["双福六小", "双福六小开学"]),
        ("双福 开学", ["双福六小开学"]),
        ("开学 8660", ["双福六小开学"]),
        ("８６６０", ["双福六小开学"]),
        ("98.02%", ["双福六小开学"]),
        ("1.37亿", ["双福六小开学"]),
        ("9000多万", ["双福六小开学"]),
        ("学位", ["新增学位", "双福六小开学"]),
        ("三名", ["三名工程"]),
        ("校长", ["三名工程"]),
        ("smgc", ["三名工程"]),
        ("关于", ["关于本站"]),
        ("公办", ["新增学位"]),
        ("new pla", ["新增学位"]),
        ("六双", []),
        ("uangfu", []),
        ("双福 工程", []),
        ("None", []),
    ],
)
def test_what_is_found(site, client, query, expected):
    assert titles(search(client, query)) == expected


def test_a_figure_is_found_by_its_value_however_it_is_typed(site, client):
    metric = make_metric(key="aid", name="学生资助资金")
    make_observation(metric=metric, value=137_000_000, printed="1.37亿元")

    for query in ("1.37亿", "1.37亿元", "13700万", "137000000"):
        assert "学生资助资金" in titles(search(client, query)), query
    assert "学生资助资金" in titles(search(client, "资助 1.37亿"))
    assert "学生资助资金" not in titles(search(client, "双福 1.37亿"))
    assert '<span class="hit__figure">1.37亿元</span>' in search(client, "学生资助").content.decode()


def test_names_are_never_cut_off_by_newer_mentions(site, client, monkeypatch):
    monkeypatch.setattr(views.find_candidates, "__defaults__", (3, False))
    for number in range(5):
        make_story(title=f"别的 {number}", slug=f"mention-{number}", standfirst="在双福六小。")

    response = search(client, "双福六小")

    assert titles(response)[:2] == ["双福六小", "双福六小开学"]
    assert 'class="kinds__number">4+<' in response.content.decode()
    assert "hits__note" in response.content.decode()


@pytest.fixture
def many(site):
    """Stories of different days that name the school, and that mention it; one is private."""
    for number in range(12):
        name = "双福六小" if number in (2, 5, 7) else "别的"
        story = make_story(title=f"{name} {number}", slug=f"many-{number}", standfirst="在双福六小。")
        StoryPage.objects.filter(pk=story.pk).update(
            first_published_at=datetime(2026, 1, 1 + number * 7 % 12, tzinfo=UTC)
        )
    PageViewRestriction.objects.create(page=story, restriction_type=PageViewRestriction.LOGIN)
    get_search_backend().add_bulk(StoryPage, list(StoryPage.objects.all()))


@pytest.mark.parametrize(("prefix", "words"), [("", "结果超过 11 条。"), ("/en", "More than 11 results.")])
def test_a_number_that_is_not_counted_to_its_end_is_said_as_such(many, client, monkeypatch, prefix, words):
    monkeypatch.setattr(views.find_candidates, "__defaults__", (3, False))
    assert words not in search(client, "双福六小", prefix).content.decode()
    monkeypatch.setattr(candidates, "MANY", 11)
    for options in ({}, {"kind": "story"}):
        html = search(client, "双福六小", prefix, **options).content.decode()
        assert words in html
        assert "3+<" in html
    assert words not in search(client, "双福六小", prefix, kind="school").content.decode()


@pytest.mark.parametrize("limit", [1, 3, 6, 200])
@pytest.mark.parametrize("path", ["/search/", "/search/suggest"])
def test_the_newest_of_very_many_stand_in_the_same_order(many, client, monkeypatch, limit, path):
    monkeypatch.setattr(views.find_candidates, "__defaults__", (limit, path.endswith("suggest")))
    monkeypatch.setattr(views, "SUGGESTED_FROM", limit)

    def shown():
        return re.sub(
            r'<p class="hits__note">结果超过.*?</p>|\s', "", client.get(path, {"q": "双福六小"}).content.decode()
        )

    sorted_ones = shown()
    for least in (9, 2, 0):  # the names are few, or many too
        monkeypatch.setattr(candidates, "MANY", least)
        assert shown() == sorted_ones
    with CaptureQueriesContext(connection) as captured:
        client.get(path, {"q": "双福六小"})
    walked = [query["sql"] for query in captured if 'ORDER BY "core_searchrow"."published" DESC' in query["sql"]]
    assert walked
    assert all(sql.endswith(f"LIMIT {limit + 1}") for sql in walked)


def test_only_kinds_of_which_there_is_something_are_asked_for(site, client):
    def kinds_asked(query):
        with CaptureQueriesContext(connection) as captured:
            search(client, query)
        return sum("core_searchrow" in query["sql"] for query in captured)

    assert kinds_asked("麒麟") == 0
    assert kinds_asked("关于") == 1
    assert kinds_asked("学位") == 2


# What must not be found ----------------------------------------------------------------------


def hide(thing):
    if isinstance(thing, Metric):
        thing.live = False
        thing.save()
    else:
        thing.unpublish()


def shut(thing):
    PageViewRestriction.objects.create(page=thing, restriction_type=PageViewRestriction.LOGIN)


@pytest.mark.parametrize("name", ["school", "programme", "metric", "page", "story"])
def test_drafts_are_found_nowhere(site, client, name):
    hide(site[name])

    assert_nowhere(client, site[name])


@pytest.mark.parametrize("name", ["school", "programme", "page", "story"])
@pytest.mark.parametrize("above", [False, True])
def test_private_pages_are_found_nowhere(site, client, name, above):
    shut(site[name].get_parent() if above else site[name])

    assert_nowhere(client, site[name])


def test_metrics_are_found_nowhere_if_their_page_is_private(site, client):
    shut(MetricsPage.objects.get())

    assert_nowhere(client, site["metric"])


def test_a_draft_text_is_not_found(site, client):
    story = site["story"]
    story.title = "秘密改名"
    story.save_revision()

    assert titles(search(client, "秘密改名")) == []


def test_a_value_of_a_hidden_school_leads_to_no_figure(site, client):
    school = make_school(title="未公开小学", slug="hidden", live=False)
    make_observation(metric=site["metric"], value=4321, subject_school=school)

    assert titles(search(client, "4321")) == []
    assert "4321" not in search(client, "新增学位").content.decode()


def assert_nowhere(client, thing):
    name = str(thing.name if isinstance(thing, Metric) else thing.title)
    for prefix in ("", "/en"):
        assert name not in titles(search(client, name, prefix))
        suggested = client.get(f"{prefix}/search/suggest", {"q": name}).json()["suggestions"]
        assert name not in [each["title"] for each in suggested]
        assert name not in search(client, name + "呀", prefix).content.decode().replace(name + "呀", "")


# Languages -----------------------------------------------------------------------------------


def test_readers_see_their_language_first_and_the_rest_as_chinese_only(site, client):
    response = search(client, "双福六小", "/en")
    html = response.content.decode()

    assert titles(response) == ["Shuangfu No. 6", "双福六小开学"]
    assert titles(response, 'id="chinese"') == ["双福六小开学"]
    assert '<p class="hit__also"><bdi lang="zh-Hans" dir="ltr"><mark>双福六小</mark></bdi></p>' in html
    assert '<a href="/en/news/opens/"><bdi lang="zh-Hans" dir="ltr">' in html
    assert 'id="chinese"' not in search(client, "双福六小").content.decode()


def test_english_names_are_found_from_chinese_and_shown_in_chinese(site, client):
    html = search(client, "No. 6").content.decode()

    assert 'class="hit__title"><a href="/schools/' in html
    assert "Shuangfu <mark>No. 6</mark>" in html


def test_texts_of_translated_stories_are_shown_in_the_language_read(site, client):
    translate(site["story"], title="Shuangfu opens")

    html = search(client, "学位", "/en").content.decode()

    assert "Shuangfu opens" in html
    assert "[en]" in html


OPEN = ["", "/zh-hant", "/en"]
FOUND, NAMED, NEARLY, BEGUN = "zanzibar", "Zanzibar", "zanzibra", "zanz"


@pytest.fixture
def in_french(site):
    """All things in French, which is closed: their names and their texts say Zanzibar, and a number."""
    for name, thing in site.items():
        translate(thing, "fr", **{thing.name_field(): f"{NAMED} {name}", "standfirst": "Zanzibar 31337"})
    return site


def set_open(code, is_open):
    Language.objects.filter(code=code).update(is_open=is_open)


def finds(client, prefix):
    """Whether anything of French is found, suggested or proposed to a reader."""
    suggested = client.get(f"{prefix}/search/suggest", {"q": BEGUN}).json()["suggestions"]
    pages = [search(client, query, prefix) for query in (FOUND, BEGUN, "31337", "opens zanzibar", "双福 zanzibar")]
    return bool(suggested or [title for page in pages for title in titles(page)] or _proposes(client, prefix))


def _proposes(client, prefix):
    return NAMED in search(client, NEARLY, prefix).content.decode()


def test_texts_of_a_closed_language_are_found_from_no_other(in_french, client):
    assert [finds(client, prefix) for prefix in OPEN] == [False] * 3
    set_open("fr", True)
    assert finds(client, "/fr")
    assert len(titles(search(client, FOUND, "/fr"))) == len(in_french)
    set_open("fr", False)  # nothing is indexed again
    assert [finds(client, prefix) for prefix in OPEN] == [False] * 3


def test_a_reader_finds_texts_in_languages_that_are_shown_to_them(in_french, client):
    set_open("fr", True)
    assert [finds(client, prefix) for prefix in OPEN] == [False] * 3
    assert titles(search(client, "双福六小", "/fr"))[0] == "Zanzibar school"  # and Chinese texts, whose names they see


def test_another_name_says_which_language_it_is_in(site, client):
    set_open("fr", True)
    site["school"].official_name = "双福第六小学"
    translate(publish(site["school"]), "fr", title="Shuangfu", official_name="Premier de six")
    assert 'class="hit__also"><mark>Premier</mark> de six<' in search(client, "premier", "/fr").content.decode()
    html = search(client, "sixth", "/fr").content.decode()
    assert 'class="hit__also"><bdi lang="en" dir="ltr"><mark>Sixth</mark> Primary</bdi>' in html


def test_english_is_searched_from_other_languages_only_while_it_is_open(site, client):
    assert titles(search(client, "new places")) == ["新增学位"]
    set_open("en", False)
    assert titles(search(client, "new places")) == []
    assert client.get("/search/suggest", {"q": "new pl"}).json()["suggestions"] == []
    assert "New places" not in search(client, "new plases").content.decode()


def test_closed_languages_have_no_search(site, client):
    assert client.get("/ja/search/").status_code == 404
    assert client.get("/ja/search/suggest").status_code == 404


# The page ------------------------------------------------------------------------------------


def test_what_is_found_in_a_text_is_shown_with_its_surroundings(site, client):
    html = search(client, "資助").content.decode()

    assert "<mark>资助</mark>1.37亿元" in html


def test_markup_is_escaped(site, client):
    make_story(title="<script>双福</script>", slug="script")

    html = search(client, "<script>双福").content.decode()

    assert "<script>双福" not in html
    assert "&lt;<mark>script&gt;双福</mark>" in html or "&lt;<mark>script</mark>&gt;<mark>双福</mark>" in html


def test_kinds_are_counted_and_filter(site, client):
    response = search(client, "双福六小")
    html = response.content.decode()

    assert 'href="?q=%E5%8F%8C%E7%A6%8F%E5%85%AD%E5%B0%8F&amp;kind=school"' in html
    assert re.findall(r'kinds__number">(\d+)', html) == ["2", "1", "1"]
    assert titles(search(client, "双福六小", kind="story")) == ["双福六小开学"]
    assert titles(search(client, "双福六小", kind="metric")) == []
    assert titles(search(client, "双福六小", kind="unknown")) == titles(response)


def test_pages_of_results_keep_query_and_kind(site, client):
    for number in range(25):
        make_story(title=f"考试 {number}", slug=f"exam-{number}")

    first = search(client, "考试", kind="story")
    second = search(client, "考试", kind="story", page="2")

    assert len(titles(first)) == views.PER_PAGE
    assert len(titles(second)) == 5
    assert not set(titles(first)) & set(titles(second))
    assert "?q=%E8%80%83%E8%AF%95&amp;kind=story&amp;page=2" in first.content.decode()
    for page, same in {"abc": first, "0": second, "-1": second, "9999": second, "": first, "1e9": first}.items():
        assert titles(search(client, "考试", kind="story", page=page)) in (titles(same), titles(first)), page


def test_the_switcher_keeps_the_query(site, client):
    assert 'href="/en/search/?q=%E5%8F%8C%E7%A6%8F"' in search(client, "双福").content.decode()


def test_the_page_is_for_readers_only_and_sets_no_cookie(site, client):
    response = search(client, "双福")
    html = response.content.decode()

    assert '<meta name="robots" content="noindex, follow">' in html
    assert '<title lang="zh-Hans" dir="ltr">双福 — ' in html
    assert html.count('role="search"') == 1
    assert not response.cookies
    assert "style=" not in html
    assert client.post("/search/").status_code == 405


def test_every_page_has_the_search_box(site, client):
    for prefix in ("", "/en"):
        html = client.get(f"{prefix}/news/opens/").content.decode()
        assert f'role="search" action="{prefix}/search/" data-suggest="{prefix}/search/suggest"' in html
        assert re.search(r'<label[^>]* for="q"', html)


def test_without_a_query_the_page_explains_itself(site, client):
    make_observation(metric=site["metric"], printed="8660个")
    html = search(client, "").content.decode()

    assert 'href="?q=sflx"' in html
    assert 'href="?q=8660%E4%B8%AA"' in html
    assert titles(search(client, " \t ")) == []


def test_without_results_the_page_helps(site, client):
    html = search(client, "双福流小").content.decode()
    words = search(client, "双福 没有的").content.decode()

    assert '<a href="?q=%E5%8F%8C%E7%A6%8F%E5%85%AD%E5%B0%8F">双福六小</a>' in html
    assert '<a href="?q=%E5%8F%8C%E7%A6%8F">双福</a>' in words
    assert 'href="/news/"' in html


def test_cutting_a_query_is_said(site, client):
    assert 'class="notice"' in search(client, "学" * 201).content.decode()
    assert 'class="notice"' not in search(client, "学" * 200).content.decode()


# Bounds --------------------------------------------------------------------------------------

HOSTILE = [
    "\x01\x1b学", "!?", "😀", "👩‍👩‍👧", "\u202e\u200b", "'", '"', '"学位', "\\", "%s %(x)s %", "a AND OR NOT", "学* -位 ^2 a:b (c",
    "NEAR(a b)", "' | '!'; DROP TABLE x; --", "𐄇", "②", "word " * 2_000, '"a" ' * 2_000, "学" * 16_000, "9" * 16_000,
    "\ufdfa" * 16_000, "a1" * 100, "学1" * 100, "1,000,000 " * 20, "一二三四五六七八九十" * 20, "９９９亿" * 50, "1e999", "九" * 200, "lv" * 100,
]  # fmt: skip


@pytest.mark.parametrize("path", ["/search/", "/en/search/", "/search/suggest"])
def test_hostile_queries_are_answered(site, client, path):
    for query in HOSTILE:
        assert client.get(path, {"q": query}).status_code == 200, ascii(query)[:60]


def test_nul_and_what_is_no_text_is_refused(client):
    assert client.get("/search/?q=%00").status_code == 400
    assert client.get("/search/suggest?q=%ff").status_code == 400


@settings(max_examples=examples(60), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    query=st.text(alphabet=st.characters(codec="utf-8", exclude_characters="\0"), max_size=500)
    | st.text(alphabet="学双福六小8660,.%亿 -*\"()':&|!<>\\ab", max_size=500),
    kind=st.sampled_from([*Kind.values, "", "x"]),
    page=st.text(max_size=3),
)
def test_any_query_is_answered(site, client, query, kind, page):
    for path in ("/search/", "/search/suggest"):
        options = {"q": query, "kind": kind, "page": page.replace("\0", "")}
        assert client.get(path, options).status_code == 200


def queries_of(client, path, **options):
    client.get(path, options)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(path, options).status_code == 200
    return len([query for query in captured if not query["sql"].startswith("SET LOCAL")])  # PostgreSQL: count by index


def test_queries_are_as_many_for_few_and_for_many_results(site, client):
    few = queries_of(client, "/en/search/", q="双福六小 8660")
    for number in range(12):
        make_story(title="双福六小", slug=f"s-{number}", body=[("text", "<p>8660</p>")])
        make_school(title="双福六小", slug=f"k-{number}")
        make_programme(title="双福六小", slug=f"p-{number}")
        make_observation(metric=make_metric(key=f"m-{number}", name="双福六小"))

    assert queries_of(client, "/en/search/", q="双福六小 8660") <= max(few, QUERIES)
    assert queries_of(client, "/search/", q="双福六小") <= QUERIES
    assert queries_of(client, "/search/", q="没有的名字") <= QUERIES
    assert queries_of(client, "/search/", q="") <= QUERIES
    assert queries_of(client, "/search/suggest", q="双福六小") <= SUGGEST_QUERIES


# Suggestions ---------------------------------------------------------------------------------


@pytest.mark.parametrize("query", ["双", "雙福", "sf", "shuangfu", "双福6"])
def test_names_are_suggested(site, client, query):
    response = client.get("/search/suggest", {"q": query})

    assert response.json()["suggestions"][0] == {
        "title": "双福六小",
        "url": f"/schools/{site['school'].slug}/",
        "kind": "school",
        "label": Kind.SCHOOL.one,
        "lang": "zh-Hans",
    }
    assert {"public", "max-age=300", "s-maxage=1", "stale-if-error=86400"} <= set(response["Cache-Control"].split(", "))
    assert not response.cookies


def test_suggestions_are_few_and_in_the_language_read(site, client):
    for number in range(12):
        make_story(title=f"双福 {number}", slug=f"s-{number}")

    suggested = client.get("/en/search/suggest", {"q": "双福"}).json()["suggestions"]

    assert len(suggested) == views.SUGGESTIONS
    assert suggested[0]["title"] == "Shuangfu No. 6"
    assert suggested[0]["url"].startswith("/en/schools/")


def test_texts_are_not_suggested(site, client):
    for query in ("资助", "", " ", "🎉"):
        assert client.get("/search/suggest", {"q": query}).json()["suggestions"] == []


def test_opening_a_language_opens_its_search(site, client):
    Language.objects.update_or_create(code="ja", defaults={"is_open": True})

    assert titles(search(client, "双福六小", "/ja")) == ["双福六小", "双福六小开学"]
