"""Rows without the columns of languages that nobody reads.

A row is as wide as the portal has languages, and a public page shows one: its own, or Chinese where something is not
translated. Inside `narrow_reads()` every query of a model whose manager is a `NarrowQuerySet` leaves the columns of the
other languages out, also those of what it takes along by `select_related`. A column that is read all the same is
fetched then, by a query of its own; tests/test_narrow_reads.py finds such reads on public pages.

Outside, as in the admin and in commands, rows are whole.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from typing import Any, Self

from django.db import models
from django.db.models.functions import Concat
from django.db.models.query import ModelIterable

from ..languages import SOURCE, TARGETS, address_language, column, content_language, translated_fields
from .rows import sharing_rows


LANGUAGES_OF = "published_languages"  # the annotation of `with_languages`

_narrow: ContextVar[frozenset[str] | None] = ContextVar("narrow_reads", default=None)  # None: whole rows

BOOKKEEPING = frozenset(
    [
        "change_reason",
        "draft_title",
        "expire_at",
        "expired",
        "go_live_at",
        "has_unpublished_changes",
        "latest_revision",
        "latest_revision_created_at",
        "live_revision",
        "locale",
        "locked",
        "locked_at",
        "locked_by",
        "owner",
    ]
)
"""Fields that editors and Wagtail need, and no public page."""

Related = tuple[tuple[str, "Related"], ...]  # select_related as a tree: ((name, ((name, ()), …)), …)


@contextmanager
def narrow_reads(*, also: Iterable[str] = ()) -> Iterator[None]:
    """Load only the columns of the page's language, the Chinese ones, and those of languages that are searched `also`."""
    token = _narrow.set(frozenset(also))
    try:
        yield
    finally:
        _narrow.reset(token)


@contextmanager
def whole_reads() -> Iterator[None]:
    """Load all columns: of what is kept, and read by others in other languages."""
    token = _narrow.set(None)
    try:
        yield
    finally:
        _narrow.reset(token)


@cache
def unread_columns(model: type[models.Model], related: Related, read: frozenset[str]) -> frozenset[str]:
    """Names of the columns of languages that are not `read`, as `defer` takes them: {"title_fr", "town__name_fr"}.

    Chinese columns are always read. `related` is what the query takes along by select_related.
    """
    unread = [code for code in TARGETS if code not in read]
    names = {column(name, code) for name in translated_fields(model) for code in unread}
    for name, below in related:
        other = model._meta.get_field(name).related_model
        names |= {f"{name}__{each}" for each in unread_columns(other, below, read) | _bodies(other)}
    return frozenset(names)


@cache
def unshown_columns(model: type[models.Model], related: Related) -> frozenset[str]:
    """Names of the columns that no public page shows, as `defer` takes them.

    BOOKKEEPING; of a translated field the column without a language, which holds the Chinese text once more; and of what
    comes along by select_related all that the model does not say of itself where it is cited.
    """
    names = BOOKKEEPING & {field.name for field in model._meta.concrete_fields} | {*translated_fields(model)}
    for name, below in related:
        other = model._meta.get_field(name).related_model
        names |= {f"{name}__{each}" for each in unshown_columns(other, below) | _uncited(other)}
    return frozenset(names)


def _uncited(model: type[models.Model]) -> set[str]:
    cited = getattr(model, "cited", None)
    if cited is None:
        return set()
    kept = {*cited, *(column(name, code) for name in cited for code in (SOURCE, *TARGETS))}
    return {field.name for field in model._meta.concrete_fields if not field.primary_key and field.name not in kept}


def _bodies(model: type[models.Model]) -> frozenset[str]:
    """Names of all columns that hold a body: what stands beside something else is named there, not read."""
    return frozenset(field.name for field in model._meta.concrete_fields if hasattr(field, "stream_block"))


def _tree(selected: dict[str, Any] | bool) -> Related:
    if not isinstance(selected, dict):  # False: none; True (all of them) is used nowhere
        return ()
    return tuple((name, _tree(below)) for name, below in selected.items())


def _leave_out_unread(query: models.sql.Query, also: frozenset[str]) -> None:
    read = also | {content_language(), address_language()}
    query.add_deferred_loading(unread_columns(query.model, _tree(query.select_related), read))


def reading_state() -> tuple[str, str, frozenset[str] | None]:
    """What decides about the columns of a query: the languages of the text and of the page, and which others are
    searched (None: whole rows)."""
    return content_language(), address_language(), _narrow.get()


def narrowed(queryset: models.QuerySet) -> models.QuerySet:
    """The same rows without what nobody reads, while reads are narrow."""
    if (also := _narrow.get()) is None or getattr(queryset.query, "is_narrowed", False):
        return queryset
    queryset = queryset._chain()  # the given one keeps its columns: it may be asked again elsewhere
    _leave_out_unread(queryset.query, also)
    queryset.query.add_deferred_loading(unshown_columns(queryset.model, _tree(queryset.query.select_related)))
    return queryset


class NarrowIterable(ModelIterable):
    """The rows of a query, without what nobody reads while reads are narrow."""

    queryset: models.QuerySet

    def __iter__(self) -> Iterator[models.Model]:
        """While reads are narrow nobody changes what was read, so rows share what they have in common."""
        self.queryset = narrowed(self.queryset)
        if _narrow.get() is None or self.queryset._known_related_objects:
            return super().__iter__()
        return sharing_rows(self.queryset, self.chunked_fetch, self.chunk_size)


class NarrowQuerySet(models.QuerySet):
    """The base of our querysets; models without one of their own say `objects = NarrowQuerySet.as_manager()`."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._iterable_class = NarrowIterable

    def defer_other_languages(self) -> Self:
        """Leave out what `narrow_reads` leaves out, wherever this is asked: for lists in the admin and in commands."""
        found = self._chain()
        _leave_out_unread(found.query, frozenset())
        return found

    def with_languages(self) -> Self:
        """Each row knows the languages that it is published in (TranslatedMixin.is_in), without their columns."""
        return self.annotate(**{LANGUAGES_OF: _languages_of(self.model.name_field())})


def _languages_of(name: str) -> models.Expression:
    """ " en fr " for a row with an English and a French name: Chinese is there always."""
    parts: Iterable[models.Expression] = (
        models.Case(
            models.When(**{f"{column(name, code)}__gt": ""}, then=models.Value(f"{code} ")),
            default=models.Value(""),
        )
        for code in TARGETS
    )
    return Concat(models.Value(f"{SOURCE} "), *parts, output_field=models.CharField())
