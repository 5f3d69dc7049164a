"""What is compared: figures and dates, as both sides hand them over, and when two figures say the same.

A figure is one place in a text with all that it may mean: 初一 is grade 7 of the whole school and the first of the junior
one, 8点 may be eight in the morning or in the evening, 减少三分之一 is 'by a third' and 'to two thirds'. Two figures agree if
one meaning of the one is one meaning of the other.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal
from functools import cached_property

from core.numbers import Qualifier


# What a number counts, where it can be told for sure. "" is anything.
PERCENT, POINTS, MONEY, MU, HECTARE, SQUARE_METRE = "percent", "points", "money", "mu", "hectare", "sqm"
SQUARE_KILOMETRE = "sqkm"
YEAR, MONTH, WEEK, DAY, HOUR, MINUTE = "year", "month", "week", "day", "hour", "minute"
CALENDAR, PERSON, THINGS = "calendar", "person", "things"
NAME, SCORE = "name", "score"  # 六小, No. 6
TIME = "time"  # minutes after midnight
MULTIPLE = "multiple"  # 2 is twice as much as before: 翻一番, 增长一倍
GRADE, CLASS = "grade", "class"  # grades 1 to 12
DECADE, CENTURY = "decade", "century"  # 1980, or 80 where the century is not said; 20
PHONE = "phone"

SQUARE_METRES = {
    MU: Decimal(2000) / 3,
    HECTARE: Decimal(10_000),
    SQUARE_METRE: Decimal(1),
    SQUARE_KILOMETRE: Decimal(10**6),
}
# Lengths of time that are exact in one another, and areas: the value in the smallest of the group.
_GROUPS = (
    {MINUTE: Decimal(1), HOUR: Decimal(60), DAY: Decimal(1440), WEEK: Decimal(10_080)},
    {MONTH: Decimal(1), YEAR: Decimal(12)},
)
LASTING = _GROUPS
_NEVER_OMITTED = {PERCENT, POINTS, TIME, MULTIPLE}
_ALIKE = [
    {POINTS, SCORE},  # a rise of 2.5 points
    {PERSON, THINGS},
    {PERSON, CLASS},
    {DECADE, CALENDAR},
    {YEAR, CALENDAR},
]
RATES = frozenset({PERCENT, POINTS, MULTIPLE})

BY, TO, FROM = "by", "to", "from"

_CLOSE = Decimal("0.05")  # how far a hedged round number may be from the exact one
_AREA_CLOSE = Decimal("0.055")  # two digits of hectares
_FRACTION_CLOSE = Decimal("0.7")  # percentage points between 66.9 % and two thirds
_DIRECTION = {Qualifier.MORE: ROUND_FLOOR, Qualifier.NEARLY: ROUND_CEILING, Qualifier.ABOUT: ROUND_HALF_UP}
_HUNDRED = Decimal(100)


@dataclass(frozen=True)
class Meaning:
    """A value of a kind. `way` is 'by', 'to' or 'from' for what something changes by, to or from."""

    kind: str
    value: Decimal
    way: str = ""


@dataclass(frozen=True)
class Figure:
    """A number in a text. `firm` is False for what is no loss and no surprise: 一个, one, once, first.

    `counted` is False for what a translator may leave out: 两个, 四类; `in_name` is part of a name: 八大行动. `fraction` marks
    two thirds or one in three, whose per cent are not exact. `chip` is the chip it stands in. `also` holds what the number
    may mean as well: three million in 'three to five million'. `most` is the upper end of what is only told roughly: 几十,
    dozens. `optional` may be left out, and found without being asked for: the century of 上世纪. `foreign`: 98.02 in French.
    `minus`: it is below zero, None if it may be; `falls`: a verb beside it says the same.
    """

    value: Decimal
    text: str
    start: int
    end: int
    kind: str = ""
    hedge: str = Qualifier.EXACT
    firm: bool = True
    digits: bool = True
    counted: bool = True
    in_name: bool = False
    fraction: bool = False
    chip: str = ""
    also: tuple[Meaning, ...] = ()
    way: str = ""
    most: Decimal | None = None
    foreign: bool = False
    ordinal: bool = False
    optional: bool = False
    minus: bool | None = False
    falls: bool = False

    @cached_property
    def meanings(self) -> tuple[Meaning, ...]:
        return (Meaning(self.kind, self.value, self.way), *self.also)

    def says(self, value: Decimal) -> bool:
        return any(meaning.value == value for meaning in self.meanings)


@dataclass(frozen=True)
class Date:
    """A day or a month; what the text leaves out is None. `optional`: the day of a festival, which its name may stand for."""

    year: int | None
    month: int
    day: int | None
    text: str
    start: int
    end: int
    optional: bool = False


# Meanings made of others ----------------------------------------------------------------------------


def multiple(factor: Decimal) -> tuple[Meaning, ...]:
    """Twice as much: also 'up by 100 %', and a half of it 'down by 50 %'."""
    if factor > 1:
        return (
            Meaning(MULTIPLE, factor),
            Meaning(PERCENT, (factor - 1) * _HUNDRED, BY),
            Meaning(PERCENT, factor * _HUNDRED, TO),
        )
    return (
        Meaning(MULTIPLE, factor),
        Meaning(PERCENT, (1 - factor) * _HUNDRED, BY),
        Meaning(PERCENT, factor * _HUNDRED, TO),
    )


def share(percent: Decimal, way: str, falls: bool) -> tuple[Meaning, ...]:
    """So many per cent; what falls by a third falls to two thirds."""
    meanings = [Meaning(PERCENT, percent, way)]
    if falls and way in (BY, TO) and percent < _HUNDRED:
        rest = _HUNDRED - percent
        factor = percent if way == TO else rest
        meanings += [Meaning(PERCENT, rest, TO if way == BY else BY), Meaning(MULTIPLE, factor / _HUNDRED)]
    return tuple(meanings)


def time_of_day(hour: int, minute: int, half: str) -> tuple[Meaning, ...]:
    """`half` is 'am', 'pm' or '' where it is not said: then an hour up to twelve may be of either half of the day."""
    if half and hour <= 12:
        hours = [hour % 12 + (12 if half == "pm" else 0)]
    else:
        hours = [hour % 24] if hour > 12 or not hour else [hour, (hour + 12) % 24]
    times = [Meaning(TIME, Decimal(each * 60 + minute)) for each in hours]
    plain = [
        Meaning("", Decimal(each)) for each in dict.fromkeys([hour, *(each % 12 or 12 for each in hours)]) if not minute
    ]
    return (*times, *plain)


def grades(number: int, stage: str = "", bare: bool = True) -> tuple[Meaning, ...]:
    """Of 12 years of school; a number up to three without its stage may be of each of them, if it is not a grade by name."""
    first = {"primary": 0, "junior": 6, "senior": 9}
    if stage and number <= 6:
        found = [first[stage] + number]
    else:
        found = [number] + ([number + 6, number + 9] if bare and number <= 3 and not stage else [])
    return tuple(Meaning(GRADE, Decimal(each)) for each in found)


# Comparing --------------------------------------------------------------------------------------------


def _conflict(one: Meaning, other: Meaning) -> bool:
    """Whether the two count different things: 223,000 people are not 22.3万元."""
    kinds = {one.kind, other.kind}
    if one.way and other.way and one.way != other.way and one.value != _HUNDRED / 2:
        return True
    if len(kinds) == 1 or kinds in _ALIKE:
        return False
    if kinds & _NEVER_OMITTED:
        return True  # 67 is not 67 %
    return "" not in kinds and _base(one, other) is None


def _base(one: Meaning, other: Meaning) -> tuple[Decimal, Decimal] | None:
    """Both values in one unit, if they are of different units of one group."""
    for group in (*_GROUPS, SQUARE_METRES):
        if one.kind in group and other.kind in group:
            return one.value * group[one.kind], other.value * group[other.kind]
    return None


def agree(source: Figure, target: Figure) -> bool:
    """Whether a meaning of the one is a meaning of the other."""
    return any(_same(one, other, source, target) and not _conflict(one, other) for one, other in _pairs(source, target))


def same_value(source: Figure, target: Figure) -> bool:
    """Whether the numbers are equal, whatever they count."""
    return any(one.value == other.value or _same(one, other, source, target) for one, other in _pairs(source, target))


def _pairs(source: Figure, target: Figure) -> Iterator[tuple[Meaning, Meaning]]:
    """Every meaning of the one with every meaning of the other; of two times of day only the times."""
    clock = all(any(meaning.kind == TIME for meaning in figure.meanings) for figure in (source, target))
    for one in source.meanings:
        for other in target.meanings:
            if not clock or one.kind == other.kind == TIME:
                yield one, other


def _same(one: Meaning, other: Meaning, source: Figure, target: Figure) -> bool:
    """Exact, but for a hedged round number, a fraction in words, what is told roughly, and 亩 in hectares."""
    if one.kind != other.kind and (values := _base(one, other)):
        return _near(*values, _AREA_CLOSE) if one.kind in SQUARE_METRES else values[0] == values[1]
    if other.kind == PERCENT and not target.firm and one.kind != PERCENT and source.most is None:
        return False  # half, all
    if one.value == other.value:
        return True
    if source.most is not None or target.most is not None:
        return _overlap(one.value, source.most, other.value, target.most)
    if source.fraction or target.fraction:
        return PERCENT in (one.kind, other.kind) and one.kind == other.kind and _close(one.value, other.value)
    return one.kind != TIME and other.kind != TIME and _rounded(one.value, other.value, target.hedge)


def _close(one: Decimal, other: Decimal) -> bool:
    """Two thirds and 66.9 %; of small shares, such as 3 ‰, no more than a hundredth of them."""
    return abs(one - other) <= (_FRACTION_CLOSE if min(one, other) >= 10 else _CLOSE * max(one, other) / 10)


def _overlap(one: Decimal, one_most: Decimal | None, other: Decimal, other_most: Decimal | None) -> bool:
    return one <= (other if other_most is None else other_most) and other <= (one if one_most is None else one_most)


def _near(one: Decimal, other: Decimal, part: Decimal) -> bool:
    return abs(one - other) <= part * max(abs(one), abs(other))


def _rounded(exact: Decimal, value: Decimal, hedge: str) -> bool:
    """8660 is nearly 8,700, more than 8,600 and about 8,700."""
    direction = _DIRECTION.get(Qualifier(hedge))
    if direction is None or not value or not _near(exact, value, _CLOSE):
        return False
    step = Decimal(1).scaleb(int(value.normalize().as_tuple().exponent))
    return (exact / step).to_integral_value(direction) * step == value


def hedge_lost(source: Figure, target: Figure) -> bool:
    """余, 多, 约 or 近 of the source is not said, or its opposite is."""
    if source.most is not None or target.most is not None or not target.says(source.value):
        return False  # rounded: its own hedge has been looked at
    opposite = {source.hedge, target.hedge} == {Qualifier.MORE, Qualifier.NEARLY}
    opposite |= source.hedge == Qualifier.ABOUT and target.hedge == Qualifier.MORE  # the reverse is said of 余 and 多
    return opposite or (source.hedge != Qualifier.EXACT and target.hedge == Qualifier.EXACT)
