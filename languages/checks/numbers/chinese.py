"""The figures and dates of a Chinese text: core's reader, what it does not read, and what each figure counts.

A text in traditional characters is folded to simplified ones, one to one, before it is read.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from core.numbers import Qualifier, Reading, read_numbers
from core.numbers.chinese_words import FOLD
from core.numbers.numerals import CHINESE_NUMERALS, DIGITS, evaluate
from core.text.chinese import HAN_CHARACTERS, fold

from . import figures
from .chinese_constructs import constructs
from .figures import Date, Figure, Meaning
from .set_phrases import FESTIVALS


KINDS = {
    "%": figures.PERCENT,
    "‰": figures.PERCENT,
    "成": figures.PERCENT,
    "个百分点": figures.POINTS,
    "百分点": figures.POINTS,
    "倍": figures.MULTIPLE,
    "亩": figures.MU,
    "公顷": figures.HECTARE,
    "ha": figures.HECTARE,
    "年": figures.YEAR,
    "周年": figures.YEAR,
    "岁": figures.YEAR,
    "个月": figures.MONTH,
    "天": figures.DAY,
    "周": figures.WEEK,
    "星期": figures.WEEK,
    "个星期": figures.WEEK,
    "小时": figures.HOUR,
    "个小时": figures.HOUR,
    "分钟": figures.MINUTE,
    "年级": figures.GRADE,
    "元": figures.MONEY,
    "美元": "usd",
    "欧元": "euro",
    "港元": "hkd",
    "日元": "jpy",
    "英镑": "gbp",
    "吨": "tonne",
    **dict.fromkeys(["平方公里", "平方千米", "km²"], figures.SQUARE_KILOMETRE),
    **dict.fromkeys(["公里", "千米", "km"], "km"),
    **dict.fromkeys(["米"], "metre"),
    **dict.fromkeys(["公斤", "千克", "kg"], "kg"),
    **dict.fromkeys(["平方米", "平米", "㎡", "m²"], figures.SQUARE_METRE),
    **dict.fromkeys(["人", "名", "位"], figures.PERSON),
    **dict.fromkeys(["所", "项", "门", "套", "家", "座", "栋", "本", "册", "篇"], figures.THINGS),
}
_YEARS = frozenset({"年", "学年", "年度", "级", "届"})
# Measure words of thoughts and parts of a text.
_IN_PASSING = frozenset("个种类样处次组套点层句步批期轮代字条件间张") | {""}
_HARD = {
    figures.PERCENT, figures.POINTS, figures.MONEY, figures.MU, figures.HECTARE, figures.SQUARE_METRE, figures.MULTIPLE, figures.GRADE,
}  # fmt: skip

_YEAR = rf"[0-9]{{4}}|[{''.join(DIGITS)}]{{4}}"
_SMALL = "[0-9]{1,2}|[二三]?十[一二三四五六七八九]?|[一二三四五六七八九]"
_TO = "(?:[至到—–~-]|から|부터 ?)"
_DATE = re.compile(
    rf"(?:(?P<year>{_YEAR})年 ?)?(?<![0-9{CHINESE_NUMERALS}第])(?P<month>{_SMALL})月(?!份?[以之]?[内间])"
    rf"(?: ?(?P<day>{_SMALL})[日号](?:{_TO}(?P<last>{_SMALL})[日号])?)?"
)
_MONTHS = re.compile(
    rf"(?:(?P<year>{_YEAR})年 ?)?(?<![0-9{CHINESE_NUMERALS}第月])(?P<first>{_SMALL})月?{_TO}(?P<month>{_SMALL})月(?!份?[0-9])"
)
_DAYS = re.compile(rf"(?<=[月]) ?(?P<first>{_SMALL}){_TO}(?P<day>{_SMALL})[日号]")
_NUMERIC = re.compile(
    r"(?<![0-9])(?P<year>[0-9]{4})(?P<sep>[-/.])(?P<month>[0-9]{1,2})(?P=sep)(?P<day>[0-9]{1,2})(?![0-9])"
)
_IN_NAME = re.compile(
    rf"(?<![{CHINESE_NUMERALS}0-9第])(?P<numeral>[二三四五六七八九十]{{1,3}})(?P<school>[小中](?![学小型间心央等午文国年期秋级档旬部时数生]))?(?![{CHINESE_NUMERALS}0-9分])"
)
_NUMERAL = re.compile(rf"[0-9]++(?:\.[0-9]++)?|[{CHINESE_NUMERALS}]++")
PLAN = re.compile("十(?P<unit>[一二三四五])五(?!所|个|名|年|人|岁|天|届|万|千|百|分|月|位|项|次|日|周|中|小|亩|元|%)")
_WHOLE_YEARS = range(1000, 3000)
_LONGEST = 40


class _Simplified(dict):
    """Traditional characters to simplified ones, each looked up once."""

    def __missing__(self, code: int) -> int | str:
        folded = fold(chr(code)) if code > 0x2E7F else ""
        self[code] = value = folded if len(folded) == 1 and _HAN.match(chr(code)) else code
        return value


_HAN = re.compile(f"[{HAN_CHARACTERS}]")
_SIMPLIFIED = _Simplified()


def simplified(text: str) -> str:
    """Character by character, so that each keeps its place."""
    return text.translate(_SIMPLIFIED)


def blanked(text: str, spans: list[tuple[int, int]]) -> str:
    """The text with what is read already blotted out; its length stays."""
    if not spans:
        return text
    parts, cursor = [], 0
    for start, end in sorted(spans):
        if end > cursor:
            parts += [text[cursor : max(start, cursor)], "\ufffc" * (end - max(start, cursor))]
            cursor = end
    return "".join([*parts, text[cursor:]])


# Dates --------------------------------------------------------------------------------------------------


def dates(text: str) -> list[Date]:
    """2023年9月1日, 9月, 1—6月, 二〇二三年九月, 2023-09-01; of 9月1日至5日 both days. A festival's day is optional."""
    folded = text.translate(FOLD)
    found = list(_ranges_of_months(text, folded))
    folded = blanked(folded, [(date.start, date.end) for date in found])
    for match in [*_DATE.finditer(folded), *_NUMERIC.finditer(folded)]:
        parts = match.groupdict()
        year, month, day, last = (small(parts.get(name)) for name in ("year", "month", "day", "last"))
        first, stop = day, match.end()
        if month and day is None and (days := _DAYS.match(folded, match.end())):  # 9月1—5日
            first, last, stop = small(days["first"]), small(days["day"]), days.end()
        for one in filter(None, (first, last)) if first else (None,):
            if month and 1 <= month <= 12 and (one is None or one <= 31):
                span = match.start(), stop
                found.append(Date(year, month, one, text[slice(*span)], *span))
    for match in FESTIVALS.finditer(folded):
        month, day = re.findall("[0-9]+", str(match.lastgroup))
        found.append(Date(None, int(month), int(day), text[slice(*match.span())], *match.span(), optional=True))
    return sorted(found, key=lambda date: date.start)


