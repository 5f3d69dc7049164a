"""HTML taken apart into text and tags. Put together again, the pieces are what they came from, byte for byte.

The grammar is the tokenizer's of the HTML Standard (13.2.5), but for one thing: a tag ends with its ">", and no "<"
stands in it outside of quotes. What else begins with "<" is text, since people write 1 < 2 and nothing that they wrote
may be lost. Python's html.parser and the parsers of trees are not used: they do not tell where a piece stood or how it
was written, and html.parser takes quadratic time for '<a <a <a' and fails for '<![' (CPython issue 135462).

All functions are pure, take any string and need time linear in its length.
"""

import re
from collections.abc import Callable, Iterator
from html import unescape
from typing import NamedTuple


# Elements without an end tag (HTML Standard, 13.1.2).
VOID = frozenset(["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"])
# Elements that part a text into paragraphs; all others stand within one.
BLOCKS = frozenset(
    """
    address article aside audio blockquote body caption center col colgroup dd details div dl dt embed fieldset
    figcaption figure footer form h1 h2 h3 h4 h5 h6 head header hr html iframe img legend li main nav object ol p pre
    section summary table tbody td tfoot th thead tr ul video
    """.split()  # noqa: SIM905 (sixty lines otherwise)
)
_PIECE = re.compile(
    r"""
      <!--(?:-?>|.*?(?:--!?>|\Z))                                       # comments
    | <(?:(script|style)(?=[\s/>])).*?(?:</\1(?:[\s/][^<>]*)?>|\Z)  # elements whose content is no HTML
    | <[!?][^<>]*>                                                      # declarations
    | <(?P<end>/?)(?P<name>[a-z][a-z0-9:-]*)(?=[\s/>])(?:[^<>"']|"[^"]*"|'[^']*')*+>
    """,
    re.DOTALL | re.IGNORECASE | re.VERBOSE | re.ASCII,
)
_ATTRIBUTE = re.compile(r"""([^\s"'<>/=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'<>]+)))?""")


class Attribute(NamedTuple):
    """`value` has no entities any more; `start` and `end` are where it stands, with its name, in what was parsed."""

    value: str
    start: int
    end: int


class Piece(NamedTuple):
    """`raw` stands at `start`. A tag has a `name`, in small letters; text, comments and scripts have none."""

    raw: str
    start: int
    is_text: bool = False
    name: str = ""
    is_end: bool = False

    @property
    def end(self) -> int:
        return self.start + len(self.raw)

    @property
    def is_start(self) -> bool:
        return bool(self.name) and not self.is_end

    @property
    def is_empty(self) -> bool:
        """Whether it is a start tag without an end tag."""
        return self.is_start and (self.name in VOID or self.raw.endswith("/>"))

    @property
    def attributes(self) -> dict[str, str]:
        """{name in small letters: value}."""
        return {name: attribute.value for name, attribute in attributes(self.raw).items()}


def pieces(html: str) -> Iterator[Piece]:
    """Text, tags, comments and scripts in order; no piece is empty."""
    cursor = 0
    for found in _PIECE.finditer(html):
        if cursor < found.start():
            yield Piece(html[cursor : found.start()], cursor, is_text=True)
        yield Piece(found[0], found.start(), name=(found["name"] or "").lower(), is_end=bool(found["end"]))
        cursor = found.end()
    if cursor < len(html):
        yield Piece(html[cursor:], cursor, is_text=True)


def paragraphs(html: str) -> Iterator[list[Piece]]:
    """The pieces between one tag of BLOCKS and the next, without those tags: a paragraph, a heading, an item of a list."""
    paragraph: list[Piece] = []
    for piece in pieces(html):
        if piece.name not in BLOCKS:
            paragraph.append(piece)
        elif paragraph:
            yield paragraph
            paragraph = []
    if paragraph:
        yield paragraph


def text_of(piece: Piece) -> str:
    """What a reader sees of a piece: a line break is a space."""
    if piece.is_text:
        return unescape(piece.raw)
    return " " if piece.name == "br" else ""


def plain(html: str) -> str:
    """What a reader sees: without tags, comments and scripts, with characters for entities; a line break is a space."""
    said, cursor = [], 0
    for found in _PIECE.finditer(html):  # as `text_of` of all pieces: those of a long story are thousands
        said.append(unescape(html[cursor : found.start()]))
        if found["name"] and not found["end"] and found["name"].lower() == "br":
            said.append(" ")
        cursor = found.end()
    return "".join([*said, unescape(html[cursor:])])


def map_text(html: str, function: Callable[[str], str]) -> str:
    """`html` with `function` applied to each text between its tags, as it is written there."""
    return "".join(function(piece.raw) if piece.is_text else piece.raw for piece in pieces(html))


def attributes(tag: str) -> dict[str, Attribute]:
    """{name in small letters: attribute} of a start tag, or of its attributes alone; the first of a name counts."""
    opened = re.match(r"<[^\s/>]*", tag)
    found = list(_ATTRIBUTE.finditer(tag, opened.end() if opened else 0))
    return {each[1].lower(): Attribute(_value(each), each.start(), each.end()) for each in reversed(found)}


def _value(found: re.Match[str]) -> str:
    return unescape("".join(filter(None, found.groups()[1:])))
