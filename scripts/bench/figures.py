"""Several measurements as one figure, and aims."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import ceil
from statistics import median
from typing import Self


@dataclass(frozen=True)
class Spread:
    """The median of some measurements, the least and the greatest."""

    median: float
    least: float
    most: float

    @classmethod
    def of(cls, values: Iterable[float]) -> Self:
        known = list(values)
        return cls(median(known), min(known), max(known))

    def times(self, factor: float) -> "Spread":
        return Spread(self.median * factor, self.least * factor, self.most * factor)

    def __str__(self) -> str:
        if self.least == self.most:
            return number(self.median)
        return f"{number(self.median)} ({number(self.least)}–{number(self.most)})"


@dataclass(frozen=True)
class Waited:
    """What passes, and processor time of the program."""

    seconds: Spread
    processor: Spread

    @classmethod
    def of(cls, measured: Sequence[tuple[float, float]]) -> Self:
        return cls(*(Spread.of(values) for values in zip(*measured, strict=True)))


def number(value: float) -> str:
    """As many digits as say something: 0.42, 4.2, 42, 4,200."""
    digits = 0 if abs(value) >= 100 else 1 if abs(value) >= 10 else 2
    return f"{value:,.{digits}f}"


def percentile(values: Sequence[float], share: int) -> float:
    """The smallest of the values that `share` per cent of them do not exceed."""
    ordered = sorted(values)
    return ordered[max(0, ceil(len(ordered) * share / 100) - 1)]


@dataclass(frozen=True)
class Aim:
    """What was measured, and what it is to be: at most `limit`, or at least."""

    what: str
    value: float
    limit: float
    unit: str = ""
    at_least: bool = False

    @property
    def is_met(self) -> bool:
        return self.value >= self.limit if self.at_least else self.value <= self.limit

    @property
    def mark(self) -> str:
        return "✓" if self.is_met else "✗"

    @property
    def bound(self) -> str:
        return f"{'≥' if self.at_least else '≤'} {self.limit:g}{self.unit}"


def paired(ours: Sequence[float], theirs: Sequence[float]) -> float:
    """The median of the ratios of each round: what slows the machine down for a while slows both."""
    return median(mine / other for mine, other in zip(ours, theirs, strict=True))


def ratio(what: str, times: float, limit: float) -> Aim:
    """How many times as much ours costs."""
    return Aim(what, times, limit, "×")


def share(what: str, part: float, limit: float) -> Aim:
    """How many per cent of theirs ours reaches, which is this part of it."""
    return Aim(what, 100 * part, limit, " %", at_least=True)
