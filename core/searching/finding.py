"""What the public search asks: which things of some kinds are found, how many at most, and the newest of very many.

A query is answered by the index's words and `SearchRow` alone, however many pages there are. Few finds are put in order
by whoever asks (`Search.keys`); of many, `Search.newest` walks from the newest and stops as soon as there are enough.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Model, QuerySet
from modelsearch.query import And, Not, Or, Phrase, SearchQuery
from wagtail.search.backends import get_search_backend

from ..languages import SOURCE
from .backend import balanced, rewrite
from .marks import kind_word
from .rows import SearchRow


@dataclass(frozen=True)
class Search:
    """What readers may find of some kinds of things: a query, in the languages `codes`.

    Only texts in these languages are read; each word of the query may be found in another of them. Every PlainText
    may be the beginning of a longer word, so it should hold one word. With `names_only` the whole query must be found in
    a thing's names.
    """

    models: Sequence[type[Model]]
    query: SearchQuery
    codes: Sequence[str] = (SOURCE,)
    names_only: bool = False

    @property
    def entries(self) -> QuerySet:
        """The index's entries of what is found, by their words alone: to be counted."""
        asked = self._asked()
        return asked.entries if asked else SearchRow.objects.none()

    @property
    def keys(self) -> QuerySet:
        """The primary keys of what is found, in no order: to be filtered by."""
        return self._rows().filter(pk__in=self.entries).order_by().values("object_pk")

    @property
    def newest(self) -> QuerySet:
        """The rows of what is found, the newest first: one is asked after the other, until there are enough."""
        asked = self._asked()
        found = asked.among(self._rows()) if asked else SearchRow.objects.none()
        return found.order_by("-published", "-object_pk")

    def _asked(self) -> Any:
        """The query as this database asks it; None if it says nothing."""
        query = rewrite(self.query, self.codes)
        if isinstance(query, Not) or not self.models:
            return None
        kinds: list[SearchQuery] = [Phrase(kind_word(name)) for name in self._kinds()]
        return get_search_backend().asked(self.models[0], And([balanced(Or, kinds), query]), self.names_only)

    def _rows(self) -> QuerySet:
        return SearchRow.objects.filter(kind__in=self._kinds())

    def _kinds(self) -> list[str]:
        return [str(model._meta.model_name) for model in self.models]
