"""JSON-LD: it can be read, nothing in it can end its script, and what is empty is not there."""

import json
import re
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.metadata import json_ld


BASE = "https://jiangjin.example"
PUBLISHER = json_ld.organisation(base=BASE, name="江津教育")


def graph(nodes):
    """What a machine reads of them."""
    html = json_ld.script(nodes)
    found = re.fullmatch(r'<script type="application/ld\+json">(.*)</script>', html, flags=re.S)
    data = json.loads(found.group(1))
    assert data["@context"] == "https://schema.org"
    return data["@graph"]


def article(**more):
    return json_ld.news_article(
        url=f"{BASE}/news/a/",
        headline="开学",
        language="zh-Hans",
        published=datetime(2026, 9, 1, tzinfo=UTC),
        publisher=PUBLISHER,
        **more,
    )


@pytest.mark.parametrize(
    "text",
    ["</script><script>alert(1)</script>", "<!-- <script>", "a\u2028b\u2029c", '"quoted" \\ & more', "]]>", "\x00\x1f"],
)
def test_no_text_can_end_the_script(text):
    html = json_ld.script([article(description=text)])
    inside = html.removeprefix('<script type="application/ld+json">').removesuffix("</script>")
    assert not set("<>&\u2028\u2029\x00") & set(inside)
    assert graph([article(description=text)])[0]["description"] == text


@given(st.text())
def test_any_text_comes_back_as_it_was(text):
    assert graph([{"@type": "Thing", "name": f"x{text}"}]) == [{"@type": "Thing", "name": f"x{text}"}]


def test_what_is_empty_is_left_out_at_any_depth():
    node = {"a": "", "b": None, "c": [], "d": {"e": {"f": ""}}, "g": [{"h": None}], "zero": 0, "no": False, "name": "x"}
    assert json_ld.compact(node) == {"zero": 0, "no": False, "name": "x"}


def test_no_nodes_make_no_script():
    assert json_ld.script([]) == ""
    assert json_ld.script([{}, {"a": None}]) == ""


def test_an_article_has_what_is_required():
    (node,) = graph([article(author=[json_ld.person("王")])])
    assert node["@type"] == "NewsArticle"
    assert node["datePublished"] == "2026-09-01T00:00:00+00:00"
    assert node["publisher"] == {"@id": f"{BASE}/#organisation"}
    assert node["author"] == [{"@type": "Person", "name": "王"}]
    assert {"headline", "url", "mainEntityOfPage", "inLanguage"} <= set(node)
    assert "image" not in node


def test_an_article_that_was_never_published_has_no_date():
    node = article() | {"datePublished": None}
    assert "datePublished" not in graph([node])[0]


def test_a_dataset_names_no_licence_that_is_not_set():
    files = [json_ld.download(f"{BASE}/data/a.csv", "text/csv")]
    (node,) = graph(
        [json_ld.dataset(url=f"{BASE}/data/a/", name="学位", language="zh-Hans", license="", distribution=files)]
    )
    assert "license" not in node
    assert node["distribution"] == [
        {"@type": "DataDownload", "contentUrl": f"{BASE}/data/a.csv", "encodingFormat": "text/csv"}
    ]


def test_breadcrumbs_count_from_one_and_need_a_way():
    assert json_ld.breadcrumbs([("首页", BASE)]) == {}
    node = json_ld.breadcrumbs([("首页", f"{BASE}/"), ("新闻", f"{BASE}/news/")])
    assert [(item["position"], item["name"]) for item in node["itemListElement"]] == [(1, "首页"), (2, "新闻")]


def test_a_site_offers_its_search_only_if_it_has_one():
    site = {"base": BASE, "url": f"{BASE}/", "name": "江津教育", "language": "zh-Hans", "publisher": PUBLISHER}
    assert "potentialAction" not in graph([json_ld.website(**site)])[0]
    search = f"{BASE}/search/?q={{search_term_string}}"
    action = graph([json_ld.website(**site, search=search)])[0]["potentialAction"]
    assert action["target"]["urlTemplate"] == search
    assert action["query-input"] == "required name=search_term_string"
