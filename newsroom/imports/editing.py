"""Changing, splitting and joining the parts of a file; where each may be split."""

import re
from collections.abc import Mapping
from dataclasses import replace

from ..importing.assigning import natural_kind
from ..importing.document import Listing, Paragraph, Picture, Quote
from ..importing.story import Kind
from .parts import Choices, Part, Slice, cut, words_of


ENDS = re.compile(r"[。！？!?；;…]+[”’」』）)】]*|\n+|(?<=[a-z])\.\s")
AROUND = 14  # letters beside a place where something may be split


class NotPossible(Exception):
    """A change that the parts do not take."""


def find(choices: Choices, key: str) -> int:
    """Raises NotPossible if there is no such part any more."""
    for number, part in enumerate(choices.parts):
        if part.key == key:
            return number
    raise NotPossible(key)


def rename(choices: Choices, kinds: Mapping[str, str]) -> tuple[list[str], list[str]]:
    """Give parts other kinds: {key: kind}. Returns the keys of those that were changed, and of those that are not there,
    or may not be that."""
    changed, refused = [], []
    known = {part.key: number for number, part in enumerate(choices.parts)}
    for key, name in kinds.items():
        number = known.get(key)
        if number is None:
            refused.append(key)
            continue
        part = choices.parts[number]
        if name == part.kind:
            continue
        if name not in choices.kinds(part):
            refused.append(key)
            continue
        choices.parts[number] = replace(part, kind=Kind(name))
        changed.append(key)
    return changed, refused


def split(choices: Choices, key: str, at: int) -> str:
    """The key of the first of the two parts. Raises NotPossible."""
    number = find(choices, key)
    part = choices.parts[number]
    if not 0 < at < part.length:
        raise NotPossible(key)
    before: list[Slice] = []
    after: list[Slice] = []
    passed = 0
    for each in part.slices:
        size = each.end - each.start
        middle = each.start + min(max(at - passed, 0), size)
        if middle > each.start:
            before.append(replace(each, end=middle))
        if middle < each.end:
            after.append(replace(each, start=middle))
        passed += size
    made = [fitting(choices, part.kind, tuple(slices)) for slices in (before, after)]
    if any(not _says_something(choices, each) for each in made):
        raise NotPossible(key)
    choices.parts[number : number + 1] = made
    return made[0].key


def _says_something(choices: Choices, part: Part) -> bool:
    """Not blanks alone."""
    return all(words_of(block) != () for block in choices.blocks(part))


def fitting(choices: Choices, kind: Kind, slices: tuple[Slice, ...]) -> Part:
    """Of the kind of the whole, if that is one for this part of it."""
    part = Part(kind, slices)
    block = choices.blocks(part)[0]
    if isinstance(block, Paragraph) and block.role == "caption":
        return replace(part, kind=Kind.CAPTION)
    return part if kind in choices.kinds(part) else replace(part, kind=natural_kind(block))


def join(choices: Choices, key: str) -> str:
    """With the part after it; the key of what they are then. Raises NotPossible."""
    number = find(choices, key)
    if not may_join(choices, number):
        raise NotPossible(key)
    first, second = choices.parts[number : number + 2]
    made = replace(first, slices=_run(first.slices + second.slices))
    if made.kind not in choices.kinds(made):
        made = replace(made, kind=natural_kind(choices.blocks(made)[0]))
    choices.parts[number : number + 2] = [made]
    return made.key


def may_join(choices: Choices, number: int) -> bool:
    """Words with words; and what one block was."""
    if number + 1 >= len(choices.parts):
        return False
    first, second = choices.parts[number : number + 2]
    together = _run(first.slices + second.slices)
    if len(together) == 1:
        return True
    blocks = [cut(choices.assigned[each.block].block, each) for each in together]
    return all(words_of(block) is not None for block in blocks)


def _run(slices: tuple[Slice, ...]) -> tuple[Slice, ...]:
    """Those that are neighbours in one block are one."""
    done: list[Slice] = []
    for each in slices:
        if done and done[-1].block == each.block and done[-1].end == each.start:
            done[-1] = replace(done[-1], end=each.end)
        else:
            done.append(each)
    return tuple(done)


def places_to_split(choices: Choices, part: Part) -> list[tuple[int, str]]:
    """(where, what stands around it) of the places that are offered: between sentences, items, blocks, slices, and
    between a picture and its caption."""
    found: list[tuple[int, str]] = []
    passed = 0
    for each in part.slices:
        if passed:
            found.append((passed, ""))
        block = choices.assigned[each.block].block
        found += [(passed + place - each.start, said) for place, said in _places(block, each)]
        passed += each.end - each.start
    return found


def _places(block: object, part: Slice) -> list[tuple[int, str]]:
    if isinstance(block, Paragraph | Quote):
        text = block.text
        ends = [found.end() for found in ENDS.finditer(text, part.start, part.end)]
        inside = [end for end in ends if text[part.start : end].strip() and text[end : part.end].strip()]
        return [(end, f"…{text[max(0, end - AROUND) : end]} | {text[end : end + AROUND]}…") for end in inside]
    if isinstance(block, Picture):
        return [(1, "")] if part.start == 0 and part.end > 1 else []
    if isinstance(block, Listing) or hasattr(block, "blocks"):
        return [(number, "") for number in range(part.start + 1, part.end)]
    return []
