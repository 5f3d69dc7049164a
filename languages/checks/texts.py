"""The two texts of a segment, taken apart into plain words and chips."""

from dataclasses import dataclass
from functools import cached_property

from core.text.tags import VOID, Piece, pieces, text_of


@dataclass(frozen=True)
class Tag:
    """An inline tag, or a comment or script, whose name is its first word. `chip` is its id; '' for a bare <b>."""

    name: str
    chip: str
    closing: bool
    is_void: bool
    start: int
    end: int

    @property
    def shown(self) -> str:
        return self.chip or f"<{self.name}>"


@dataclass(frozen=True)
class Text:
    """One text of a segment; of "plain" format nothing is a tag."""

    raw: str
    format: str = "plain"

    @cached_property
    def tags(self) -> list[Tag]:
        if self.format != "html":
            return []
        return [_tag(piece) for piece in pieces(self.raw) if not piece.is_text]

    @cached_property
    def plain(self) -> str:
        """What a reader sees. A line break is a space, and no word is joined to another by a tag that is left out."""
        return self._parts[0]

    @cached_property
    def chip_spans(self) -> list[tuple[int, int, str]]:
        """(start, end, id) of the chips in `plain`."""
        return self._parts[1]

    @cached_property
    def _parts(self) -> tuple[str, list[tuple[int, int, str]]]:
        if self.format != "html":
            return self.raw, []
        words, length, spans = [], 0, []
        opened: list[tuple[Tag, int]] = []
        for piece in pieces(self.raw):
            words.append(text_of(piece))
            length += len(words[-1])
            if piece.is_start and piece.name not in VOID:
                opened.append((_tag(piece), length))
            elif piece.is_end and opened and opened[-1][0].name == piece.name:
                begun, start = opened.pop()
                spans += [(start, length, begun.chip)] if begun.chip else []
        return "".join(words), spans


def _tag(piece: Piece) -> Tag:
    name = piece.name or piece.raw[1:].replace(">", " ").split()[0]
    chip = piece.attributes.get("id", "") if piece.is_start else ""
    return Tag(name, chip, piece.is_end, not piece.name or name in VOID, piece.start, piece.end)
