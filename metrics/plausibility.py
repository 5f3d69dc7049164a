"""Whether what is stored of a figure says one thing: its value, its printed form, and what readers saw before."""

from dataclasses import replace
from decimal import Decimal
from typing import Any, Protocol

from django.utils.translation import gettext as _

from core.languages import SOURCE, column
from core.numbers import Qualifier, Reading, agree, read_numbers
from core.open_data.spreadsheets import plain_number

from .choices import ObservationStatus, UnitKind
from .choices import Qualifier as QualifierLabels


Errors = dict[str, Any]


class Unit(Protocol):
    """What is asked of a unit."""

    kind: str


class Figure(Protocol):
    """What is asked of an observation, which is not known here."""

    value: Decimal
    unit: Unit
    qualifier: str
    printed: str
    comparator_value: Decimal | None
    comparator_printed: str
    status: str
    change_reason: str

    def display(self) -> str: ...


CHANGE = ("value", "unit_id", "qualifier", "printed")  # what readers see of a value
# Words that are no measure words: a count is never said in them.
NOT_COUNTS = frozenset(
    ["%", "‰", "个百分点", "百分点", "成", "倍", "元", "亩", "公顷", "平方米", "平方公里", "公里", "米", "吨", "公斤"]
)


def is_changed(new: Figure, published: Figure) -> bool:
    """Whether readers will see another value than now."""
    return any(getattr(new, name) != getattr(published, name) for name in CHANGE)


def contradictions(observation: Figure, published: Figure | None) -> Errors:
    """{field: message} for a printed form that says another number than the value, with both readings."""
    errors: Errors = {}
    for value, printed in (("value", "printed"), ("comparator_value", "comparator_printed")):
        number, text = getattr(observation, value), getattr(observation, printed)
        if number is None or observation.unit is None or not text:
            continue
        qualifier = observation.qualifier if value == "value" else Qualifier.ABOUT
        if read := disagreeing(text, number, observation.unit, qualifier):
            errors[printed] = _("The value says {value}; “{printed}” says {read}.").format(
                value=_exact(number, observation.unit, qualifier), printed=text, read=_read(read[0])
            )
        elif published and text == getattr(published, printed, None) and number != getattr(published, value):
            errors[printed] = _("The value was changed from {value}; the printed form “{printed}” was not.").format(
                value=_exact(getattr(published, value), published.unit), printed=text
            )
    return errors


def change_errors(observation: Figure, published: Figure | None) -> Errors:
    """{field: message} for a published value that is changed without the status “revised” or without a reason."""
    if published is None or not is_changed(observation, published):
        return {}
    errors: Errors = {}
    if observation.status != ObservationStatus.REVISED:
        errors["status"] = _("Readers have seen {value}: a changed value has the status “revised”.").format(
            value=published.display()
        )
    if not observation.change_reason.strip():
        errors["change_reason"] = _("Say why the published value is changed.")
    return errors


def disagreeing(text: str, value: Decimal, unit: Unit, qualifier: str = "") -> list[Reading]:
    """The numbers read in Chinese words, if none of them can stand for the value; empty if one can, or none is read.

    A count says its measure word as it likes (48个, 48个班): only percent, money and measures of area or time must be
    the unit's own.
    """
    readings = read_numbers(text)
    return [] if any(can_stand_for(each, value, unit, qualifier) for each in readings) else readings


def can_stand_for(reading: Reading, value: Decimal, unit: Unit, qualifier: str = "") -> bool:
    """Whether this number, as it is read, may be the value."""
    return agree(_reading_of(value, unit, qualifier), comparable(reading, unit))


def can_be_in(reading: Reading, unit: Unit) -> bool:
    """Whether a number with this word after it may be measured in the unit."""
    if unit.kind == UnitKind.COUNT:
        return reading.unit not in NOT_COUNTS
    return can_stand_for(replace(reading, high=None, qualifier=Qualifier.ABOUT), reading.value, unit)


def _reading_of(value: Decimal, unit: Unit, qualifier: str) -> Reading:
    symbol = "" if unit.kind == UnitKind.COUNT else _chinese(unit)
    step = Decimal(1).scaleb(min(0, int(value.normalize().as_tuple().exponent)))
    return Reading(
        value=value, qualifier=qualifier or Qualifier.ABOUT, unit=symbol, quantum=step, start=0, end=0, text=""
    )


def comparable(reading: Reading, unit: Unit) -> Reading:
    """The reading, without the measure word of what is counted."""
    if unit.kind == UnitKind.COUNT and reading.unit not in NOT_COUNTS:
        return replace(reading, unit="", ordinal=False)
    return reading


def _chinese(unit: Unit | None) -> str:
    return str(getattr(unit, column("symbol", SOURCE), "") or "")


def _exact(value: Decimal | None, unit: Unit | None, qualifier: str = "") -> str:
    """The stored value in digits with its unit, nothing shortened, and how exact it is."""
    return _with_qualifier(f"{'' if value is None else plain_number(value)} {_chinese(unit)}".strip(), qualifier)


def _read(reading: Reading) -> str:
    ends = [reading.value] if reading.high is None else [reading.value, reading.high]
    said = f"{'–'.join(plain_number(end) for end in ends)} {reading.unit}".strip()
    return _with_qualifier(said, reading.qualifier)


def _with_qualifier(said: str, qualifier: str) -> str:
    label = dict(QualifierLabels.choices).get(str(qualifier), "") if qualifier != Qualifier.EXACT else ""
    return f"{said} ({label})" if label else said
