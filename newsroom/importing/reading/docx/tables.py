"""Tables of Word: rows and cells, and how far they reach (ECMA-376 part 1, 17.4)."""

from collections.abc import Iterator

from ...document import Block, Place
from ...met import Met
from ..cells import MAX_SPAN, Filled, Grid
from ..cells import table as made
from .context import Context
from .xml import Element, attribute, child, is_on, name, number, value


def table(context: Context, node: Element) -> list[Block]:
    """The table, or what it stands for, at the paragraphs in it."""
    before = context.place()
    head = 0
    grid: Grid = []
    above: dict[int, Filled] = {}  # {column: the cell that may reach down}
    for row in _rows(context, node):
        head += bool(is_on(child(row, "w:trPr"), "w:tblHeader"))
        grid.append(_row(context, row, above))
    first = min(before.number + 1, context.place().number)
    place = Place(first, context.place().number, before.part)
    return made(context.ledger, place, grid, head)


def _rows(context: Context, node: Element) -> Iterator[Element]:
    for row in node:
        kind = name(row)
        if kind == "w:tr":
            if child(row, "w:trPr", "w:del") is not None:
                context.drop(Met.DELETED, row)
            else:
                yield row
        elif kind in ("w:sdt", "w:sdtContent", "w:customXml", "w:ins"):
            yield from _rows(context, row)


def _row(context: Context, row: Element, above: dict[int, Filled]) -> list[Filled]:
    """In a file a cell that is reached over from above is there, and says so."""
    done: list[Filled] = []
    column = number(value(row, "w:trPr", "w:gridBefore"))
    for cell in _cells(row):
        props, blocks = child(cell, "w:tcPr"), context.blocks(context, cell)
        width = max(1, min(number(value(props, "w:gridSpan"), 1), MAX_SPAN))
        if done and attribute(child(props, "w:hMerge"), "w:val") == "continue":
            done[-1].columns += width
            done[-1].blocks += blocks
        elif _is_below(props) and column in above:
            above[column].rows += 1
            above[column].blocks += blocks
        else:
            above[column] = Filled(blocks, width)
            done.append(above[column])
        column += width
    return done


def _is_below(props: Element | None) -> bool:
    merge = child(props, "w:vMerge")
    return merge is not None and attribute(merge, "w:val", "continue") == "continue"


def _cells(row: Element) -> Iterator[Element]:
    for cell in row:
        kind = name(cell)
        if kind == "w:tc":
            yield cell
        elif kind in ("w:sdt", "w:sdtContent", "w:customXml"):
            yield from _cells(cell)
