"""How well a thing answers a query. Pure functions: the index finds candidates, and these put them in order.

The databases' own ranks are left out: SQLite's knows no columns, PostgreSQL's no beginnings, and neither tells a
name from a sentence that holds it.
"""

import re
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


class _Match(IntEnum):
    """Where a query stands in a text."""

    IS = 0  # it is the text, except for signs around it
    BEGINS = 1
    HELD = 2
    NOWHERE = 3


def _level(candidate: Candidate, variant: tuple[Token, ...]) -> Level:
    names, others = _texts(candidate.names), _texts(candidate.other_names)
    in_name = _match(names, variant)
    if in_name == _Match.IS:
        return Level.NAME
    in_other = _match(others, variant)
    if in_other == _Match.IS or _is_pinyin((*candidate.names, *candidate.other_names), variant):
        return Level.OTHER_NAME
    if in_name != _Match.NOWHERE:
        return Level.NAME_BEGINS if in_name == _Match.BEGINS else Level.NAME_HOLDS
    return _level_of_parts(candidate, names, others, in_other, variant)


def _level_of_parts(
    candidate: Candidate, names: list[Text], others: list[Text], in_other: _Match, variant: tuple[Token, ...]
) -> Level:
    """The level of what has the query in no name as a whole."""
    checks: list[tuple[Level, Callable[[], bool]]] = [
        (Level.NAME_HOLDS_WORDS, lambda: len(variant) > 1 and any(_contains_words((name,), variant) for name in names)),
        (
            Level.OTHER_NAME_BEGINS,
            lambda: in_other == _Match.BEGINS or _is_pinyin_prefix((*candidate.names, *candidate.other_names), variant),
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


def _match(texts: Sequence[Text], variant: tuple[Token, ...]) -> _Match:
    """Where the query stands in that of the texts in which it stands best."""
    whole = pattern(variant)
    return min((_match_in(text.folded, whole) for text in texts), default=_Match.NOWHERE)


def _match_in(folded: str, whole: re.Pattern[str]) -> _Match:
    found = whole.search(folded)
    if found is None:
        return _Match.NOWHERE
    if _has_words(folded[: found.start()]):
        return _Match.HELD
    return _Match.BEGINS if _has_words(folded[found.end() :]) else _Match.IS


def _contains(texts: Sequence[Text], variant: tuple[Token, ...]) -> bool:
    return any(pattern(variant).search(text.folded) for text in texts)


def _contains_words(texts: Sequence[Text], variant: tuple[Token, ...]) -> bool:
    return all(_contains(texts, (token,)) for token in variant)


def _is_pinyin(names: Sequence[str], variant: tuple[Token, ...]) -> bool:
    typed = as_pinyin(variant)
    return bool(typed) and any(is_pinyin_of(name, typed) for name in names)


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
