"""The body of a story as its StreamField stores it, from the pieces of an imported document."""

import re
from collections.abc import Iterable, Mapping
from html import escape
from itertools import groupby
from typing import Any
from uuid import uuid4

from .document import Box, Cell, Item, Listing, Note, Paragraph, Picture, Quote, Span, Table, Words
from .story import ALT, CAPTION, CREDIT, HEADING, NOTE, TABLE_CAPTION, Kind, Piece


_SAID_BY = re.compile(r"\s*[—–]{1,2}\s*(?P<who>[^—–。！？]{2,30})$")
_FLOWING = {Kind.TEXT: "text", Kind.LIST: "text", Kind.NOTE: "note"}
ASIDE_HEADING = 30  # characters of a line at the head of a box that is its heading

Raw = dict[str, Any]


def stream(pieces: Iterable[Piece], pictures: Mapping[str, int | str]) -> list[Raw]:
    """The blocks. `pictures`: {name of a file of the document: key of the picture in the library}; one that is not there
    is left out. Paragraphs and lists beside each other are one block of text."""
    blocks: list[Raw] = []
    groups = groupby(_opened(pieces), key=lambda piece: _FLOWING.get(piece.kind, ""))
    for flowing, group in groups:
        if flowing:
            html = "".join(_html(piece) for piece in group)
            blocks += [_block("text", html)] if html else []
            continue
        for piece in group:
            _add(blocks, piece, pictures)
    return blocks


def _opened(pieces: Iterable[Piece]) -> Iterable[Piece]:
    """A box that is no aside, or holds more than words, is what stands in it."""
    for piece in pieces:
        box = piece.block
        if piece.kind is not Kind.ASIDE or not isinstance(box, Box):
            yield piece
            continue
        words = [each for each in box.blocks if isinstance(each, Paragraph | Listing | Quote)]
        if len(words) > 1:
            yield Piece(Kind.ASIDE, Box(place=box.place, blocks=list(words)))
            words = []
        yield from (
            Piece(_kind(each), each)
            for each in box.blocks
            if each in words or not isinstance(each, Paragraph | Listing | Quote)
        )


def _kind(block: object) -> Kind:
    kinds = ((Picture, Kind.PICTURE), (Table, Kind.TABLE), (Listing, Kind.LIST), (Quote, Kind.QUOTE), (Box, Kind.ASIDE))
    return next((kind for type_, kind in kinds if isinstance(block, type_)), Kind.TEXT)


def _add(blocks: list[Raw], piece: Piece, pictures: Mapping[str, int | str]) -> None:
    block = piece.block
    if piece.kind is Kind.SUBHEADING and blocks and blocks[-1]["type"] == "heading":
        blocks[-1]["value"]["subheading"] = piece.text[:HEADING]
    elif piece.kind in (Kind.HEADING, Kind.SUBHEADING):
        blocks.append(_block("heading", {"heading": piece.text[:HEADING], "subheading": ""}))
    elif piece.kind is Kind.QUOTE:
        blocks.append(_block("quote", _quote(piece)))
    elif isinstance(block, Picture) and block.file in pictures:
        blocks.append(_block("image", picture(block, pictures[block.file])))
    elif isinstance(block, Table):
        blocks.append(_block("table", table(block)))
    elif isinstance(block, Box):
        blocks.append(_block("aside", _aside(block)))


def _block(kind: str, value: Any) -> Raw:
    return {"type": kind, "value": value, "id": str(uuid4())}


def picture(block: Picture, key: int | str) -> Raw:
    return {
        "image": key,
        "caption": block.caption[:CAPTION],
        "credit": block.credit[:CREDIT],
        "alt": block.alt[:ALT],
        "wide": False,
    }


def _quote(piece: Piece) -> Raw:
    found = _SAID_BY.search(piece.text)
    who = piece.block.attribution if isinstance(piece.block, Quote) else ""
    if found and not who:
        return {"quote": piece.text[: found.start()], "attribution": found["who"]}
    return {"quote": piece.text, "attribution": who}


