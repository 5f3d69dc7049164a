"""Finds for each figure of the source the one in the translation that says the same."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from . import figures
from .figures import Figure, agree, same_value
from .signs import sign_differs


_BETWEEN = 160  # characters in which 'of the' joins a part to its whole


@dataclass
class Match:
    """What belongs together, and what is left on either side."""

    pairs: list[tuple[Figure, Figure]] = field(default_factory=list)
    misfits: list[tuple[Figure, Figure]] = field(default_factory=list)  # the value is there, but counts other things
    missing: list[Figure] = field(default_factory=list)
    extra: list[Figure] = field(default_factory=list)


def match(source: Sequence[Figure], target: Sequence[Figure]) -> Match:
    """Firm figures choose first; each figure of the target is taken once, a share (two in five) with its parts."""
    result, free = Match(), list(target)
    places = _Places(source, target)
    linked = {each.chip: each.firm for each in sorted(target, key=lambda each: each.firm) if each.chip}
    for figure in sorted(source, key=lambda figure: (not figure.firm, not figure.kind, figure.start)):
        here = [other for other in free if _same_chip(figure, other, linked)]
        fitting = [other for other in here if agree(figure, other)]
        if fitting:
            best = min(fitting, key=lambda other: places.distance(figure, other))
            result.pairs.append((figure, best))
            free = [other for other in free if other is not best and not (_within(other, best) and not best.digits)]
            free = [other for other in free if not (best.fraction and _inside(other, best))]
        else:
            result.missing.append(figure)
    _find_misfits(result, free)
    result.pairs.sort(key=lambda pair: pair[0].start)
    taken = [pair[1] for pair in result.pairs]
    result.extra = [
        other
        for other in free
        if not any(
            _inside(other, one) and other is not one and other.start >= one.start and other.end < one.end
            for one in taken
        )
    ]
    return result


def _find_misfits(result: Match, free: Sequence[Figure]) -> None:
    """Of what is missing, the figures whose value is there, but counts other things."""
    missing, left = [], list(free)
    for figure in result.missing:
        found = next((other for other in left if same_value(figure, other)), None)
        if found is not None and not figure.optional and (figure.digits or figure.value != 1):
            result.misfits.append((figure, found))
            left.remove(found)
        else:
            missing.append(figure)
    result.missing = missing


def _same_chip(figure: Figure, other: Figure, linked: dict[str, bool]) -> bool:
    """What stands in a link of the source stands in the same link, if that holds a number at all."""
    if not figure.chip or figure.chip == other.chip:
        return True
    return figure.chip not in linked or (figure.firm and not linked[figure.chip])


def _inside(part: Figure, whole: Figure) -> bool:
    return whole.start <= part.start and part.end <= whole.end


def _within(part: Figure, whole: Figure) -> bool:
    """The two ends of 二三十 stand in one place, and none is part of the other."""
    return _inside(part, whole) and (part.start, part.end) != (whole.start, whole.end)


class _Places:
    """Where each figure stands among the others."""

    def __init__(self, source: Sequence[Figure], target: Sequence[Figure]) -> None:
        self.share: dict[int, float] = {}
        self.turn: dict[int, int] = {}  # how many of its value stand before it
        for figures_there in (source, target):
            seen: Counter = Counter()
            for index, figure in enumerate(figures_there):
                self.share[id(figure)] = index / len(figures_there)
                self.turn[id(figure)] = seen[figure.value]
                seen[figure.value] += 1

    def distance(self, figure: Figure, other: Figure) -> tuple:
        """The best candidate stands in the same chip, counts the same, is in digits, exact, and at about the same place."""
        return (
            figure.chip != other.chip,
            bool(other.kind) and figure.kind != other.kind,
            other.value != figure.value,
            sign_differs(figure, other),
            figure.digits and not other.digits,
            figure.ordinal != other.ordinal,
            figure.hedge != other.hedge,
            abs(self.turn[id(figure)] - self.turn[id(other)]),
            figure.kind != other.kind,
            abs(self.share[id(figure)] - self.share[id(other)]),
        )


def exchanged(
    pairs: Sequence[tuple[Figure, Figure]], text: str, part_of: str, years_look_alike: bool
) -> tuple[Figure, Figure] | None:
    """The first two figures whose order is turned around, if nothing shows that each still counts its own things.

    `years_look_alike`: 2023年 and 91年 have one word. A link shows it, and so does a unit of its own beside either of them; 'twenty of the fifty' is usual.
    """
    sure = [(one, other) for one, other in pairs if (one.firm or one.value > 1) and not one.in_name]
    for index, (first, first_there) in enumerate(sure):
        for second, second_there in sure[index + 1 :]:
            if first_there.start <= second_there.start or first_there.value == second_there.value:
                continue
            if second_there.end > first_there.start:
                continue
            is_range = first.start == second.start
            if not is_range and _told_apart(first, first_there, second, second_there, years_look_alike):
                continue
            between = text[second_there.end : first_there.start]
            if len(between) > _BETWEEN:
                return second_there, first_there
            if second_there.value < first_there.value and re.match(
                rf"(?:\W*\w+){{0,2}}?\W*(?<!\w)(?:{part_of})(?:\W+\w+(?:['’]\w+)?){{0,3}}\W+\Z", between
            ):
                continue
            return second_there, first_there
    return None


def _told_apart(
    first: Figure, first_there: Figure, second: Figure, second_there: Figure, years_look_alike: bool
) -> bool:
    if (first.chip and first.chip == first_there.chip) or (second.chip and second.chip == second_there.chip):
        return True
    if first.ordinal != second.ordinal and (first.ordinal, second.ordinal) == (
        first_there.ordinal,
        second_there.ordinal,
    ):
        return True
    kinds = {first.kind, second.kind}
    if len(kinds) == 1 or (years_look_alike and kinds == {figures.YEAR, figures.CALENDAR}):
        return False
    shown = [(one.kind, there.kind) for one, there in ((first, first_there), (second, second_there))]
    return any(kind and kind == there for kind, there in shown)


def explained(figure: Figure, source: Sequence[Figure], loose: set) -> bool:
    """Whether a figure of the translation that matches none is no invention: said again, or an area in other units."""
    if figure.kind not in figures.RATES and any(meaning.value in loose for meaning in figure.meanings):
        return True
    return not figure.firm or any(figure.says(one.value) or agree(one, figure) for one in source)
