"""What somebody chose for a file is not asked for again when a corrected one comes."""

from collections.abc import Iterator
from typing import Any

from ..importing.document import Picture, packed
from ..importing.story import Piece
from ..models import StoryImport
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
