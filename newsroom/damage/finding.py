"""All damage of a text."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from core.text.heading_numbers import numbered, out_of_order

from .joining import cut_lines, joints
from .lines import HEADINGS, Kind, Line
from .orphans import orphans
from .sentences import begins_within, one_word
from .strays import byline_at, stray_after


SAME = 20  # characters of a paragraph that nobody writes twice
_MARKS = re.compile(r"[\s\W_]+")


class Broken(StrEnum):
    CUT = "cut"  # stops within a sentence; the rest may be elsewhere, or lost
    START = "start"  # begins within a sentence
    STRAY = "stray"  # text after the byline, or behind the end
    CAPTION = "caption"  # without a picture
    REPEATED = "repeated"
    HEADING = "heading"  # out of place
    ENDING = "ending"  # the last paragraph stops within a sentence


@dataclass(frozen=True)
class Damage:
    """What is wrong with the lines from `first` to `last`. `other` is the line that it has to do with: where a cut or a stray
    goes on, what a beginning continues, what is repeated; None if that is not known, or nowhere."""

    kind: Broken
    first: int
    last: int
    other: int | None = None


def damage(lines: Sequence[Line]) -> list[Damage]:
    """In the order of the lines; no line is named twice."""
    found = sorted(_all(lines), key=lambda each: (each.first, _ORDER.index(each.kind)))
    named: set[int] = set()
    kept = []
    for each in [*(one for one in found if one.kind is Broken.STRAY), *found]:
        numbers = set(range(each.first, each.last + 1))
        if not numbers & named:
            kept.append(each)
            named |= numbers
    return sorted(kept, key=lambda each: each.first)


_ORDER = (Broken.STRAY, Broken.CAPTION, Broken.REPEATED, Broken.START, Broken.CUT, Broken.ENDING, Broken.HEADING)


def _all(lines: Sequence[Line]) -> Iterator[Damage]:
    captions = orphans(lines)
    yield from (Damage(Broken.CAPTION, number, number) for number in captions)
    yield from _repeated(lines)
    # Captions stand between halves of a sentence, and are none themselves.
    kept = [Line("", Kind.OTHER, line.key) if number in captions else line for number, line in enumerate(lines)]
    cut = cut_lines(kept)
    joined = joints(kept, cut)
    stray = _stray(kept, cut, joined)
    if stray:
        yield Damage(Broken.STRAY, stray[0], stray[-1], joined.get(stray[-1]))
    last = _last_text(kept)
    for number in sorted(cut | set(joined)):
        kind = Broken.ENDING if number == last and number not in joined else Broken.CUT
        yield Damage(kind, number, number, joined.get(number))
    ends_of = {beginning: end for end, beginning in joined.items()}
    for number, line in enumerate(kept):
        if number in ends_of or (line.is_text and begins_within(line.text)):
            yield Damage(Broken.START, number, number, ends_of.get(number))
    yield from _headings(kept, joined)


def _stray(lines: Sequence[Line], cut: set[int], joined: dict[int, int]) -> range:
    """Text after the byline; without one, a last section whose end goes on further up."""
    after = stray_after(lines)
    if after or byline_at(lines) is not None:
        return after
    last = _last_text(lines)
    if last is None or last not in cut or joined.get(last, last) >= last:
        return range(0)
    if not one_word(lines[last].text, lines[joined[last]].text):
        return range(0)
    headings = [number for number in range(joined[last] + 1, last) if lines[number].kind in HEADINGS]
    first = headings[-1] if headings else last
    while first - 1 in headings:
        first -= 1
    return range(first, last + 1)


def _last_text(lines: Sequence[Line]) -> int | None:
    return next((number for number in reversed(range(len(lines))) if lines[number].is_words), None)


def _repeated(lines: Sequence[Line]) -> Iterator[Damage]:
    seen: dict[str, int] = {}
    for number, line in enumerate(lines):
        said = _MARKS.sub("", line.text)
        if len(said) < SAME or not line.is_text:
            continue
        if said in seen:
            yield Damage(Broken.REPEATED, number, number, seen[said])
        else:
            seen[said] = number


def _headings(lines: Sequence[Line], joined: dict[int, int]) -> Iterator[Damage]:
    """Between the halves of a sentence, with nothing but the end below, or with a number that does not follow."""
    for end, beginning in joined.items():
        for number in range(end + 1, beginning if beginning - end <= 3 else end):
            if lines[number].kind in HEADINGS:
                yield Damage(Broken.HEADING, number, number, end)
    outer = [number for number, line in enumerate(lines) if (numbered(line.text) or (1, 0))[0] == 0]
    for place, _expected in out_of_order([lines[number].text for number in outer]):
        if lines[outer[place]].kind in HEADINGS:
            yield Damage(Broken.HEADING, outer[place], outer[place])
    headings = [number for number, line in enumerate(lines) if line.kind in HEADINGS]
    if headings and not any(line.kind not in (*HEADINGS, Kind.BYLINE) for line in lines[headings[-1] :]):
        yield Damage(Broken.HEADING, headings[-1], headings[-1])
