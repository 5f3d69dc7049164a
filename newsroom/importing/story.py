"""What becomes of each block of a document in a story, and the fields and blocks of that story.

`assign` gives each block a kind, by its style, its look, its words and its place; an editor may give it another one.
`fold` then makes the story of it. Both are plain data without a database.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from enum import StrEnum

from .bylines import Byline
from .captions import caption_of
from .document import (
    Block,
    Document,
    Finding,
    Listing,
    Note,
    Outcome,
    Paragraph,
    Picture,
    Place,
    Quote,
    Table,
    Words,
    said,
)
from .met import Met


KICKER, TITLE, SUBTITLE, HEADING, QUOTE = 80, 255, 160, 80, 300  # characters that the fields of a story hold
CAPTION, CREDIT, ALT, TABLE_CAPTION, NOTE = 200, 120, 250, 120, 200


class Kind(StrEnum):
    """What a block of a file is in a story."""

    KICKER = "kicker"
    TITLE = "title"
    SUBTITLE = "subtitle"
    STANDFIRST = "standfirst"
    BYLINE = "byline"
    HEADING = "heading"
    SUBHEADING = "subheading"  # the second line of a section heading
    TEXT = "text"
    LIST = "list"
    TABLE = "table"
    PICTURE = "picture"
    LEAD = "lead"  # the picture above the story
    CAPTION = "caption"  # of the picture before it, else of the one after it
    CREDIT = "credit"  # who made all pictures that say nothing else
    QUOTE = "quote"
    ASIDE = "aside"
    NOTE = "note"
    LEFT_OUT = "left-out"


WORDS = {
    *(Kind.KICKER, Kind.TITLE, Kind.SUBTITLE, Kind.STANDFIRST, Kind.BYLINE, Kind.HEADING, Kind.SUBHEADING, Kind.TEXT),
    *(Kind.CAPTION, Kind.CREDIT, Kind.QUOTE, Kind.LEFT_OUT),
}


@dataclass
class Piece:
    """A block of the document with what it is. `byline` is what a line of it says; `words` are its words, if they are
    others than the block's."""

    kind: Kind
    block: Block
    words: Words = ()
    byline: Byline | None = None

    def __post_init__(self) -> None:
        if not self.words and isinstance(self.block, Paragraph | Quote):
            self.words = self.block.words

    @property
    def text(self) -> str:
        return " ".join(said(self.words).split("\n"))


def kinds_for(block: Block) -> set[Kind]:
    """What a block may become: a table is no title."""
    if isinstance(block, Paragraph | Quote):
        return WORDS | {Kind.LIST}
    if isinstance(block, Picture):
        return {Kind.PICTURE, Kind.LEAD, Kind.LEFT_OUT}
    if isinstance(block, Listing):
        return {Kind.LIST, Kind.TEXT, Kind.LEFT_OUT}
    if isinstance(block, Table):
        return {Kind.TABLE, Kind.LEFT_OUT}
    return {Kind.NOTE if isinstance(block, Note) else Kind.ASIDE, Kind.LEFT_OUT}


@dataclass
class Story:
    """A document with what each of its blocks is. `findings` are those of the step that said so."""

    document: Document
    pieces: list[Piece] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


@dataclass
class Fields:
    """A story: its texts within their lengths, its pictures, and the pieces of its body in order."""

    title: str = ""
    kicker: str = ""
    subtitle: str = ""
    standfirst: str = ""
    byline: Byline = field(default_factory=Byline)
    lead: Picture | None = None
    body: list[Piece] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    def note(self, kind: Met, outcome: Outcome, place: Place, text: str = "") -> None:
        self.findings.append(Finding(str(kind), outcome, text[:120], 1, (place,) if place.number else ()))


def fold(story: Story) -> Fields:
    """The story that the pieces make. What is too long for its field stays in the body, and that is noted."""
    fields = Fields(findings=list(story.findings))
    pieces = _captioned(story.pieces)
    has_pictures = any(_is_picture(piece) for piece in pieces)
    credit = " ".join(piece.text for piece in pieces if piece.kind is Kind.CREDIT) if has_pictures else ""
    for piece in pieces:
        folder = _to_body if piece.kind is Kind.CREDIT and not has_pictures else _FOLDERS.get(piece.kind, _to_body)
        folder(fields, piece)
    _note_italic(fields)
    if not fields.title:
        _name_after_file(fields, story.document)
    if story.document.source and not fields.byline.source:
        fields.byline.source = story.document.source
    if fields.lead and credit and not fields.lead.credit:
        fields.lead = replace(fields.lead, credit=credit[:CREDIT])
    fields.body = [_credited(piece, credit) for piece in fields.body]
    return fields


def _is_picture(piece: Piece) -> bool:
    return isinstance(piece.block, Picture) and piece.kind is not Kind.LEFT_OUT


