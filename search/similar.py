"""Suggestions for a query without results: names that are spelt or pronounced nearly like it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

from rapidfuzz.distance import Levenshtein

from core.text.chinese import fold
from core.text.pinyin import syllables

from .parsing import ParsedQuery


MAX_LENGTH = 40  # characters of a name and of a query that are compared
MAX_DIFFERENCE = 0.34  # of the longer one's letters may differ
MAX_SUGGESTIONS = 4


@dataclass(frozen=True)
class Name:
    """A name as it is compared: as written, and as pronounced."""

    printed: str
    forms: tuple[str, str]

    @classmethod
    def of(cls, printed: str) -> Self:
        return cls(printed, _forms(printed))


def similar(names: Iterable[Name], query: ParsedQuery) -> list[str]:
    """At most MAX_SUGGESTIONS names that are near the query, the nearest first."""
    typed = _forms(query.text)
    near = [(min(map(_difference, typed, name.forms)), name.printed) for name in names]
    return [name for difference, name in sorted(near) if difference <= MAX_DIFFERENCE][:MAX_SUGGESTIONS]


def _forms(text: str) -> tuple[str, str]:
    """As written, and as pronounced."""
    short = text[:MAX_LENGTH]
    said = "".join(syllable for _place, syllable in syllables(short))
    return "".join(fold(short).split()), said or "".join(fold(short).split())


def _difference(one: str, other: str) -> float:
    """The share of letters that must change to make one of the other (Levenshtein's distance): 0 to 1, and 1 also for all
    beyond MAX_DIFFERENCE."""
    return Levenshtein.normalized_distance(one, other, score_cutoff=MAX_DIFFERENCE) if one and other else 1.0
