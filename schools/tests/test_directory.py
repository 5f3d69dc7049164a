"""The directory: facets with counts, the name filter, order, and what is asked for wrongly."""

import re
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import PageViewRestriction

from core.models import Language
from core.text.chinese import fold
from schools import directory
from schools.directory import names_of
from schools.models import SchoolGroup, SchoolIndexPage, SchoolZone, Town

from .factories import make_school


pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture
def town():
    return Town.objects.create(key="shuangfu", name="双福街道", name_en="Shuangfu")


def page(client, query="", prefix=""):
    response = client.get(f"{prefix}/schools/{query}")
    assert response.status_code == 200, query
    html = response.content.decode()
    return html[html.index("<main") : html.index("</main>")]


def listed(client, query="", prefix=""):
    """Keys of the schools listed, in their order, without those in Chinese only."""
    html = page(client, query, prefix).split('id="chinese"')[0]
    return re.findall(
        r'href="[^"]*/schools/([\w-]+)/"', re.sub(r"(?s)<nav.*?</nav>|<ul class=.orders.*?</ul>", "", html)
    )


def in_chinese_only(client, query="", prefix="/en"):
    parts = page(client, query, prefix).split('id="chinese"')
    return re.findall(r'href="[^"]*/schools/([\w-]+)/"><bdi lang="zh-Hans"', parts[1]) if len(parts) > 1 else []


def facet(client, name, query="", prefix=""):
    """{label: (count, query)} of one facet."""
    found = re.search(rf'<ul aria-labelledby="facet-{name}">(.*?)</ul>', page(client, query, prefix), re.DOTALL)
    links = r'href="([^"]*)".*?label">([^<]*)</span> <span class="facets__count">(\d+)'
    return {label: (int(count), unescape(to)) for to, label, count in re.findall(links, found[1])} if found else {}


def translate_the_directory():
    SchoolIndexPage.objects.update(title_en="Schools")


def headings(client, query="", prefix=""):
    return re.findall(r'<h2 id="g-[^"]*">([^<]*)</h2>', page(client, query, prefix))


# Facets ----------------------------------------------------------------------------------------


def test_each_facet_narrows_the_directory(client, town):
    plain = make_school()
    by = {
        "stage=kindergarten": make_school(stage="kindergarten"),
        "town=shuangfu": make_school(town=town),
        "group=ronghe": make_school(group=SchoolGroup.objects.create(key="ronghe", name="融和集团")),
        "zone=east": make_school(zone=SchoolZone.objects.create(key="east", name="东学区")),
        "setting=rural": make_school(setting="rural"),
        "status=new": make_school(status="new"),
    }
    for query, school in by.items():
        assert listed(client, f"?{query}") == [school.key], query
        name = query.split("=")[0]
        assert (1, f"?{query}") in facet(client, name).values(), query
    assert set(listed(client)) == {plain.key, *(school.key for school in by.values())}


def test_counts_say_what_choosing_would_bring(client, town):
    make_school(town=town, stage="kindergarten")
    make_school(town=town)
    make_school()
    assert [count for count, _query in facet(client, "stage").values()] == [1, 2]
    assert [count for count, _query in facet(client, "stage", "?town=shuangfu").values()] == [1, 1]
    assert facet(client, "town", "?stage=primary") == {"双福街道": (1, "?stage=primary&town=shuangfu")}


def test_stages_stand_in_their_own_order_in_list_and_facet(client):
    for stage in ("institution", "primary", "kindergarten", "primary"):
        make_school(stage=stage)
    assert len(headings(client)) == 3
    assert headings(client) == list(facet(client, "stage"))


def test_a_chosen_value_can_be_let_go_and_keeps_name_and_order(client, town):
    make_school(town=town)
    html = page(client, "?town=shuangfu&stage=primary&q=双福&sort=name")
    assert 'href="?stage=primary&amp;q=%E5%8F%8C%E7%A6%8F&amp;sort=name" aria-current="true"' in html
    assert '<input type="hidden" name="town" value="shuangfu">' in html


def test_a_facet_that_would_change_nothing_is_not_offered(client, town):
    make_school(town=town)
    make_school(town=town)
    assert facet(client, "town") == {}
    assert facet(client, "stage") == {}
    assert facet(client, "status") == {}


