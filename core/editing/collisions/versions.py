"""What an edit form holds: its fields, the blocks of its bodies, the rows of its inline panels.

The stored and the loaded version are kept as JSON, as a browser would post them:

    {"fields": {name: {key: [text]}}, "blocks": {name: [{"type", "value", "id"}]}, "rows": {relation: [{"id", "data"}]}}

where `data` is {key without the row's prefix: [text]}. Files and passwords are in no version.
"""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from django import forms
from django.db import models
from django.utils.datastructures import MultiValueDict
from django.utils.functional import cached_property
from wagtail import blocks
from wagtail.admin.widgets import BaseChooser
from wagtail.blocks.base import BlockField
from wagtail.blocks.stream_block import StreamValue
from wagtail.contrib.typed_table_block.blocks import BaseTypedTableBlock, TypedTable

from ...keys import is_digits


Stored = dict[str, Any]
Posted = dict[str, list[str]]  # keys of a form's data and their values
LEFT_OUT = (forms.FileInput, forms.PasswordInput)
COMMENTS = "comments"  # a formset of Wagtail's: each comment is its author's, and none overwrites another
_BLOCK_KEY = re.compile(r' data-block-key="[^"]*"')


class Entry(NamedTuple):
    """A field, a block or a row in one version.

    `id` is the same in all versions; `own_id` is the one it has in this version, which may be none. `value` is what it
    is filled in with: for blocks the value of the block, else `Posted`. `same` is what two versions are compared by.
    """

    id: str
    kind: str
    value: Any
    same: Any
    own_id: str = ""


@dataclass(frozen=True)
class Version:
    fields: dict[str, Entry]
    lists: dict[str, list[Entry]]  # blocks and rows, in their order


# Reading ----------------------------------------------------------------------------------------


def stored(form: forms.BaseForm) -> Stored:
    """What an unbound form shows of its object."""
    fields, bodies = {}, {}
    for name, field in _compared(form):
        value = form[name].value()
        if isinstance(field, BlockField):
            raw = field.widget.block_def.get_prep_value(value) if value else []
            bodies[name] = json.loads(json.dumps(raw, default=str))
        else:
            fields[name] = as_posted(field.widget, name, value)
    rows = {name: [_stored_row(row) for row in formset.initial_forms] for name, formset in _formsets(form)}
    return {"fields": fields, "blocks": bodies, "rows": rows}


def version_of(form: forms.BaseForm, data: Stored) -> Version:
    """The version that was kept as JSON, read with the fields of a form. What the form does not have any more is left
    out, and what it has since is empty."""
    fields, lists = {}, {}
    for name, field in _compared(form):
        if isinstance(field, BlockField):
            lists[name] = _blocks(StreamValue(field.widget.block_def, data["blocks"].get(name, []), is_lazy=True))
        else:
            fields[name] = _field(field, name, data["fields"].get(name, {}))
    for name, formset in _formsets(form):
        lists[name] = [
            _row(formset, row["data"], number, row["id"]) for number, row in enumerate(data["rows"].get(name, []))
        ]
    return Version(fields, lists)


def posted_version(form: forms.BaseForm, post: MultiValueDict) -> Version:
    """The version that was sent, read with the fields of a form."""
    fields, lists = {}, {}
    for name, field in _compared(form):
        if isinstance(field, BlockField):
            lists[name] = _blocks(field.widget.value_from_datadict(post, {}, name))
        else:
            fields[name] = _field(field, name, _taken(post, keys(field.widget, name), ""))
    for name, formset in _formsets(form):
        lists[name] = list(_posted_rows(formset, post))
    return Version(fields, lists)


def _compared(form: forms.BaseForm) -> Iterator[tuple[str, forms.Field]]:
    return (
        (name, field)
        for name, field in form.fields.items()
        if not (field.disabled or isinstance(field.widget, LEFT_OUT))
    )


def _formsets(form: forms.BaseForm) -> Iterator[tuple[str, Any]]:
    return ((name, formset) for name, formset in getattr(form, "formsets", {}).items() if name != COMMENTS)


def row_fields(formset: Any) -> dict[str, forms.Field]:
    """What somebody fills in of a row."""
    own = {formset.model._meta.pk.name, "ORDER", "DELETE"}
    return {name: field for name, field in formset.empty_form.fields.items() if name not in own}


def _stored_row(row: forms.BaseForm) -> Stored:
    pk = row.instance.pk
    own = {row._meta.model._meta.pk.name, "ORDER", "DELETE"}
    data: Posted = {}
    for name, field in row.fields.items():
        if name not in own:
            data |= as_posted(field.widget, name, row[name].value())
    return {"id": "" if pk is None else str(pk), "data": data}


def _posted_rows(formset: Any, post: MultiValueDict) -> Iterator[Entry]:
    prefix, fields, pk = formset.prefix, row_fields(formset), formset.model._meta.pk.name
    total = _number(post.get(f"{prefix}-TOTAL_FORMS"))
    numbers = [
        number for number in range(min(total, formset.absolute_max)) if not post.get(f"{prefix}-{number}-DELETE")
    ]
    for number in sorted(numbers, key=lambda each: _number(post.get(f"{prefix}-{each}-ORDER"))):
        wanted = [key for name, field in fields.items() for key in keys(field.widget, name)]
        data = _taken(post, wanted, f"{prefix}-{number}-")
        yield _row(formset, data, number, post.get(f"{prefix}-{number}-{pk}", ""))


