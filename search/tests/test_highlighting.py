"""Marks and snippets, by the text as it is printed. No database."""

import pytest
from django.utils.html import escape
from hypothesis import given
from hypothesis import strategies as st

from search.highlighting import beginning, highlight, name_spans, snippet
from search.matching import Text, _Characters
from search.parsing import parse_query


def marked(name, query):
    return highlight(name, name_spans(name, query))


@pytest.mark.parametrize(
    ("query", "name", "expected"),
    [
        ("雙福", "双福六小", "<mark>双福</mark>六小"),
        ("双福", "雙福六小", "<mark>雙福</mark>六小"),
        ("8660", "学位8,660个", "学位<mark>8,660</mark>个"),
        ("８６６０", "学位8660个", "学位<mark>8660</mark>个"),
        ("8660", "学位８６６０个", "学位<mark>８６６０</mark>个"),
        ("ecole", "À l'École", "À l&#x27;<mark>École</mark>"),
        ("KINDER", "Jijiang Kindergarten", "Jijiang <mark>Kinder</mark>garten"),
        ("garten", "Jijiang Kindergarten", "Jijiang Kindergarten"),
        ("sflx", "江津双福六小", "江津<mark>双福六小</mark>"),
        ("shuangfu liu", "双福六小", "<mark>双福六</mark>小"),
        ("liuxiao fu", "双福六小", "双<mark>福六小</mark>"),
        ("双福6小", "双福六小", "<mark>双福六小</mark>"),
        ("chongqing", "重庆市", "<mark>重庆</mark>市"),
        ("xiaozhang", "名校长", "名<mark>校长</mark>"),
        ("福 六", "双福六小", "双<mark>福六</mark>小"),
        ("源活", "“源·活”课程", "“<mark>源·活</mark>”课程"),
        ("源･活", "源活课程", "<mark>源活</mark>课程"),
        ("b", "<b>&", "&lt;<mark>b</mark>&gt;&amp;"),
        ("🎉", "双福", "双福"),
    ],
)
def test_names_are_marked(query, name, expected):
    assert marked(name, parse_query(query)) == expected


def test_a_snippet_stands_around_the_match_and_is_escaped():
    text = "前" * 300 + "<新增>学位8660个&" + "后" * 300

    found = snippet(["没有", text], parse_query("學位"))

    assert "&lt;新增&gt;<mark>学位</mark>8660个&amp;" in found
    assert found.startswith("…前")
    assert found.endswith("后…")
    assert len(found) < 200


def test_a_latin_snippet_is_cut_between_words():
    found = snippet(["wonderful " * 60 + "kindergarten places " + "marvellous " * 60], parse_query("kinder"))

    assert found.startswith("…wonderful ")
    assert "<mark>kinder</mark>garten" in found
    assert found.endswith("marvellous…")


def test_the_text_with_most_of_the_query_is_shown():
    assert snippet(["学位", "新增学位在双福"], parse_query("学位 双福")) == "新增<mark>学位</mark>在<mark>双福</mark>"


def test_without_a_match_there_is_no_snippet_and_a_beginning_is_short():
    assert snippet(["学位", ""], parse_query("双福")) is None
    assert beginning("<学位>") == "&lt;学位&gt;"
    assert beginning("学" * 500) == "学" * 110 + "…"


@given(st.text(max_size=80), st.text(max_size=40))
def test_marks_change_nothing_but_add_marks(name, query):
    shown = marked(name, parse_query(query))

    assert shown.replace("<mark>", "").replace("</mark>", "") == escape(name)


@given(st.text(max_size=60), st.text(min_size=1, max_size=10), st.text(max_size=60))
def test_a_chinese_part_of_a_name_is_marked(before, part, after):
    part = "".join(character for character in part if "\u4e00" <= character <= "\u9fff") or "学位"

    assert f"<mark>{part}" in marked(before + "。" + part + "。" + after, parse_query(part))


@given(st.text(alphabet=st.characters(codec="utf-8")) | st.text(alphabet="学é８,0·源ﬁß\u0301İ"))
def test_a_text_is_folded_character_by_character(text):
    """By whichever way it is done."""
    folded, places = Text(text)._places
    longer, later = Text(text + "ﬁ")._places  # a character that becomes two: the slower way
    assert longer == folded + "fi"
    assert list(later) == [*places, len(text), len(text)]


def test_a_form_of_several_characters_is_known_as_odd_before_others_can_take_it():
    """Threads share the forms: whoever finds one there does not ask whether it is odd."""
    characters = _Characters()

    class Odd(set):
        def add(self, character):
            assert ord(character) not in characters
            super().add(character)

    characters.odd = Odd()
    assert "Straße".translate(characters) == "strasse"
    assert characters.odd == {"ß"}
