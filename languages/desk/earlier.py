"""Which earlier translation a segment has, whose own wording has none.

The place of a segment tells, as long as editors change a text where it stands. Where a whole text is pasted anew, every
paragraph is at a new place: then the words tell (core.text.alignment). Nothing is stored: it is found by comparing, each
time, so that a text that is put back finds all of its translations again.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from core.segments import Segment, source_hash
from core.text.alignment import align, likeness
from core.text.tags import plain

from ..models import Unit


@dataclass(frozen=True)
class Wanted:
    """A segment, its hash, and the unit for this very wording, if there is one."""

    segment: Segment
    hash: str
    unit: Unit | None

    @property
    def path(self) -> str:
        return self.segment.path

    @property
    def is_written_here(self) -> bool:
        return self.unit is not None and self.unit.path == self.path


def earlier_units(wanted: Sequence[Wanted], units: Mapping[str, Unit]) -> dict[str, Unit]:
    """{path of a segment that has no text: the unit of an earlier wording}. `units` are {path: the one to be preferred}.

    1. The unit of its place, if that is like it.
    2. The unit of a place whose words stand nowhere any more, if they are like its own. A unit is given to one segment
       only; also a segment that has a text by now keeps the one that it came from, else its neighbours would get that.
    3. The unit of its place, however different, if its words stand nowhere any more and have become no other segment.

    Where every place tells, nothing is compared but a segment with its own place.
    """
    found = _found(wanted, units, only_if_wanted=True)
    return {each.path: found[each.path] for each in wanted if each.unit is None and each.path in found}


def successors(wanted: Sequence[Wanted], units: Mapping[str, Unit]) -> dict[str, str]:
    """{path of a unit of an earlier wording: the path of the segment that this has become}, also if that has a text by now.
    What has become no segment is not among them."""
    return {unit.path: path for path, unit in _found(wanted, units, only_if_wanted=False).items()}


def _found(wanted: Sequence[Wanted], units: Mapping[str, Unit], *, only_if_wanted: bool) -> dict[str, Unit]:
    """`only_if_wanted`: words are compared only if there is a segment without a text."""
    present = {each.hash for each in wanted}
    free = {path: unit for path, unit in units.items() if unit.source_hash not in present}
    found: dict[str, Unit] = {}
    left: list[Wanted] = []
    for each in wanted:
        unit = units.get(each.path)
        if unit and unit.source_hash != each.hash and _is_like(unit, each.segment):
            free.pop(each.path, None)
            found[each.path] = unit
        elif each.unit is None or each.is_written_here:
            left.append(each)
    if free and any(each.unit is None or not only_if_wanted for each in left):
        found |= _by_words(left, free)
    return found


def _by_words(wanted: Sequence[Wanted], free: Mapping[str, Unit]) -> dict[str, Unit]:
    in_need_first = sorted(wanted, key=lambda each: each.unit is not None)
    found = dict(_aligned(in_need_first, list(free.values())))
    taken = {id(unit) for unit in found.values()}  # one that is planned has no key yet
    own = {each.path: free[each.path] for each in wanted if each.path in free and id(free[each.path]) not in taken}
    return own | found


def _aligned(wanted: Sequence[Wanted], units: Sequence[Unit]) -> Iterator[tuple[str, Unit]]:
    """Rich text is compared with rich text only: the tags of one would be letters in the other."""
    for format in ("plain", "html"):
        old = [unit for unit in units if _has_format(unit, format)]
        new = [each.segment for each in wanted if each.segment.format == format]
        pairs = align([_words(u.source_text, format) for u in old], [_words(s.text, format) for s in new])
        yield from ((new[at].path, old[pair.earlier]) for at, pair in pairs.items())


def _is_like(unit: Unit, segment: Segment) -> bool:
    return bool(likeness(_words(unit.source_text, segment.format), _words(segment.text, segment.format)))


def is_near(unit: Unit, segment: Segment, least: float) -> bool:
    """Whether a unit is of the segment's own place, or its words are at least so like those of the segment, of 100."""
    if unit.path == segment.path:
        return True
    return likeness(_words(unit.source_text, segment.format), _words(segment.text, segment.format)) >= least


def _has_format(unit: Unit, format: str) -> bool:
    return source_hash(Segment("", unit.source_text, format, "")) == unit.source_hash


def _words(text: str, format: str) -> str:
    return plain(text) if format == "html" else text


def preferred(units: Iterable[Unit]) -> dict[str, Unit]:
    """{path: the unit with a text that is approved, else the newest}."""
    return {unit.path: unit for unit in sorted(units, key=rank)}


def rank(unit: Unit) -> tuple:
    """The higher, the better: what is approved, then what is new."""
    return unit.state == "approved", unit.updated_at, unit.pk