def _captioned(pieces: list[Piece]) -> list[Piece]:
    """With each caption at its picture. Without a picture, captions are left for the body."""
    places = [number for number, piece in enumerate(pieces) if _is_picture(piece)]
    if not places:
        return pieces
    done = list(pieces)
    for number, piece in enumerate(pieces):
        if piece.kind is not Kind.CAPTION:
            continue
        place = next((each for each in reversed(places) if each < number), places[0])
        picture, found = done[place].block, caption_of(piece.text)
        if isinstance(picture, Picture):
            text = " ".join(filter(None, (picture.caption, found.text)))
            done[place] = replace(
                done[place], block=replace(picture, caption=text, credit=picture.credit or found.credit)
            )
    return [piece for piece in done if piece.kind is not Kind.CAPTION]


def _note_italic(fields: Fields) -> None:
    """The editor has no italic, as Chinese has none."""
    slanted = [piece for piece in fields.body if any(span.italic and span.text.strip() for span in piece.words)]
    if slanted:
        places = tuple(piece.block.place for piece in slanted[:5])
        fields.findings.append(Finding(str(Met.ITALIC), Outcome.CHANGED, "", len(slanted), places))


def _credited(piece: Piece, credit: str) -> Piece:
    picture = piece.block
    if isinstance(picture, Picture) and credit and not picture.credit:
        return replace(piece, block=replace(picture, credit=credit[:CREDIT]))
    return piece


def _name_after_file(fields: Fields, document: Document) -> None:
    """Without a title: what the file calls itself, else its name."""
    stem = document.name.rpartition("/")[2].rpartition("\\")[2].rpartition(".")[0]
    fields.title = (document.title or stem or document.name)[:TITLE]
    fields.note(Met.NO_TITLE, Outcome.CHANGED, Place(), fields.title)


def _to_body(fields: Fields, piece: Piece) -> None:
    if piece.byline:
        fields.byline.add(piece.byline)
    if piece.kind is Kind.CREDIT:
        piece = replace(piece, kind=Kind.TEXT)
    elif piece.kind is Kind.HEADING and len(piece.text) > HEADING:
        fields.note(Met.TOO_LONG, Outcome.CHANGED, piece.block.place, piece.text)
        piece = replace(piece, kind=Kind.TEXT)
    elif piece.kind is Kind.SUBHEADING and not _takes_subheading(fields, piece):
        piece = replace(piece, kind=Kind.HEADING if len(piece.text) <= HEADING else Kind.TEXT)
    elif piece.kind is Kind.QUOTE and len(piece.text) > QUOTE:
        fields.note(Met.TOO_LONG, Outcome.CHANGED, piece.block.place, piece.text)
        piece = replace(piece, kind=Kind.TEXT)
    fields.body.append(piece)


def _takes_subheading(fields: Fields, piece: Piece) -> bool:
    return bool(fields.body) and fields.body[-1].kind is Kind.HEADING and len(piece.text) <= HEADING


def _to_field(name: str, most: int) -> Callable[["Fields", Piece], None]:
    def folder(fields: Fields, piece: Piece) -> None:
        text = " ".join(filter(None, (getattr(fields, name), piece.text)))
        if len(text) <= most:
            setattr(fields, name, text)
        else:
            fields.note(Met.TOO_LONG, Outcome.CHANGED, piece.block.place, piece.text)
            fields.body.append(replace(piece, kind=Kind.TEXT))

    return folder


def _to_standfirst(fields: Fields, piece: Piece) -> None:
    fields.standfirst = "\n".join(filter(None, (fields.standfirst, piece.text)))


def _to_byline(fields: Fields, piece: Piece) -> None:
    byline = piece.byline
    if byline is None:
        fields.note(Met.NO_NAMES, Outcome.CHANGED, piece.block.place, piece.text)
        fields.body.append(replace(piece, kind=Kind.TEXT))
        return
    fields.byline.add(byline)
    if byline.reviewers:
        fields.note(Met.REVIEWERS, Outcome.DROPPED, piece.block.place, piece.text)
    if byline.date:
        fields.note(Met.DATE, Outcome.DROPPED, piece.block.place, byline.date)


def _to_lead(fields: Fields, piece: Piece) -> None:
    if fields.lead is None and isinstance(piece.block, Picture):
        fields.lead = piece.block
    else:
        fields.body.append(replace(piece, kind=Kind.PICTURE))


def _nowhere(fields: Fields, piece: Piece) -> None:
    """Said as the credit of pictures."""


def _left_out(fields: Fields, piece: Piece) -> None:
    """By an editor."""
    block = piece.block
    text = piece.text or getattr(block, "caption", "") or getattr(block, "file", "")
    fields.note(Met.BY_HAND, Outcome.DROPPED, block.place, text)


def _to_caption(fields: Fields, piece: Piece) -> None:
    """Of no picture: there is none."""
    fields.note(Met.NO_PICTURE, Outcome.CHANGED, piece.block.place, piece.text)
    fields.body.append(replace(piece, kind=Kind.TEXT))


_FOLDERS = {
    Kind.TITLE: _to_field("title", TITLE),
    Kind.KICKER: _to_field("kicker", KICKER),
    Kind.SUBTITLE: _to_field("subtitle", SUBTITLE),
    Kind.STANDFIRST: _to_standfirst,
    Kind.BYLINE: _to_byline,
    Kind.LEAD: _to_lead,
    Kind.CAPTION: _to_caption,
    Kind.CREDIT: _nowhere,
    Kind.LEFT_OUT: _left_out,
}
