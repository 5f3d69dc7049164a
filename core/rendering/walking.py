"""One walk over a stored body: every block in it, in the order of reading, with what is stored for it.

Nothing is loaded from the database and no block is known by its name: who needs something of a body asks of what kind
a block is. So a block that is put into a body tomorrow is walked too. (Texts are mapped elsewhere: core/segments.)
"""

from collections.abc import Iterator
from typing import Any, NamedTuple

from wagtail import blocks
from wagtail.blocks.stream_block import StreamValue
from wagtail.contrib.typed_table_block.blocks import BaseTypedTableBlock

from ..keys import parse_keys


class Found(NamedTuple):
    """A block of a body, and its value as it is stored. `outermost` is the id of the block of the body that holds it."""

    block: blocks.Block
    raw: Any
    outermost: str

    @property
    def anchor(self) -> str:
        return anchor(self.outermost)


Pair = tuple[blocks.Block | None, Any]


def anchor(block_id: str) -> str:
    """Where a page shows a block of its body: the `id` that `{% body %}` gives to it."""
    return f"b-{block_id}"


def walk(body: StreamValue) -> Iterator[Found]:
    """All blocks of a body that hold something, each before those within it; a block without an id gets one."""
    children = body.stream_block.child_blocks
    for stored in body.get_prep_value():
        yield from _walk(children.get(stored["type"]), stored["value"], stored["id"])


def rich_texts(body: StreamValue) -> Iterator[Found]:
    return (found for found in walk(body) if isinstance(found.block, blocks.RichTextBlock))


def chosen_pages(body: StreamValue) -> set[int]:
    """The keys of the pages that editors have put into a body, to be shown as cards or in lists."""
    chosen = (found.raw for found in walk(body) if isinstance(found.block, blocks.PageChooserBlock))
    return set(parse_keys(chosen))


def _walk(block: blocks.Block | None, raw: Any, outermost: str) -> Iterator[Found]:
    if block is None or raw in (None, ""):
        return
    yield Found(block, raw, outermost)
    for child, value in _children(block, raw):
        yield from _walk(child, value, outermost)


def _children(block: blocks.Block, raw: Any) -> Iterator[Pair]:
    """The blocks within a block; none within one whose stored value is not of its kind."""
    if isinstance(block, blocks.BaseStructBlock) and isinstance(raw, dict):
        yield from ((child, raw.get(name)) for name, child in block.child_blocks.items())
    elif isinstance(block, blocks.BaseStreamBlock) and isinstance(raw, list):
        yield from ((block.child_blocks.get(item["type"]), item["value"]) for item in raw)
    elif isinstance(block, blocks.ListBlock) and isinstance(raw, list):
        # The editor stores {id, value}; what comes from elsewhere may be bare values.
        yield from (
            (block.child_block, item["value"] if block._item_is_in_block_format(item) else item) for item in raw
        )
    elif isinstance(block, BaseTypedTableBlock) and isinstance(raw, dict):
        yield from _cells(block, raw)


def _cells(table: BaseTypedTableBlock, raw: dict[str, Any]) -> Iterator[Pair]:
    kinds = [table.child_blocks.get(column["type"]) for column in raw["columns"]]
    for row in raw["rows"]:
        yield from zip(kinds, row["values"], strict=False)
