"""The order of results: a pure function. No database."""

from datetime import UTC, datetime

import pytest

from search.choices import Kind
from search.parsing import parse_query
from search.ranking import Candidate, Level, level, rank


def candidate(*names, kind=Kind.STORY, **fields):
    return Candidate(kind=kind, names=names, **fields)


SCHOOL = candidate(
    "江津区四牌坊小学校",
    "Sipaifang Primary School",
    kind=Kind.SCHOOL,
    other_names=("四牌坊小学", "Four Archways Primary School"),
    standfirsts=("百年老校，诗词见长。", "A school of poems."),
)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("江津区四牌坊小学校", Level.NAME),
        ("江津區四牌坊小學校", Level.NAME),
        ("江津区 四牌坊 小学校", Level.NAME),
        ("《江津区四牌坊小学校》", Level.NAME),
        ("sipaifang primary school", Level.NAME),
        ("四牌坊小学", Level.OTHER_NAME),
        ("jiangjinqusipaifangxiaoxuexiao", Level.OTHER_NAME),
        ("si pai fang xiao xue", Level.OTHER_NAME),
        ("spfxx", Level.OTHER_NAME),
        ("江津区四牌", Level.NAME_BEGINS),
        ("Sipai", Level.NAME_BEGINS),
        ("牌坊", Level.NAME_HOLDS),
        ("primary", Level.NAME_HOLDS),
        ("坊", Level.NAME_HOLDS),
        ("小学校 江津", Level.NAME_HOLDS_WORDS),
        ("school sipaifang", Level.NAME_HOLDS_WORDS),
        ("four arch", Level.OTHER_NAME_BEGINS),
        ("jiangjinqusi", Level.OTHER_NAME_BEGINS),
        ("archways", Level.OTHER_NAME_HOLDS),
        ("paifang", Level.OTHER_NAME_HOLDS),
        ("xiaoxue sipaifang", Level.OTHER_NAME_HOLDS),
        ("江津 archways", Level.OTHER_NAME_HOLDS),
        ("诗词", Level.STANDFIRST),
        ("四牌坊 诗词", Level.STANDFIRST_AND_NAME),
        ("别的", Level.TEXT),
        ("imary", Level.TEXT),  # a word is found from its beginning
        ("aifang", Level.TEXT),
        ("🎉", Level.TEXT),
    ],
)
def test_how_well_a_school_answers(query, expected):
    assert level(SCHOOL, parse_query(query)) == expected


@pytest.mark.parametrize(
    ("query", "title", "expected"),
    [
        ("98", "入学率98.02%", Level.NAME_HOLDS),
        ("98.02%", "入学率98.02%", Level.NAME_HOLDS),
        ("98", "1998年", Level.TEXT),
        ("98", "980个", Level.TEXT),
        ("8660", "新增学位8,660个", Level.NAME_HOLDS),
        ("双福6小", "双福六小", Level.NAME),
        ("双福六小", "双福6小", Level.TEXT),
        ("8660", "8660", Level.NAME),
    ],
)
def test_numbers_are_whole(query, title, expected):
    assert level(candidate(title), parse_query(query)) == expected


def test_names_come_before_mentions_then_kinds_then_the_newest():
    def day(number):
        return datetime(2026, 1, number, tzinfo=UTC)

    things = {
        "old": candidate("双福六小开学", published=day(1)),
        "new": candidate("双福六小放假", published=day(2)),
        "school": candidate("双福六小", kind=Kind.SCHOOL),
        "programme": candidate("在双福六小试点", kind=Kind.PROGRAMME),
        "metric": candidate("在双福六小的班数", kind=Kind.METRIC),
        "page": candidate("在双福六小", kind=Kind.PAGE),
        "mention": candidate("开学", standfirsts=("双福六小",), published=day(3)),
        "text": candidate("别的", kind=Kind.SCHOOL),
    }
    names = {id(thing): name for name, thing in things.items()}

    found = rank(list(things.values()), parse_query("双福六小"))

    order = ["school", "new", "old", "programme", "metric", "page", "mention", "text"]
    assert [names[id(thing)] for _level, thing in found] == order


def test_equals_keep_their_order():
    candidates = [candidate("甲", kind=Kind.METRIC, order=number) for number in range(5)]

    assert [thing.order for _level, thing in rank(candidates[::-1], parse_query("甲"))] == [0, 1, 2, 3, 4]
