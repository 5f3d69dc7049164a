"""The query side of search: the database's own backend, asked in `chinese.query_tokens`.

    WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "core.searching.backend"}}

Wagtail 8 reads WAGTAILSEARCH_BACKENDS only, because "wagtail.search" is the installed search app; a project with
"modelsearch" installed instead would read MODELSEARCH_BACKENDS. Being in the backend, the rewriting reaches the
public search, the admin's searches and its choosers alike. Every word of the index says which language it is of
(marks.py): the public search (`finding`) reads the languages that it is asked for, the admin's searches all of them.

PostgreSQL's SEARCH_CONFIG is 'simple' unless set: one index holds all languages, so no language's stemming and
stop words apply, and SQLite finds the same. The index keeps names (the fields with a boost) in a column of their own,
which the public search can ask alone. An OpenSearch backend needs none of this: it has a `cjk` analyzer.
"""

from collections.abc import Callable, Sequence
from functools import cache
from typing import Any, ClassVar

from django.db import NotSupportedError, connection, models
from modelsearch.backends.base import BaseSearchBackend, BaseSearchQueryCompiler, BaseSearchResults
from modelsearch.query import MATCH_NONE, And, Boost, MatchAll, Not, Or, Phrase, PlainText, SearchQuery

from ..languages import PROVISIONED, SOURCE
from ..text.chinese import QUERY_TERMS, query_tokens
from .marks import in_language, marked
from .rows import by_index
from .writing import TokenIndex


MOST_COUNTED = 10_000  # finds of the admin's searches


def backend(params: dict[str, Any]) -> BaseSearchBackend:
    """The backend for the default database. Raises NotSupportedError unless it is PostgreSQL or SQLite."""
    return _backend_class(connection.vendor)({"SEARCH_CONFIG": "simple"} | params)


def rewrite(query: SearchQuery, codes: Sequence[str] = (SOURCE,)) -> SearchQuery:
    """`query` with its texts as tokens of these languages; MATCH_NONE if it says nothing, as '' or '!?' do.

    A part that says nothing is left out of And, Or and Not; of a long And or Or the first QUERY_TERMS parts count,
    as the backends recurse into each. Fuzzy queries stay as they are: nothing a reader types becomes one.
    """
    return _rewritten(query, codes) or MATCH_NONE


def _rewritten(query: SearchQuery, codes: Sequence[str]) -> SearchQuery | None:
    """The query in tokens, or None if it says nothing."""
    match query:
        case PlainText() | Phrase():
            return _text(query, codes)
        case And() | Or():
            return _combined(query, codes)
        case Not(subquery=MatchAll()):
            return query
        case Not() | Boost():
            return _nested(query, codes)
    return query


def _text(query: PlainText | Phrase, codes: Sequence[str]) -> SearchQuery | None:
    """A phrase stays one if its tokens follow each other in the index: not if a character stands alone in it,
    for in the text it may be half of a pair ('年 8660' in '今年8660个')."""
    tokens = query_tokens(query.query_string)
    if not tokens or not codes:
        return None
    if isinstance(query, Phrase):
        if all(len(token) > 1 for token in tokens):
            return balanced(Or, [Phrase(in_language(tokens, code)) for code in codes])
        query = PlainText("")
    options = {"operator": query.operator, "boost": query.boost}
    if len(codes) == 1:
        return PlainText(in_language(tokens, codes[0]), **options)
    words = [balanced(Or, [PlainText(marked(token, code), **options) for code in codes]) for token in tokens]
    return balanced(Or if query.operator == "or" else And, words)


def balanced(kind: type[And | Or], parts: list[SearchQuery]) -> SearchQuery:
    """The parts as a tree of low height: the databases nest a list as deep as it is long, and SQLite's parser overflows.
    At least one part."""
    if len(parts) == 1:
        return parts[0]
    middle = len(parts) // 2
    return kind([balanced(kind, parts[:middle]), balanced(kind, parts[middle:])])


def _combined(query: And | Or, codes: Sequence[str]) -> SearchQuery | None:
    """The parts that say something. MatchAll is resolved, as the databases take it at the top level only."""
    parts = [part for each in query.subqueries[:QUERY_TERMS] if (part := _rewritten(each, codes))]
    everything = [part for part in parts if isinstance(part, MatchAll)]
    if everything and (isinstance(query, Or) or len(everything) == len(parts)):
        return everything[0]
    parts = [part for part in parts if part not in everything]
    if any(isinstance(part, Not) for part in parts):
        return type(query)(parts) if len(parts) > 1 else parts[0]
    return balanced(type(query), parts) if parts else None


