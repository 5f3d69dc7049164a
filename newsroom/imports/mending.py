"""Broken copy of the parts of a file, as they are now, and what one click does about it: the same as in the list beside the
form of a story (`newsroom.damage.mending`)."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from ..damage.documents import Found, damage_of
from ..damage.finding import Broken
from ..importing.document import Place
from ..importing.story import Kind, Piece, Story
from .editing import NotPossible, join
from .moving import move
from .parts import Choices, Part, words_of


class Mend(StrEnum):
    MOVE = "move"
    JOIN = "join"
    LEAVE_OUT = "leave-out"


@dataclass(frozen=True)
class Mark:
    """Damage of the parts of these numbers. `other` is the number of the part that it has to do with, None if that is not
    known; `mend` is what one click does, None where somebody has to decide."""

    message: str
    place: Place
    parts: range
    other: int | None
    other_place: Place
    mend: Mend | None


def marks_of(choices: Choices, numbered: Sequence[tuple[int, Piece]] | None = None) -> list[Mark]:
    """In the order of the parts. `numbered` are `choices.numbered()`, if somebody has them already."""
    numbered = choices.numbered() if numbered is None else numbered
    found = damage_of(Story(choices.document, [piece for _number, piece in numbered]))
    numbers = [number for number, _piece in numbered]
    made = Counter(numbers)
    return [_mark(choices, each, numbers, made) for each in found]


def _mark(choices: Choices, found: Found, numbers: Sequence[int], made: Counter[int]) -> Mark:
    parts = range(numbers[found.pieces[0]], numbers[found.pieces[-1]] + 1)
    other = None if found.belongs is None else numbers[found.belongs]
    is_whole = sum(made[number] for number in parts) == len(found.pieces)
    mend = _mend(choices, found.kind, parts, other, made) if is_whole else None
    return Mark(found.message, found.place, parts, other, found.belongs_at, mend)


def _mend(choices: Choices, kind: Broken, parts: range, other: int | None, made: Counter[int]) -> Mend | None:
    if kind is Broken.REPEATED:
        return Mend.LEAVE_OUT
    if other is None or other in parts or kind not in (Broken.CUT, Broken.STRAY):
        return None
    if not all(made[number] == 1 and _is_plain(choices, number) for number in (parts[-1], other)):
        return None
    return Mend.MOVE if kind is Broken.STRAY else Mend.JOIN


def _is_plain(choices: Choices, number: int) -> bool:
    """A paragraph all of whose words stay in the text: no names at its end that go to the byline."""
    part = choices.parts[number]
    is_words = all(words_of(block) is not None for block in choices.blocks(part))
    return part.kind is Kind.TEXT and is_words and choices.pieces(part)[0].byline is None


def mend(choices: Choices, key: str) -> str:
    """Put right what is said of the part. Returns the key of what it is then. Raises NotPossible if that is not so any
    more."""
    for mark in marks_of(choices):
        if choices.parts[mark.parts.start].key == key and mark.mend:
            return _DO[mark.mend](choices, mark)
    raise NotPossible(key)


def _leave_out(choices: Choices, mark: Mark) -> str:
    number = mark.parts.start
    part = choices.parts[number]
    choices.parts[number] = Part(Kind.LEFT_OUT, part.slices)
    return part.key


def _join(choices: Choices, mark: Mark) -> str:
    """The second half comes to the first; what stands between them follows."""
    first, other = mark.parts[-1], _other(mark)
    key = choices.parts[first].key
    move(choices, range(other, other + 1), first + 1)
    return join(choices, key)


def _move(choices: Choices, mark: Mark) -> str:
    """The stray comes before the paragraph that goes on with its end."""
    first, last = choices.parts[mark.parts[0]].key, choices.parts[mark.parts[-1]].key
    move(choices, mark.parts, _other(mark))
    joined = join(choices, last)
    return joined if first == last else first


def _other(mark: Mark) -> int:
    if mark.other is None:
        raise ValueError(mark)
    return mark.other


_DO = {Mend.MOVE: _move, Mend.JOIN: _join, Mend.LEAVE_OUT: _leave_out}
