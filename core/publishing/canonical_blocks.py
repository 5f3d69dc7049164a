"""A body as it would be shown, in one form: without ids, with what is missing filled in, rich text as it is let out."""

import re
from functools import singledispatch
from typing import Any

from wagtail import blocks
from wagtail.blocks import StreamValue
from wagtail.contrib.typed_table_block.blocks import BaseTypedTableBlock
from wagtail.fields import StreamField

from ..text.cleaning import clean_json
from ..typed_markup import cleaned


KEY = re.compile(r' data-block-key="[^"]*"')


def body_of(field: StreamField, value: Any) -> Any:
    """What a StreamField holds."""
    stored = value.get_prep_value() if isinstance(value, StreamValue) else (value or [])
    return clean_json(_said(field.stream_block, stored))


def markup_of(html: str | None) -> str:
    return KEY.sub("", cleaned(html)) if html else ""


@singledispatch
def _said(block: blocks.Block | None, raw: Any) -> Any:
    return raw


@_said.register
def _words(block: blocks.CharBlock | blocks.TextBlock | blocks.URLBlock, raw: Any) -> Any:
    return raw or ""


@_said.register
def _rich_text(block: blocks.RichTextBlock, raw: Any) -> Any:
    return markup_of(raw) if isinstance(raw, str) else ""


@_said.register
def _struct(block: blocks.BaseStructBlock, raw: Any) -> Any:
    if not isinstance(raw, dict):
        return raw
    return {
        name: _said(child, raw[name] if name in raw else child.get_prep_value(child.get_default()))
        for name, child in block.child_blocks.items()
    }


@_said.register
def _stream(block: blocks.BaseStreamBlock, raw: Any) -> Any:
    """Blocks of a kind that is no longer there are not shown."""
    known = block.child_blocks
    return [[each["type"], _said(known[each["type"]], each["value"])] for each in raw or [] if each["type"] in known]


@_said.register
def _list(block: blocks.ListBlock, raw: Any) -> Any:
    child = block.child_block
    return [_said(child, each["value"] if block._item_is_in_block_format(each) else each) for each in raw or []]


@_said.register
def _table(block: BaseTypedTableBlock, raw: Any) -> Any:
    if not isinstance(raw, dict) or not raw.get("columns"):
        return raw or None
    kinds = [block.child_blocks.get(column["type"]) for column in raw["columns"]]
    return {
        "caption": raw.get("caption") or "",
        "columns": [[column["type"], column["heading"] or ""] for column in raw["columns"]],
        "rows": [[_said(kind, each) for kind, each in zip(kinds, row["values"], strict=False)] for row in raw["rows"]],
    }