def _nested(query: Not | Boost, codes: Sequence[str]) -> SearchQuery | None:
    inner = _rewritten(query.subquery, codes)
    if inner is None:
        return None
    return Not(inner) if isinstance(query, Not) else Boost(inner, query.boost)


class _TokenQuery(BaseSearchQueryCompiler):
    """Mixed into a query compiler: it compiles the rewritten query, by default for texts in any language."""

    query: SearchQuery
    languages: ClassVar[Sequence[str]] = PROVISIONED

    def __init__(
        self,
        queryset: models.QuerySet,
        query: Any,
        fields: Sequence[str] | None = None,
        *,
        codes: Sequence[str] | None = None,
        **options: Any,
    ) -> None:
        """Raises NotSupportedError for `fields`: SQLite has no such columns, and PostgreSQL would read the
        model's own column, where Chinese is not tokenised. Filter the results instead."""
        if fields is not None:
            raise NotSupportedError(
                "search(fields=…) is not supported by core.search_backend: filter the results instead."
            )
        super().__init__(queryset, query, **options)
        self.query = rewrite(self.query, self.languages if codes is None else codes)


class _RankOfFew(BaseSearchQueryCompiler):
    """Mixed into a query compiler: very many finds are not ranked, which would read the words of all of them: what was made
    last comes first."""

    is_common: Callable[..., bool]
    order_by_relevance: bool
    queryset: models.QuerySet

    def search(self, config: Any, *slice_: int | None, **options: Any) -> models.QuerySet:
        if self.order_by_relevance and not isinstance(self.query, MatchAll | Not) and self.is_common(config):
            self.order_by_relevance = False
            self.queryset = self.queryset.order_by("-pk")
        return super().search(config, *slice_, **options)


class _BoundedCount(BaseSearchResults):
    """Mixed into results: nobody leafs to the end of very many, and all are counted by the index of words."""

    def _do_count(self) -> int:
        found = self.get_queryset()
        with by_index():
            return (found if found.query.is_sliced else found.order_by()[:MOST_COUNTED]).count()

    def facet(self, field_name: str) -> dict[Any, int]:
        with by_index():
            return super().facet(field_name)


class _CompletingQuery(_TokenQuery):
    """For the admin's choosers: the index's words that complete a name do not say which language they are of."""

    languages = (SOURCE,)


def parts_of(vendor: str) -> Any:
    """Our module for a database. Imported here because each can only be imported with its database in use."""
    if vendor == "postgresql":
        from . import postgres

        return postgres
    if vendor == "sqlite":
        from . import sqlite

        return sqlite
    raise NotSupportedError(f"core.searching.backend supports PostgreSQL and SQLite, not {vendor}.")


@cache
def _backend_class(vendor: str) -> Callable[[dict[str, Any]], BaseSearchBackend]:
    """The database's own backend class with our parts mixed in.

    Wagtail's own choice falls back to a backend without an index for the whole process if it is asked before `migrate`
    has run.
    """
    parts = parts_of(vendor)
    Stock = parts.Stock  # noqa: N806 (a class)
    compiler = type("OneRankQueryCompiler", (parts.OneRank, Stock.query_compiler_class), {})
    bounded = type("RankOfFew", (_RankOfFew,), {"is_common": parts.is_common})
    return type(
        "ChineseSearchBackend",
        (Stock,),
        {
            "query_compiler_class": type("SearchQueryCompiler", (_TokenQuery, bounded, compiler), {}),
            "autocomplete_query_compiler_class": type(
                "AutocompleteQueryCompiler",
                (_CompletingQuery, bounded, parts.OneRank, Stock.autocomplete_query_compiler_class),
                {},
            ),
            "results_class": type("BoundedResults", (_BoundedCount, Stock.results_class), {}),
            "index_class": type("TokenIndex", (TokenIndex, Stock.index_class), {"indexer": parts.Indexer}),
        },
    )


SearchBackend = backend  # the name that Wagtail looks for
