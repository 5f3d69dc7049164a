"""A part of a form as text, for people to read and compare. No markup, and names instead of keys."""

import re
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import Any

from django import forms
from django.db import models
from django.utils.datastructures import MultiValueDict
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from wagtail import blocks
from wagtail.admin.rich_text import DraftailRichTextArea
from wagtail.contrib.typed_table_block.blocks import BaseTypedTableBlock, TypedTable
from wagtail.utils.text import text_from_html

from core.text.differences import Piece, differences

from ...keys import parse_keys
from .versions import Entry, Posted, flat_choices, row_fields, without_block_keys


Say = Callable[[blocks.Block, Any], str]  # what a block holds, as text


LONGEST = 6000  # characters of a text that is compared word by word; a longer one is shown as a whole
_ENDS_LINE = re.compile(r"</(?:p|li|h\d|blockquote)>|<br\s*/?>|<hr\s*/?>")


def compared(other: str, text: str) -> list[Piece]:
    """The pieces of a text, "new" where the other one has not got them."""
    if len(other) + len(text) > LONGEST:
        return [Piece("same", text)]
    return [piece for piece in differences(other, text) if piece.kind != "gone"]


# Fields and rows --------------------------------------------------------------------------------


def of_field(field: forms.Field, name: str, value: Posted) -> str:
    typed = field.widget.value_from_datadict(MultiValueDict(value), MultiValueDict(), name)
    if isinstance(field, forms.ModelChoiceField):
        return "\n".join(_names(field.queryset.model, typed if isinstance(typed, list) else [typed]))
    if isinstance(field, forms.ChoiceField):
        return ", ".join(_labels(field.choices, typed if isinstance(typed, list) else [typed]))
    if isinstance(typed, bool):
        return _("Yes") if typed else _("No")
    if isinstance(field.widget, DraftailRichTextArea):
        return of_html(typed)
    return str("" if typed is None else typed).replace("\r\n", "\n")


def of_row(formset: Any, entry: Entry) -> str:
    fields = row_fields(formset).items()
    named = ((str(field.label or name), of_field(field, name, entry.value)) for name, field in fields)
    return _lines(named)


def _names(model: type[models.Model], keys: Iterable[Any]) -> Iterator[str]:
    wanted = [str(key) for key in keys if key]
    found = {str(obj.pk): obj for obj in model._base_manager.filter(pk__in=parse_keys(wanted))}
    return (
        str(found[key]) if key in found else _("Number {key}, which has been deleted").format(key=key) for key in wanted
    )


def _labels(choices: Any, values: Iterable[Any]) -> Iterator[str]:
    labels = {str(value): str(label) for value, label in flat_choices(choices)}
    return (labels.get(str(value), str(value)) for value in values if value not in (None, ""))


def _lines(named: Iterable[tuple[str, str]]) -> str:
    return "\n".join(f"{capfirst(name)}: {text}" for name, text in named if text)


# Blocks -----------------------------------------------------------------------------------------


def of_block(block: blocks.Block, value: Any, *, markup: bool = False) -> str:
    """With `markup`, rich text is shown as it is written: what is bold, and where a link leads."""
    inner = partial(of_block, markup=markup)
    if isinstance(block, blocks.RichTextBlock):
        html = block.value_for_form(value)
        return without_block_keys(html) if markup else of_html(html)
    for kind, say in SAID:
        if isinstance(block, kind):
            return say(block, value, inner)
    return of_html(value)


def of_html(html: Any) -> str:
    return text_from_html(_ENDS_LINE.sub("\\g<0>\n", str("" if html is None else html)))


def _of_struct(block: blocks.BaseStructBlock, value: Any, inner: Say) -> str:
    children = block.child_blocks.items()
    return _lines((str(child.label), inner(child, (value or {}).get(name))) for name, child in children)


def _of_choice(block: blocks.FieldBlock, value: Any, _inner: Say) -> str:
    return ", ".join(_labels(block.field.choices, value if isinstance(value, list) else [value]))


def _of_chooser(block: blocks.ChooserBlock, value: Any, _inner: Say) -> str:
    if isinstance(value, models.Model) or value is None:
        return str(value or "")
    return "\n".join(_names(block.model_class, [value]))


def _of_table(_block: BaseTypedTableBlock, value: TypedTable | None, inner: Say) -> str:
    if value is None:
        return ""
    rows = [" | ".join(inner(cell.block, cell.value) for cell in row) for row in value.rows]
    return "\n".join([" | ".join(column["heading"] for column in value.columns), *rows])


def _of_field(block: blocks.FieldBlock, value: Any, _inner: Say) -> str:
    return "" if value is None else str(block.value_for_form(value) or "")


SAID: list[tuple[Any, Callable[[Any, Any, Say], str]]] = [
    (blocks.BaseStructBlock, _of_struct),
    (blocks.BaseStreamBlock, lambda _b, value, inner: "\n".join(inner(each.block, each.value) for each in value or ())),
    (blocks.ListBlock, lambda block, value, inner: "\n".join(inner(block.child_block, each) for each in value or ())),
    (BaseTypedTableBlock, _of_table),
    (blocks.ChooserBlock, _of_chooser),
    ((blocks.ChoiceBlock, blocks.MultipleChoiceBlock), _of_choice),
    (blocks.BooleanBlock, lambda _block, value, _inner: _("Yes") if value else _("No")),
    (blocks.FieldBlock, _of_field),
]
