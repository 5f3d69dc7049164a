"""The figures and dates of a Chinese text: core's reader, with what it counts and whether it must not be lost."""

import re
from collections.abc import Iterator
from decimal import Decimal

from core.numbers import Qualifier, Reading, read_numbers
from core.numbers.numerals import DIGITS, HAN, evaluate
from core.numbers.words import FOLD

from . import figures
from .figures import Date, Figure


_KINDS = {
    "%": figures.PERCENT,
    "成": figures.PERCENT,
    "个百分点": figures.POINTS,
    "百分点": figures.POINTS,
    "亩": figures.MU,
    "公顷": figures.HECTARE,
    "ha": figures.HECTARE,
    "年": figures.YEAR,
    "周年": figures.YEAR,
    "岁": figures.YEAR,
    "个月": "month",
    "天": "day",
    "周": "week",
    "星期": "week",
    "个星期": "week",
    "小时": "hour",
    "个小时": "hour",
    "分钟": "minute",
    **dict.fromkeys(["元", "美元", "欧元", "港元", "日元", "英镑"], figures.MONEY),
    **dict.fromkeys(["平方米", "平米", "㎡", "m²"], figures.SQUARE_METRE),
    **dict.fromkeys(["人", "名", "位"], figures.PERSON),
    **dict.fromkeys(["所", "项", "门", "套", "家", "座", "栋", "本", "册", "篇"], figures.THINGS),
}
_YEARS = frozenset({"年", "学年", "年度", "级", "届"})
# Measure words of thoughts and parts of a text.
_IN_PASSING = frozenset("个种类样处次组套点层句步批期轮代字条件间张") | {""}
_HARD = {figures.PERCENT, figures.POINTS, figures.MONEY, figures.MU, figures.HECTARE, figures.SQUARE_METRE}

_YEAR = rf"[0-9]{{4}}|[{''.join(DIGITS)}]{{4}}"
_SMALL = "[0-9]{1,2}|[二三]?十[一二三四五六七八九]?|[一二三四五六七八九]"
_DATE = re.compile(
    rf"(?:(?P<year>{_YEAR})年 ?)?(?<![0-9{HAN}第])(?P<month>{_SMALL})月"
    rf"(?: ?(?P<day>{_SMALL})[日号](?:(?:[至到—–~-]|から|부터 ?)(?P<last>{_SMALL})[日号])?)?"
)
_NUMERIC = re.compile(
    r"(?<![0-9])(?P<year>[0-9]{4})(?P<sep>[-/.])(?P<month>[0-9]{1,2})(?P=sep)(?P<day>[0-9]{1,2})(?![0-9])"
)
_IN_NAME = re.compile(
    rf"(?<![{HAN}0-9第])(?P<numeral>[二三四五六七八九十]{{1,3}})(?P<school>[小中](?![学小型间心央等午文国年期秋级档旬部时数生]))?(?![{HAN}0-9分])"
)
_DECADE = re.compile("(?P<century>[0-9]{2}|十九|二十一?)世[纪紀](?P<years>[1-9]0|[二三四五六七八九]?十)年代")
_NUMERAL = re.compile(rf"[0-9]+(?:\.[0-9]+)?|[{HAN}]+")
PLAN = re.compile("十(?P<unit>[一二三四五])五(?!所|个|名|年)")
_WHOLE_YEARS = range(1000, 3000)


def blanked(text: str, spans: list[tuple[int, int]]) -> str:
    """The text with what is read already blotted out; its length stays."""
    for start, end in spans:
        text = text[:start] + "\ufffc" * (end - start) + text[end:]
    return text


def dates(text: str) -> list[Date]:
    """2023年9月1日, 9月, 二〇二三年九月, 2023-09-01; of 9月1日至5日 both days."""
    folded, found = text.translate(FOLD), []
    for match in [*_DATE.finditer(folded), *_NUMERIC.finditer(folded)]:
        parts = match.groupdict()
        year, month, day, last = (_small(parts.get(name)) for name in ("year", "month", "day", "last"))
        for one in filter(None, (day, last)) if day else (None,):
            if month and 1 <= month <= 12:
                span = match.start(), match.end()
                found.append(Date(year, month, one, text[slice(*span)], *span))
    return sorted(found, key=lambda date: date.start)


