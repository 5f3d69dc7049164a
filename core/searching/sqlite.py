"""What only SQLite's index needs. Imported on SQLite only, as modelsearch's module can be."""

from typing import Any

from django.db import models
from modelsearch.backends.database.sqlite.query import BM25, MatchExpression, normalize
from modelsearch.backends.database.sqlite.sqlite import ObjectIndexer, SQLiteFTSIndexEntry, SQLiteSearchBackend

from .rows import count_up_to, entries_of
from .words import Ways, written


Stock = SQLiteSearchBackend
RANKED = 200  # the library's rank asks the index anew for each
Indexer = ObjectIndexer


class OneRank:
    """Mixed into the query compiler: a row's rank is that of the whole query, which is all that `bm25` knows.

    Stock works it out anew for each part of a query and combines them, deeper than SQLite's parser can read.
    """

    def build_tsrank(self, vector: Any, query: Any, config: Any = None, boost: float = 1.0) -> Any:
        return BM25() * boost if boost != 1.0 else BM25()


WAYS = Ways(
    whole='"{}"'.format,
    begun='"{}"*'.format,
    quoted=lambda text: text.replace('"', '""'),
    phrase=lambda words: f'"{" ".join(words)}"',
    both=" AND ",
    either=" OR ",
)


def text_of(query: Any) -> str:
    """A query in FTS5's own language: ("双福 福六" OR "kinder"*)."""
    return written(query, WAYS)


class Matches(MatchExpression):
    """That an entry has the words, which `text_of` writes: a text, or the place of one in a prepared query."""

    def __init__(self, words: Any, names_only: bool) -> None:
        super().__init__(["title"] if names_only else ["title", "body"], words)

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        words = self.query if hasattr(self.query, "as_sql") else models.Value(self.query)
        place, params = compiler.compile(words)
        return self.template % f"'{{{' '.join(self.columns)}}} : (' || {place} || ')'", params


class Asked:
    """A query of words, as SQLite asks it.

    The full-text index is read once, before anything else. Joined to other tables, SQLite may look each row up in it: with
    5000 stories the query 's*' took fifty seconds (docs/performance.md).
    """

    def __init__(self, words: Any, names_only: bool) -> None:
        self.match = Matches(words, names_only)

    @property
    def entries(self) -> models.QuerySet:
        return SQLiteFTSIndexEntry.objects.filter(self.match).values("pk")

    def among(self, rows: models.QuerySet) -> models.QuerySet:
        return rows.filter(pk__in=self.entries)


def is_common(compiler: Any, config: Any) -> bool:
    """Whether an admin's search finds more than are ranked, of all kinds, and there are more of the kind that it looks for."""
    words = compiler.build_search_query(normalize(compiler.query), config=config)
    found = SQLiteFTSIndexEntry.objects.filter(MatchExpression(compiler.FTS_TABLE_FIELDS, words)).values("pk")
    return min(count_up_to([found, entries_of(compiler.queryset.model)], RANKED + 1)) > RANKED