def _number(text: str | None) -> int:
    return int(text) if text and is_digits(text) and len(text) < 9 else 0


def _taken(post: MultiValueDict, names: list[str], prefix: str) -> Posted:
    return {name: post.getlist(prefix + name) for name in names if prefix + name in post}


# What is posted for a value -----------------------------------------------------------------


def as_posted(widget: forms.Widget, name: str, value: Any) -> Posted:
    """What a browser posts for a widget that shows this value and is left as it is."""
    if isinstance(widget, forms.MultiWidget):
        parts: Posted = {}
        for key, part, each in zip(keys(widget, name), widget.widgets, widget.decompress(value), strict=True):
            parts |= as_posted(part, key, each)
        return parts
    if isinstance(widget, forms.CheckboxInput):
        return {name: ["on"]} if widget.check_test(value) else {}
    if isinstance(widget, forms.CheckboxSelectMultiple | forms.SelectMultiple):
        offered = {str(key) for key, _label in flat_choices(widget.choices)}
        chosen = [key for key in widget.format_value(value) if key in offered]
        return {name: chosen} if chosen else {}
    if isinstance(widget, BaseChooser):
        return {name: ["" if value is None else str(getattr(value, "pk", value))]}
    written = widget.format_value(value)
    written = written[0] if isinstance(written, list) and written else written
    return {name: ["" if written is None or written == [] else str(written)]}


def flat_choices(choices: Iterable[Any]) -> Iterator[tuple[Any, Any]]:
    """Values and labels, without the groups that they stand in."""
    for value, label in choices:
        if isinstance(label, list | tuple):
            yield from label
        else:
            yield value, label


def keys(widget: forms.Widget, name: str) -> list[str]:
    """The names under which a browser posts a widget."""
    if isinstance(widget, forms.MultiWidget):
        return [name + suffix for suffix in widget.widgets_names]
    return [name]


# What two versions are compared by --------------------------------------------------------------


def _field(field: forms.Field, name: str, value: Posted) -> Entry:
    return Entry(name, "", value, comparable(field, name, value))


def comparable(field: forms.Field, name: str, value: Posted) -> Any:
    """The value of a field without what depends on how it was written."""
    return _plain(field.widget.value_from_datadict(MultiValueDict(value), MultiValueDict(), name))


def _row(formset: Any, data: Posted, number: int, pk: str) -> Entry:
    same = {name: comparable(field, name, data) for name, field in row_fields(formset).items()}
    return Entry(pk, "row", data, same, pk)


def _blocks(value: StreamValue) -> list[Entry]:
    return [
        Entry(child.id or "", child.block_type, child.value, _same(child.block, child.value), child.id or "")
        for child in value
    ]


def _same(block: blocks.Block, value: Any) -> Any:
    """The value of a block without the ids of its parts, which a browser may make again."""
    for kind, compare in COMPARED:
        if isinstance(block, kind):
            return compare(block, value)
    return _plain(_prepared(block, value))


class _Text:
    """A rich text, equal to another one that the editor would write alike: what came from elsewhere may be written
    otherwise. To find that out is slow, so it is done for texts that differ as they stand."""

    __hash__ = None  # type: ignore[assignment]

    def __init__(self, block: blocks.RichTextBlock, value: Any) -> None:
        self.widget, self.html = block.field.widget, block.value_for_form(value)
        self.plain = _plain(self.html)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Text) and (self.plain == other.plain or self.written == other.written)

    @cached_property
    def written(self) -> str:
        return _plain(self.widget.value_from_datadict({"text": self.widget.format_value(self.html)}, {}, "text"))


def _same_table(block: BaseTypedTableBlock, value: TypedTable | None) -> Any:
    if value is None:
        return []
    heads = [[column["heading"], column["block"].name] for column in value.columns]
    return [value.caption or "", heads, [[_same(cell.block, cell.value) for cell in row] for row in value.rows]]


COMPARED: list[tuple[type[blocks.Block], Callable[[Any, Any], Any]]] = [
    (blocks.BaseStreamBlock, lambda _block, value: [[e.kind, e.same] for e in _blocks(value)]),
    (blocks.ListBlock, lambda block, value: [_same(block.child_block, each) for each in value or ()]),
    (
        blocks.BaseStructBlock,
        lambda block, value: {name: _same(each, (value or {}).get(name)) for name, each in block.child_blocks.items()},
    ),
    (blocks.RichTextBlock, _Text),
    (BaseTypedTableBlock, _same_table),
]


def _prepared(block: blocks.Block, value: Any) -> Any:
    """As it is stored; as it was typed if it cannot be stored."""
    try:
        return block.get_prep_value(value)
    except (ArithmeticError, AttributeError, TypeError, ValueError):
        return value


def _plain(value: Any) -> Any:
    """Text as text, whatever its line ends; nothing and empty are the same."""
    if isinstance(value, bool):
        return value
    if isinstance(value, Mapping):
        return {str(key): _plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    text = "" if value is None else str(value.pk if isinstance(value, models.Model) else value)
    return without_block_keys(text.replace("\r\n", "\n")).strip()


def without_block_keys(html: str) -> str:
    """The editor gives a key to every paragraph, and another one tomorrow."""
    return _BLOCK_KEY.sub("", html)
