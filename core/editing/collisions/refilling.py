"""An edit form filled in with the parts that were chosen, as if somebody had typed them: nothing is saved."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django import forms
from django.http import QueryDict
from wagtail.blocks.base import BlockField
from wagtail.blocks.stream_block import StreamValue

from ...keys import parse_key
from .merging import Merge
from .versions import COMMENTS, Entry, keys


DELETED = "1"  # as the editor marks a row


def form_data(form: forms.BaseForm, merge: Merge, post: QueryDict, choices: Mapping[str, str]) -> QueryDict:
    """What was sent, with the fields of others where theirs is chosen, and the rows that are chosen.

    `form` is an unbound one of what is stored now: it says which rows there are.
    """
    data = post.copy()
    for name, entry in merge.fields(choices).items():
        for key in keys(form.fields[name].widget, name):
            data.pop(key, None)
            if key in entry.value:
                data.setlist(key, entry.value[key])
    for name, formset in getattr(form, "formsets", {}).items():
        if name == COMMENTS:
            _leave_lost_comments(formset, data)
        else:
            rows = merge.entries(name, choices)
            _fill_rows(formset, data, rows, {entry.own_id: entry for entry in merge.lists[name][1] if entry.own_id})
    return data


def fill_blocks(form: forms.BaseForm, merge: Merge, choices: Mapping[str, str]) -> None:
    """Let a bound form show the chosen blocks: as values, not as they would be posted, which only the editor's script
    knows."""
    for name, field in form.fields.items():
        if isinstance(field, BlockField) and name in merge.lists:
            chosen = [(entry.kind, entry.value, entry.own_id or None) for entry in merge.entries(name, choices)]
            value = StreamValue(field.widget.block_def, chosen)
            field.widget.value_from_datadict = lambda _data, _files, _name, value=value: value


def _fill_rows(formset: Any, data: QueryDict, rows: list[Entry], stored: Mapping[str, Entry]) -> None:
    """Stored rows come first in a formset, also those that are to be deleted; their order is a field."""
    prefix, pk = formset.prefix, formset.model._meta.pk.name
    for key in [key for key in data if key.startswith(f"{prefix}-")]:
        del data[key]
    kept = {entry.id for entry in rows}
    gone = [entry for entry in stored.values() if entry.id not in kept]
    ordered = [*_numbered(rows, stored, known=True), *((entry, 0) for entry in gone)]
    first = len(ordered)
    ordered += _numbered(rows, stored, known=False)
    for number, (entry, order) in enumerate(ordered):
        for key, values in entry.value.items():
            data.setlist(f"{prefix}-{number}-{key}", values)
        data[f"{prefix}-{number}-{pk}"] = entry.id if number < first else ""
        data[f"{prefix}-{number}-ORDER"] = str(order)
        data[f"{prefix}-{number}-DELETE"] = "" if order else DELETED
    counts = {"TOTAL": len(ordered), "INITIAL": first, "MIN_NUM": formset.min_num, "MAX_NUM": formset.max_num}
    data.update({f"{prefix}-{name}_FORMS": str(count) for name, count in counts.items()})


def _numbered(rows: Iterable[Entry], stored: Mapping[str, Entry], *, known: bool) -> Iterator[tuple[Entry, int]]:
    return ((entry, order) for order, entry in enumerate(rows, start=1) if (entry.id in stored) is known)


def _leave_lost_comments(formset: Any, data: QueryDict) -> None:
    """A comment that is gone meanwhile, or an answer to it, is not looked for."""
    present = {str(comment.pk) for comment in formset.queryset}
    sent = parse_key(data.get(f"{formset.prefix}-INITIAL_FORMS")) or 0
    for number in range(min(sent, formset.absolute_max)):
        own = f"{formset.prefix}-{number}"
        if data.get(f"{own}-id") not in present:
            data.update({f"{own}-id": "", f"{own}-DELETE": DELETED})
            data[f"{own}-replies-INITIAL_FORMS"] = data[f"{own}-replies-TOTAL_FORMS"] = "0"
