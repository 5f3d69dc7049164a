# ruff: noqa: RUF001  # marks of other scripts
"""Reads the numbers of any language that stand in digits.

What CLDR knows is used: the language's own digits and separators, and its words for thousand, million … beside a number
(137 milhões). Every look around a number is bounded, so the time is linear.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import cache
from itertools import islice
from typing import NamedTuple

from core import cldr

from . import figures
from .chinese import blanked
from .figures import Figure, Meaning


_SPACES = " \u00a0\u202f\u2009"
_APOSTROPHES = "'’"
_TOKEN = re.compile(rf"[0-9]++(?:[.,٫٬{_APOSTROPHES}][0-9]++|(?<![0-9]{{4}})[{_SPACES}][0-9]{{3}}(?![0-9]))*+")
_ABBREVIATED = re.compile(r"(?<![0-9])((?:19|20)[0-9]{2})[–—/-]([0-9]{2})(?![0-9])")
_TO = re.compile(r"\s{0,2}(?:[-–—~〜]|\S{1,6})\s{0,2}")  # between the ends of a range
_MOST, _LONGEST = 300, 40  # numbers, characters of one
_GROUP = 3
_STEM = 5  # letters of a word that may have an ending: miljoona, miljoonan
_HIGHEST = 10**15


class _Decimals(dict):
    """Digits of any script to those of ASCII, one to one, each looked up once."""

    def __missing__(self, code: int) -> int:
        digit = unicodedata.decimal(chr(code), None) if code > 0x7F else None
        self[code] = value = code if digit is None else ord("0") + int(digit)
        return value


_DECIMALS = _Decimals()


class _Number(NamedTuple):
    """A number in digits with the word for a power of ten beside it. `is_open`: some other word stands behind it."""

    coefficient: Decimal
    factor: int
    start: int
    end: int
    is_foreign: bool
    is_open: bool


def figures_of(text: str, language: str) -> list[Figure]:
    """The numbers in digits, with their words for powers of ten, in order.

    `foreign`: read with the separators of another language. `optional`: a word stands behind it that may be a million.
    """
    folded = text.translate(_DECIMALS)
    shortened = list(_ABBREVIATED.finditer(folded))
    years = [
        Figure(Decimal(year), match[0], *match.span(), kind=figures.CALENDAR)
        for match in shortened
        for year in (match[1], match[1][:2] + match[2])
    ]
    rest = blanked(folded, [match.span() for match in shortened])
    found = list(islice(_numbers(rest, language), _MOST))
    read = [_figure(number, high, text) for number, high in zip(found, [*found[1:], None], strict=False)]
    return sorted([*years, *read], key=lambda figure: figure.start)


def _figure(number: _Number, high: _Number | None, text: str) -> Figure:
    """The lower end of 3–5 million may be three million, too."""
    is_range = (
        high is not None
        and number.factor == 1 < high.factor
        and number.coefficient < high.coefficient
        and _TO.fullmatch(text[number.end : high.start])
    )
    return Figure(
        number.coefficient * number.factor,
        text[number.start : number.end],
        number.start,
        number.end,
        foreign=number.is_foreign and number.factor == 1,
        optional=number.is_open,
        also=(Meaning("", number.coefficient * high.factor),) if high and is_range else (),
    )


def _numbers(text: str, language: str) -> Iterator[_Number]:
    for match in _TOKEN.finditer(text):
        before, after = text[max(0, match.start() - 1) : match.start()], text[match.end() : match.end() + 1]
        if (before.isalpha() and before.isascii()) or (after.isalpha() and after.isascii() and after.isupper()):
            continue  # A4, 5G
        if len(match[0]) <= _LONGEST:
            value, is_foreign = number(match[0], language)
            start, end, factor = _scaled(text, *match.span(), language)
            is_open = not cldr.compact_patterns(language) and text[match.end() : match.end() + 2].strip()[:1].isalpha()
            yield _Number(value, factor, start, end, is_foreign, is_open)


def number(token: str, language: str) -> tuple[Decimal, bool]:
    """By the language's own separators; what is no number by these, by those of another, and then True."""
    for groups, point in separators(language):
        whole, _point, decimals = token.partition(point)
        parts = re.split(f"[{re.escape(groups)}]", whole) if groups else [whole]
        if all(map(str.isdigit, parts)) and _is_grouped(parts, language) and (decimals.isdigit() or not _point):
            return Decimal("".join(parts) + ("." + decimals if decimals else "")), False
    parts = re.split(r"\D", token)
    tail = parts.pop() if len(parts) > 1 and len(parts[-1]) != _GROUP else ""
    return Decimal("".join(parts) + ("." + tail if tail else "")), True


def _is_grouped(parts: Sequence[str], language: str) -> bool:
    """1 234 567, or 12,34,567 where the language groups so."""
    first, *rest = map(len, parts)
    if not rest:
        return True
    last, others = cldr.grouping(language)
    return any(
        rest == [size] * (len(rest) - 1) + [end] and first <= max(size, end)
        for size, end in ((others, last), (_GROUP, _GROUP))
    )


@cache
def separators(language: str) -> tuple[tuple[str, str], ...]:
    """(characters between groups, decimal point) of each of the language's systems of digits."""
    return tuple((_alike(group), point) for group, point in cldr.separators(language))


def _alike(group: str) -> str:
    """Any blank for a blank, any apostrophe for an apostrophe."""
    return next((alike for alike in (_SPACES, _APOSTROPHES) if group in alike), group)


@cache
def _scales(language: str) -> list[tuple[re.Pattern, int]]:
    """Patterns of the words for powers of ten, the longest first."""
    unspaced = cldr.script(language) in cldr.UNSPACED
    found = []
    for word, factor in sorted(cldr.scale_words(language).items(), key=lambda each: -len(each[0])):
        ending = "" if unspaced else r"\w{0,3}(?!\w)" if len(word) >= _STEM else r"(?!\w)"
        case = re.IGNORECASE if len(word) > 2 else re.NOFLAG
        found.append((re.compile(re.escape(word) + ending, case), factor))
    return found


def _scaled(text: str, start: int, end: int, language: str) -> tuple[int, int, int]:
    """Where a number with its words million, thousand … begins and ends, and their product."""
    factor = 1
    while factor < _HIGHEST and (found := _scale_at(text, end, language)):
        end, factor = found[0], factor * found[1]
    if factor == 1 and cldr.scales_stand_before(language):  # milioni 137
        before = text[max(0, start - _LONGEST) : start].rstrip(_SPACES)
        for pattern, by in _scales(language):
            word = list(pattern.finditer(before))
            if word and word[-1].end() == len(before):
                return start - (min(start, _LONGEST) - word[-1].start()), end, by
    return start, end, factor


def _scale_at(text: str, end: int, language: str) -> tuple[int, int] | None:
    begin = end + len(text[end : end + 2]) - len(text[end : end + 2].lstrip(_SPACES + "-\u200e\u200f"))
    return next(
        ((match.end(), factor) for pattern, factor in _scales(language) if (match := pattern.match(text, begin))), None
    )
