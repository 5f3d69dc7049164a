"""Paragraphs, lists, tables and what is around them, in the order in which they stand."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from ...document import (
    Block,
    Box,
    Heading,
    Item,
    Listing,
    Paragraph,
    Picture,
    Place,
    Quote,
    Role,
    Span,
    Words,
    said,
)
from ...met import Met
from ..tidying import joined, merged, tidied, with_prefix
from . import drawings, tables
from .context import Context
from .lines import Line, Piece
from .numbering import Mark
from .styles import Style, paragraph_looks
from .xml import Element, attribute, child, is_on, name, number, text_of, value


def blocks(context: Context, container: Element) -> list[Block]:
    """What stands in a body, a cell, a box or a note."""
    found: list[Block] = []
    open_list = ""
    for node in _nodes(context, container):
        if name(node) == "w:tbl":
            found += tables.table(context, node)
            open_list = ""
            continue
        read, mark = paragraph(context, node)
        if mark is None or not read:
            open_list = "" if read else open_list
            found += read
            continue
        open_list = _add_item(context, found, read, mark, open_list)
    return found + _left_over(context)


def _nodes(context: Context, container: Element) -> Iterator[Element]:
    """Paragraphs and tables, out of whatever is around them."""
    for node in container:
        yield from _within(context, node)


def _within(context: Context, node: Element) -> Iterator[Element]:
    kind = name(node)
    if kind in ("w:p", "w:tbl"):
        yield node
    elif kind == "w:sdt":
        yield from _nodes_of_control(context, node)
    elif kind in _AROUND:
        yield from _nodes(context, node)
    elif kind == "mc:AlternateContent":
        for each in drawings.chosen(context, node):
            yield from _within(context, each)
    elif kind in _LEFT_OUT:
        context.drop(_LEFT_OUT[kind], node)
    elif kind not in _SILENT:
        context.drop(Met.UNKNOWN, node, f"{kind} {text_of(node)}")


_LEFT_OUT = {
    "w:del": Met.DELETED,
    "w:moveFrom": Met.MOVED,
    "m:oMathPara": Met.EQUATION,
    "m:oMath": Met.EQUATION,
    "w:altChunk": Met.LINKED_FILE,
}
_AROUND = {"w:customXml", "w:ins", "w:moveTo", "w:smartTag"}
_SILENT = {
    *("w:sectPr", "w:tcPr", "w:bookmarkStart", "w:bookmarkEnd", "w:proofErr", "w:permStart", "w:permEnd"),
    *("w:commentRangeStart", "w:commentRangeEnd", "w:moveFromRangeStart", "w:moveFromRangeEnd", "w:customXmlPr"),
    *("w:moveToRangeStart", "w:moveToRangeEnd", "w:altChunkPr"),
}


def _nodes_of_control(context: Context, node: Element) -> Iterator[Element]:
    props, content = child(node, "w:sdtPr"), child(node, "w:sdtContent")
    if content is None:
        return
    gallery = value(props, "w:docPartObj", "w:docPartGallery")
    if gallery == "Table of Contents":
        context.drop(Met.CONTENTS, content, "")
    elif is_on(props, "w:showingPlcHdr"):
        context.drop(Met.PLACEHOLDER, content)
    else:
        yield from _nodes(context, content)


# A paragraph ---------------------------------------------------------------------------------


def paragraph(context: Context, node: Element) -> tuple[list[Block], Mark | None]:
    """The blocks of a paragraph; with its mark if it is an item of a list."""
    place, props = context.next_place(), child(node, "w:pPr")
    style = context.styles.style(value(props, "w:pStyle"))
    if style.is_contents:
        context.drop(Met.CONTENTS, node, "")
        return [], None
    line = Line(context, paragraph_looks(props).over(style.looks))
    line.pieces += context.carried
    context.carried = []
    line.read(node)
    mark = _mark(context, props, style)
    if _is_carried(context, props):
        context.carried = line.pieces
        return [], None
    _note_changes(context, props)
    return _made(context, line, place, _level(props, style), style.role, mark)


def _level(props: Element | None, style: Style) -> int:
    outline = value(props, "w:outlineLvl")
    if outline and not style.role:
        level = number(outline, 9) + 1
        return level if 1 <= level <= 9 else 0
    return style.level


def _mark(context: Context, props: Element | None, style: Style) -> Mark | None:
    """Of a paragraph with a number or a bullet. 0 for the list says that it has none, whatever its style says."""
    own = child(props, "w:numPr")
    key, depth = value(own, "w:numId"), value(own, "w:ilvl")
    from_style = context.numbering.by_style.get(value(props, "w:pStyle"), ("", 0))
    key = key or style.numbering[0] or from_style[0]
    level = number(depth) if depth else style.numbering[1]
    return context.numbering.next(key, from_style[1] if level is None else level)


def _is_carried(context: Context, props: Element | None) -> bool:
    """Whether it goes on in the next paragraph: its end is deleted, or it is a large first letter."""
    if child(props, "w:rPr", "w:del") is not None:
        context.ledger.dropped(Met.DELETED, context.place())
        return True
    return attribute(child(props, "w:framePr"), "w:dropCap") in ("drop", "margin")


def _note_changes(context: Context, props: Element | None) -> None:
    if child(props, "w:pPrChange") is not None or child(props, "w:rPr", "w:rPrChange") is not None:
        context.ledger.kept(Met.FORMAT_CHANGE, context.place())


def _made(
    context: Context, line: Line, place: Place, level: int, role: Role, mark: Mark | None
) -> tuple[list[Block], Mark | None]:
    cut, after = _cut(line.pieces)
    look = line.look()
    found: list[Block] = []
    has_words = False
    for piece in cut:
        if not isinstance(piece, tuple):
            piece.place = place
            found.append(piece)
            continue
        for words in tidied(piece, context.tidied):
            if mark and mark.text and not has_words and (level or not _is_item(mark)):
                words = with_prefix(mark.text, words)
                context.ledger.changed(Met.NUMBERING, place, mark.text)
            has_words = True
            if level and not role:
                found.append(Heading(place=place, words=joined(words), look=look, level=level, is_styled=True))
            elif role == Role.QUOTE:
                found.append(Quote(place=place, words=words))
            else:
                found.append(Paragraph(place=place, words=words, look=look, role=role))
    return found + after, mark if mark and _is_item(mark) and not level and not role and has_words else None


def _is_item(mark: Mark) -> bool:
    return mark.text == "" or mark.is_plain


def _cut(pieces: list[Piece]) -> tuple[list[Words | Block], list[Block]]:
    """The words with the pictures in line where lines end; what is anchored, and what stands amid a line, comes after."""
    cut: list[Words | Block] = []
    after: list[Block] = []
    words: list[Span] = []
    for number_, piece in enumerate(pieces):
        if isinstance(piece, Span):
            words.append(piece)
        elif _is_between_lines(words, pieces[number_ + 1 :]) and not (isinstance(piece, Picture) and piece.is_floating):
            if words:
                cut.append(merged(words))
            cut.append(piece)
            words = []
        else:
            after.append(piece)
    if words:
        cut.append(merged(words))
    if not any(isinstance(each, tuple) and said(each).strip() for each in cut):
        return [*cut, *after], []
    return cut, after


def _is_between_lines(before: Iterable[Span], after: list[Piece]) -> bool:
    first = said(list(before)).strip(" \u3000\t")
    then = said([each for each in after if isinstance(each, Span)]).strip(" \u3000\t")
    return not first or first.endswith("\n") or not then.strip() or then.startswith("\n")


# Lists ---------------------------------------------------------------------------------------


def _add_item(context: Context, found: list[Block], read: list[Block], mark: Mark, open_list: str) -> str:
    """Add an item to the list that is open, or begin one. A list of a page counts from 1: one that goes on after other
    text has its numbers written out. Returns the list that is open then."""
    texts = [each for each in read if isinstance(each, Paragraph)]
    others = [each for each in read if not isinstance(each, Paragraph)]
    is_going_on = open_list == mark.list and found and isinstance(found[-1], Listing)
    if mark.is_plain and not is_going_on and mark.value != 1:
        first = texts[0]
        texts[0] = replace(first, words=with_prefix(mark.text, first.words))
        context.ledger.changed(Met.NUMBERING, first.place, mark.text)
        found += [*texts, *others]
        return ""
    words = merged([span for each in texts for span in (*each.words, Span("\n"))][:-1])
    item = Item(words, mark.depth, mark.is_plain)
    if is_going_on and isinstance(listing := found[-1], Listing):
        listing.items.append(item)
        listing.place = listing.place.until(texts[0].place)
    else:
        found.append(Listing(place=texts[0].place, items=[item]))
    context.ledger.kept(Met.NUMBERING, texts[0].place)
    found += others
    return "" if others else mark.list


def _left_over(context: Context) -> list[Block]:
    """What was carried to a next paragraph that does not come."""
    words = [each for each in context.carried if isinstance(each, Span)]
    others = [each for each in context.carried if isinstance(each, Box | Picture | Listing)]
    context.carried = []
    place = context.place()
    return [*(Paragraph(place=place, words=each) for each in tidied(words, context.tidied)), *others]
