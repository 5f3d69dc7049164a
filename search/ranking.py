"""How well a thing answers a query. Pure functions: the index finds candidates, and these put them in order.

The databases' own ranks are left out: SQLite's knows no columns, PostgreSQL's no beginnings, and neither tells a
name from a sentence that holds it.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import IntEnum
from typing import Any

from core.text.pinyin import span, syllables

from .choices import Kind
from .matching import Text, as_pinyin, is_pinyin_of, pattern, pinyin_spans
from .parsing import ParsedQuery, Token


KINDS: list[Any] = list(Kind)


class Level(IntEnum):
    """From the best answer to the last."""

    NAME = 0  # the title is the query
    OTHER_NAME = 1  # another name is, or the title in pinyin or initials
    NAME_BEGINS = 2
    NAME_HOLDS = 3
    NAME_HOLDS_WORDS = 4  # each word stands in the title
    OTHER_NAME_BEGINS = 5
    OTHER_NAME_HOLDS = 6
    STANDFIRST = 7
    STANDFIRST_AND_NAME = 8  # each word stands in one of them
    TEXT = 9


@dataclass(frozen=True)
class Candidate:
    """What is ranked: names and short texts of one thing, in the languages that a reader may ask in."""

    kind: Kind
    names: tuple[str, ...]
    other_names: tuple[str, ...] = ()
    standfirsts: tuple[str, ...] = ()
    published: datetime | None = None
    order: int = 0
    thing: Any = field(default=None, compare=False)


def rank(candidates: Sequence[Candidate], query: ParsedQuery) -> list[tuple[Level, Candidate]]:
    """The candidates with how well they answer, the best first; then by kind, then the newest, then in their order."""
    levels = [(level(candidate, query), candidate) for candidate in candidates]
    return sorted(levels, key=lambda found: (found[0], *_tie_breaker(found[1])))


def level(candidate: Candidate, query: ParsedQuery) -> Level:
    """The best level that one of the variants of the query reaches."""
    return min((_level(candidate, variant) for variant in query.variants), default=Level.TEXT)


def _tie_breaker(candidate: Candidate) -> tuple[int, float, int]:
    newest = -candidate.published.timestamp() if candidate.published else 0.0
    return KINDS.index(candidate.kind), newest if candidate.kind == Kind.STORY else 0.0, candidate.order


def _level(candidate: Candidate, variant: tuple[Token, ...]) -> Level:
    names, others = _texts(candidate.names), _texts(candidate.other_names)
    checks: list[tuple[Level, Callable[[], bool]]] = [
        (Level.NAME, lambda: _equals(names, variant)),
        (
            Level.OTHER_NAME,
            lambda: _equals(others, variant) or _is_pinyin((*candidate.names, *candidate.other_names), variant),
        ),
        (Level.NAME_BEGINS, lambda: _starts_with(names, variant)),
        (Level.NAME_HOLDS, lambda: _contains(names, variant)),
        (Level.NAME_HOLDS_WORDS, lambda: any(_contains_words((name,), variant) for name in names)),
        (
            Level.OTHER_NAME_BEGINS,
            lambda: (
                _starts_with(others, variant) or _is_pinyin_prefix((*candidate.names, *candidate.other_names), variant)
            ),
        ),
        (Level.OTHER_NAME_HOLDS, lambda: _names_contain(candidate, [*names, *others], variant)),
        (Level.STANDFIRST, lambda: _contains(_texts(candidate.standfirsts), variant)),
        (
            Level.STANDFIRST_AND_NAME,
            lambda: _contains_words([*names, *others, *_texts(candidate.standfirsts)], variant),
        ),
    ]
    return next((reached for reached, check in checks if check()), Level.TEXT)


def _texts(printed: Sequence[str]) -> list[Text]:
    return [Text(each) for each in printed if each]


def _equals(texts: Sequence[Text], variant: tuple[Token, ...]) -> bool:
    """Whether one of the texts is the query, except for signs around it."""
    found = ((text.folded, pattern(variant).search(text.folded)) for text in texts)
    return any(match and not _has_words(folded[: match.start()] + folded[match.end() :]) for folded, match in found)


def _starts_with(texts: Sequence[Text], variant: tuple[Token, ...]) -> bool:
    found = ((text.folded, pattern(variant).search(text.folded)) for text in texts)
    return any(match and not _has_words(folded[: match.start()]) for folded, match in found)


def _contains(texts: Sequence[Text], variant: tuple[Token, ...]) -> bool:
    return any(pattern(variant).search(text.folded) for text in texts)


def _contains_words(texts: Sequence[Text], variant: tuple[Token, ...]) -> bool:
    return all(_contains(texts, (token,)) for token in variant)


def _is_pinyin(names: Sequence[str], variant: tuple[Token, ...]) -> bool:
    return any(is_pinyin_of(name, as_pinyin(variant)) for name in names)


def _is_pinyin_prefix(names: Sequence[str], variant: tuple[Token, ...]) -> bool:
    """Whether the query is the beginning of a name in pinyin."""
    typed = as_pinyin(variant)
    found = ((span(name, typed), syllables(name)) for name in names if typed)
    return any(place is not None and place[0] == said[0][0] for place, said in found)


def _names_contain(candidate: Candidate, texts: Sequence[Text], variant: tuple[Token, ...]) -> bool:
    """Whether each word is found in a name, as it is or in pinyin."""
    names = (*candidate.names, *candidate.other_names)
    if as_pinyin(variant) and any(pinyin_spans(name, [Token("word", as_pinyin(variant))]) for name in names):
        return True
    return all(_contains(texts, (token,)) or any(pinyin_spans(name, (token,)) for name in names) for token in variant)


def _has_words(text: str) -> bool:
    return any(character.isalnum() for character in text)
