"""The words around numbers in one language, as patterns. The tables are in english.py, french.py, spanish.py, russian.py, arabic.py."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property, lru_cache

from . import figures
from .figures import Meaning


@dataclass(frozen=True)
class Phrase:
    """What words without a numeral of their own say: halved, dozens, noon. `most` is the upper end of what is told roughly."""

    meanings: tuple[Meaning, ...]
    most: Decimal | None = None
    fraction: bool = False
    falls: bool = False  # the value is of what is left: 'вдвое' after 'fell' is a half
    optional: bool = False


def part(percent: float | Decimal) -> Phrase:
    """Half, a quarter."""
    return Phrase((Meaning(figures.PERCENT, Decimal(percent)),), fraction=True)


def times(factor: float, *more: Meaning) -> Phrase:
    """Doubled, twice."""
    return Phrase((*figures.multiple(Decimal(str(factor))), *more))


def often(factor: int) -> Phrase:
    """Twice: as much, or on two occasions."""
    return times(factor, Meaning("", Decimal(factor)))


def many(low: int, high: int) -> Phrase:
    """Dozens, hundreds."""
    return Phrase((Meaning("", Decimal(low)),), most=Decimal(high))


def lasting(value: float | str, kind: str) -> Phrase:
    """Half a year, a fortnight."""
    return Phrase((Meaning(kind, Decimal(str(value))),))


def clock(hour: int) -> Phrase:
    """Noon, midnight."""
    return Phrase((*figures.time_of_day(hour, 0, "am" if hour == 24 else ""), Meaning("", Decimal(hour))))


def decade(years: int) -> Phrase:
    """The eighties."""
    return Phrase((Meaning(figures.DECADE, Decimal(years)),))


def grade(*numbers: int) -> Phrase:
    """Terminale."""
    return Phrase(tuple(Meaning(figures.GRADE, Decimal(number)) for number in numbers))


def century(number: int) -> Phrase:
    """The last century."""
    return Phrase((Meaning(figures.CENTURY, Decimal(number)),), optional=True)


@dataclass(frozen=True)
class Ways:
    """What shows that something changes by, to or from a number. `verbs` and `falls` are looked for in the words before it."""

    verbs: str
    falls: str
    by: str
    to: str
    from_: str
    after_by: str = "(?!)"
    after_to: str = "(?!)"


@dataclass(frozen=True)
class Lexicon:
    """How one language writes numbers.

    `groups` and `point` are its separators. `scales` holds (pattern, factor) of what follows digits. `numerals` maps
    a pattern of a whole word to its value, `denominators` that of what is counted in a fraction: thirds. `phrases` are words that say a number
    without a numeral. `months` are twelve patterns. `more`, `about`, `nearly` are patterns of hedges before a number,
    `more_after` of one behind it. `kinds` maps what is counted to the words behind a number, `before` to those in front.
    `year_before` is what shows that 2023 is a year. `clocks` are patterns of times with the groups h, m, half, quarter, third, less, am, pm.
    """

    groups: str
    point: str
    scales: Sequence[tuple[str, int]]
    numerals: Mapping[str, int | Decimal]
    denominators: Mapping[str, int]
    phrases: Mapping[str, Phrase]
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
    ways: Ways
    clocks: Sequence[str]
    decades: Sequence[str]  # with a group d
    junior: str = "(?!)"
    senior: str = "(?!)"
    one: str = "(?!)"  # the article in a third
    piece: str = "(?!)"  # cuarta parte
    every: str = ""  # says 100 % without a number
    units_first: bool = False  # five and twenty
    and_half: str = "(?!)"  # two and a half
    unit_and_half: str = "(?!)"  # hora y media: one and a half, with the kind as the group's name
    half_scale: str = "(?!)"  # half a million, with the scale as a group
    doubled: str = "(?!)"  # a word that alone is the dual of its numeral
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
            rf"(?<!\w)(?:(?P<more>{self.more})|(?P<nearly>{self.nearly})|(?P<about>{self.about}))[\s\u00a0]{{0,3}}\Z",
            re.IGNORECASE,
        )

    @cached_property
    def hedge_after(self) -> re.Pattern:
        return re.compile(rf"[\s\u00a0]{{0,3}}(?:{self.more_after})", re.IGNORECASE)

    @cached_property
    def behind(self) -> re.Pattern:
        return re.compile(
            "|".join(rf"(?P<{kind}>[\s\u00a0\u202f-]{{0,3}}(?:{words}))" for kind, words in self.kinds.items()),
            re.IGNORECASE,
        )

    @cached_property
    def in_front(self) -> re.Pattern:
        return re.compile(
            "|".join(rf"(?P<{kind}>(?<!\w)(?:{words})[\s\u00a0]{{0,3}}\Z)" for kind, words in self.before.items()),
            re.IGNORECASE,
        )

    @cached_property
    def year_sign(self) -> re.Pattern:
        return re.compile(rf"(?<!\w)(?:{self.year_before})[\s\u00a0]{{0,3}}\Z", re.IGNORECASE)

    @cached_property
    def _numeral(self) -> list[tuple[re.Pattern, Decimal]]:
        return [(re.compile(pattern), Decimal(value)) for pattern, value in self.numerals.items()]

    @cached_property
    def fraction(self) -> re.Pattern:
        words = "|".join(f"(?P<d{value}>{words})" for words, value in self.denominators.items())
        return re.compile(
            rf"(?<!\w)(?P<n>[^\W\d_]{{1,20}}|[0-9]{{1,2}})[\s\u00a0-]{{1,2}}(?:{words})(?!\w)", re.IGNORECASE
        )

    @cached_property
    def share(self) -> re.Pattern:
        return re.compile(rf"(?<!\w)(?P<n>[^\W\d_]{{1,20}})[\s\u00a0]{{1,2}}(?:{self.piece})(?!\w)", re.IGNORECASE)

    @cached_property
    def article(self) -> re.Pattern:
        return re.compile(self.one, re.IGNORECASE)

    @cached_property
    def phrase(self) -> re.Pattern:
        return _words("|".join(f"(?P<p{index}>{words})" for index, words in enumerate(self.phrases)))

    @cached_property
    def said(self) -> list[Phrase]:
        return list(self.phrases.values())

    @cached_property
    def clock(self) -> list[re.Pattern]:
        return [re.compile(rf"(?<![\w:]){pattern}(?!\w)", re.IGNORECASE) for pattern in self.clocks]

    @cached_property
    def decade(self) -> re.Pattern:
        return re.compile(
            "|".join(f"(?<!\\w)(?:{each.replace('?P<d>', f'?P<d{i}>')})(?!\\w)" for i, each in enumerate(self.decades)),
            re.IGNORECASE,
        )

    @cached_property
    def half(self) -> re.Pattern:
        return re.compile(rf"(?:{self.and_half})(?!\w)", re.IGNORECASE)

    @cached_property
    def one_and_half(self) -> re.Pattern:
        return _words(self.unit_and_half)

    @cached_property
    def half_of(self) -> re.Pattern:
        return _words(self.half_scale)

    @cached_property
    def dual(self) -> re.Pattern:
        return re.compile(self.doubled)

    @cached_property
    def ordinal(self) -> re.Pattern:
        return re.compile(rf"(?:{self.ordinals})(?!\w)", re.IGNORECASE)

    @cached_property
    def hundred(self) -> re.Pattern | None:
        return _words(self.every) if self.every else None

    @cached_property
    def planned(self) -> re.Pattern | None:
        return re.compile(self.plans, re.IGNORECASE) if self.plans else None

    @cached_property
    def changing(self) -> re.Pattern:
        return re.compile(rf"(?<!\w)(?:{self.ways.verbs})", re.IGNORECASE)

    @cached_property
    def falling(self) -> re.Pattern:
        return re.compile(rf"(?<!\w)(?:{self.ways.falls})", re.IGNORECASE)

    @cached_property
    def way(self) -> re.Pattern:
        ways = self.ways
        return re.compile(
            rf"(?<!\w)(?:(?P<by>{ways.by})|(?P<to>{ways.to})|(?P<from>{ways.from_}))[\s\u00a0]{{0,3}}\Z", re.IGNORECASE
        )

    @cached_property
    def way_after(self) -> re.Pattern:
        return re.compile(
            rf"[\s\u00a0]{{0,3}}(?:(?P<by>{self.ways.after_by})|(?P<to>{self.ways.after_to}))", re.IGNORECASE
        )

    @cached_property
    def stage(self) -> re.Pattern:
        return re.compile(rf"(?<!\w)(?:(?P<junior>{self.junior})|(?P<senior>{self.senior}))", re.IGNORECASE)

    @cached_property
    def joined(self) -> re.Pattern:
        return re.compile(rf"(?:\s{{1,2}}[^\W\d_]{{1,20}}){{0,3}}\s{{1,3}}(?:{self.out_of})\s{{1,3}}", re.IGNORECASE)

    def numeral(self, word: str) -> Decimal | None:
        """The value of a word in lower case; None if it is no numeral."""
        return _value(self, word)

    def __hash__(self) -> int:
        return id(self)


def _words(pattern: str) -> re.Pattern:
    return re.compile(rf"(?<!\w)(?:{pattern})(?!\w)", re.IGNORECASE)


@lru_cache(maxsize=8192)
def _value(lexicon: Lexicon, word: str) -> Decimal | None:
    if len(word) > 24:
        return None
    return next((value for pattern, value in lexicon._numeral if pattern.fullmatch(word)), None)
