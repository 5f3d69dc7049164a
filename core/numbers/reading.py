"""Reads the figures in a Chinese text.

One regular expression finds numerals, or what must be read over; everything around a numeral (第, 约, 余, units) is
then looked at within a few characters of it. All patterns are possessive or bounded: time is linear in the text.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache
from typing import Any

from .chinese_words import (
    AFTER,
    BEFORE,
    FOLD,
    HALF,
    INSIDE,
    JOINERS,
    LASTING,
    NOT_FIGURES,
    ONE_COUNTS,
    ORDINAL,
    PERCENT,
    UNIT,
)
from .figures import Qualifier, Reading, plain
from .numerals import ARABIC, CHINESE_NUMERALS, POINT, Numeral, evaluate


_RUN = rf"(?:{ARABIC}|[{CHINESE_NUMERALS}])(?:{ARABIC}|{POINT}|[{CHINESE_NUMERALS}]|[ \u00a0](?=[千百万亿]))*+"
_FIND = re.compile(rf"(?P<skip>{NOT_FIGURES})|{_RUN}")
_NUMERAL = re.compile(_RUN)
_OVER = "分之"
_FRACTION_QUANTUM = Decimal("0.01")  # 三分之一 agrees with 0.33
_HALF = Decimal("0.5")
_PER_HUNDRED, _PER_THOUSAND = Decimal(100), Decimal(1000)
_MINUS_AFTER = " \u3000\n（(：:，,、。“"


@dataclass(frozen=True)
class _Draft:
    """A figure not yet joined to its neighbours. `sure` is False for what needs a unit or a range to count."""

    value: Decimal
    quantum: Decimal
    scale: Decimal
    start: int
    end: int
    sure: bool
    unit: str = ""
    qualifier: Qualifier = Qualifier.EXACT
    high: Decimal | None = None
    ordinal: bool = False


def read_numbers(text: str) -> list[Reading]:
    """The figures in `text` (plain Chinese, no HTML) in the order of the text.

    Names that hold numerals are read over as far as they can be told: 十四五, 1+2+3, 五大行动, A4, 2023-09-01,
    8:30, 唯一, 一批. A Chinese numeral below a hundred counts only beside a unit, a hedge, 第 or 分之.
    A minus sign is read at the start, after a space or after opening punctuation. Never raises on text.
    """
    return list(_read(text))


@lru_cache(512)
def _read(text: str) -> tuple[Reading, ...]:
    """Several checks look for the numbers of the same paragraph, again and again while it is written."""
    folded = text.translate(FOLD)
    return tuple(
        Reading(
            value=plain(draft.value),
            qualifier=draft.qualifier,
            unit=draft.unit,
            quantum=plain(draft.quantum),
            start=draft.start,
            end=draft.end,
            text=text[draft.start : draft.end],
            high=None if draft.high is None else plain(draft.high),
            ordinal=draft.ordinal,
        )
        for draft in _joined(_drafts(folded), folded)
        if draft.sure
    )


def _drafts(text: str) -> Iterator[_Draft]:
    position = 0
    while found := _FIND.search(text, position):
        position = found.end()
        if found["skip"]:
            continue
        draft = _fraction(text, found) or _plain(text, found)
        if draft:
            draft = _with_prefix(text, _with_tail(text, draft))
            position = max(position, draft.end)
            yield draft


def _fraction(text: str, found: re.Match) -> _Draft | None:
    """百分之五 (5, %), 三分之一 (1/3, no unit)."""
    above = _NUMERAL.match(text, found.end() + len(_OVER)) if text.startswith(_OVER, found.end()) else None
    if above is None:
        return None
    below, over = evaluate(found[0]), evaluate(above[0])
    if below is None or over is None or not below.value:
        return None
    span: dict[str, Any] = {"start": found.start(), "end": above.end(), "scale": Decimal(1), "sure": True}
    if found[0] == "百":
        return _Draft(value=over.value, quantum=over.quantum, unit=PERCENT, **span)
    quantum = over.quantum / below.value if below.value in (_PER_HUNDRED, _PER_THOUSAND) else _FRACTION_QUANTUM
    return _Draft(value=over.value / below.value, quantum=quantum, **span)


def _plain(text: str, found: re.Match) -> _Draft | None:
    run, end, qualifier = found[0], found.end(), Qualifier.EXACT
    inside = INSIDE.match(text, end)
    if inside and (inside["more"] or inside["scale"] or UNIT.match(text, inside.end())):
        more = evaluate(run + inside["scale"])
        if more and more.value >= 10:  # 十余, not 三多
            run, end = run + inside["scale"], inside.end()
            qualifier = Qualifier.MORE if inside["more"] else Qualifier.ABOUT
    numeral = evaluate(run)
    if numeral is None:
        return None
    unit = UNIT.match(text, end)
    if _is_code(text, run, end, bool(unit)):
        return None
    return _measured(numeral, unit, run, found.start(), end, qualifier)


def _is_code(text: str, run: str, end: int, has_unit: bool) -> bool:
    """5G, 3D, 023: digits glued to a Latin letter, or with a leading zero and no unit."""
    leading_zero = len(run) > 1 and run[0] == "0" and run[1].isdigit()
    latin = run[-1].isascii() and text[end : end + 1].isascii() and text[end : end + 1].isalpha()
    return not has_unit and (leading_zero or latin)


def _measured(numeral: Numeral, unit: re.Match | None, run: str, start: int, end: int, qualifier: Qualifier) -> _Draft:
    word = ""
    if unit and not (run == "一" and unit["unit"] and len(unit["unit"]) == 1 and unit["unit"] not in ONE_COUNTS):
        word, end = unit["unit"] or "个" + unit["later"], unit.end()
        qualifier = Qualifier.MORE if unit["more"] else qualifier
    return _Draft(
        value=numeral.value,
        quantum=numeral.quantum,
        scale=numeral.scale,
        start=start,
        end=end,
        sure=numeral.sure or bool(word) or qualifier != Qualifier.EXACT,
        unit=word,
        qualifier=qualifier,
        high=numeral.high,
    )


def _with_tail(text: str, draft: _Draft) -> _Draft:
    """半, 以上, 左右 and 多 after the unit."""
    half = HALF.match(text, draft.end) if draft.unit else None
    if half:
        unit = draft.unit + (half["later"] or "")
        draft = replace(draft, value=draft.value + _HALF, quantum=_HALF, end=half.end(), unit=unit)
    tail = AFTER.match(text, draft.end)
    if tail is None or not draft.sure:
        return draft
    qualifier = Qualifier.MORE if tail["more"] else Qualifier.ABOUT
    return replace(
        draft, end=tail.end(), qualifier=qualifier if draft.qualifier == Qualifier.EXACT else draft.qualifier
    )


def _with_prefix(text: str, draft: _Draft) -> _Draft:
    """第, minus, and the hedges before a numeral."""
    before = text[max(0, draft.start - 1) : draft.start]
    if before == ORDINAL:
        return replace(draft, start=draft.start - 1, ordinal=True, sure=True)
    if before == "负" or (before == "-" and text[max(0, draft.start - 2) : draft.start - 1] in _MINUS_AFTER):
        return replace(draft, start=draft.start - 1, value=-draft.value)
    hedge = BEFORE.search(text, max(0, draft.start - 4), draft.start)
    if hedge is None or (hedge[0].strip() == "近" and _is_past(text, draft)):
        return draft
    qualifier = Qualifier(hedge.lastgroup or Qualifier.EXACT)
    if draft.qualifier != Qualifier.EXACT:
        qualifier = draft.qualifier
    return replace(draft, start=hedge.start(), qualifier=qualifier, sure=True)


def _is_past(text: str, draft: _Draft) -> bool:
    """近三年 and 近20年来 speak of the last years; 近百年 is nearly a hundred."""
    return draft.unit in LASTING and (draft.value <= 10 or text.startswith("来", draft.end))


def _joined(drafts: Iterator[_Draft], text: str) -> Iterator[_Draft]:
    """Joins the two ends of a range: 3至5个, 3%—5%, 三到五所, 3—5万元."""
    low: _Draft | None = None
    for draft in drafts:
        joined = _range(low, draft, text) if low else None
        if low and not joined:
            yield low
        low = joined or draft
    if low:
        yield low


def _range(low: _Draft, high: _Draft, text: str) -> _Draft | None:
    if low.high is not None or high.high is not None or text[low.end : high.start] not in JOINERS:
        return None
    if high.start - low.end != 1 or (low.unit and high.unit and low.unit != high.unit):
        return None
    unit = high.unit or low.unit
    value, quantum = low.value, low.quantum
    if not low.unit and low.scale == 1 < high.scale and value * high.scale < high.value:
        value, quantum = value * high.scale, quantum * high.scale  # 3—5万元
    if value >= high.value:
        return None
    return replace(
        low,
        value=value,
        high=high.value,
        quantum=min(quantum, high.quantum),
        end=high.end,
        unit=unit,
        qualifier=high.qualifier if low.qualifier == Qualifier.EXACT else low.qualifier,
        sure=low.sure or high.sure,
    )