def test_a_combination_without_schools_says_so_and_leads_back(client, town):
    make_school(town=town)
    make_school(stage="kindergarten")
    html = page(client, "?town=shuangfu&stage=kindergarten")
    assert 'class="empty"><strong' in html
    assert 'href="?"' in html
    assert facet(client, "town", "?town=shuangfu&stage=kindergarten")["双福街道"] == (0, "?stage=kindergarten")


@pytest.mark.parametrize(
    "query",
    [
        "?stage=nothing",
        "?town=nothing&sort=nothing",
        "?status=existing",
        f"?town={'x' * 4000}",
        "?stage=primary&stage=",
        "?x=1",
        "?stage[]=primary",
    ],
)
def test_what_is_not_known_counts_as_not_asked(client, query):
    school = make_school(title="双福六小")
    assert listed(client, query) == [school.key]


@pytest.mark.parametrize("query", ["?stage=%ff%fe", "?stage=%00", "?q=%00", "?q=%ff%fe&sort=%00", "?q=%ED%A0%80"])
def test_what_cannot_be_read_is_no_error_of_ours(client, query):
    make_school()
    assert client.get(f"/schools/{query}").status_code in (200, 400)


@pytest.mark.parametrize("number", ["0", "-1", "2", "x", "99999999999999999999"])
def test_a_page_that_is_not_there_is_404(client, number):
    make_school()
    assert client.get(f"/schools/?page={number}").status_code == 404


def test_an_empty_directory_says_what_will_stand_here(client):
    make_school().delete()
    html = page(client)
    assert 'class="empty"><strong' in html
    assert 'class="facets"' not in html


# Names -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "asked",
    [
        "六小",
        "雙福",
        "ＳＨＵＡＮＧＦＵ",
        "双福6小",
        "liuxiao",
        "sflx",
        "shuang1fu2",
        "shuang fu",
        "實驗",
        "No. 6",
        "第六",
        "éxiao",
    ],
)
def test_a_school_is_found_by_what_readers_type(client, asked):
    school = make_school(
        title="双福六小",
        title_en="Shuangfu No. 6 Primary School",
        official_name="双福第六小学校",
        other_names="实验校,Exiao",
    )
    make_school(title="几江幼儿园", stage="kindergarten")
    assert listed(client, f"?q={asked}") == [school.key]


@pytest.mark.parametrize("asked", ["uangfu", "fus", "双六", "%", "_", "<b>", "zzz"])
def test_what_is_no_part_of_a_name_finds_nothing(client, asked):
    make_school(title="双福六小")
    assert listed(client, f"?q={asked}") == []


def test_no_school_is_found_by_a_name_in_a_closed_language(client):
    school = make_school(title="双福六小", title_en="Riverside", official_name_en="Riverside School")
    assert listed(client, "?q=riverside") == [school.key]
    assert "riverside" in page(client)  # for the page's script
    Language.objects.filter(code="en").update(is_open=False)
    assert listed(client, "?q=riverside") == []
    assert "riverside" not in page(client)


@pytest.mark.parametrize("asked", ["", "   ", "%E3%80%80"])
def test_a_name_that_says_nothing_narrows_nothing(client, asked):
    school = make_school()
    assert listed(client, f"?q={asked}") == [school.key]


def test_a_long_name_is_cut_and_shown_as_it_was_read(client):
    make_school(title="双" * 100)
    html = page(client, f"?q={'双' * 5000}")
    assert f'value="{"双" * directory.LONGEST_NAME}"' in html
    assert len(listed(client, f"?q={'双' * 5000}")) == 1


def test_a_name_is_escaped_where_it_is_shown_again(client):
    make_school()
    html = page(client, '?q="><script>alert(1)</script>')
    assert "<script>alert" not in html
    assert "&quot;&gt;&lt;script&gt;" in html


def test_the_page_carries_the_names_for_the_script_as_the_server_reads_them(client):
    make_school(title="双福六小")
    assert names_of(("双福六小",)).text == "双福六小 双福6小 雙福六小"
    html = page(client)
    assert 'data-name="双福六小 双福6小 雙福六小" data-said=" shuangfuliuxiao fuliuxiao liuxiao xiao sflx' in html
    for asked in ("雙福", "sflx", "FULIU"):
        assert names_of(("双福六小",)).have(fold(asked).split())


def test_the_script_is_there_only_where_the_whole_list_is(client, monkeypatch):
    for _number in range(3):
        make_school()
    assert "js/filter" in client.get("/schools/?stage=primary").content.decode()
    assert "js/filter" not in client.get("/schools/?q=六小").content.decode()
    monkeypatch.setattr(directory, "PER_PAGE", 2)
    assert "js/filter" not in client.get("/schools/").content.decode()


