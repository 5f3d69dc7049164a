"""What somebody chose for a file is not asked for again when a corrected one comes."""

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any, NamedTuple

from ..importing.document import Picture, packed
from ..importing.story import Piece
from ..models import StoryImport
from .editing import join
from .moving import move, moved, put_back, runs_of
from .parts import Choices, Part, Slice
from .storing import choices_of, keep_parts


def carry_over(stored: StoryImport) -> int:
    """Give the parts of a corrected file what was chosen for the same blocks of the last file of its draft. Returns for how
    many blocks."""
    earlier = StoryImport.objects.filter(page=stored.onto, state=StoryImport.State.DONE).order_by("-pk").first()
    if earlier is None or stored.onto is None:
        return 0
    before, now = choices_of(earlier), choices_of(stored)
    count = _carry(before, now)
    if count:
        keep_parts(stored, now)
    return count


def _carry(before: Choices, now: Choices) -> int:
    in_order = Choices(before.document, before.assigned, before.parts)
    put_back(in_order)
    return _carry_kinds(in_order, now) + _carry_moves(before, now)


def _carry_kinds(before: Choices, now: Choices) -> int:
    count = 0
    said = [_said(each) for each in now.assigned]
    for run, parts in _touched(before):
        first = _place_of([_said(each) for each in before.assigned[run.start : run.stop]], said)
        if first is None or not _is_as_it_came(now, range(first, first + len(run))):
            continue
        moved = [_moved(part, first - run.start) for part in parts]
        numbers = [number for number, part in enumerate(now.parts) if first <= part.first < first + len(run)]
        now.parts[numbers[0] : numbers[-1] + 1] = moved
        count += len(run)
    return count


def _touched(choices: Choices) -> Iterator[tuple[range, list[Part]]]:
    """(numbers of blocks, the parts that were made of them) where somebody chose something: blocks that were joined
    belong together."""
    group: list[Part] = []
    for part in [*choices.parts, None]:
        if group and (part is None or part.first > group[-1].slices[-1].block):
            if any(not choices.is_untouched(each) for each in group):
                yield range(group[0].first, group[-1].slices[-1].block + 1), group
            group = []
        if part:
            group = [*group, part]


def _place_of(wanted: list[Any], said: list[Any]) -> int | None:
    """Where the same blocks stand, one after the other."""
    places = (at for at in range(len(said) - len(wanted) + 1) if said[at : at + len(wanted)] == wanted)
    return next(places, None)


def _said(piece: Piece) -> Any:
    """A block without its place."""
    block = piece.block
    data = packed(block)
    keep = ("file", "caption", "credit") if isinstance(block, Picture) else set(data) - {"place", "look", "alt"}
    return {name: data[name] for name in keep if name != "place"}


def _is_as_it_came(choices: Choices, run: range) -> bool:
    parts = [part for part in choices.parts if part.first in run]
    return all(part.slices[-1].block in run and len(part.slices) == 1 for part in parts)


def _moved(part: Part, by: int) -> Part:
    return Part(part.kind, tuple(Slice(each.block + by, each.start, each.end) for each in part.slices))


# Parts that stand elsewhere than in their file ----------------------------------------------------


class Run(NamedTuple):
    """Neighbours of the file in one part of the last file, by that part's number; `slices` are those of the corrected file, none
    if it has others."""

    part: int
    slices: tuple[Slice, ...]
    is_moved: bool


def _carry_moves(before: Choices, now: Choices) -> int:
    """What was moved together goes beside what it stood beside, if that is there; and is joined with what it was joined
    with over others."""
    gone = moved(before.parts)
    if not gone:
        return 0
    same = _same_blocks(before, now)
    runs = [Run(part, _as_now(run, same), not gone.isdisjoint(run)) for part, run in runs_of(before.parts)]
    count, place = 0, 0
    for is_moved, group in groupby(runs, key=lambda run: run.is_moved):
        together = list(group)
        if is_moved:
            count += _carry_move(now, together, runs[:place], runs[place + len(together) :])
        place += len(together)
    for _part, group in groupby(runs, key=lambda run: run.part) if count else ():
        _join_again(now, [run.slices for run in group])
    return count


def _carry_move(now: Choices, together: Sequence[Run], above: Sequence[Run], below: Sequence[Run]) -> int:
    """All of them or none: what is there in part was put right in the file."""
    to = _place_between(now, above, below, is_joined=bool(below) and below[0].part == together[-1].part)
    if to is None or any(_number_of(now, run.slices) is None for run in together):
        return 0
    for run in together:
        number = _number_of(now, run.slices)
        if number is not None:
            move(now, range(number, number + 1), to)
            to = to if number < to else to + 1
    return sum(len(run.slices) for run in together)


def _place_between(now: Choices, above: Sequence[Run], below: Sequence[Run], *, is_joined: bool) -> int | None:
    """The number of the part that it goes before. `is_joined`: with what is below, which then counts for more."""
    last = _number_of(now, above[-1].slices) if above else -1
    following = _number_of(now, below[0].slices) if below else None
    if last is None or (is_joined and following is not None):
        return following
    return last + 1


def _join_again(now: Choices, runs: Sequence[tuple[Slice, ...]]) -> None:
    whole = runs[0]
    for run in runs[1:]:
        first, second = _number_of(now, whole), _number_of(now, run)
        if first is None or second != first + 1:
            return
        join(now, now.parts[first].key)
        whole += run


def _number_of(now: Choices, slices: tuple[Slice, ...]) -> int | None:
    return next((number for number, part in enumerate(now.parts) if part.slices == slices), None)


def _as_now(run: tuple[Slice, ...], same: dict[int, int]) -> tuple[Slice, ...]:
    is_there = all(each.block in same for each in run)
    return tuple(Slice(same[each.block], each.start, each.end) for each in run) if is_there else ()


def _same_blocks(before: Choices, now: Choices) -> dict[int, int]:
    """{number of a block: number of the same in the corrected file}."""
    places = {said: number for number, said in enumerate(_in_turn(now))}
    return {number: places[said] for number, said in enumerate(_in_turn(before)) if said in places}


def _in_turn(choices: Choices) -> Iterator[tuple[str, int]]:
    """Each block, and how often it stood there before."""
    turns: Counter[str] = Counter()
    for piece in choices.assigned:
        said = json.dumps(_said(piece), sort_keys=True)
        yield said, turns[said]
        turns[said] += 1
