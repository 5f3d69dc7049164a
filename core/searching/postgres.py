"""What only PostgreSQL's index needs. Imported on PostgreSQL only, as modelsearch's module can be."""

from collections.abc import Sequence
from itertools import groupby
from typing import Any

from django.contrib.postgres.search import SearchQuery, SearchRank, SearchVectorExact, SearchVectorField
from django.db import models
from modelsearch.backends.database.postgres.postgres import IndexEntry, ObjectIndexer, PostgresSearchBackend
from wagtail.search.backends import get_search_backend

from .rows import count_up_to, entries_of
from .words import Ways, written


Stock = PostgresSearchBackend
RANKED = 2000


class OneRank:
    """Mixed into the query compiler: a row's rank is that of the whole query, so that no language weighs more than another.

    Stock ranks each part of a query by itself and takes means of means: of a word that is asked for in nine languages, the
    deepest in the tree would count half, and a query of five words would be ranked ninety times for each row.
    """

    sql_weights: Any
    build_tsquery: Any

    def build_tsrank(self, vector: Any, query: Any, config: Any = None, boost: float = 1.0) -> Any:
        rank = SearchRank(vector, self.build_tsquery(query, config=config), weights=self.sql_weights)
        return rank * boost if boost != 1.0 else rank


class Words(models.Expression):
    """Texts of several weights as one vector: what the library makes of nested functions, written at once."""

    output_field = SearchVectorField()

    def __init__(self, texts: Sequence[tuple[str, str]], config: str) -> None:
        super().__init__()
        self.texts, self.config = texts, config

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        parts = ["setweight(to_tsvector(%s::regconfig, %s), %s)"] * len(self.texts)
        return " || ".join(parts) or "''::tsvector", [
            value for text, weight in self.texts for value in (self.config, text, weight)
        ]


class Indexer(ObjectIndexer):
    """Texts of the same weight are one vector, not one for each language; none is kept beside the vectors."""

    def as_vector(self, texts: Any, for_autocomplete: bool = False) -> Any:
        said = [(text.strip(), weight) for text, weight in texts if text.strip()]
        joined = [(" ".join(text for text, _ in run), weight) for weight, run in groupby(said, lambda each: each[1])]
        return Words(joined, self.autocomplete_config if for_autocomplete else self.config)


WAYS = Ways(
    whole="'{}'".format,
    begun="'{}':*".format,
    quoted=lambda text: text.replace("\\", "\\\\").replace("'", "''"),
    phrase=lambda words: "('{}')".format("' <-> '".join(words)),
    both=" & ",
    either=" | ",
)


def text_of(query: Any) -> str:
    """A query as `to_tsquery` reads it: (('双福' <-> '福六') | 'kinder':*)."""
    return written(query, WAYS)


class Asked:
    """A query of words, as PostgreSQL asks it. The words are what `text_of` writes: a text, or the place of one in a
    prepared query."""

    def __init__(self, words: Any, names_only: bool) -> None:
        self.words = SearchQuery(words, config=get_search_backend().config, search_type="raw")
        title: Any = models.F("title")
        self.vector = title if names_only else title._combine(models.F("body"), "||", False)  # as the index has them

    @property
    def entries(self) -> models.QuerySet:
        return IndexEntry.objects.annotate(words=self.vector).filter(words=self.words).values("pk")

    def among(self, rows: models.QuerySet) -> models.QuerySet:
        """The rows whose words are found. As a subquery for each row it cannot become a join, which would read them all."""
        entry = IndexEntry.objects.filter(pk=models.OuterRef("pk"))
        answer = entry.values(answer=SearchVectorExact(self.vector, self.words))
        return rows.alias(is_found=models.Subquery(answer)).filter(is_found=True)


def is_common(compiler: Any, config: Any) -> bool:
    """Whether an admin's search finds more than are ranked, of all kinds, and there are more of the kind that it looks for."""
    names = [vector.name.removeprefix("index_entries__") for vector, _boost in compiler.get_index_vectors(None)]
    vector: Any = models.F(names[0])
    for name in names[1:]:
        vector = vector._combine(models.F(name), "||", False)
    words = compiler.build_tsquery(compiler.query, config=config)
    found = IndexEntry.objects.annotate(words=vector).filter(words=words).values("pk")
    return min(count_up_to([found, entries_of(compiler.queryset.model)], RANKED + 1)) > RANKED
