"""Queries: read, bounded and folded. No database."""

import pytest
from modelsearch.query import MATCH_NONE

from core.text.chinese import QUERY_CHARACTERS, QUERY_TERMS
from search.parsing import parse_query
from search.similar import Name, similar


def variants(text):
    return ["|".join(token.text for token in variant) for variant in parse_query(text).variants]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("雙福", ["双福"]),
        ("８６６０", ["8660"]),
        ("8,660", ["8660"]),
        ("98.02%", ["98.02"]),
        ("9000多万", ["9000|多万"]),
        ("双福6小", ["双福|6|小", "双福六小"]),
        ("第12中学", ["第|12|中学", "第十二中学"]),
        ("第20中 8660", ["第|20|中|8660", "第二十中|8660"]),
        ("0班", ["0|班", "零班"]),
        ("共98.02%", ["共|98.02"]),
        ("No. 6", ["no|6"]),
        ("École", ["ecole"]),
        ("shuang1 fu2", ["shuang1|fu2", "shuang|fu"]),
        ("shuāngfú", ["shuangfu"]),
        ("lvse", ["lvse", "luse"]),
        ("title:x AND -y* (z)", ["title|x|and|y|z"]),
        ("🎉 !?", []),
        ("", []),
    ],
)
def test_a_query_is_read(text, expected):
    assert variants(text) == expected


def test_a_query_that_says_nothing_matches_nothing():
    assert parse_query("!?").index_query() is MATCH_NONE


def test_control_characters_are_blanks_and_nothing_else_is_lost():
    assert parse_query("双\x00福\x1b六\u202e小\ud800\t一").text == "双福六小 一"
    assert parse_query("👩\u200d👧").text == "👩\u200d👧"


@pytest.mark.parametrize(
    ("text", "is_cut"),
    [
        ("学" * QUERY_CHARACTERS, False),
        ("学" * (QUERY_CHARACTERS + 1), True),
        ("a " * QUERY_TERMS, False),
        ("a " * (QUERY_TERMS + 1), True),
        ("学" * 16_000, True),
        ("word " * 2_000, True),
        (" " * 5_000 + "学", True),
    ],
)
def test_long_queries_are_cut_and_it_is_said(text, is_cut):
    query = parse_query(text)

    assert query.is_cut == is_cut
    assert len(query.text) <= QUERY_CHARACTERS
    assert len(query.words) <= QUERY_TERMS
    assert all(len(variant) <= QUERY_TERMS for variant in query.variants)


NAMES = ["双福六小", "江津中学", "聚奎中学", "Jukui Secondary School", "几江幼儿园"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("双福流小", ["双福六小"]),  # sounds the same
        ("聚魁中学", ["聚奎中学"]),
        ("shuangfu luixiao", ["双福六小"]),
        ("Jukui Secundary Scool", ["Jukui Secondary School"]),
        ("几江幼稚园", ["几江幼儿园"]),
        ("完全不同的东西", []),
        ("🎉", []),
        ("学" * 200, []),
    ],
)
def test_names_that_may_have_been_meant(text, expected):
    assert similar(map(Name.of, NAMES), parse_query(text)) == expected