def _ranges_of_months(text: str, folded: str) -> Iterator[Date]:
    for match in _MONTHS.finditer(folded):
        year, first, last = (small(match[name]) for name in ("year", "first", "month"))
        if first and last and 1 <= first <= 12 and 1 <= last <= 12:
            for month in (first, last):
                yield Date(year, month, None, text[slice(*match.span())], *match.span())


def small(numeral: str | None) -> int | None:
    number = evaluate(numeral) if numeral else None
    return int(number.value) if number else None


# Figures ------------------------------------------------------------------------------------------------


def figures_of(text: str) -> list[Figure]:
    """All figures of a text in simplified characters, in order; the ends of a range are two."""
    folded = text.translate(FOLD)
    found = [replace(figure, text=text[figure.start : figure.end]) for figure in constructs(folded)]
    rest = blanked(text, [(figure.start, figure.end) for figure in found])
    found += [figure for reading in read_numbers(rest) for figure in _figures(reading, folded)]
    found += map(_plan, PLAN.finditer(rest))
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


def _plan(match: re.Match) -> Figure:
    """十四五 is the 14th five-year plan, whose number may be left out but not changed."""
    value = Decimal(10 + DIGITS[match["unit"]])
    return Figure(value, match[0], *match.span(), firm=False, digits=False, counted=False, in_name=True)


def _figures(reading: Reading, folded: str) -> Iterator[Figure]:
    has_digits = bool(re.search("[0-9０-９]", reading.text))
    for value in filter(None, (reading.value, reading.high)):
        kind = _kind(reading, value)
        if reading.unit in ("成", "‰"):
            value = value * 10 if reading.unit == "成" else value / 10
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
            ordinal=reading.ordinal,
            way=_way(folded, reading),
            also=_also(reading, abs(value)),
        )


_FROM = re.compile(r"(?:从|由)(?:约|近|不足|去年的|上年的|原来的|原先的|最初的)?\Z")
_AND_TO = re.compile(
    r".{0,8}?(?:提高|增加|增长|上升|提升|扩大|扩|减少|下降|降低|降|缩短|缩小|发展|增|升|涨|跌|调整|减)?了?(?:到|至|为)"
)
_CHANGED_TO = re.compile(
    r"(?:提高|增加|增长|上升|提升|扩大|上涨|减少|下降|降低|缩短|缩小|压缩|回升|发展|[扩增升涨跌降减])了?(?:到|至|为|成)(?:了|约|近|原来的|现在的|如今的|目前的)?\Z"
)


def _way(text: str, reading: Reading) -> str:
    """From 由12元 and to 降到9元."""
    before = text[max(0, reading.start - 10) : reading.start]
    if _FROM.search(before) and _AND_TO.match(text, reading.end, reading.end + 14):
        return figures.FROM
    return figures.TO if _CHANGED_TO.search(before) else ""


def _also(reading: Reading, value: Decimal) -> tuple[Meaning, ...]:
    """A quarter has three months, a term of office is a number as well."""
    if reading.unit in ("季度", "个季度") and not reading.ordinal:
        return (Meaning(figures.MONTH, value * 3),)
    if reading.unit == "世纪" and not reading.ordinal:
        return (Meaning(figures.YEAR, value * 100),)
    return ()


def _kind(reading: Reading, value: Decimal) -> str:
    if reading.unit in _YEARS and value == int(value) and int(value) in _WHOLE_YEARS and "万" not in reading.text:
        return figures.CALENDAR
    return "" if reading.ordinal else KINDS.get(reading.unit, "")


def loose(text: str) -> set[Decimal]:
    """Every number that the text could be said to name: 六 in 江津六中, 14 and 5 in 十四五, 8 and 30 in 8:30."""
    values: set[Decimal] = set()
    text = PLAN.sub(" ", text)
    for match in _NUMERAL.finditer(text.translate(FOLD)):
        run = match[0][:_LONGEST]
        pieces = {run} | {
            run[start:end] for start in range(len(run)) for end in range(start + 1, min(len(run), start + 4) + 1)
        }
        for piece in pieces if not run[0].isdigit() else {run}:
            number = evaluate(piece)
            if number:
                values |= {number.value, number.high or number.value}
    return values | ({Decimal(2)} if "双" in text or "雙" in text else set())
