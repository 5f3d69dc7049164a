"""The index side of search: what is written for an object, by one statement for many of them.

The library writes an entry, then works out a mean over all entries and sets it in new ones, which takes longer the more
there are; here an entry's share is worked out as it is written. Stock search fields, as those of Wagtail's documents and
tags, are stored as tokens too.
"""

from collections.abc import Sequence
from copy import copy
from functools import cache
from typing import Any, ClassVar

from django.db import connection, models
from django.utils.functional import SimpleLazyObject
from modelsearch import index
from modelsearch.backends.base import BaseIndex
from modelsearch.utils import get_content_type_pk

from .fields import AutocompleteField, SearchField
from .marks import kind_word
from .rows import SearchRow, is_searched, write_rows


USUAL_WORDS = 30  # of an object's names: the names of a longer one weigh less in the admin's searches
COLUMNS = ("title", "body", "autocomplete", "title_norm")


class TokenIndex(BaseIndex):
    """Mixed into a database's index. `indexer` reads an object's fields as that database stores them."""

    indexer: ClassVar[type]
    entries: Any
    backend: Any

    def add_items(self, model: type[models.Model], objs: Sequence[models.Model]) -> None:
        if not model.get_search_fields() or not objs:
            return
        kind = get_content_type_pk(model)
        read = [self.indexer(_InOurFields(obj, model), self.backend) for obj in objs]
        written = self.entries.bulk_create(
            [self.entries.model(content_type_id=kind, object_id=each.id, **_columns(each)) for each in read],
            update_conflicts=True,
            unique_fields=["content_type", "object_id"],
            update_fields=[*COLUMNS, *(["title_text", "body_text"] if connection.vendor == "postgresql" else [])],
        )
        write_rows(model._meta.model_name, zip([entry.pk for entry in written], objs, strict=True))

    def delete_item(self, item: Any) -> None:
        SearchRow.objects.filter(entry__in=item.index_entries.values("pk"))._raw_delete(connection.alias)
        super().delete_item(item)

    def reset(self) -> None:
        SearchRow.objects.all()._raw_delete(connection.alias)
        super().reset()

    def _refresh_title_norms(self, full: bool = False) -> None:
        """Nothing: see above."""


def _columns(read: Any) -> dict[str, Any]:
    words = len(getattr(read, "title_text", read.title).split())
    return {
        "title": read.title,
        "body": read.body,
        "autocomplete": read.autocomplete,
        "title_norm": USUAL_WORDS / max(1, words),
    }


class _InOurFields(SimpleLazyObject):
    """An object to index, whose search fields are all ours: those of Wagtail's documents and tags are not."""

    def __init__(self, obj: models.Model, model: type[models.Model]) -> None:
        super().__init__(lambda: obj)
        self.__dict__["_kind"] = _KindField(model._meta.model_name)

    def get_search_fields(self) -> list[Any]:
        model: Any = self.__class__  # the object's
        read: dict[str, Any] = {}
        fields = [_read_once(_in_column(_ours(field)), read) for field in model.get_search_fields()]
        return [*fields, self.__dict__["_kind"]]


class _KindField(index.SearchField):
    """One word more among the names of what readers may search for: what it is."""

    def __init__(self, kind: str) -> None:
        super().__init__("title")
        self.kind = kind

    def get_value(self, obj: models.Model) -> str:
        return kind_word(self.kind) if is_searched(obj) else ""


class _NameField(index.SearchField):
    """A name as the indexers know it: what is called "title" gets the index's column of that name."""

    def __init__(self, field: SearchField) -> None:
        super().__init__("title", boost=field.boost)
        self.field = field

    def get_value(self, obj: models.Model) -> Any:
        return self.field.get_value(obj)


def _read_once(field: Any, read: dict[str, Any]) -> Any:
    """A copy of the field for one indexing: the indexers ask three times for each value, and a long body takes long.

    `read` is what fields that are made into tokens have read so far, by their name: a body is searched by whole words and
    by their beginnings.
    """
    if not isinstance(field, index.RelatedFields):
        field = copy(field)
        if isinstance(field, SearchField | AutocompleteField):
            field.read = read
        field.get_value = cache(field.get_value)
    return field


def _in_column(field: Any) -> Any:
    """The field as it is stored: names in their own column."""
    return _NameField(field) if isinstance(field, SearchField) and field.boost is not None else field


def _ours(field: Any) -> Any:
    """The search field, or our own one in place of a stock one."""
    if isinstance(field, index.RelatedFields):
        return index.RelatedFields(field.field_name, [_ours(each) for each in field.fields])
    if isinstance(field, SearchField | AutocompleteField):
        return field
    if isinstance(field, index.SearchField):
        return SearchField(field.field_name, boost=field.boost, **field.kwargs)
    if isinstance(field, index.AutocompleteField):
        return AutocompleteField(field.field_name, **field.kwargs)
    return field
