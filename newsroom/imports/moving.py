"""Parts that stand elsewhere than in their file: moving them, which they are, and putting them back."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from .editing import NotPossible, fitting
from .parts import Choices, Part, Slice


def move(choices: Choices, run: range, before: int) -> None:
    """The parts of these numbers to before the one of that number; after the last if it is that of none. Raises
    NotPossible."""
    parts = choices.parts
    if run.start < before < run.stop:
        raise NotPossible(parts[before].key)
    moving = parts[run.start : run.stop]
    for start, stop, put in sorted([(before, before, moving), (run.start, run.stop, [])], reverse=True):
        parts[start:stop] = put


def moved(parts: Sequence[Part]) -> set[Slice]:
    """The fewest slices that stand elsewhere than in the file: all others are in its order."""
    slices = _slices(parts)
    last: list[tuple[int, int]] = []  # the first place that a run of each length can end at
    lengths = []
    for each in slices:
        length = bisect_left(last, _place(each))
        last[length : length + 1] = [_place(each)]
        lengths.append(length)
    kept: set[Slice] = set()
    for each, length in zip(reversed(slices), reversed(lengths), strict=True):
        if length == len(last) - 1 - len(kept):
            kept.add(each)
    return set(slices) - kept


def put_back(choices: Choices) -> None:
    """All parts in the order of the file again, each of its kind. What was joined over others is parted."""
    parts = [fitting(choices, choices.parts[number].kind, run) for number, run in runs_of(choices.parts)]
    choices.parts = sorted(parts, key=lambda part: _place(part.slices[0]))


def runs_of(parts: Sequence[Part]) -> Iterator[tuple[int, tuple[Slice, ...]]]:
    """(number of the part, slices of it that are neighbours in the file too), in the order of the parts."""
    order = {each: number for number, each in enumerate(sorted(_slices(parts), key=_place))}
    for number, part in enumerate(parts):
        for _distance, run in groupby(enumerate(part.slices), key=lambda each: order[each[1]] - each[0]):
            yield number, tuple(each for _at, each in run)


def _slices(parts: Iterable[Part]) -> list[Slice]:
    return [each for part in parts for each in part.slices]


def _place(part: Slice) -> tuple[int, int]:
    return part.block, part.start
