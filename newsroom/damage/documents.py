"""Damage of an imported file, for its report: `damage_of(assign(document))`.

Each says what is wrong, where in the file it stands, and where it belongs as far as that is known.
"""

from dataclasses import dataclass

from ..importing.document import Heading, Paragraph, Place
from ..importing.story import Kind as PieceKind
from ..importing.story import Piece, Story
from .finding import Broken, Damage, damage
from .lines import Kind, Line
from .wording import said


_KINDS = {
    PieceKind.KICKER: Kind.ABOVE,
    PieceKind.TITLE: Kind.ABOVE,
    PieceKind.SUBTITLE: Kind.ABOVE,
    PieceKind.STANDFIRST: Kind.ABOVE,
    PieceKind.BYLINE: Kind.BYLINE,
    PieceKind.CREDIT: Kind.BYLINE,
    PieceKind.TEXT: Kind.TEXT,
    PieceKind.PICTURE: Kind.PICTURE,
    PieceKind.LEAD: Kind.PICTURE,
}
NOWHERE = Place()
_HEADINGS = (PieceKind.HEADING, PieceKind.SUBHEADING)


@dataclass(frozen=True)
class Found:
    """Damage of a document. `message` is for people, in the language in force. `pieces` are the numbers of the story's pieces
    that it is about; `belongs` that of the piece before which a stray belongs, which goes on with a cut, after which a
    beginning belongs, or that is repeated."""

    kind: Broken
    message: str
    place: Place
    pieces: range
    belongs: int | None = None
    belongs_at: Place = NOWHERE


def damage_of(story: Story) -> list[Found]:
    """In the order of the file. Pieces that are left out are not looked at."""
    kept = [(number, piece) for number, piece in enumerate(story.pieces) if piece.kind is not PieceKind.LEFT_OUT]
    lines = [Line(_text(piece), _kind(piece), number) for number, piece in kept]
    return [_found(each, lines, story) for each in damage(lines)]


def _kind(piece: Piece) -> Kind:
    if piece.kind in _HEADINGS:
        is_styled = not isinstance(piece.block, Heading) or piece.block.is_styled
        return Kind.HEADING if is_styled or "。" not in piece.text else Kind.LIKE_HEADING
    return _KINDS.get(piece.kind, Kind.OTHER)


def _text(piece: Piece) -> str:
    """As it stands in the file: names at the end of a paragraph are still there."""
    return piece.block.text if isinstance(piece.block, Paragraph) else piece.text


def _found(each: Damage, lines: list[Line], story: Story) -> Found:
    other = None if each.other is None else lines[each.other]
    pieces = range(lines[each.first].key, lines[each.last].key + 1)
    return Found(
        kind=each.kind,
        message=said(each.kind, lines[each.first].text, lines[each.last].text, other.text if other else None),
        place=_place(story, pieces),
        pieces=pieces,
        belongs=other.key if other else None,
        belongs_at=story.pieces[other.key].block.place if other else NOWHERE,
    )


def _place(story: Story, pieces: range) -> Place:
    first, last = story.pieces[pieces[0]].block.place, story.pieces[pieces[-1]].block.place
    return first if len(pieces) == 1 else first.until(last)
