"""Tables of whatever file: cells that reach over several, cells with pictures, and tables that only place things."""

from dataclasses import dataclass, field

from ..document import Block, Box, Cell, Listing, Paragraph, Picture, Place, Quote, Table, said
from ..met import Met
from .ledger import Ledger


MAX_SPAN = 60  # cells that one may reach over
MAX_WIDTH = 60  # cells of a row
SHORT = 60  # characters of a caption in a cell


@dataclass
class Filled:
    """A cell with what stands in it, and over how many it reaches."""

    blocks: list[Block] = field(default_factory=list)
    columns: int = 1
    rows: int = 1


Grid = list[list[Filled]]


def reach(text: str | None) -> int:
    """Over how many cells an attribute says that one reaches."""
    return max(1, min(int(text), MAX_SPAN)) if text and text.isascii() and text.isdecimal() and len(text) < 4 else 1


def table(ledger: Ledger, place: Place, grid: Grid, head: int = 0) -> list[Block]:
    """A table; what stands in it instead, if it is a frame around text or only places pictures; its pictures after it."""
    grid = [row for row in grid if row]
    contents = [cell.blocks for row in grid for cell in row]
    pictures = [block for blocks in contents for block in blocks if isinstance(block, Picture)]
    if len(contents) <= 1:
        return _frame(ledger, place, contents[0] if contents else [])
    if pictures and _only_places(contents):
        ledger.changed(Met.LAYOUT_TABLE, place)
        return _with_captions(grid)
    cells = [[Cell(_text(ledger, place, cell.blocks), cell.columns, cell.rows) for cell in row] for row in grid]
    if any(cell.columns > 1 or cell.rows > 1 for row in cells for cell in row):
        ledger.changed(Met.MERGED, place)
    if pictures:
        ledger.changed(Met.CELL_PICTURE, place, count=len(pictures))
    return [Table(place=place, rows=cells, head=head), *pictures]


def _frame(ledger: Ledger, place: Place, blocks: list[Block]) -> list[Block]:
    """One cell around text is a box; around a picture or a table it is nothing."""
    if not any(isinstance(each, Paragraph | Listing | Quote) for each in blocks):
        return blocks
    ledger.changed(Met.LAYOUT_TABLE, place)
    return [Box(place=place, blocks=blocks)]


def _only_places(contents: list[list[Block]]) -> bool:
    """Whether all cells hold pictures, captions or nothing."""
    return all(
        isinstance(block, Picture) or (isinstance(block, Paragraph) and len(block.text) <= SHORT)
        for blocks in contents
        for block in blocks
    )


def _with_captions(grid: Grid) -> list[Block]:
    """Row by row; if the row below pictures holds none, each picture with what stands in the cell below it."""
    found: list[Block] = []
    waiting: list[Filled] = []
    for row in [*grid, []]:
        has_pictures = any(isinstance(block, Picture) for cell in row for block in cell.blocks)
        if waiting and not has_pictures:
            for place in range(max(len(waiting), len(row))):
                found += [block for each in (waiting, row) for cell in each[place : place + 1] for block in cell.blocks]
            waiting = []
            continue
        found += [block for cell in waiting for block in cell.blocks]
        waiting = row
    return found + [block for cell in waiting for block in cell.blocks]


def _text(ledger: Ledger, place: Place, blocks: list[Block]) -> str:
    """The words of a cell on one line."""
    texts: list[str] = []
    for block in blocks:
        if isinstance(block, Table):
            ledger.changed(Met.NESTED_TABLE, place)
            texts += [cell.text for row in block.rows for cell in row if cell.text]
        elif isinstance(block, Listing):
            texts += [said(item.words) for item in block.items]
        elif isinstance(block, Box):
            texts.append(_text(ledger, place, block.blocks))
        elif isinstance(block, Paragraph | Quote):
            texts.append(block.text)
            if any(span.href for span in block.words):
                ledger.changed(Met.CELL_FORMAT, place)
    return " ".join(" ".join(texts).split())
