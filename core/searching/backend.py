"""The query side of search: the database's own backend, asked in `chinese.query_tokens`.

    WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "core.searching.backend"}}

Wagtail 8 reads WAGTAILSEARCH_BACKENDS only, because "wagtail.search" is the installed search app; a project with
"modelsearch" installed instead would read MODELSEARCH_BACKENDS. Being in the backend, the rewriting reaches the
public search, the API, the admin's searches and its choosers alike.

PostgreSQL's SEARCH_CONFIG is 'simple' unless set: one index holds all languages, so no language's stemming and
stop words apply, and SQLite finds the same. The index keeps names (the fields with a boost) in a column of their own,
which `matching` can ask alone. An OpenSearch backend needs none of this: it has a `cjk` analyzer.
"""

from collections.abc import Callable, Sequence
from copy import copy
from functools import cache
from typing import Any, ClassVar

from django.db import NotSupportedError, connection, models
from django.utils.functional import SimpleLazyObject
from modelsearch import index
from modelsearch.backends.base import BaseIndex, BaseSearchBackend, BaseSearchQueryCompiler
from modelsearch.query import MATCH_NONE, And, Boost, MatchAll, Not, Or, Phrase, PlainText, SearchQuery
from wagtail.search.backends import get_search_backend

from ..text.chinese import QUERY_TERMS, query_tokens
from .fields import AutocompleteField, SearchField


def backend(params: dict[str, Any]) -> BaseSearchBackend:
    """The backend for the default database. Raises NotSupportedError unless it is PostgreSQL or SQLite."""
    return _backend_class(connection.vendor)({"SEARCH_CONFIG": "simple"} | params)


def matching(model: type[models.Model], query: SearchQuery, names_only: bool = False) -> models.QuerySet:
    """The primary keys of the model's rows that the index finds, in no order: to be filtered and ordered by.

    Every PlainText may be the beginning of a longer word, so it should hold one word. With `names_only` the whole
    query must be found in the row's names.
    """
    search = get_search_backend()
    compiler = search.names_compiler_class if names_only else search.beginnings_compiler_class
    asked = compiler(model._default_manager.all(), query, order_by_relevance=False)
    return search.found(asked, search.config).order_by().values("pk")


def rewrite(query: SearchQuery) -> SearchQuery:
    """`query` with its texts as tokens; MATCH_NONE if it says nothing, as '' or '!?' do.

    A part that says nothing is left out of And, Or and Not; of a long And or Or the first QUERY_TERMS parts count,
    as the backends recurse into each. Fuzzy queries stay as they are: nothing a reader types becomes one.
    """
    return _rewritten(query) or MATCH_NONE


def _rewritten(query: SearchQuery) -> SearchQuery | None:
    """The query in tokens, or None if it says nothing."""
    match query:
        case PlainText() | Phrase():
            return _text(query)
        case And() | Or():
            return _combined(query)
        case Not(subquery=MatchAll()):
            return query
        case Not() | Boost():
            return _nested(query)
    return query


def _text(query: PlainText | Phrase) -> PlainText | Phrase | None:
    """A phrase stays one if its tokens follow each other in the index: not if a character stands alone in it,
    for in the text it may be half of a pair ('年 8660' in '今年8660个')."""
    tokens = query_tokens(query.query_string)
    if not tokens:
        return None
    words = " ".join(tokens)
    if isinstance(query, PlainText):
        return PlainText(words, operator=query.operator, boost=query.boost)
    return PlainText(words) if any(len(token) == 1 for token in tokens) else Phrase(words)


def _combined(query: And | Or) -> SearchQuery | None:
    """The parts that say something. MatchAll is resolved, as the databases take it at the top level only."""
    parts = [part for part in map(_rewritten, query.subqueries[:QUERY_TERMS]) if part]
    everything = [part for part in parts if isinstance(part, MatchAll)]
    if everything and (isinstance(query, Or) or len(everything) == len(parts)):
        return everything[0]
    parts = [part for part in parts if part not in everything]
    return type(query)(parts) if len(parts) > 1 else next(iter(parts), None)