def test_pages_keep_what_was_asked(client, monkeypatch):
    monkeypatch.setattr(directory, "PER_PAGE", 2)
    schools = [make_school() for _number in range(3)]
    assert 'href="?q=%E5%85%AD%E5%B0%8F&amp;sort=name&amp;page=2"' in page(client, "?q=六小&sort=name")
    assert listed(client, "?page=2") == [schools[2].key]
    for query, stands_for in (("?page=2", "?page=2"), ("?q=六小&page=2", ""), ("?sort=name&page=2", ""), ("", "")):
        assert (
            f'rel="canonical" href="http://testserver/schools/{stands_for}"'
            in client.get(f"/schools/{query}").content.decode()
        )


# Order -----------------------------------------------------------------------------------------


def test_by_name_chinese_stands_by_pinyin(client):
    for title, slug in (
        ("西城小学", "xicheng"),
        ("几江幼儿园", "jijiang"),
        ("白沙中学", "baisha"),
        ("江津中学", "jiangjin"),
    ):
        make_school(title=title, slug=slug)
    assert listed(client, "?sort=name") == ["baisha", "jijiang", "jiangjin", "xicheng"]
    assert headings(client, "?sort=name") == ["B", "J", "X"]


def test_by_name_another_language_stands_by_its_own_letters(client):
    make_school(title="西城小学", title_en="A School", slug="a")
    make_school(title="几江幼儿园", title_en="école", slug="e")
    make_school(title="白沙", title_en="8 School", slug="eight")
    translate_the_directory()
    assert listed(client, "?sort=name", "/en") == ["a", "e", "eight"]
    assert headings(client, "?sort=name", "/en") == ["A", "E", "#"]


def test_the_newest_stand_first_and_those_of_no_year_last(client):
    make_school(slug="unknown")
    make_school(slug="old", opened_year=1932)
    make_school(slug="new", opened_year=2023)
    assert listed(client, "?sort=opened") == ["new", "old", "unknown"]
    assert headings(client, "?sort=opened")[:2] == ["2023", "1932"]


# Who may be listed -------------------------------------------------------------------------------


def test_drafts_and_private_schools_are_neither_listed_nor_counted(client, town):
    school = make_school(town=town)
    make_school(town=Town.objects.create(key="secret", name="未公开镇"), live=False)
    private = make_school(stage="kindergarten")
    PageViewRestriction.objects.create(page=private, restriction_type="login")
    assert listed(client) == [school.key]
    assert facet(client, "stage") == {}
    assert listed(client, "?town=secret") == [school.key]
    assert "未公开镇" not in page(client)


def test_a_list_of_another_language_holds_its_own_and_counts_those_in_chinese_too(client, town):
    chinese = make_school(town=town)
    english = make_school(title="双福二中", title_en="Shuangfu No. 2", town=town)
    other = make_school(title="几江幼儿园", title_en="Jijiang Kindergarten", stage="kindergarten")
    translate_the_directory()
    assert listed(client, "", "/en") == [english.key, other.key][::-1]
    assert facet(client, "town", "", "/en") == {"Shuangfu": (2, "?town=shuangfu")}
    assert in_chinese_only(client) == [chinese.key]
    assert in_chinese_only(client, "?q=六小") == [chinese.key]
    assert listed(client, "?q=二中", "/en") == [english.key]
    assert in_chinese_only(client, "?stage=kindergarten") == []
    assert in_chinese_only(client, "", "") == []


def test_a_directory_without_a_translation_is_shown_in_chinese(client):
    school = make_school()
    assert listed(client, "", "/en") == [school.key]
    assert 'href="/en/schools/compare/"' in page(client, "", "/en")
    assert 'href="/en/schools/directory.csv"' in page(client, "", "/en")


def queries_of(client, url):
    client.get(url)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200
    return len(captured)


@pytest.mark.parametrize("query", ["", "?sort=name&q=小&stage=primary"])
def test_the_number_of_queries_does_not_grow(client, town, query):
    counts = []
    for _size in range(2):
        for _number in range(4):
            make_school(town=town, group=SchoolGroup.objects.create(key=f"g{_size}{_number}", name="集团"))
        counts.append(queries_of(client, f"/schools/{query}"))
    assert counts[0] == counts[1] <= 17
