"""A query written in the language that a database's full-text index reads.

The library makes a query of expressions, one for each word, which Django then compiles: several milliseconds for a search
of nine parts. The public search writes them as one text (`finding`), so that a query of the database can be prepared, and
the text put in its place.
"""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from modelsearch.query import And, Or, Phrase, PlainText, SearchQuery


class Ways(NamedTuple):
    """How a database writes a whole word, the beginning of one, words that follow each other, and what joins two parts;
    `quoted` keeps a word from ending its quotation marks."""

    whole: Callable[[str], str]
    begun: Callable[[str], str]
    quoted: Callable[[str], str]
    phrase: Callable[[Sequence[str]], str]
    both: str
    either: str


def written(query: SearchQuery, ways: Ways) -> str:
    """The query as one text, in which each part is bounded. The last word of a PlainText may be the beginning of a longer one.

    Raises TypeError for anything but And, Or, Phrase and PlainText with something in them.
    """
    match query:
        case Phrase(query_string=text) if text.split():
            return ways.phrase([ways.quoted(word) for word in text.split()])
        case PlainText(query_string=text) if text.split():
            *before, last = (ways.quoted(word) for word in text.split())
            return joined([*map(ways.whole, before), ways.begun(last)], ways, query.operator == "and")
        case And() | Or() if query.subqueries:
            return joined([written(each, ways) for each in query.subqueries], ways, isinstance(query, And))
    raise TypeError(f"Readers do not ask for {query!r}.")


def joined(parts: Sequence[str], ways: Ways, is_and: bool = True) -> str:
    return f"({(ways.both if is_and else ways.either).join(parts)})" if len(parts) > 1 else parts[0]
