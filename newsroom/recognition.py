"""How well what is recognised in a text agrees with what people marked in it: for tests, and for texts outside of them."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from core.numbers import counts
from schools.names import Names


class Spot(NamedTuple):
    """Words, the number of their line, and where in it they begin."""

    line: int
    start: int
    words: str


class Measure(NamedTuple):
    """What was found as it was marked, what was not found, and what nobody had marked."""

    right: list[Spot]
    missed: list[Spot]
    extra: list[Spot]

    @property
    def precision(self) -> float:
        found = len(self.right) + len(self.extra)
        return len(self.right) / found if found else 1.0

    @property
    def recall(self) -> float:
        marked = len(self.right) + len(self.missed)
        return len(self.right) / marked if marked else 1.0


def measure(found: Iterable[Spot], marked: Iterable[Spot]) -> Measure:
    all_found, all_marked = set(found), set(marked)
    return Measure(
        right=sorted(all_found & all_marked),
        missed=sorted(all_marked - all_found),
        extra=sorted(all_found - all_marked),
    )


def schools_in(lines: Sequence[str], schools: Iterable[str]) -> list[Spot]:
    """The names of these schools in the lines of a text."""
    names = Names((name, number) for number, name in enumerate(schools))
    return [Spot(line, name.start, name.words) for line, text in enumerate(lines) for name in names.found_in(text)]


def numbers_in(lines: Sequence[str]) -> list[Spot]:
    """The numbers that could be figures of their own."""
    return [Spot(line, each.start, each.text) for line, text in enumerate(lines) for each in counts(text)]
