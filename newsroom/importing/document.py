"""What a file says, whatever program wrote it: blocks in the order of reading, pictures, and what else was met.

Plain data without a database, so it can be kept, compared, sent from one process to another (`packed`, `unpacked`) and
shown beside the file: each block knows its place in it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, fields, is_dataclass
from enum import StrEnum
from typing import Any, Literal


class Part(StrEnum):
    """Where in a file something stands."""

    BODY = "body"
    BOX = "box"  # a text box, or a frame
    NOTE = "note"  # a footnote or an endnote
    MARGIN = "margin"  # a header or a footer
    COMMENT = "comment"


@dataclass(frozen=True)
class Place:
    """The number of a paragraph (of plain text: of a line) in its part, from 1; `last` is another one if several became
    one block. 0: no place of its own, such as what the file as a whole holds."""

    number: int = 0
    last: int = 0
    part: Part = Part.BODY

    def until(self, other: "Place") -> "Place":
        """From the beginning of this to the end of another one."""
        return Place(self.number, max(other.last, other.number), self.part)


@dataclass(frozen=True)
class Look:
    """What a paragraph looks like as a whole. `size` in points, 0 if it is not said; `font` is that of the Chinese."""

    bold: bool = False
    italic: bool = False
    centred: bool = False
    size: float = 0
    font: str = ""


class Role(StrEnum):
    """What the name of a paragraph's style says that it is, or its first words."""

    NONE = ""
    KICKER = "kicker"
    TITLE = "title"
    SUBTITLE = "subtitle"
    STANDFIRST = "standfirst"
    BYLINE = "byline"
    CAPTION = "caption"
    QUOTE = "quote"


@dataclass(frozen=True)
class Span:
    """Words that look alike. A line break within a paragraph is a newline in `text`."""

    text: str
    bold: bool = False
    italic: bool = False
    raised: Literal["", "sup", "sub"] = ""
    href: str = ""


Words = tuple[Span, ...]


def said(words: Sequence[Span]) -> str:
    return "".join(span.text for span in words)


@dataclass(kw_only=True)
class Block:
    place: Place = Place()


@dataclass(kw_only=True)
class Paragraph(Block):
    words: Words = ()
    look: Look = Look()
    role: Role = Role.NONE

    @property
    def text(self) -> str:
        return said(self.words)


@dataclass(kw_only=True)
class Heading(Paragraph):
    """`level` from 1, the outermost. `is_styled`: a style says so; else it only looks like one."""

    level: int = 2
    is_styled: bool = False


@dataclass(frozen=True)
class Item:
    """`depth` from 0; an item that is deeper than the one before belongs to it."""

    words: Words
    depth: int = 0
    is_numbered: bool = False


@dataclass(kw_only=True)
class Listing(Block):
    items: list[Item] = field(default_factory=list)


@dataclass(frozen=True)
class Cell:
    """`columns` and `rows`: over how many it reaches."""

    text: str = ""
    columns: int = 1
    rows: int = 1


@dataclass(kw_only=True)
class Table(Block):
    """Cells as they are written: what another one reaches over is not among them. `head`: rows that are headings, 0 if
    the file does not say."""

    rows: list[list[Cell]] = field(default_factory=list)
    head: int = 0
    caption: str = ""
    note: str = ""


@dataclass(kw_only=True)
class Picture(Block):
    """`file` names one of the document's pictures."""

    file: str = ""
    caption: str = ""
    credit: str = ""
    alt: str = ""
    is_floating: bool = False


@dataclass(kw_only=True)
class Quote(Block):
    words: Words = ()
    attribution: str = ""

    @property
    def text(self) -> str:
        return said(self.words)


@dataclass(kw_only=True)
class Box(Block):
    """A text box or a frame: what stands in it, at the paragraph that it hangs on."""

    blocks: list[Block] = field(default_factory=list)


@dataclass(kw_only=True)
class Note(Block):
    """A footnote or an endnote. `mark` stands in the text, too."""

    mark: str = ""
    words: Words = ()


@dataclass(frozen=True)
class File:
    """A picture of the document. `name` has the ending of what it is, which its bytes decide."""

    name: str
    content: bytes = field(repr=False)


class Outcome(StrEnum):
    KEPT = "kept"
    CHANGED = "changed"  # kept, but as something else
    DROPPED = "dropped"


@dataclass(frozen=True)
class Finding:
    """Something that was met, and what became of it. `kind` is one of `Met`; `text` is how it begins, if it has words;
    `places` are the first few, `count` is how often."""

    kind: str
    outcome: Outcome
    text: str = ""
    count: int = 1
    places: tuple[Place, ...] = ()


@dataclass(kw_only=True)
class Document:
    """`format` is docx, html or txt; `unit` says what places count: paragraph or line."""

    name: str
    format: str
    unit: Literal["paragraph", "line"] = "paragraph"
    title: str = ""  # of the file's own properties
    source: str = ""  # who published it first, if the file says so
    program: str = ""  # that wrote it
    encoding: str = ""
    blocks: list[Block] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    pictures: dict[str, File] = field(default_factory=dict)

    def every_block(self) -> Iterator[Block]:
        """The blocks, and those in boxes after their box."""
        for block in self.blocks:
            yield block
            if isinstance(block, Box):
                yield from block.blocks


# To and from JSON ----------------------------------------------------------------------------

TYPES = {
    kind.__name__: kind
    for kind in (
        *(Place, Look, Span, Item, Cell, Finding, Document),
        *(Paragraph, Heading, Listing, Table),
        Picture,
        Quote,
    )
} | {"Box": Box, "Note": Note}
_ENUMS: dict[str, type[StrEnum]] = {"part": Part, "role": Role, "outcome": Outcome}
_TUPLES = {"words", "places"}


def packed(thing: Any) -> Any:
    """As JSON holds it; pictures are left out, which are bytes."""
    if is_dataclass(thing) and not isinstance(thing, type):
        values = {each.name: getattr(thing, each.name) for each in fields(thing) if each.name != "pictures"}
        return {"type": type(thing).__name__, **{name: packed(value) for name, value in values.items()}}
    if isinstance(thing, list | tuple):
        return [packed(each) for each in thing]
    return thing


def unpacked(data: Any) -> Any:
    """What was packed. Raises KeyError, TypeError, ValueError for anything else."""
    if isinstance(data, list):
        return [unpacked(each) for each in data]
    if not isinstance(data, dict):
        return data
    values = {name: unpacked(value) for name, value in data.items() if name != "type"}
    for name, value in values.items():
        if name in _TUPLES:
            values[name] = tuple(value)
        elif name in _ENUMS:
            values[name] = _ENUMS[name](value)
    return TYPES[data["type"]](**values)
