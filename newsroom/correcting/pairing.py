"""Which unit of one body is which of another: the same, else one that has become it."""

from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from core.text.alignment import align

from .units import Unit


def paired(earlier: Sequence[Unit], later: Sequence[Unit]) -> dict[int, int]:
    """{number of a later unit: number of the earlier one}. No unit is used twice."""
    old, new = _all_said(earlier), _all_said(later)
    pairs: dict[int, int] = {}
    codes = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    for kind, a, b, c, d in codes:
        if kind == "equal":
            pairs.update(zip(range(c, d), range(a, b), strict=True))
    pairs |= _moved(old, new, pairs)
    for sort in dict.fromkeys(each.sort for each in later):
        pairs |= _alike(earlier, later, sort, pairs)
    for kind, a, b, c, d in codes:
        if kind == "replace":
            pairs |= dict(_in_place(earlier, later, range(a, b), range(c, d), pairs))
    return pairs


def _all_said(found: Sequence[Unit]) -> list[object]:
    """What is said twice is known by its turn as well: so time does not grow with the square of repetitions."""
    turns: Counter[object] = Counter()
    said: list[object] = []
    for each in map(_said, found):
        turns[each] += 1
        said.append((each, turns[each]))
    return said


def _said(unit: Unit) -> tuple[str, str]:
    """A picture is known by itself, not by its caption; one without words, or a chart, by what it holds."""
    if unit.sort == "image":
        return unit.sort, str(unit.value.get("image"))
    return unit.sort, unit.words or str(unit.value)


def _moved(old: Sequence[object], new: Sequence[object], pairs: dict[int, int]) -> dict[int, int]:
    """The same words elsewhere, the first of them first."""
    free: dict[object, list[int]] = {}
    taken = set(pairs.values())
    for number, said in enumerate(old):
        if number not in taken:
            free.setdefault(said, []).append(number)
    found = {}
    for number, said in enumerate(new):
        if number not in pairs and free.get(said):
            found[number] = free[said].pop(0)
    return found


def _alike(earlier: Sequence[Unit], later: Sequence[Unit], sort: str, pairs: dict[int, int]) -> dict[int, int]:
    taken = set(pairs.values())
    old = [number for number, each in enumerate(earlier) if each.sort == sort and number not in taken and each.words]
    new = [number for number, each in enumerate(later) if each.sort == sort and number not in pairs and each.words]
    found = align([earlier[number].words for number in old], [later[number].words for number in new])
    return {new[at]: old[aligned.earlier] for at, aligned in found.items()}


def _in_place(
    earlier: Sequence[Unit], later: Sequence[Unit], old: range, new: range, pairs: dict[int, int]
) -> Iterator[tuple[int, int]]:
    """What is no text and stands where another one stood: a new version of a picture, a table with other numbers."""
    taken = set(pairs.values())
    for sort in ("image", "table", "aside", "heading"):
        before = [number for number in old if earlier[number].sort == sort and number not in taken]
        after = [number for number in new if later[number].sort == sort and number not in pairs]
        if len(before) == len(after):
            yield from zip(after, before, strict=True)
