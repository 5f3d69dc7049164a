"""The body of a draft and that of a corrected file: what is the same, changed, new and gone; and the body that is chosen."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from core.text.tags import pieces

from .merging import merge
from .pairing import paired
from .units import OF_FILES, Raw, Unit, body_of, units


class Sort(StrEnum):
    """What has become of a unit."""

    SAME = "same"
    EDITED = "edited"  # by somebody in the draft; the file says what it said
    OWN = "own"  # somebody added it in the draft
    CHANGED = "changed"
    BOTH = "both"  # changed in the file, and by somebody in the draft
    NEW = "new"
    TAKEN_OUT = "taken-out"  # by somebody in the draft; the file still has it
    GONE = "gone"


TO_CHOOSE = (Sort.CHANGED, Sort.BOTH, Sort.NEW, Sort.TAKEN_OUT, Sort.GONE)


@dataclass
class Row:
    """`draft` is what stands there now, `file` what the file would have there; `is_taken` whether the file is followed if
    nobody says otherwise. `said` is the file's unit as it is remembered for later files."""

    sort: Sort
    draft: Unit | None
    file: Unit | None
    is_taken: bool = False
    said: Unit | None = None
    lost: list[str] = field(default_factory=list)

    @property
    def may_choose(self) -> bool:
        return self.sort in TO_CHOOSE

    def result(self, follows_file: bool) -> Unit | None:
        if self.sort is Sort.GONE:
            return None if follows_file else self.draft
        return self.file if self.may_choose and follows_file else self.draft


@dataclass
class Comparison:
    rows: list[Row]

    def body(self, taken: Collection[int] | None = None) -> list[Raw]:
        """`taken`: numbers of the rows in which the file is followed; None: where it is proposed."""
        chosen = [row.is_taken for row in self.rows] if taken is None else [n in taken for n in range(len(self.rows))]
        found = (row.result(follows) for row, follows in zip(self.rows, chosen, strict=True))
        return body_of(unit for unit in found if unit)

    def remembered(self) -> list[Raw]:
        """What the file says, with the keys of the draft: for the next file to be compared with."""
        return body_of(row.said for row in self.rows if row.said)


def compare(base: Sequence[Raw] | None, draft: Sequence[Raw], new: Sequence[Raw]) -> Comparison:
    """`base` is what the last import of the draft has made; None if there was none."""
    return Comparison(_Comparing(base, draft, new).rows())


class _Comparing:
    def __init__(self, base: Sequence[Raw] | None, draft: Sequence[Raw], new: Sequence[Raw]) -> None:
        self.has_base = base is not None
        self.draft, self.new = units(draft), [_unplaced(each) for each in units(new)]
        self.base = units(base) if base is not None else list(self.draft)
        self.in_base = paired(self.base, self.new)  # {new: base}
        self.in_draft = self._in_draft()  # {base: draft}
        self.of_draft = {place: number for number, place in self.in_draft.items()}
        self.direct = self._direct()  # {new: draft} of what an editor has added

    def _in_draft(self) -> dict[int, int]:
        """By their keys, which editing keeps; what was pasted anew has others, so by its words."""
        if not self.has_base:
            return {number: number for number in range(len(self.draft))}
        places = {each.name: number for number, each in reversed([*enumerate(self.draft)]) if each.name}
        found = {}
        for number, each in enumerate(self.base):
            place = places.get(each.name)
            if place is not None and self.draft[place].sort == each.sort:
                found[number] = places.pop(each.name)
        left = [number for number in range(len(self.base)) if number not in found]
        taken = set(found.values())
        free = [number for number in range(len(self.draft)) if number not in taken]
        pairs = paired([self.base[number] for number in left], [self.draft[number] for number in free])
        return found | {left[old]: free[later] for later, old in pairs.items()}

    def _direct(self) -> dict[int, int]:
        taken = set(self.in_draft.values())
        free = [number for number in range(len(self.draft)) if number not in taken]
        left = [number for number in range(len(self.new)) if number not in self.in_base]
        pairs = paired([self.draft[number] for number in free], [self.new[number] for number in left])
        return {left[later]: free[old] for later, old in pairs.items()}

    def rows(self) -> list[Row]:
        """In the order of the file; what stands in the draft alone comes after what it stood after."""
        after: dict[int, list[Row]] = {}
        before = -1
        placed = {self._place(number) for number in range(len(self.new))}
        for number in range(len(self.draft)):
            if number in placed:
                before = number
            else:
                after.setdefault(before, []).append(self._of_draft_alone(number))
        rows = after.pop(-1, [])
        for number in range(len(self.new)):
            rows.append(self._of_file(number))
            place = self._place(number)
            rows += after.pop(place, []) if place is not None else []
        return rows

    def _place(self, number: int) -> int | None:
        """In the draft, of a unit of the file."""
        base = self.in_base.get(number)
        return self.in_draft.get(base) if base is not None else self.direct.get(number)

    def _of_draft_alone(self, number: int) -> Row:
        unit = self.draft[number]
        base = self.of_draft.get(number)
        if base is None or unit.sort not in OF_FILES:
            return Row(Sort.OWN, unit, None)
        is_edited = self.base[base].words != unit.words
        return Row(Sort.GONE, unit, None, is_taken=not is_edited)

    def _of_file(self, number: int) -> Row:
        new, place = self.new[number], self._place(number)
        base = self.base[self.in_base[number]] if number in self.in_base else None
        if place is None:
            if base is None:
                return Row(Sort.NEW, None, new, is_taken=True, said=new)
            return Row(Sort.TAKEN_OUT, None, new, said=_keyed(new, base))
        draft = self.draft[place]
        known = base if self.has_base else None
        merged = merge(known, draft, new)
        said = _keyed(new, merged.unit)
        if merged.unit.bare == draft.bare:
            return Row(Sort.SAME, draft, new, said=said)
        if base is not None and base.bare == new.bare:
            return Row(Sort.EDITED, draft, new, said=said)
        is_edited = base is not None and base.words != draft.words and draft.words != new.words
        sort = Sort.BOTH if is_edited else Sort.CHANGED
        return Row(sort, draft, merged.unit, is_taken=True, said=said, lost=merged.lost)


def _unplaced(unit: Unit) -> Unit:
    """A paragraph of a file goes into whatever text it comes to stand in; other blocks are their own."""
    return replace(unit, block="") if unit.is_text else unit


def _keyed(new: Unit, known: Unit) -> Unit:
    """What the file says, under the keys of the draft."""
    if new.is_text and known.is_text:
        return merge(None, Unit(known.sort, _without_links(known), known.block, known.key), new).unit
    return replace(new, block=known.block)


def _without_links(unit: Unit) -> str:
    return "".join(piece.raw for piece in pieces(unit.value) if piece.name != "a")
