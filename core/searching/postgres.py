"""How PostgreSQL's index ranks. Imported on PostgreSQL only, as modelsearch's module can be."""

from typing import Any

from django.contrib.postgres.search import SearchRank


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
