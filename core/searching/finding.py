"""What the public search asks: which things of some kinds are found, how many at most, and the newest of very many.

A query is answered by the index's words and `SearchRow` alone, however many pages there are. Few finds are put in order
by whoever asks (`Search.keys`); of many, `Search.newest` walks from the newest and stops as soon as there are enough.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import Expression, Model, QuerySet
from modelsearch.query import MatchAll, Not, Or, Phrase, SearchQuery

from ..languages import SOURCE
from .backend import balanced, parts_of, rewrite
from .marks import kind_word
from .rows import SearchRow
from .words import joined


def words_of(query: SearchQuery, codes: Sequence[str] = (SOURCE,)) -> str:
    """A query as this database's index reads it; '' if it says nothing.

    Only texts in the languages `codes` are read; each word of the query may be found in another of them. Every PlainText
    may be the beginning of a longer word, so it should hold one word.
    """
    asked = rewrite(query, codes)
    return "" if isinstance(asked, MatchAll | Not) else _parts().text_of(asked)


def words_among(models: Sequence[type[Model]], words: str) -> str:
    """The same words, of things of these kinds."""
    kinds: list[SearchQuery] = [Phrase(kind_word(name)) for name in _kinds(models)]
    parts = _parts()
    return joined([parts.text_of(balanced(Or, kinds)), words], parts.WAYS) if words and kinds else ""


@dataclass(frozen=True)
class Search:
    """What readers may find of some kinds of things by `words` (of `words_among`), or by the place of words in a prepared
    query. With `names_only` all of them must be found in a thing's names.
    """

    models: Sequence[type[Model]]
    words: str | Expression
    names_only: bool = False

    @property
    def entries(self) -> QuerySet:
        """The index's entries of what is found, by their words alone: to be counted."""
        return self._asked().entries if self.words else SearchRow.objects.none()

    @property
    def keys(self) -> QuerySet:
        """The primary keys of what is found, in no order: to be filtered by."""
        return self._rows().filter(pk__in=self.entries).order_by().values("object_pk")

    @property
    def newest(self) -> QuerySet:
        """The rows of what is found, the newest first: one is asked after the other, until there are enough."""
        found = self._asked().among(self._rows()) if self.words else SearchRow.objects.none()
        return found.order_by("-published", "-object_pk")

    def _asked(self) -> Any:
        """The words as this database asks for them."""
        return _parts().Asked(self.words, self.names_only)

    def _rows(self) -> QuerySet:
        return SearchRow.objects.filter(kind__in=_kinds(self.models))


def _parts() -> Any:
    return parts_of(connection.vendor)


def _kinds(models: Sequence[type[Model]]) -> list[str]:
    return [str(model._meta.model_name) for model in models]