def _small(numeral: str | None) -> int | None:
    number = evaluate(numeral) if numeral else None
    return int(number.value) if number else None


def figures_of(text: str) -> list[Figure]:
    """The figures that core reads, in order; the ends of a range are two."""
    found = [figure for reading in read_numbers(text) for figure in _figures(reading)]
    found += map(_plan, PLAN.finditer(text))
    for match in _DECADE.finditer(text.translate(FOLD)):
        found = [figure for figure in found if figure.end <= match.start() or figure.start >= match.end()]
        found.append(_decade(text, match))
    return sorted(found, key=lambda figure: figure.start)


def in_names(text: str, read: list[Figure]) -> list[Figure]:
    """The numerals that core reads over, as figures that need not be said, but must not be changed: 六小, 八大行动."""
    rest = blanked(text.translate(FOLD), [(figure.start, figure.end) for figure in read])
    found = []
    for match in _IN_NAME.finditer(rest):
        number = evaluate(match["numeral"])
        if number and number.value > 1 and number.high is None:
            kind = figures.NAME if match["school"] else ""
            span = match.span("numeral")
            found.append(
                Figure(
                    number.value,
                    text[slice(*span)],
                    *span,
                    kind=kind,
                    firm=False,
                    digits=False,
                    counted=False,
                    in_name=not kind,
                )
            )
    return found


def _decade(text: str, match: re.Match) -> Figure:
    """20世纪90年代 is the 1990s, and the nineties."""
    century, years = (evaluate(match[name]) for name in ("century", "years"))
    short = years.value if years else Decimal(0)
    value = ((century.value if century else 0) - 1) * 100 + short
    return Figure(value, text[slice(*match.span())], *match.span(), kind=figures.CALENDAR, also=short)


def _plan(match: re.Match) -> Figure:
    """十四五 is the 14th five-year plan, whose number may be left out but not changed."""
    value = Decimal(10 + DIGITS[match["unit"]])
    return Figure(value, match[0], *match.span(), firm=False, digits=False, counted=False, in_name=True)


def _figures(reading: Reading) -> Iterator[Figure]:
    has_digits = bool(re.search("[0-9０-９]", reading.text))
    for value in filter(None, (reading.value, reading.high)):
        fraction = "分之" in reading.text and reading.unit != "%"
        kind = _kind(reading, value)
        if fraction or reading.unit == "成":
            value, kind = value * (100 if fraction else 10), figures.PERCENT
        yield Figure(
            value=abs(value),
            text=reading.text,
            start=reading.start,
            end=reading.end,
            kind=kind,
            hedge=reading.qualifier if kind != figures.CALENDAR else Qualifier.EXACT,
            firm=has_digits or value > 10 or kind in _HARD,
            digits=has_digits,
            counted=has_digits or reading.ordinal or reading.unit not in _IN_PASSING,
            fraction=fraction,
            ordinal=reading.ordinal,
        )


def _kind(reading: Reading, value: Decimal) -> str:
    if reading.unit in _YEARS and int(value) in _WHOLE_YEARS and value == int(value) and "万" not in reading.text:
        return figures.CALENDAR
    return "" if reading.ordinal else _KINDS.get(reading.unit, "")


def loose(text: str) -> set[Decimal]:
    """Every number that the text could be said to name: 六 in 江津六中, 14 and 5 in 十四五, 8 and 30 in 8:30."""
    values: set[Decimal] = set()
    text = PLAN.sub(" ", text)
    for match in _NUMERAL.finditer(text.translate(FOLD)):
        run = match[0]
        pieces = {run} | {
            run[start:end] for start in range(len(run)) for end in range(start + 1, min(len(run), start + 4) + 1)
        }
        for piece in pieces if not run[0].isdigit() else {run}:
            number = evaluate(piece)
            if number:
                values |= {number.value, number.high or number.value}
    return values | ({Decimal(2)} if "双" in text or "雙" in text else set())
