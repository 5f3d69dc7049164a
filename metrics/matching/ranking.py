"""How likely a figure is for a number of a text. Pure: what is asked of a figure is in memory.

A number is the figure's if it can stand for its value, and if what stands around it speaks of the metric: the words near
count most, then those of the sentence. Less is asked of a number with many digits, and of one of a school, or of a body,
that is named. A subject that is named and a period that agrees make it likelier. A figure whose words, unit, subject and
period all agree and whose value does not is told, too: one of the two is wrong.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from core.numbers import Reading
from core.text.absolute_times import Time
from core.text.sentences import sentence_at

from ..choices import UnitKind
from ..plausibility import can_be_in, can_stand_for
from .words import share


MOST = 3  # candidates that are shown
ENOUGH, ALMOST_ALL = 0.3, 0.7  # of a name
NEAR, FAR = 0.7, 0.3  # what words near and in the sentence count
WHOLE, PART = 0.4, 0.6  # what the names of a metric and of its part count
NAMED, DATED, PRINTED, TELLING = 0.2, 0.2, 0.1, 0.2
MANY_DIGITS = 3  # significant ones: hardly by chance the same as another figure's
_PAUSE = re.compile(r"[，、；：。！？,;:!?]")


@dataclass(frozen=True)
class Surroundings:
    """What stands around a number: just before and behind it, and the whole sentence."""

    near: str
    sentence: str
    schools: frozenset[int] = frozenset()  # named in the sentence
    known_schools: frozenset[int] = frozenset()  # named anywhere in the text
    times: tuple[Time, ...] = ()


@dataclass
class UnitOfFigure:
    """As `plausibility` asks for it."""

    kind: str
    symbol_zh_hans: str


@dataclass(frozen=True)
class Figure:
    """What is asked of an observation, read without the rest of it."""

    key: int
    metric: int
    name: str
    part: str  # of what it is the whole has no name
    school: int | None
    body: str  # that it is of, if it is of no school
    period: tuple[date | None, date | None]
    value: Decimal
    unit: UnitOfFigure
    qualifier: str
    printed: str


@dataclass(frozen=True)
class Candidate:
    """`agrees` is False if the figure is of this and says another number."""

    figure: Figure
    score: float
    agrees: bool = True


def near(text: str, reading: Reading, numbers: Sequence[Reading]) -> str:
    """From the number or the sentence before to the next pause, without other numbers."""
    first, last = sentence_at(text, reading.start, reading.end)
    before = max([first, *(each.end for each in numbers if each.end <= reading.start)])
    pause = _PAUSE.search(text, reading.end, last)
    behind = min([pause.start() if pause else last, *(each.start for each in numbers if each.start >= reading.end)])
    return f"{text[before : reading.start]} {text[reading.end : behind]}"


def candidates(reading: Reading, around: Surroundings, figures: Iterable[Figure]) -> list[Candidate]:
    """The likeliest first; of those that disagree only the first, and only if none agrees."""
    known = list(figures)
    agreeing = [each for figure in known if (each := _agreeing(reading, around, figure))]
    found = agreeing or [each for figure in known if (each := _disagreeing(reading, around, figure))]
    found.sort(key=lambda each: (-each.score, -_end(each.figure).toordinal(), each.figure.key))
    return found[: MOST if agreeing else 1]


def _agreeing(reading: Reading, around: Surroundings, figure: Figure) -> Candidate | None:
    if abs(figure.value - reading.value) > max(reading.quantum, Decimal(1)):
        return None
    subject = _subject(figure, around)
    if subject is None or not can_stand_for(reading, figure.value, figure.unit, figure.qualifier):
        return None
    said = _said(figure, around)
    if said < _asked(reading, figure, subject):
        return None
    score = said + subject + _period(figure, around) + (PRINTED if figure.printed == reading.text else 0)
    return Candidate(figure, score + (TELLING if is_telling(reading) else 0))


def _asked(reading: Reading, figure: Figure, subject: float) -> float:
    """How much of its name has to be said."""
    is_own = subject >= NAMED and (figure.unit.kind != UnitKind.COUNT or is_telling(reading))
    if is_own:
        return 0.0
    return 0.05 if is_telling(reading) else ENOUGH


def _disagreeing(reading: Reading, around: Surroundings, figure: Figure) -> Candidate | None:
    subject, period = _subject(figure, around), _period(figure, around)
    if subject is None or subject < 0 or period <= 0 or not _is_of_its_size(reading, figure):
        return None
    said = _said(figure, around)
    if said < ALMOST_ALL or not can_be_in(reading, figure.unit):
        return None
    return Candidate(figure, said + subject + period, agrees=False)


def _said(figure: Figure, around: Surroundings) -> float:
    """How much of what the figure is of stands around the number."""
    name = _share(figure.name, around)
    return WHOLE * name + PART * _share(figure.part, around) if figure.part else name


def _share(name: str, around: Surroundings) -> float:
    return NEAR * share(name, around.near) + FAR * share(name, around.sentence)


def _subject(figure: Figure, around: Surroundings) -> float | None:
    """None if it is of a school that the text does not name."""
    if figure.school:
        if figure.school in around.schools:
            return NAMED
        return 0.0 if figure.school in around.known_schools and not around.schools else None
    if figure.body and figure.body in around.sentence:
        return NAMED
    return -NAMED if around.schools else 0.0


def _period(figure: Figure, around: Surroundings) -> float:
    """More than nothing if the sentence speaks of this time, less if of another."""
    first, last = figure.period
    known = first or last
    if not around.times or known is None:
        return 0.0
    begin, end = first or date(known.year, 1, 1), last or date(known.year, 12, 31)
    return DATED if any(each.first <= end and begin <= each.last for each in around.times) else -DATED


def is_telling(reading: Reading) -> bool:
    digits = str(abs(reading.value)).replace(".", "").strip("0")
    return len(digits) >= MANY_DIGITS


def _is_of_its_size(reading: Reading, figure: Figure) -> bool:
    """Numbers of quite another size are of something else: part of it, or what was added to it."""
    if not figure.value or not reading.value or reading.high is not None:
        return False
    return Decimal("0.5") <= reading.value / figure.value <= 2 or figure.unit.kind == UnitKind.PERCENT


def _end(figure: Figure) -> date:
    return figure.period[1] or figure.period[0] or date.min
