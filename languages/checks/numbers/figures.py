"""What is compared: figures and dates, as both sides hand them over."""

from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal

from core.numbers import Qualifier


# What a number counts, where it can be told for sure. "" is anything.
PERCENT, POINTS, MONEY, MU, HECTARE, SQUARE_METRE = "percent", "points", "money", "mu", "hectare", "sqm"
YEAR, CALENDAR, PERSON, THINGS = "year", "calendar", "person", "things"
NAME, SCORE = "name", "score"  # 六小, No. 6
SQUARE_METRES = {MU: Decimal(2000) / 3, HECTARE: Decimal(10_000), SQUARE_METRE: Decimal(1)}

_NEVER_OMITTED = {PERCENT, POINTS}
_CLOSE = Decimal("0.05")  # how far a hedged round number may be from the exact one
_AREA_CLOSE = Decimal("0.055")  # two digits of hectares
_FRACTION_CLOSE = Decimal("0.7")  # percentage points between 66.9 % and two thirds
_DIRECTION = {Qualifier.MORE: ROUND_FLOOR, Qualifier.NEARLY: ROUND_CEILING, Qualifier.ABOUT: ROUND_HALF_UP}


@dataclass(frozen=True)
class Figure:
    """A number in a text. `firm` is False for what is no loss and no surprise: 一个, one, once, first.

    `counted` is False for what a translator may leave out: 两个, 四类; `in_name` is part of a name: 八大行动. `fraction` marks two thirds or one in three, whose per cent are not exact. `chip` is the chip it stands in.
    `also` is what the number may mean as well: three million in 'three to five million'. `foreign`: 98.02 in French.
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
    also: Decimal | None = None
    foreign: bool = False
    ordinal: bool = False


@dataclass(frozen=True)
class Date:
    """A day or a month; what the text leaves out is None."""

    year: int | None
    month: int
    day: int | None
    text: str
    start: int
    end: int


def conflict(one: Figure, other: Figure) -> bool:
    """Whether the two count different things: 223,000 people are not 22.3万元."""
    kinds = {one.kind, other.kind}
    if kinds == {POINTS, SCORE}:
        return False  # a rise of 2.5 points
    if kinds & _NEVER_OMITTED and len(kinds) == 2:
        return True  # 67 is not 67 %
    return len(kinds) == 2 and "" not in kinds and not kinds <= set(SQUARE_METRES) and kinds != {PERSON, THINGS}


def same(source: Figure, target: Figure) -> bool:
    """Whether the values are one. Exact, but for a hedged round number, a fraction in words, and 亩 in hectares."""
    if {source.kind, target.kind} <= set(SQUARE_METRES) and source.kind != target.kind:
        return _near(source.value * SQUARE_METRES[source.kind], target.value * SQUARE_METRES[target.kind], _AREA_CLOSE)
    if target.kind == PERCENT and not target.firm and source.kind != PERCENT:
        return False  # half, all
    if source.value in (target.value, target.also) or (source.also is not None and source.also == target.value):
        return True
    if source.fraction or target.fraction:
        return PERCENT in (source.kind, target.kind) and abs(source.value - target.value) <= _FRACTION_CLOSE
    return _rounded(source.value, target)


def _near(one: Decimal, other: Decimal, share: Decimal) -> bool:
    return abs(one - other) <= share * max(abs(one), abs(other))


def _rounded(exact: Decimal, target: Figure) -> bool:
    """8660 is nearly 8,700, more than 8,600 and about 8,700."""
    direction = _DIRECTION.get(Qualifier(target.hedge))
    if direction is None or not target.value or not _near(exact, target.value, _CLOSE):
        return False
    step = Decimal(1).scaleb(int(target.value.normalize().as_tuple().exponent))
    return (exact / step).to_integral_value(direction) * step == target.value


def hedge_lost(source: Figure, target: Figure) -> bool:
    """余, 多, 约 or 近 of the source is not said, or its opposite is."""
    pair = {source.hedge, target.hedge}
    if source.value != target.value and target.also != source.value:
        return False  # rounded: its own hedge has been looked at
    opposite = pair == {Qualifier.MORE, Qualifier.NEARLY}
    return opposite or (source.hedge != Qualifier.EXACT and target.hedge == Qualifier.EXACT)
