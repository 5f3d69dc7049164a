"""How well a thing answers a query. Pure: the index finds candidates, and this puts them in order.

The databases' own ranks are left out: SQLite's knows no columns, PostgreSQL's no beginnings, and neither tells a
name from a sentence that holds it.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import IntEnum
from typing import Any

from core.text.pinyin import span, syllables

from .asking import Asked, Run
from .choices import Kind
from .matching import Text, is_spelt_by, letters, pattern, pinyin_spans


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
class Entry:
    """What is ranked: names and short texts of one thing, in the languages that a reader may ask in."""

    kind: Kind
    names: tuple[str, ...]
    other_names: tuple[str, ...] = ()
    standfirsts: tuple[str, ...] = ()
    published: datetime | None = None
    order: int = 0
    thing: Any = field(default=None, compare=False)


def ranked(entries: Sequence[Entry], asked: Asked) -> list[tuple[Level, Entry]]:
    """The entries with how well they answer, the best first; then by kind, then the newest, then in their order."""
    levels = [(level(entry, asked), entry) for entry in entries]
    return sorted(levels, key=lambda found: (found[0], *_standing(found[1])))


def level(entry: Entry, asked: Asked) -> Level:
    """The best level that one of the readings of the query reaches."""
    return min((_level(entry, reading) for reading in asked.readings), default=Level.TEXT)


def _standing(entry: Entry) -> tuple[int, float, int]:
    newest = -entry.published.timestamp() if entry.published else 0.0
    return KINDS.index(entry.kind), newest if entry.kind == Kind.STORY else 0.0, entry.order


def _level(entry: Entry, reading: tuple[Run, ...]) -> Level:
    names, others = _texts(entry.names), _texts(entry.other_names)
    checks: list[tuple[Level, Callable[[], bool]]] = [
        (Level.NAME, lambda: _is(names, reading)),
        (Level.OTHER_NAME, lambda: _is(others, reading) or _is_spelt((*entry.names, *entry.other_names), reading)),
        (Level.NAME_BEGINS, lambda: _begins(names, reading)),
        (Level.NAME_HOLDS, lambda: _holds(names, reading)),
        (Level.NAME_HOLDS_WORDS, lambda: any(_holds_words((name,), reading) for name in names)),
        (
            Level.OTHER_NAME_BEGINS,
            lambda: _begins(others, reading) or _spells_beginning((*entry.names, *entry.other_names), reading),
        ),
        (Level.OTHER_NAME_HOLDS, lambda: _holds_names(entry, [*names, *others], reading)),
        (Level.STANDFIRST, lambda: _holds(_texts(entry.standfirsts), reading)),
        (Level.STANDFIRST_AND_NAME, lambda: _holds_words([*names, *others, *_texts(entry.standfirsts)], reading)),
    ]
    return next((reached for reached, check in checks if check()), Level.TEXT)


def _texts(printed: Sequence[str]) -> list[Text]:
    return [Text(each) for each in printed if each]


def _is(texts: Sequence[Text], reading: tuple[Run, ...]) -> bool:
    """Whether one of the texts is the query, but for signs around it."""
    found = ((text.folded, pattern(reading).search(text.folded)) for text in texts)
    return any(match and not _says(folded[: match.start()] + folded[match.end() :]) for folded, match in found)


def _begins(texts: Sequence[Text], reading: tuple[Run, ...]) -> bool:
    found = ((text.folded, pattern(reading).search(text.folded)) for text in texts)
    return any(match and not _says(folded[: match.start()]) for folded, match in found)


def _holds(texts: Sequence[Text], reading: tuple[Run, ...]) -> bool:
    return any(pattern(reading).search(text.folded) for text in texts)


def _holds_words(texts: Sequence[Text], reading: tuple[Run, ...]) -> bool:
    return all(_holds(texts, (run,)) for run in reading)


def _is_spelt(names: Sequence[str], reading: tuple[Run, ...]) -> bool:
    return any(is_spelt_by(name, letters(reading)) for name in names)


def _spells_beginning(names: Sequence[str], reading: tuple[Run, ...]) -> bool:
    """Whether the query is the beginning of a name in pinyin."""
    typed = letters(reading)
    found = ((span(name, typed), syllables(name)) for name in names if typed)
    return any(place is not None and place[0] == said[0][0] for place, said in found)


def _holds_names(entry: Entry, texts: Sequence[Text], reading: tuple[Run, ...]) -> bool:
    """Whether each word stands in a name, as it is or in pinyin."""
    names = (*entry.names, *entry.other_names)
    if letters(reading) and any(pinyin_spans(name, [Run("word", letters(reading))]) for name in names):
        return True
    return all(_holds(texts, (run,)) or any(pinyin_spans(name, (run,)) for name in names) for run in reading)


def _says(text: str) -> bool:
    return any(character.isalnum() for character in text)