def _aside(box: Box) -> Raw:
    """With its first line as its heading, if that looks like one; the editor is asked for one otherwise."""
    first, *others = box.blocks
    has_heading = (
        isinstance(first, Paragraph) and len(first.text) <= ASIDE_HEADING and not re.search("[。；！]$", first.text)
    )
    heading = first.text if has_heading and isinstance(first, Paragraph) else ""
    rest = others if heading else box.blocks
    return {"heading": heading, "text": "".join(_html(Piece(_kind(each), each)) for each in rest)}


# Rich text -----------------------------------------------------------------------------------


def _html(piece: Piece) -> str:
    block = piece.block
    if isinstance(block, Listing):
        return _list(block.items)
    if isinstance(block, Note):
        return f"<p {_key()}>{escape(block.mark, quote=False)} {words_html(block.words)}</p>"
    return f"<p {_key()}>{words_html(piece.words)}</p>"


def words_html(words: Words) -> str:
    """Words as the editor writes them: bold, raised and lowered, links. Italic is not among them."""
    return "".join(_span(span) for span in words)


def _span(span: Span) -> str:
    html = "<br/>".join(escape(line, quote=False) for line in span.text.split("\n"))
    if span.raised:
        html = f"<{span.raised}>{html}</{span.raised}>"
    if span.bold and span.text.strip():
        html = f"<b>{html}</b>"
    return f'<a href="{escape(span.href)}">{html}</a>' if span.href else html


def _list(items: list[Item]) -> str:
    """Items that are deeper than the one before stand in a list within it."""
    html: list[str] = []
    opened: list[str] = []
    for item in items:
        name = "ol" if item.is_numbered else "ul"
        depth = min(item.depth, len(opened)) if opened else 0
        while len(opened) > depth + 1:
            html.append(f"</li></{opened.pop()}>")
        if len(opened) == depth + 1:
            html.append("</li>")
            if opened[-1] != name:
                html.append(f"</{opened.pop()}>")
        if len(opened) == depth:
            html.append(f"<{name}>")
            opened.append(name)
        html.append(f"<li {_key()}>{words_html(item.words)}")
    while opened:
        html.append(f"</li></{opened.pop()}>")
    return "".join(html)


def _key() -> str:
    """Of a paragraph, as the editor gives them: translations hang on it."""
    return f'data-block-key="{uuid4().hex[:5]}"'


# Tables --------------------------------------------------------------------------------------


def table(block: Table) -> Raw:
    """A table of the portal has one row of headings and no merged cells: what reaches over several stands in each."""
    grid = _grid(block.rows)
    head = min(block.head or _reach(block.rows), len(grid) - 1) if grid else 0
    width = max((len(row) for row in grid), default=0)
    grid = [[*row, *[""] * (width - len(row))] for row in grid]
    headings = [" ".join(dict.fromkeys(filter(None, (row[column] for row in grid[:head])))) for column in range(width)]
    return {
        "caption": block.caption[:TABLE_CAPTION],
        "table": {
            "columns": [{"type": "text", "heading": heading} for heading in headings],
            "rows": [{"values": row} for row in grid[head:]],
            "caption": "",
        },
        "note": block.note[:NOTE],
    }


def _reach(rows: list[list[Cell]]) -> int:
    """Over how many rows the first row reaches, if there is more below."""
    deepest = max((cell.rows for cell in rows[0]), default=1) if rows else 0
    return deepest if deepest < len(rows) else min(1, len(rows) - 1)


def _grid(rows: list[list[Cell]]) -> list[list[str]]:
    taken: dict[tuple[int, int], str] = {}
    for number, row in enumerate(rows):
        column = 0
        for cell in row:
            while (number, column) in taken:
                column += 1
            for down in range(min(cell.rows, len(rows) - number)):
                for across in range(cell.columns):
                    taken[number + down, column + across] = cell.text
            column += cell.columns
    widths = {number: max((c for r, c in taken if r == number), default=-1) + 1 for number in range(len(rows))}
    return [[taken.get((number, column), "") for column in range(width)] for number, width in widths.items()]
