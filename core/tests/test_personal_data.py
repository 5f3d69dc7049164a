"""Numbers of people are found in a text, and no text makes the search hang."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.tests.fuzzing import examples
from core.tests.work import counted, is_linear
from core.text.heading_numbers import numbered, out_of_order
from core.text.personal_data import (
    is_card_number,
    is_identity_number,
    masked,
    personal_numbers,
    telephone_digits,
)


IDENTITY = "11010519491231002X"  # the example of GB 11643-1999


def found(text):
    return [(str(each.kind), text[each.start : each.end]) for each in personal_numbers(text)]


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        (f"身份证号{IDENTITY}。", [("identity", IDENTITY)]),
        (f"学籍号G{IDENTITY}", [("identity", IDENTITY)]),
        ("110105 1949 1231 002x", [("identity", "110105 1949 1231 002x")]),
        ("１１０１０５１９４９１２３１００２Ｘ", [("identity", "１１０１０５１９４９１２３１００２Ｘ")]),
        ("110105194912310021", []),  # the checksum
        ("110105194913310020", []),  # no such month
        ("990105194912310028", []),  # no such province
        (f"文号A{IDENTITY}5", []),
        ("电话13812345678", [("telephone", "13812345678")]),
        ("+86 138-1234-5678", [("telephone", "+86 138-1234-5678")]),
        ("023-47521234", [("telephone", "023-47521234")]),
        ("（０２３）４７５２１２３４", [("telephone", "（０２３）４７５２１２３４")]),
        ("咨询电话：47521234", [("telephone", "47521234")]),
        ("共47521234元", []),
        ("2023—2024学年，13812345678901", []),
        ("投入1.38亿元，13812345.678元", []),
        ("卡号6222 0200 0000 0000 09", []),
        ("卡号4111 1111 1111 1111", []),  # one digit over and over is an example
        ("卡号4012 8888 8888 1881", [("card", "4012 8888 8888 1881")]),
        ("卡号4012888888881882", []),
    ],
)
def test_what_is_found(text, numbers):
    assert found(text) == numbers


def test_sums():
    assert is_identity_number(IDENTITY)
    assert not is_identity_number("110105194912310026")
    assert is_card_number("4012888888881881")
    assert not is_card_number("4012888888881880")


def test_what_is_masked():
    assert masked(IDENTITY) == "110105**********2X"
    assert masked("138-1234-5678") == "138-****-5678"
    assert found(masked(IDENTITY)) == []


def test_telephones_are_the_same_however_they_are_written():
    assert telephone_digits("办公室023-47521234，（023）47529876") >= {"47521234", "47529876"}
    assert telephone_digits("47521234") == {"47521234"}


PIECES = ["1", "13", "138 ", "1381234", "5001", "110105194912310", "1949", "0", "023-", "(0", "-", " ", "+86", "电话", "电话：4752", "X", "x", "１", "字", "a", "6222 ", "\n", "\ud800"]  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=4), st.sampled_from([1, 100, 2000]))
@settings(max_examples=examples(60), deadline=None)
def test_any_text_is_searched_to_its_end(pieces, times):
    text = "".join(pieces) * times
    with counted() as work:
        numbers = personal_numbers(text)
        telephone_digits(text)
    assert work.steps < 400 * len(text) + 10_000
    for before, after in pairwise(numbers):
        assert before.end <= after.start


@pytest.mark.parametrize("text", ["13812345678，", f"{IDENTITY}，", "1", "0", "电话"])
def test_ten_thousand_numbers_take_no_longer_each(text):
    assert is_linear(personal_numbers, lambda size: text * size, 500)


@pytest.mark.parametrize(
    ("heading", "number"),
    [
        ("一、总体要求", (0, 1)),
        ("十、保障", (0, 10)),
        ("十二、保障", (0, 12)),
        ("二十一、保障", (0, 21)),
        ("（三）步骤", (1, 3)),
        ("4.学校", (2, 4)),
        ("4、学校", (2, 4)),
        ("(5)学校", (3, 5)),
        ("3.5亿元", None),
        ("一所学校", None),
        ("十十、", None),
    ],
)
def test_numbers_of_headings(heading, number):
    assert numbered(heading) == number


def test_headings_follow_one_another():
    right = ["一、甲", "（一）", "（二）", "1.子", "2.丑", "（三）", "1.寅", "二、乙", "没有数字", "（一）", "三、丙"]
    assert list(out_of_order(right)) == []
    assert list(out_of_order(["一、甲", "三、乙", "四、丙"])) == [(1, 2)]
    assert list(out_of_order(["一、甲", "一、乙"])) == [(1, 2)]
    assert list(out_of_order(["一、甲", "（二）", "二、乙"])) == [(1, 1)]
