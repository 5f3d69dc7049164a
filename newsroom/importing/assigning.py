"""Which block of a document is the title of a story, and so on: the habits of Chinese newsrooms, in one place.

Above the text stand a kicker (引题), the title, a subtitle (副题, often with a dash before it), a byline and a standfirst
(导语), each of them or not. At its end stand names, who took the pictures, who edited it.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import groupby

from .bylines import Byline, byline_of, is_bare, opening, trailing
from .captions import credits_all
from .document import Block, Box, Document, Heading, Listing, Note, Paragraph, Picture, Quote, Role, Table, Words, said
from .story import HEADING, Kind, Piece, Story


HEAD = 12  # blocks above the text, at most
TAIL = 8  # blocks at the end among which names are looked for
SHORT = 60  # characters of a title
LEAD = 250  # of a standfirst that only looks like one
TEXT = 40  # characters of a sentence that belongs to the text
_ENDS = re.compile(r"[。；;…]$|[。！？!?][”’」』]$")
_DASH = re.compile(r"^\s*[—–―-]{1,4}\s*")
_LEAD_IN = re.compile(r"^[【\[（(]?(?:导语|核心提示|内容提要|内容摘要|摘要|提要|编者按)[】\]）)]?\s*[:：]?\s*")
_BY_ROLE = {
    Role.KICKER: Kind.KICKER,
    Role.TITLE: Kind.TITLE,
    Role.SUBTITLE: Kind.SUBTITLE,
    Role.STANDFIRST: Kind.STANDFIRST,
}


def assign(document: Document) -> Story:
    """Every block of the document with what it is in a story."""
    pieces = [Piece(natural_kind(block), block) for block in _blocks(document)]
    _head(pieces, document)
    _bylines(pieces)
    _headings(pieces)
    _lead_picture(pieces)
    return Story(document, pieces)


def _blocks(document: Document) -> Iterator[Block]:
    """A box above the text, as WPS makes for titles, is what stands in it."""
    is_above = True
    for block in document.blocks:
        if is_above and isinstance(block, Box) and _is_display(block):
            yield from (replace(each, place=block.place) for each in block.blocks)
        else:
            yield block
        is_above = is_above and isinstance(block, Paragraph | Box | Picture) and not _is_text(block)


def _is_text(block: Block) -> bool:
    return isinstance(block, Paragraph) and (len(block.text) > SHORT or bool(_ENDS.search(block.text)))


def _is_display(box: Box) -> bool:
    """Whether a box holds nothing but one or two short lines."""
    return len(box.blocks) <= 2 and all(
        isinstance(each, Paragraph) and len(each.text) <= SHORT and not _ENDS.search(each.text) for each in box.blocks
    )


def natural_kind(block: Block) -> Kind:
    """What a block says of itself that it is, wherever it stands."""
    for kind, name in (
        (Heading, Kind.HEADING),
        (Quote, Kind.QUOTE),
        (Listing, Kind.LIST),
        (Table, Kind.TABLE),
        (Picture, Kind.PICTURE),
        (Box, Kind.ASIDE),
        (Note, Kind.NOTE),
    ):
        if isinstance(block, kind):
            return name
    role = block.role if isinstance(block, Paragraph) else Role.NONE
    return _BY_ROLE.get(role, Kind.TEXT)


# Above the text ------------------------------------------------------------------------------


def _head(pieces: list[Piece], document: Document) -> None:
    head = _head_of(pieces)
    title = _title(head, document) or [piece for piece in pieces if piece.kind is Kind.TITLE][:1]
    for piece in pieces:
        if piece.kind in _ABOVE and piece not in head:
            piece.kind = Kind.HEADING if len(piece.text) <= HEADING else Kind.TEXT
        elif piece.kind is Kind.TITLE:
            piece.kind = Kind.TEXT
    for piece in title:
        piece.kind = Kind.TITLE
    if title and title[0] in head:
        _around(head, head.index(title[0]), head.index(title[-1]))
    _standfirst(pieces, document)


def _around(head: list[Piece], first: int, last: int) -> None:
    """The lines above and below the title."""
    for piece in head[:first]:
        if piece.kind in (Kind.TEXT, Kind.HEADING) and not _is_byline(piece):
            piece.kind = Kind.KICKER
    _subtitle(head[last + 1 :], head[last])


def _head_of(pieces: list[Piece]) -> list[Piece]:
    """The pieces before the first sentence of the text."""
    head: list[Piece] = []
    for piece in pieces[:HEAD]:
        is_named = isinstance(piece.block, Paragraph) and piece.block.role in _BY_ROLE
        if not is_named and (not _is_line(piece) and not isinstance(piece.block, Picture)):
            break
        head.append(piece)
    return head


def _is_line(piece: Piece) -> bool:
    return isinstance(piece.block, Paragraph) and len(piece.text) <= SHORT and not _ENDS.search(piece.text)


def _title(head: list[Piece], document: Document) -> list[Piece]:
    """The pieces that are the title: by style, by the page that says it elsewhere, as the largest, as the first."""
    styled = [piece for piece in head if piece.kind is Kind.TITLE]
    if styled:
        return styled
    lines = [piece for piece in head if _is_line(piece) and not _is_byline(piece) and piece.kind not in _NAMED]
    same = [piece for piece in lines if document.format == "html" and piece.text == document.title]
    if same:
        return same[:1]
    large = _largest(lines, _text_size(document))
    if large:
        return large
    candidates = [piece for piece in lines if not _DASH.match(piece.text)]
    outer = [piece for piece in candidates if isinstance(piece.block, Heading) and piece.block.level == 1]
    return (outer or _first_line(candidates))[:1]


_ABOVE = {Kind.KICKER, Kind.TITLE, Kind.SUBTITLE}
_NAMED = {Kind.KICKER, Kind.SUBTITLE, Kind.STANDFIRST}


def _largest(lines: list[Piece], text_size: float) -> list[Piece]:
    """The one line that is larger than the others, or two beside each other that are; none if all are like the text."""
    sizes = [_size(piece) for piece in lines]
    most = max(sizes, default=0)
    if not most or most <= text_size or (not text_size and len(set(sizes)) < 2):
        return []
    first = sizes.index(most)
    count = 2 if sizes[first + 1 : first + 2] == [most] and sizes.count(most) == 2 else 1
    return lines[first : first + count]


def _size(piece: Piece) -> float:
    return piece.block.look.size if isinstance(piece.block, Paragraph) else 0


def _text_size(document: Document) -> float:
    """Of the first sentence of the text."""
    return next((block.look.size for block in document.blocks if isinstance(block, Paragraph) and _is_text(block)), 0)


def _first_line(lines: list[Piece]) -> list[Piece]:
    """The first, but for a short line above a longer one that looks like a title, too: that is its kicker."""
    if len(lines) > 1 and isinstance(lines[1].block, Heading) and not isinstance(lines[0].block, Heading):
        return lines[1:]
    return lines


def _subtitle(after: list[Piece], title: Piece) -> None:
    """A line with a dash before it; else one that is centred or larger than text, as the title is."""
    for piece in after:
        if _DASH.match(piece.text) and _is_line(piece):
            piece.kind, piece.words = Kind.SUBTITLE, _without(piece.words, _DASH)
            return
    first = after[0] if after else None
    if first is None or not _is_line(first) or first.kind is not Kind.TEXT or _is_byline(first):
        return
    if isinstance(first.block, Paragraph) and first.block.look.centred and isinstance(title.block, Paragraph):
        first.kind = Kind.SUBTITLE


def _standfirst(pieces: list[Piece], document: Document) -> None:
    """What says that it is one (导语、核心提示、编者按); else a first paragraph in bold or 楷体, if the text is not."""
    texts = [piece for piece in pieces[: HEAD * 2] if piece.kind in (Kind.TEXT, Kind.STANDFIRST)]
    texts = [piece for piece in texts if isinstance(piece.block, Paragraph)]
    for piece in texts:
        found = _LEAD_IN.match(piece.text)
        if found and found.end() and len(piece.text) > found.end():
            piece.kind, piece.words = Kind.STANDFIRST, _without(piece.words, _LEAD_IN)
            return
    long = [piece for piece in texts if len(piece.text) >= TEXT]
    if len(long) > 1 and long[0].kind is Kind.TEXT and len(long[0].text) <= LEAD and _stands_out(long[0], long[1]):
        long[0].kind = Kind.STANDFIRST


def _stands_out(first: Piece, second: Piece) -> bool:
    if not isinstance(first.block, Paragraph) or not isinstance(second.block, Paragraph):
        return False
    one, other = first.block.look, second.block.look
    return (one.bold and not other.bold) or ("楷" in one.font and "楷" not in other.font)


def _without(words: Words, pattern: re.Pattern[str]) -> Words:
    """Without what words begin with."""
    found = pattern.match(said(words))
    count = found.end() if found else 0
    left = []
    for span in words:
        left.append(replace(span, text=span.text[count:]))
        count = max(0, count - len(span.text))
    return tuple(span for span in left if span.text)


# Who made it ---------------------------------------------------------------------------------


def _is_byline(piece: Piece) -> bool:
    if not isinstance(piece.block, Paragraph):
        return False
    if piece.block.role == Role.BYLINE:
        return True
    return byline_of(piece.text) is not None and not is_bare(piece.text)


def _bylines(pieces: list[Piece]) -> None:
    """Lines with labels anywhere near the head and the end; lines of names alone right below the titles and at the end."""
    texts = [number for number, piece in enumerate(pieces) if piece.kind is Kind.TEXT and len(piece.text) >= TEXT]
    first = texts[0] if texts else len(pieces)
    for number, piece in enumerate(pieces):
        if piece.kind not in (Kind.TEXT, Kind.HEADING, Kind.KICKER) or not isinstance(piece.block, Paragraph):
            continue
        is_near = number < first or _is_tail(pieces, number)
        if credits_all(piece.text) and is_near:
            piece.kind = Kind.CREDIT
        elif is_near and (found := _byline(pieces, number, first)):
            piece.kind, piece.byline = Kind.BYLINE, found
    _within_text(pieces, texts)


def _is_tail(pieces: list[Piece], number: int) -> bool:
    return number >= len(pieces) - TAIL


def _byline(pieces: list[Piece], number: int, first: int) -> Byline | None:
    piece = pieces[number]
    found = byline_of(piece.text)
    if found is None or (piece.kind is Kind.KICKER and is_bare(piece.text)):
        return None
    if not is_bare(piece.text) or _role(piece) == Role.BYLINE:
        return found
    if number < first:  # names alone, below a title
        return found if any(each.kind in (Kind.TITLE, Kind.SUBTITLE) for each in pieces[:number]) else None
    before = next((each for each in reversed(pieces[:number]) if each.kind is not Kind.BYLINE), None)
    return found if before is not None and (before.kind is not Kind.TEXT or _ENDS.search(before.text)) else None


def _role(piece: Piece) -> Role:
    return piece.block.role if isinstance(piece.block, Paragraph) else Role.NONE


def _within_text(pieces: list[Piece], texts: list[int]) -> None:
    """'本报讯（记者 林知远）' in the first paragraph stays there; '（记者 林知远）' after the last one does not."""
    if not texts:
        return
    first, last = pieces[texts[0]], pieces[texts[-1]]
    if found := opening(first.text):
        first.byline = found
    if said_at_end := trailing(last.text):
        text, byline = said_at_end
        last.words, last.byline = _first_letters(last.words, len(text)), byline


def _first_letters(words: Words, count: int) -> Words:
    kept = []
    for span in words:
        kept.append(replace(span, text=span.text[:count]))
        count = max(0, count - len(span.text))
    return tuple(span for span in kept if span.text)


# Within the text -----------------------------------------------------------------------------


def _headings(pieces: list[Piece]) -> None:
    """Two headings in a row are one with its second line: 高处着眼 / 把好学校办到家门口."""
    for kind, group in groupby(pieces, key=lambda piece: piece.kind):
        run = list(group)
        if kind is Kind.HEADING and len(run) == 2 and not _is_deeper(*run):
            run[1].kind = Kind.SUBHEADING


def _is_deeper(first: Piece, second: Piece) -> bool:
    """Whether the second is rather one of several below the first."""
    above, below = first.block, second.block
    return isinstance(above, Heading) and isinstance(below, Heading) and below.level > above.level


def _lead_picture(pieces: Iterable[Piece]) -> None:
    """A picture before the first sentence is that of the story."""
    for piece in pieces:
        if piece.kind is Kind.PICTURE:
            piece.kind = Kind.LEAD
            return
        if piece.kind in (Kind.TEXT, Kind.HEADING, Kind.LIST, Kind.TABLE, Kind.QUOTE, Kind.ASIDE):
            return