def _nested(query: Not | Boost) -> SearchQuery | None:
    inner = _rewritten(query.subquery)
    if inner is None:
        return None
    return Not(inner) if isinstance(query, Not) else Boost(inner, query.boost)


class _TokenQuery(BaseSearchQueryCompiler):
    """Mixed into a query compiler: it compiles the rewritten query."""

    query: SearchQuery

    def __init__(
        self, queryset: models.QuerySet, query: Any, fields: Sequence[str] | None = None, **options: Any
    ) -> None:
        """Raises NotSupportedError for `fields`: SQLite has no such columns, and PostgreSQL would read the
        model's own column, where Chinese is not tokenised. Filter the results instead."""
        if fields is not None:
            raise NotSupportedError(
                "search(fields=…) is not supported by core.search_backend: filter the results instead."
            )
        super().__init__(queryset, query, **options)
        self.query = rewrite(self.query)


class _NamesQuery(BaseSearchQueryCompiler):
    """Mixed into a query compiler: it reads the index's column of names only."""

    FTS_TABLE_FIELDS: ClassVar = ["title"]  # SQLite's

    def get_index_vectors(self, *query: Any) -> list[Any]:
        """PostgreSQL's: the first of its vectors is that of the titles."""
        return super().get_index_vectors(*query)[:1]


class _TokenIndex(BaseIndex):
    """Mixed into an index: stock search fields are stored as tokens too."""

    def add_items(self, model: type[models.Model], objs: Sequence[models.Model]) -> None:
        super().add_items(model, [_InOurFields(obj) for obj in objs])


class _InOurFields(SimpleLazyObject):
    """An object to index, whose search fields are all ours: those of Wagtail's documents and tags are not."""

    def __init__(self, obj: models.Model) -> None:
        super().__init__(lambda: obj)

    def get_search_fields(self) -> list[Any]:
        model: Any = self.__class__  # the object's
        return [_read_once(_in_column(_ours(field))) for field in model.get_search_fields()]


class _NameField(index.SearchField):
    """A name as the indexers know it: what is called "title" gets the index's column of that name."""

    def __init__(self, field: SearchField) -> None:
        super().__init__("title", boost=field.boost)
        self.field = field

    def get_value(self, obj: models.Model) -> Any:
        return self.field.get_value(obj)


def _read_once(field: Any) -> Any:
    """A copy of the field for one indexing: the indexers ask three times for each value, and a long body takes long."""
    if not isinstance(field, index.RelatedFields):
        field = copy(field)
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


def _found(compiler: Any, config: Any) -> models.QuerySet:
    """The rows that a query compiler finds."""
    return compiler.search(config, None, None)


@cache
def _backend_class(vendor: str) -> Callable[[dict[str, Any]], BaseSearchBackend]:
    """The database's own backend class with our parts mixed in.

    Imported here because each module can only be imported with its database in use. Wagtail's own choice
    falls back to a backend without an index for the whole process if it is asked before `migrate` has run.
    """
    if vendor == "postgresql":
        from modelsearch.backends.database.postgres.postgres import PostgresSearchBackend as Stock

        found = _found
    elif vendor == "sqlite":
        from modelsearch.backends.database.sqlite.sqlite import SQLiteSearchBackend as Stock

        from .sqlite import found_first as found
    else:
        raise NotSupportedError(f"core.searching.backend supports PostgreSQL and SQLite, not {vendor}.")

    beginnings = type(
        "BeginningsQueryCompiler", (_TokenQuery, Stock.query_compiler_class), {"LAST_TERM_IS_PREFIX": True}
    )
    return type(
        "ChineseSearchBackend",
        (Stock,),
        {
            "found": staticmethod(found),
            "beginnings_compiler_class": beginnings,
            "names_compiler_class": type("NamesQueryCompiler", (_NamesQuery, beginnings), {}),
            "query_compiler_class": type("SearchQueryCompiler", (_TokenQuery, Stock.query_compiler_class), {}),
            "autocomplete_query_compiler_class": type(
                "AutocompleteQueryCompiler", (_TokenQuery, Stock.autocomplete_query_compiler_class), {}
            ),
            "index_class": type("TokenIndex", (_TokenIndex, Stock.index_class), {}),
        },
    )


SearchBackend = backend  # the name that Wagtail looks for
