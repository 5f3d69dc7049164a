"""What people put right in a language that is written automatically, and what becomes of it when the Chinese changes.

A correction is of words, not of the whole sentence: it is what differs between the automatic text and the person's. When
other words of the sentence change, it is made again in the new automatic text. Where the corrected words themselves have
changed it cannot be, and readers see what was written automatically.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from core.models import Language
from core.providers import provider
from core.segments import Segment
from core.text.tags import pieces
from core.text.traditional import words_of

from ..models import Original, Unit, UnitState
from .rows import Row, match


LONGEST = 2_000  # characters of a segment that are compared; the time grows with the square
Write = Callable[[str], str]


@dataclass(frozen=True)
class Correction:
    """What readers see of a segment that somebody has corrected. `lost`: not all of it could be made again."""

    text: str
    is_carried: bool = False
    lost: bool = False


@dataclass(frozen=True)
class Edit:
    """The words from `start` to `end` of a text were written otherwise."""

    start: int
    end: int
    text: str


def corrections(
    obj: object, language: Language, segments: Sequence[Segment], texts: Mapping[str, str]
) -> dict[str, str]:
    """{path: text} of what people wrote for an object in an automatic language; `texts` is what the provider wrote."""
    units = Unit.objects.known().filter(
        original__in=Original.objects.for_object(obj), language=language.code, state=UnitState.APPROVED
    )
    found = applied_corrections(match(segments, units), language, texts)
    return {path: correction.text for path, correction in found.items()}


def applied_corrections(rows: Sequence[Row], language: Language, texts: Mapping[str, str]) -> dict[str, Correction]:
    """{path: the correction as readers see it now} of rows with an approved text for this wording or an earlier one."""
    write = getattr(provider(language.provider), "convert", None)
    found = {}
    for row in rows:
        path = row.segment.path
        if row.unit and row.unit.state == UnitState.APPROVED:
            found[path] = Correction(row.unit.text)
        elif row.unit is None and row.earlier and row.earlier.state == UnitState.APPROVED and path in texts:
            found[path] = carried(row.earlier.source_text, row.earlier.text, row.segment.text, texts[path], write)
    return found


def carried(source: str, corrected: str, new_source: str, automatic: str, write: Write | None) -> Correction:
    """The correction of a text whose Chinese was `source`, made again in the automatic text of the new Chinese."""
    nothing = Correction(automatic, lost=corrected != automatic)
    if write is None or max(map(len, (source, corrected, new_source))) > LONGEST:
        return nothing
    before = write(source)
    if len(before) != len(source) or len(automatic) != len(new_source):
        return nothing  # a phrase of another length: nobody knows which characters belong together
    source, before, corrected, new_source, text = map(_framed, (source, before, corrected, new_source, automatic))
    moved = [_moved(edit, source, new_source) for edit in edits_of(source, before, corrected)]
    for edit in sorted(filter(None, moved), key=lambda edit: edit.start, reverse=True):
        text = text[: edit.start] + edit.text + text[edit.end :]
    text = text[1:-1]
    if _tags(text) != _tags(automatic):
        return nothing
    return Correction(text, is_carried=any(moved), lost=None in moved)


def _tags(text: str) -> list[str]:
    return [piece.raw for piece in pieces(text) if not piece.is_text]


def _framed(text: str) -> str:
    """Beginning and end are something to stand beside: what is added at the end is lost if the Chinese goes on there."""
    return f"\x02{text}\x03"


def edits_of(source: str, before: str, after: str) -> list[Edit]:
    """What was changed from one text to the other, in whole words of the source, which is as long as `before`."""
    edges = _edges(source)
    edits: list[Edit] = []
    for kind, start, end, new_start, new_end in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind == "equal":
            continue
        first = max(edge for edge in edges if edge <= (start if start < end else max(start - 1, 0)))
        last = min(edge for edge in edges if edge >= (end if start < end else min(start + 1, len(before))))
        edit = Edit(first, last, before[first:start] + after[new_start:new_end] + before[end:last])
        if edits and edit.start < edits[-1].end:
            edit = _joined(edits.pop(), edit, before, start, end, after[new_start:new_end])
        edits.append(edit)
    return edits


def _joined(earlier: Edit, edit: Edit, before: str, start: int, end: int, new: str) -> Edit:
    """Two edits of one word: the later one is made in what the earlier one has written."""
    behind = len(before[start : earlier.end])  # characters of the word, from the later edit on, that are as they were
    kept = earlier.text[: len(earlier.text) - behind] if behind else earlier.text
    return replace(edit, start=earlier.start, text=kept + new + before[end : edit.end])


def _moved(edit: Edit, source: str, new_source: str) -> Edit | None:
    """Where the words of an edit stand in the new source, or None if they were changed."""
    for block in SequenceMatcher(None, source, new_source, autojunk=False).get_matching_blocks():
        if block.a <= edit.start and edit.end <= block.a + block.size and edit.start < edit.end:
            start = edit.start - block.a + block.b
            return replace(edit, start=start, end=start + edit.end - edit.start)
    return None


def _edges(source: str) -> list[int]:
    """Where words begin or end: '学生发展' -> 0 2 4. A tag is a word."""
    edges = [0]
    for piece in pieces(source):
        for word in words_of(piece.raw) if piece.is_text else [piece.raw]:
            edges.append(edges[-1] + len(word))
    return edges
