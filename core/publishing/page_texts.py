"""The texts of a page as its form holds them, each with its content path: to be looked through, and to be changed."""

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from django.db import models
from wagtail import blocks
from wagtail.blocks.stream_block import StreamValue
from wagtail.contrib.typed_table_block.blocks import BaseTypedTableBlock
from wagtail.fields import RichTextField, StreamField

from ..languages import PROVISIONED, column, source_columns, translated_fields
from ..models import BasePage
from ..text.tags import plain
from .checklist import shared


Change = Callable[[blocks.Block, Any, str], Any]
# Columns that hold words which nobody writes: places in the tree, and what follows from other fields.
_DERIVED = frozenset(["path", "url_path", "draft_title", "slug", "key"])


class Part(NamedTuple):
    """A block of a body that has no blocks within it, and what is stored of it."""

    block: blocks.Block
    raw: Any
    place: str


class Text(NamedTuple):
    """`raw` as it is stored; `said` as readers see it."""

    place: str
    raw: str
    said: str
    is_markup: bool = False


class Body(NamedTuple):
    """What is stored of a stream field that editors fill."""

    name: str
    block: blocks.BaseStreamBlock
    raw: list[dict[str, Any]]


def bodies_of(page: models.Model) -> list[Body]:
    fields = [field for field in _written_fields(page) if isinstance(field, StreamField)]
    values = [(field.name, getattr(page, field.name, None)) for field in fields]
    return [
        Body(name, value.stream_block, value.get_prep_value())
        for name, value in values
        if isinstance(value, StreamValue)
    ]


def parts_of(page: models.Model) -> list[Part]:
    """The innermost blocks of all bodies, in the order of reading."""
    found: list[Part] = []

    def note(block: blocks.Block, raw: Any, place: str) -> Any:
        found.append(Part(block, raw, place))
        return raw

    for body in shared(page, bodies_of):
        _mapped(body.block, body.raw, body.name, note)
    return found


def texts_of(page: models.Model, parts: list[Part] | None = None) -> Iterator[Text]:
    """Those of fields, then those of bodies; blank ones are left out."""
    for field in _written_fields(page):
        raw = getattr(page, field.name, None) if _holds_words(field) else None
        if isinstance(raw, str) and raw.strip():
            is_markup = isinstance(field, RichTextField)
            yield Text(field.name, raw, plain(raw) if is_markup else raw, is_markup)
    for part in parts_of(page) if parts is None else parts:
        if isinstance(part.raw, str) and part.raw.strip():
            if isinstance(part.block, blocks.RichTextBlock):
                yield Text(part.place, part.raw, plain(part.raw), is_markup=True)
            elif isinstance(part.block, blocks.CharBlock | blocks.TextBlock):
                yield Text(part.place, part.raw, part.raw)


def change_text(page: BasePage, place: str, change: Callable[[str], str]) -> None:
    """Put what `change` makes of the text at this place into the page in memory."""

    def changed(_block: blocks.Block, raw: Any, at: str) -> Any:
        return change(raw) if at == place and isinstance(raw, str) else raw

    name, _dot, below = place.partition(".")
    with source_columns():
        value = getattr(page, name)
        if not below:
            setattr(page, name, change(value))
            return
        block = page._meta.get_field(name).stream_block
        setattr(page, name, block.to_python(_mapped(block, value.get_prep_value(), name, changed)))


def _written_fields(page: models.Model) -> list[Any]:
    """The plain fields, not each language's column."""
    model = type(page)
    columns = {column(name, code) for name in translated_fields(model) for code in PROVISIONED}
    return [field for field in model._meta.fields if field.name not in columns | _DERIVED]


def _holds_words(field: models.Field) -> bool:
    codes = models.URLField | models.EmailField | models.SlugField
    return isinstance(field, models.CharField | models.TextField) and not isinstance(field, codes) and not field.choices


def _mapped(block: blocks.Block | None, raw: Any, place: str, change: Change) -> Any:
    """What is stored, with what `change` says instead of each innermost block's part of it."""
    if block is None or raw is None:
        return raw
    if isinstance(block, blocks.BaseStructBlock) and isinstance(raw, dict):
        children = block.child_blocks
        return {name: _mapped(children.get(name), each, f"{place}.{name}", change) for name, each in raw.items()}
    if isinstance(block, blocks.BaseStreamBlock) and isinstance(raw, list):
        kinds = block.child_blocks
        return [_item(kinds.get(each["type"]), each, place, change) for each in raw]
    if isinstance(block, blocks.ListBlock) and isinstance(raw, list):
        return [
            _item(block.child_block, each, place, change)
            if block._item_is_in_block_format(each)
            else _mapped(block.child_block, each, place, change)
            for each in raw
        ]
    if isinstance(block, BaseTypedTableBlock) and isinstance(raw, dict):
        return _table(block, raw, place, change)
    return change(block, raw, place)


def _item(kind: blocks.Block | None, item: dict[str, Any], place: str, change: Change) -> dict[str, Any]:
    return {**item, "value": _mapped(kind, item.get("value"), f"{place}.{item.get('id') or ''}", change)}


def _table(block: BaseTypedTableBlock, raw: dict[str, Any], place: str, change: Change) -> dict[str, Any]:
    """Cells have no content paths of their own: they are all at the table's."""
    kinds = [block.child_blocks.get(each["type"]) for each in raw.get("columns") or []]
    rows = [
        {
            **row,
            "values": [_mapped(kind, cell, place, change) for kind, cell in zip(kinds, row["values"], strict=False)],
        }
        for row in raw.get("rows") or []
    ]
    return {**raw, "rows": rows}
