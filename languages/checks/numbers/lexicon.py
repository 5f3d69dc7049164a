"""The words around numbers in one language, as patterns. The tables are in english.py, romance.py, russian.py, arabic.py."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property, lru_cache


@dataclass(frozen=True)
class Lexicon:
    """How one language writes numbers.

    `groups` and `point` are its separators. `scales` holds (pattern, factor) of what follows digits. `numerals` maps
    a pattern of a whole word to its value, `fractions` to per cent. `months` are twelve patterns. `more`, `about`,
    `nearly` are patterns of hedges before a number, `more_after` of one behind it. `kinds` maps what is counted to
    the words behind a number, `before` to those in front. `year_before` is what shows that 2023 is a year.
    """

    groups: str
    point: str
    scales: Sequence[tuple[str, int]]
    numerals: Mapping[str, int]
    fractions: Mapping[str, Decimal]
    months: Sequence[str]
    more: str
    about: str
    nearly: str
    more_after: str
    kinds: Mapping[str, str]
    year_before: str
    before: Mapping[str, str]
    conjunction: str  # between the words of one number: vingt et un
    out_of: str  # two in five, a share
    part_of: str  # twenty of the fifty
    ordinals: str  # behind digits: 2nd, 2e; and whole words: second
    every: str = ""  # says 100 % without a number
    units_first: bool = False  # five and twenty
    and_half: str = "(?!)"  # two and a half
    plans: str = ""  # names with numbers of their own: Five-Year Plan

    @cached_property
    def month(self) -> re.Pattern:
        return _words("|".join(f"(?P<m{number}>{name})" for number, name in enumerate(self.months, 1)))

    @cached_property
    def scale(self) -> list[tuple[re.Pattern, int]]:
        return [
            (re.compile(rf"[ \u00a0\u202f-]?(?:{word})(?!\w)", re.IGNORECASE), factor) for word, factor in self.scales
        ]

    @cached_property
    def hedges(self) -> re.Pattern:
        return re.compile(
            rf"(?<!\w)(?:(?P<more>{self.more})|(?P<nearly>{self.nearly})|(?P<about>{self.about}))[\s\u00a0]*\Z",
            re.IGNORECASE,
        )

    @cached_property
    def hedge_after(self) -> re.Pattern:
        return re.compile(rf"[\s\u00a0]*(?:{self.more_after})", re.IGNORECASE)

    @cached_property
    def behind(self) -> re.Pattern:
        return re.compile(
            "|".join(rf"(?P<{kind}>[\s\u00a0\u202f-]*(?:{words}))" for kind, words in self.kinds.items()), re.IGNORECASE
        )

    @cached_property
    def in_front(self) -> re.Pattern:
        return re.compile(
            "|".join(rf"(?P<{kind}>(?:{words})[\s\u00a0]*\Z)" for kind, words in self.before.items()), re.IGNORECASE
        )

    @cached_property
    def year_sign(self) -> re.Pattern:
        return re.compile(rf"(?<!\w)(?:{self.year_before})[\s\u00a0]*\Z", re.IGNORECASE)

    @cached_property
    def _numeral(self) -> list[tuple[re.Pattern, int]]:
        return [(re.compile(pattern), value) for pattern, value in self.numerals.items()]

    @cached_property
    def fraction(self) -> re.Pattern:
        return _words("|".join(f"(?P<f{index}>{words})" for index, words in enumerate(self.fractions)))

    @cached_property
    def ordinal(self) -> re.Pattern:
        return re.compile(rf"(?:{self.ordinals})(?!\w)", re.IGNORECASE)

    @cached_property
    def hundred(self) -> re.Pattern | None:
        return _words(self.every) if self.every else None

    @cached_property
    def planned(self) -> re.Pattern | None:
        return re.compile(self.plans, re.IGNORECASE) if self.plans else None

    def numeral(self, word: str) -> int | None:
        """The value of a word in lower case; None if it is no numeral."""
        return _value(self, word)

    def __hash__(self) -> int:
        return id(self)


def _words(pattern: str) -> re.Pattern:
    return re.compile(rf"(?<!\w)(?:{pattern})(?!\w)", re.IGNORECASE)


@lru_cache(maxsize=4096)
def _value(lexicon: Lexicon, word: str) -> int | None:
    return next((value for pattern, value in lexicon._numeral if pattern.fullmatch(word)), None)
