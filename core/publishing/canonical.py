"""What a thing says, in one form that never depends on how it is stored, and its SHA-256.

An approval and a row of the record are bound to this hash. It covers the source's columns, child rows and bodies, and by
value what they embed (`embed`): figures, pictures, documents, the names of pages; and what a chart in a body draws
(`canonical_forms`). Not covered: translations, what is derived, places in the tree, keys of rows and blocks, dates of saving
and publishing.

It is the same for a revision's object and for the live row once that is published, and on both databases.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cache
from itertools import chain
from typing import Any

from django.core.files.base import File
from django.db import models
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel, get_all_child_relations
from treebeard.mp_tree import MP_Node
from wagtail.documents import get_document_model
from wagtail.fields import RichTextField, StreamField
from wagtail.models import (
    COMMENTS_RELATION_NAME,
    DraftStateMixin,
    LockableMixin,
    RevisionMixin,
    TranslatableMixin,
)
from wagtail.rich_text import extract_references_from_rich_text
from wagtail.utils.file import hash_filelike

from ..keys import parse_key
from ..languages import PROVISIONED, SOURCE, column, source_columns, translated_fields
from ..models import BasePage, PortalImage
from ..rendering.preloading import references
from .canonical_blocks import body_of, markup_of
from .canonical_forms import FORM, WITH_DRAWINGS, Hashes, drawings_of, is_drawn, rows_of
from .digest import digest


Reference = tuple[type[models.Model], int]  # the oldest parent of a model, and a key

_embedded: dict[type[models.Model], tuple[str, ...]] = {}
_not_content: dict[type[models.Model], frozenset[str]] = {}

# Of a page or a draft, but not what it says.
KEEPING = {
    field.name
    for mixin in (DraftStateMixin, LockableMixin, MP_Node, RevisionMixin, TranslatableMixin)
    for field in mixin._meta.local_fields
} | {"alias_of", "content_type", "draft_title", "latest_revision_created_at", "owner", "sort_order", "url_path"}


def embed(model: type[models.Model], *paths: str) -> None:
    """Wherever a thing of this model is embedded, these of its columns count (`unit__key` is one of a relation), by value."""
    _embedded[model] = paths


def leave_out(model: type[models.Model], *names: str) -> None:
    """These fields are emptied by publishing, or are made from others."""
    _not_content[model] = frozenset(names)


def content_hash(obj: models.Model) -> str:
    """64 hexadecimal digits."""
    return content_hashes([obj])[0]


def content_hashes(objs: Sequence[models.Model]) -> list[str]:
    """Of many objects, in their order, with a number of queries that depends only on how many models they are of."""
    return [digest(each) for each in contents(objs)]


def hashes(objs: Sequence[models.Model]) -> list[Hashes]:
    """Of each by every form: what was kept of it may have been hashed by an older one."""
    return [Hashes.of(each) for each in contents(objs)]


def contents(objs: Sequence[models.Model]) -> list[dict[str, Any]]:
    """What each says: {"type", "fields", "embedded"}, and its "form" if that is not the first, of values that JSON knows."""
    with source_columns():
        rows = _child_rows(objs)
        said = [_said(obj, rows[type(obj), obj.pk]) for obj in objs]
        embedded = [set(_references(obj, rows[type(obj), obj.pk])) for obj in objs]
    found = _values({each for some in embedded for each in some})
    return [
        {
            "type": obj._meta.label_lower,
            "fields": fields,
            "embedded": {_name(each): found.get(each) for each in sorted(some, key=_name)},
        }
        | ({FORM: WITH_DRAWINGS} if any(is_drawn(model) for model, _key in some) else {})
        for obj, fields, some in zip(objs, said, embedded, strict=True)
    ]


def embedded_in(obj: models.Model) -> set[Reference]:
    """All that counts by value in this."""
    with source_columns():
        return set(_references(obj, _child_rows([obj])[type(obj), obj.pk]))


def embedded_hashes(objs: Sequence[models.Model]) -> list[str]:
    """Of what counts of each where it is embedded or drawn; "" of what never is."""
    values = _values({(base_of(type(obj)), obj.pk) for obj in objs if is_embedded(type(obj))})
    drawn = _drawn_values(objs)
    found = ((values.get((base_of(type(obj)), obj.pk)), drawn.get((type(obj), obj.pk))) for obj in objs)
    return [digest([each, more]) if more is not None else "" if each is None else digest(each) for each, more in found]


def _drawn_values(objs: Sequence[models.Model]) -> dict[Reference, list[Any]]:
    """What counts of those that something is drawn from."""
    found: dict[Reference, list[Any]] = {}
    for model in {type(obj) for obj in objs}:
        keys = [obj.pk for obj in objs if type(obj) is model]
        for _drawn, (_of, by, columns) in drawings_of(model):
            for pk, *values in models.QuerySet(model).filter(pk__in=keys).values_list("pk", by, *columns):
                found.setdefault((model, pk), []).extend(map(_text_or_plain, values))
    return found


def is_embedded(model: type[models.Model]) -> bool:
    return base_of(model) in _embedded


def base_of(model: type[models.Model]) -> type[models.Model]:
    return (model, *model._meta.all_parents)[-1]


# Its own fields ----------------------------------------------------------------------------------


def _said(obj: models.Model, rows: dict[str, list[Any]]) -> dict[str, Any]:
    fields = {field.name: _value(obj, field) for field in _content_fields(_model(obj))}
    for name, found in rows.items():
        fields[name] = [_said(each, {}) if isinstance(each, models.Model) else each for each in found]
    return fields


@cache
def _content_fields(model: type[models.Model]) -> list[models.Field]:
    columns = {column(name, code) for name in translated_fields(model) for code in PROVISIONED}
    left_out = KEEPING | columns | _not_content.get(model, frozenset())
    return [
        field
        for field in model._meta.concrete_fields
        if field.editable
        and not field.primary_key
        and not isinstance(field, ParentalKey)
        and field.name not in left_out
    ]


def _value(obj: models.Model, field: models.Field) -> Any:
    is_translated = field.name in translated_fields(type(obj))
    value = getattr(obj, column(field.name, SOURCE) if is_translated else field.attname)
    if isinstance(field, StreamField):
        return body_of(field, value)
    if isinstance(field, RichTextField):
        return markup_of(value)
    if isinstance(field, models.CharField | models.TextField):
        return field.to_python(value) or ""  # without characters that nobody sees, as it is stored
    return _plain(field.to_python(value))


def _plain(value: Any) -> Any:
    """A value that JSON knows, the same whichever database it comes from."""
    if isinstance(value, Decimal):
        return format(value.normalize(), "f") if value else "0"
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, File):
        return value.name or ""
    return value if isinstance(value, bool | int | list | dict) or value is None else str(value)


# Child rows, and relations to many ---------------------------------------------------------------


def _child_rows(objs: Sequence[models.Model]) -> dict[tuple[type[models.Model], Any], dict[str, list[Any]]]:
    """{(model, key of an object): {name of a relation: its rows in their order, or keys}}; what is in memory is taken from
    there, the rest in one query for each relation."""
    found: dict[tuple[type[models.Model], Any], dict[str, list[Any]]] = defaultdict(dict)
    by_model = defaultdict(list)
    for obj in objs:
        by_model[type(obj)].append(obj)
    for model, some in by_model.items():
        for relation in _children(_model(some[0])):
            _collect(found, some, relation.get_accessor_name(), lambda keys, of=relation: _stored_rows(of, keys))
        for field in model._meta.many_to_many:
            if field.editable and field.remote_field.through._meta.auto_created:
                _collect(found, some, field.name, lambda keys, of=field: _stored_keys(of, keys))
    return found


@cache
def _children(model: type[models.Model]) -> list[Any]:
    relations = get_all_child_relations(model) if issubclass(model, ClusterableModel) else []
    return [each for each in relations if each.get_accessor_name() != COMMENTS_RELATION_NAME]


def _collect(found: Any, objs: Sequence[Any], name: str, load: Any) -> None:
    held = {obj.pk: obj for obj in objs if name in obj.__dict__.get("_cluster_related_objects", {})}
    stored = load([obj.pk for obj in objs if obj.pk not in held]) if len(held) < len(objs) else {}
    for obj in objs:
        rows = list(getattr(obj, name).all()) if obj.pk in held else stored.get(obj.pk, [])
        if rows and hasattr(rows[0], "sort_order"):
            rows.sort(key=lambda row: (row.sort_order is None, row.sort_order or 0))
        is_to_many = isinstance(obj._meta.get_field(name), models.ManyToManyField)
        found[type(obj), obj.pk][name] = sorted(getattr(row, "pk", row) for row in rows) if is_to_many else rows


def _stored_rows(relation: Any, keys: Iterable[Any]) -> dict[Any, list[models.Model]]:
    rows: dict[Any, list[models.Model]] = defaultdict(list)
    of = relation.field
    for row in models.QuerySet(relation.related_model).filter(**{f"{of.name}__in": list(keys)}).order_by("pk"):
        rows[getattr(row, of.attname)].append(row)
    return rows


def _stored_keys(field: models.ManyToManyField, keys: Iterable[Any]) -> dict[Any, list[Any]]:
    found: dict[Any, list[Any]] = defaultdict(list)
    mine, theirs = field.m2m_field_name(), field.m2m_reverse_field_name()
    rows = field.remote_field.through._default_manager.filter(**{f"{mine}__in": list(keys)})
    for key, other in rows.values_list(f"{mine}_id", f"{theirs}_id"):
        found[key].append(other)
    return found


# What is embedded --------------------------------------------------------------------------------


def _references(obj: models.Model, rows: dict[str, list[Any]]) -> Iterator[Reference]:
    for field in _content_fields(_model(obj)):
        is_body = isinstance(field, StreamField)
        for model, pk in _referred(obj, field):
            counts = is_embedded(model) or (is_body and is_drawn(model))
            if counts and (key := parse_key(pk)) is not None:
                yield base_of(model), key
    for child in chain.from_iterable(rows.values()):
        if isinstance(child, models.Model):
            yield from _references(child, {})


def _referred(obj: models.Model, field: models.Field) -> Iterable[tuple[type[models.Model], Any]]:
    if isinstance(field, models.ForeignKey):
        return [(field.related_model, getattr(obj, field.attname))]
    if isinstance(field, StreamField):
        return references(getattr(obj, field.name))
    if isinstance(field, RichTextField):
        return [(model, pk) for model, pk, *_path in extract_references_from_rich_text(getattr(obj, field.name) or "")]
    return ()


def _model(obj: models.Model) -> Any:
    return type(obj)


def _values(references: set[Reference]) -> dict[Reference, dict[str, Any]]:
    """What counts of each, one query for each model; what is gone is not there."""
    by_model = defaultdict(set)
    for model, key in references:
        by_model[model].add(key)
    found: dict[Reference, dict[str, Any]] = {}
    for model, keys in by_model.items():
        if is_drawn(model):
            found |= {(model, key): _drawn(rows) for key, rows in rows_of(model, keys).items()}
            continue
        paths = _embedded[model]
        columns = [_source_path(path, model) for path in paths]
        for pk, *values in models.QuerySet(model).filter(pk__in=keys).values_list("pk", *columns):
            said = {path: _text_or_plain(value) for path, value in zip(paths, values, strict=True)}
            if said.get("file_hash") == "":
                said["file_hash"] = _hash_of_file(model, pk)
            found[model, pk] = said
    return found


def _drawn(rows: dict[int, tuple[Any, ...]]) -> dict[str, Any]:
    return {str(key): [_text_or_plain(value) for value in values] for key, values in rows.items()}


def _text_or_plain(value: Any) -> Any:
    return "" if value is None else _plain(value)


def _hash_of_file(model: type[models.Model], pk: Any) -> str:
    """Of a file whose hash nobody stored yet, as Wagtail will."""
    try:
        with models.QuerySet(model).get(pk=pk).file.open("rb") as file:
            return hash_filelike(file)
    except OSError:
        return ""


def _source_path(path: str, model: type[models.Model]) -> str:
    """'title' -> 'title_zh_hans'."""
    first, _mark, rest = path.partition("__")
    if rest:
        return f"{first}__{_source_path(rest, model._meta.get_field(first).related_model)}"
    return column(path, SOURCE) if path in translated_fields(model) else path


def _name(reference: Reference) -> str:
    model, key = reference
    return f"{model._meta.label_lower} {key}"


embed(BasePage, "title")
embed(PortalImage, "file_hash", "description", "credit")
embed(get_document_model(), "file_hash", "title")
