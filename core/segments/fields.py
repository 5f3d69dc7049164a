"""The one traversal of fields and blocks, used to extract and to render."""

import copy
from collections.abc import Iterator, Mapping
from functools import singledispatch
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.text import capfirst
from modeltranslation.translator import translator
from modeltranslation.utils import build_localized_fieldname
from wagtail import blocks
from wagtail.blocks import StreamValue
from wagtail.contrib.typed_table_block.blocks import BaseTypedTableBlock
from wagtail.fields import RichTextField, StreamField

from .markup import map_html
from .units import IncompleteTranslation, Place, Segment, Transform, unique


def extract(obj: models.Model) -> list[Segment]:
    """Return the segments of obj's source columns, in the model's field order.

    Raises modeltranslation's NotRegistered for a model without translation.
    """
    segments: list[Segment] = []

    def record(segment: Segment) -> str:
        segments.append(segment)
        return segment.text

    for field, value in _source_values(obj):
        map_field(field, value, record)
    return segments


def render(obj: models.Model, texts: Mapping[str, str]) -> dict[str, Any]:
    """Return {field name: value in another language} from {path: text}.

    Covers every translated field; texts for other paths are ignored. A text may
    leave chips out or repeat them.

    Raises IncompleteTranslation if a segment has no text, InvalidChips if a text
    uses a chip that its source does not have.
    """
    missing: list[str] = []

    def look_up(segment: Segment) -> str:
        text = texts.get(segment.path) or ""
        if not text.strip():
            missing.append(segment.path)
            return segment.text
        return text

    values = {field.name: map_field(field, value, look_up) for field, value in _source_values(obj)}
    if missing:
        raise IncompleteTranslation(missing)
    return values


def map_field(field: models.Field, value: Any, transform: Transform) -> Any:
    """Return value with each text replaced by transform's answer for its segment.

    Takes what an object holds (str, StreamValue) or the stored JSON; returns a
    str, or for a StreamField a list in its stored form with the same ids. Text
    answered unchanged stays as it is, byte for byte. The value is not modified.
    A language's own column gives the same paths as the field it translates.

    Raises InvalidChips if an answer uses a chip that its source does not have.
    """
    field = getattr(field, "translated_field", field)
    place = Place(field.name, str(capfirst(field.verbose_name)), transform)
    if isinstance(field, StreamField):
        is_stored = isinstance(value, list)
        raw = copy.deepcopy(value) if is_stored else _stored(field.to_python(value))
        return map_block(field.stream_block, raw, place)
    if isinstance(field, RichTextField):
        return map_html(value, place) if value else value
    return _map_text(value, place) if _holds_words(field) else value


def _source_values(obj: models.Model) -> Iterator[tuple[models.Field, Any]]:
    """Yield in the model's own order: modeltranslation keeps names in a set, so its order changes at every start."""
    translated = translator.get_options_for_model(type(obj)).all_fields
    for field in obj._meta.fields:
        if field.name in translated:
            column = build_localized_fieldname(field.name, settings.MODELTRANSLATION_DEFAULT_LANGUAGE)
            yield field, getattr(obj, column)


def _holds_words(field: models.Field) -> bool:
    codes = models.URLField | models.EmailField | models.SlugField
    words = models.CharField | models.TextField
    return isinstance(field, words) and not (isinstance(field, codes) or field.choices)


# Blocks


def map_block(block: blocks.Block, raw: Any, place: Place) -> Any:
    """Return the stored JSON of one block with its text mapped."""
    if hasattr(block, "map_segments"):
        return block.map_segments(raw, place.path, place.transform)
    is_stored_text = isinstance(raw, str | list | dict)
    return _map_raw(block, raw, place) if is_stored_text else raw


@singledispatch
def _map_raw(block: blocks.Block, raw: Any, place: Place) -> Any:
    """Numbers, dates, choices, choosers, URLs and raw HTML have no words."""
    return raw


@_map_raw.register
def _map_words(block: blocks.CharBlock | blocks.TextBlock, raw: str, at: Place) -> str:
    return _map_text(raw, at)


@_map_raw.register
def _map_rich_text(block: blocks.RichTextBlock, raw: str, at: Place) -> str:
    return map_html(raw, at)


@_map_raw.register
def _map_struct(block: blocks.BaseStructBlock, raw: dict, at: Place) -> dict:
    children = block.child_blocks
    return {k: _map_child(children.get(k), value, at, k) for k, value in raw.items()}


@_map_raw.register
def _map_stream(block: blocks.BaseStreamBlock, raw: list, at: Place) -> list:
    children = block.child_blocks
    return [
        {
            **item,
            "value": _map_child(children.get(item["type"]), item["value"], at, key),
        }
        for key, item in _keyed(raw)
    ]


@_map_raw.register
def _map_list(block: blocks.ListBlock, raw: list, at: Place) -> list:
    child = block.child_block
    return [
        {**item, "value": _map_child(child, item["value"], at, key)}
        if block._item_is_in_block_format(item)
        else _map_child(child, item, at, key)
        for key, item in _keyed(raw)
    ]


@_map_raw.register
def _map_typed_table(block: BaseTypedTableBlock, raw: dict, at: Place) -> dict:
    """Columns and rows have no ids, so they are named by position."""
    kinds = [block.child_blocks.get(column["type"]) for column in raw["columns"]]
    columns = [
        {**column, "heading": _map_text(column["heading"], at.step(f".columns.p{i}"))}
        for i, column in enumerate(raw["columns"])
    ]
    rows = [
        {**row, "values": _map_cells(kinds, row["values"], at.step(f".rows.p{i}"))} for i, row in enumerate(raw["rows"])
    ]
    table = {**raw, "columns": columns, "rows": rows}
    if "caption" in raw:
        table["caption"] = _map_text(raw["caption"], at.step(".caption"))
    return table


def _map_cells(kinds: list[blocks.Block | None], cells: list, at: Place) -> list:
    columns = enumerate(zip(kinds, cells, strict=True))
    return [_map_child(kind, cell, at, f"p{i}") for i, (kind, cell) in columns]


def _map_child(child: blocks.Block | None, raw: Any, place: Place, key: str) -> Any:
    if child is None:
        return raw
    return map_block(child, raw, place.step(f".{key}", str(child.label)))


def _map_text(value: Any, place: Place) -> Any:
    if not isinstance(value, str) or not value.strip():
        return value
    return place.ask(value, "plain")


def _stored(value: StreamValue) -> list:
    """Return a copy of a stream's JSON, unchanged.

    StreamValue.get_prep_value is not used: it would give children that have no id a random one, in place, and their
    paths would change with every load.
    """
    children = zip(value._bound_blocks, value._raw_data, strict=True)
    return copy.deepcopy([bound.get_prep_value() if bound else raw for bound, raw in children])


def _keyed(items: list) -> Iterator[tuple[str, Any]]:
    taken: set[str] = set()
    for i, item in enumerate(items):
        key = item.get("id") if isinstance(item, dict) else None
        yield unique(str(key or f"p{i}"), taken), item
