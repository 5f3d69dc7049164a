"""A file of any kind as a document."""

from collections.abc import Sequence
from pathlib import Path

from .. import limits
from ..document import Block, Box, Document, Listing, Note, Paragraph, Quote, Table, said
from ..met import Refusal, Refused
from . import html, plain
from .docx import files
from .ledger import Ledger
from .pictures import Pictures
from .shaping import shape
from .sniffing import format_of


def document(path: Path, name: str) -> Document:
    """Raises Refused."""
    kind = format_of(path, name)
    ledger = Ledger()
    pictures = Pictures(ledger)
    if kind == "docx":
        found = files.read(path, ledger, pictures)
    elif kind == "html":
        found = html.read(path.read_bytes(), ledger, pictures)
    else:
        found = plain.read(path.read_bytes(), ledger)
    _check_length(found.blocks)
    found.name = name
    found.blocks = shape(found.blocks, ledger)
    if not found.blocks:
        raise Refused(Refusal.EMPTY)
    found.findings = ledger.findings()
    found.pictures = pictures.files
    return found


def _check_length(blocks: Sequence[Block]) -> None:
    letters, count = 0, 0
    for block in _all(blocks):
        count += 1
        letters += _letters(block)
    if count > limits.MAX_BLOCKS or letters > limits.MAX_CHARACTERS:
        raise Refused(Refusal.LONG, number=limits.MAX_CHARACTERS)


def _all(blocks: Sequence[Block]) -> list[Block]:
    return [each for block in blocks for each in (block, *(_all(block.blocks) if isinstance(block, Box) else ()))]


def _letters(block: Block) -> int:
    if isinstance(block, Paragraph | Quote | Note):
        return len(said(block.words))
    if isinstance(block, Listing):
        return sum(len(said(item.words)) for item in block.items)
    if isinstance(block, Table):
        return sum(len(cell.text) + 1 for row in block.rows for cell in row)
    return 0
