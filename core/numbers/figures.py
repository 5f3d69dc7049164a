"""The values that readers, writers and comparisons hand to one another."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class Qualifier(StrEnum):
    """How a value is hedged. Plain strings, usable as choices and in the database."""

    EXACT = "exact"
    MORE = "more"  # 余, 多, 超, 逾, 以上
    ABOUT = "about"  # 约, 大约, 左右, 来
    NEARLY = "nearly"  # 近, 将近, 接近


def plain(number: Decimal) -> Decimal:
    """The same number without trailing zeros and without an exponent: 1.37E+8 and 137000000.00 are 137000000."""
    text = f"{number:f}"
    return Decimal((text.rstrip("0").rstrip(".") if "." in text else text) if number else "0")


@dataclass(frozen=True)
class Reading:
    """One figure found in a text.

    `value` is in base units: 1.37亿 is 137000000, 98.02% and 百分之五 keep the number before the sign
    (98.02, 5), 三分之一 is one third. `quantum` is the step of the last printed digit in the same units:
    1000000 for 1.37亿. For a range, `value` is the lower end and `high` the upper one; else `high` is None.
    `unit` is the measure word or unit that follows, in simplified characters ('' if none).
    `start` and `end` span the whole figure with its qualifier and unit, so `text` is `source[start:end]`.
    """

    value: Decimal
    qualifier: str
    unit: str
    quantum: Decimal
    start: int
    end: int
    text: str
    high: Decimal | None = None
    ordinal: bool = False


@dataclass(frozen=True)
class UnitForms:
    """A unit in the language to be written.

    `kind` is 'count', 'money', 'area', 'percent' or 'duration'. `symbol` holds the word after the number;
    where the language has plurals, all CLDR forms in CLDR order between bars ('school | schools'),
    or one form for every number. `square_metres` is the factor of a unit of area: 2000/3 for 亩.
    """

    kind: str
    symbol: str
    square_metres: Decimal | None = None
