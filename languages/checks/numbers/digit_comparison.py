"""Compares the numbers of a translation as digits: for a language whose number words nobody has written down here.

Numbers in words, what is counted, and hedges are not read: so only what the Chinese has in digits is asked for, and what
a translator may well have written in words is asked for gently.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from . import figures
from .figures import Date, Figure
from .matching import exchanged


_AREA_CLOSE = Decimal("0.055")  # two digits of hectares
# Years of other calendars less ours: Buddhist, Solar Hijri, Hijri, Bikram Sambat, Hebrew, of the Republic of China.
_ERAS = frozenset(map(Decimal, (543, -621, -622, -578, -579, -580, 56, 57, 3760, 3761, -1911)))
# Not said in digits alone: times, grades, twice as much, the eighties, names.
_SAID_OTHERWISE = frozenset(
    {figures.TIME, figures.MULTIPLE, figures.GRADE, figures.CLASS, figures.DECADE, figures.CENTURY, figures.NAME}
)
_IN_WORDS = 10  # up to here a number is written in words as often as not
_SHORT = 2  # digits that are not zero: fifteen, ninety million


@dataclass(frozen=True)
class Difference:
    """What one side has and the other has not; "" for nothing. `is_sure`: it cannot be a matter of wording.

    `is_foreign`: the number is the same, but is written with the separators of another language.
    """

    found: str = ""
    expected: str = ""
    is_sure: bool = True
    is_foreign: bool = False


class DigitComparison:
    """The numbers of a source, as they have been read, and those of its translation."""

    def __init__(self, source: Sequence[Figure], dates: Sequence[Date], loose: set[Decimal], target: Sequence[Figure]):
        self.dated = list(_years_and_days(dates))
        self.source = [*source, *self.dated]
        self.known = loose | _parts(dates) | {meaning.value for each in source for meaning in each.meanings}
        self.target = list(target)
        self.pairs: list[tuple[Figure, Figure]] = []
        self.missing: list[Figure] = []
        self._match()

    def _match(self) -> None:
        free = list(self.target)
        for figure in filter(_is_demanded, self.source):
            fitting = [other for other in free if _same(figure, other)]
            if fitting:
                found = min(fitting, key=lambda other: (other.chip != figure.chip, other.foreign, other.start))
                free.remove(found)
                self.pairs.append((figure, found))
            else:
                self.missing.append(figure)
        self.extra = [other for other in free if not self._is_explained(other)]

    def _is_explained(self, other: Figure) -> bool:
        """Said again, or another reading of what the source says: 14 for two in the afternoon, a year of an era."""
        values = {meaning.value for meaning in other.meanings}
        return bool(values & self.known) or any(_same(figure, other) for figure in self.source)

    def differences(self) -> Iterator[Difference]:
        spare = list(self.extra)
        said = {figure.value for figure, _found in self.pairs}
        for figure in sorted(self.missing, key=lambda figure: (figure.value <= _IN_WORDS, figure.start)):
            if figure.value in said:
                continue  # said once
            instead = _nearest(figure, spare)
            if instead is not None:
                spare.remove(instead)
                yield Difference(instead.text, figure.text, is_sure=not _may_be_scaled(figure, instead))
            elif figure.value > _IN_WORDS:
                yield Difference(expected=figure.text, is_sure=_significant(figure.value) > _SHORT)
        yield from (Difference(found=other.text) for other in spare)
        yield from (Difference(found=other.text, is_foreign=True) for _figure, other in self.pairs if other.foreign)

    def exchanged(self, text: str) -> tuple[Figure, Figure] | None:
        """Two figures whose order is turned around. Dates and years have an order of their own in each language."""
        dated = {id(figure) for figure in self.dated}
        sure = [pair for pair in self.pairs if id(pair[0]) not in dated and pair[0].kind != figures.CALENDAR]
        return exchanged(sorted(sure, key=lambda pair: pair[0].start), text, "(?!)", years_look_alike=True)


def _nearest(figure: Figure, spare: Sequence[Figure]) -> Figure | None:
    """What most likely stands in its place: in the same chip, and about as long; of a small number nothing else."""

    def length(other: Figure) -> int:
        return abs(other.value.adjusted() - figure.value.adjusted())

    fitting = [other for other in spare if figure.value > _IN_WORDS or length(other) <= 1]
    return min(fitting, key=lambda other: (other.chip != figure.chip, length(other), other.start), default=None)


def _years_and_days(dates: Sequence[Date]) -> Iterator[Figure]:
    for date in dates:
        is_digits = any(each.isdigit() for each in date.text) and not date.optional
        parts = ((date.year, figures.CALENDAR), (date.day, figures.DAY))
        for value, kind in ((value, kind) for value, kind in parts if value):
            yield Figure(Decimal(value), date.text, date.start, date.end, kind=kind, digits=is_digits)


def _parts(dates: Sequence[Date]) -> set[Decimal]:
    return {Decimal(part) for date in dates for part in (date.year, date.month, date.day) if part}


def _is_demanded(figure: Figure) -> bool:
    return figure.digits and not (
        figure.optional or figure.in_name or figure.fraction or figure.kind in _SAID_OTHERWISE
    )


def _same(figure: Figure, other: Figure) -> bool:
    """Equal, an area in hectares or square metres, or the year of another calendar."""
    values = {meaning.value for meaning in figure.meanings}
    if any(meaning.value in values for meaning in other.meanings):
        return True
    if figure.kind == figures.CALENDAR:
        return other.value - figure.value in _ERAS
    metres = figures.SQUARE_METRES.get(figure.kind)
    return metres is not None and any(
        abs(figure.value * metres - other.value * unit) <= _AREA_CLOSE * figure.value * metres
        for kind, unit in figures.SQUARE_METRES.items()
        if kind != figure.kind
    )


def _significant(value: Decimal) -> int:
    return len(value.normalize().as_tuple().digits)


def _may_be_scaled(figure: Figure, other: Figure) -> bool:
    """137 before a word that may be million, in a language of which no such word is known."""
    less = other.optional and other.value < figure.value
    return less and figure.value.normalize().as_tuple().digits == other.value.normalize().as_tuple().digits
