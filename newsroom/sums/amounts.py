"""The numbers of a sentence with what rounding allows them to be."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from core.numbers import Reading, read_numbers
from core.numbers.figures import Qualifier


PERCENT, POINTS, TIMES = "%", "个百分点", "倍"
_NO_AMOUNT = frozenset("年 月 日 号 时 点 届 期 页 岁 年级 班 世纪 年代 学年 学期".split())  # noqa: SIM905 (they are many)
_SENTENCE = re.compile(r"[^。！？!?\n]+")
_HALF = Decimal("0.5")
_THIRD = Decimal("0.01")  # how far 三分之二 may be from what it stands for
_HAS_NUMBER = re.compile(r"[0-9一二三四五六七八九十百千万半]")


@dataclass(frozen=True)
class Amount:
    """A number that says how many or how much, between `low` and `high`: 45名 is exact, 1.2亿 is between 1.15亿 and 1.25亿.
    `text` is as it is printed, with its unit; `start` and `end` in the paragraph."""

    value: Decimal
    low: Decimal
    high: Decimal
    unit: str
    text: str
    start: int
    end: int

    @property
    def is_ratio(self) -> bool:
        return self.unit in (PERCENT, POINTS, TIMES) or "分之" in self.text


@dataclass(frozen=True)
class Sentence:
    """`start` is its place in the paragraph; amounts are in order. Those that are hedged are left out: nobody knows them."""

    text: str
    start: int
    amounts: list[Amount]

    def between(self, start: int, end: int) -> list[Amount]:
        return [each for each in self.amounts if start <= each.start and each.end <= end]


@dataclass(frozen=True)
class Wrong:
    """A claim from `start` to `end` of a paragraph, and the sum that contradicts it."""

    start: int
    end: int
    sum: str


def sentences(paragraph: str) -> Iterator[Sentence]:
    """Those with numbers."""
    if not _HAS_NUMBER.search(paragraph):
        return
    readings = read_numbers(paragraph)
    for found in _SENTENCE.finditer(paragraph):
        if _HAS_NUMBER.search(found[0]):
            inside = [each for each in readings if found.start() <= each.start and each.end <= found.end()]
            yield Sentence(found[0], found.start(), list(_amounts(paragraph, inside)))


def _amounts(paragraph: str, readings: Iterable[Reading]) -> Iterator[Amount]:
    for each in readings:
        is_whole = each.high is None and each.qualifier == Qualifier.EXACT and not each.ordinal
        if not is_whole or each.unit in _NO_AMOUNT or each.value <= 0 or _is_piece(paragraph, each.start, each.end):
            continue
        slack = _slack(each.text, each.unit, each.quantum)
        yield Amount(
            value=each.value,
            low=each.value - slack,
            high=each.value + slack,
            unit=each.unit,
            text=each.text,
            start=each.start,
            end=each.end,
        )


def _is_piece(text: str, start: int, end: int) -> bool:
    """Of a proportion (1:3.46), a score, a number with another mark for decimals."""
    marks = "\u2236:：·/-—～~"  # the first is 比号
    before, after = text[max(0, start - 2) : start], text[end : end + 2]
    return (len(before) == 2 and before[1] in marks and before[0].isdigit()) or (
        len(after) == 2 and after[0] in marks and after[1].isdigit()
    )


def _slack(text: str, unit: str, quantum: Decimal) -> Decimal:
    """A count is what it says; what has decimals, 万 or % was rounded."""
    if "分之" in text and unit != PERCENT:
        return _THIRD
    is_rounded = unit in (PERCENT, POINTS, TIMES) or quantum != 1
    return quantum * _HALF if is_rounded else Decimal(0)


def agrees(claim: Amount, low: Decimal, high: Decimal) -> bool:
    """Whether what a claim may be and what the sum may be have something in common."""
    return claim.low <= high and low <= claim.high


def shown(value: Decimal, like: Amount) -> str:
    """A result with one digit more than the claim has."""
    digits = max(0, -int(like.value.as_tuple().exponent)) + 1 if like.is_ratio else 2
    return f"{value.quantize(Decimal(1).scaleb(-digits)).normalize():f}"
