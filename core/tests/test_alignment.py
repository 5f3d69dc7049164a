"""Which passage of an earlier text became which of a later one."""

import random

import pytest
from rapidfuzz import fuzz

from core.text import alignment
from core.text.alignment import align


pytestmark = pytest.mark.once

A = "区教委昨天公布，今年秋季全区新增学位三千二百个，其中小学两千个。"
B = "图书馆还在装修，预计下个月底对全体师生开放，届时可以借阅图书四万册。"
C = "食堂的饭菜由营养师搭配，每周公布一次菜单，家长可以到校陪餐。"


def partners(earlier, later):
    return {new: pair.earlier for new, pair in align(earlier, later).items()}


@pytest.mark.parametrize(
    ("later", "expected"),
    [
        ([A.replace("三千", "四千"), B, C], {0: 0, 1: 1, 2: 2}),
        ([C + "欢迎监督。", A, B.replace("四万", "五万")], {0: 2, 1: 0, 2: 1}),  # moved and changed
        (["校门朝南，门前新铺了一条盲道。", B], {1: 1}),  # what is new is like nothing
        ([B[:12], B[12:]], {1: 1}),  # split: the likest part has it, and no other
        ([A + B, C], {0: 1, 1: 2}),  # merged: that of which most is there
        ([B, B.replace("四万", "五万")], {0: 1}),  # doubled: it is given away once
    ],
)
def test_passages_find_what_they_were(later, expected):
    assert partners([A, B, C], later) == expected


def test_of_short_passages_more_has_to_be_the_same():
    assert partners(["一年级"], ["二年级"]) == {}
    assert partners(["一年级学生人数"], ["一年级的学生人数"]) == {0: 0}


def test_the_work_grows_with_the_text_and_not_with_its_square(monkeypatch):
    compared = []
    monkeypatch.setattr(
        alignment.fuzz,
        "ratio",
        lambda *texts, ratio=fuzz.ratio, **options: compared.append(1) or ratio(*texts, **options),
    )
    words = random.Random(3)
    texts = ["".join(chr(0x4E00 + words.randrange(900)) for _n in range(60)) for _n in range(300)]
    later = [text[:25] + "新" + text[27:] for text in reversed(texts)]
    assert partners(texts, later) == {new: 299 - new for new in range(300)}
    assert len(compared) <= alignment.MAX_CANDIDATES * 300
    compared.clear()
    align(["同样的一段话，说了又说。"] * 300, ["同样的一段话，说了再说。"] * 300)
    assert len(compared) <= alignment.MAX_CANDIDATES * 300
