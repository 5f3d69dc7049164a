"""How SQLite's index answers `matching`. Imported on SQLite only, as modelsearch's module can be."""

from typing import Any

from django.db import models
from modelsearch.backends.database.sqlite.query import BM25, MatchExpression, normalize
from modelsearch.backends.database.sqlite.sqlite import IndexEntry, SQLiteFTSIndexEntry
from modelsearch.query import MatchAll, Not
from modelsearch.utils import get_descendants_content_types_pks


class OneRank:
    """Mixed into the query compiler: a row's rank is that of the whole query, which is all that `bm25` knows.

    Stock works it out anew for each part of a query and combines them, deeper than SQLite's parser can read.
    """

    def build_tsrank(self, vector: Any, query: Any, config: Any = None, boost: float = 1.0) -> Any:
        return BM25() * boost if boost != 1.0 else BM25()


def found_first(compiler: Any, config: Any) -> models.QuerySet:
    """The rows that `compiler.search()` would give, with the full-text index read once, before anything else.

    Stock joins it to the entries, and SQLite may then look each entry up in it: with 5000 stories the query 's*' took
    fifty seconds (docs/performance.md).
    """
    query = normalize(compiler.query)
    if isinstance(query, MatchAll | Not):
        return compiler.search(config, None, None)
    asked = MatchExpression(compiler.FTS_TABLE_FIELDS, compiler.build_search_query(query, config=config))
    found = SQLiteFTSIndexEntry.objects.filter(asked).values("pk")
    kinds = get_descendants_content_types_pks(compiler.queryset.model)
    entries = IndexEntry.objects.filter(pk__in=found, content_type__in=kinds)
    return compiler.queryset.filter(pk__in=entries.values("object_id"))
