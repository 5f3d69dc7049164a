# ruff: noqa: RUF001  # letters and marks of other scripts
"""Reads the dates of a text in English, French, Spanish, Russian or Arabic."""

import re
from collections.abc import Iterator

from .figures import Date
from .lexicon import Lexicon


# Digits of other scripts and full-width forms, one to one.
FOLD = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹０１２３４５６７８９％", "012345678901234567890123456789%")
_GAP = r"[\s\u00a0\u202f]{1,3}"
_CONNECTOR = rf"{_GAP}(?:(?:of|de|du|del|من|شهر|al|de l'année){_GAP}){{0,3}}"
_YEAR = r"(?:[,،]?[\s\u00a0]{{1,3}}(?:(?:of|de|del|عام|سنة|in)[\s\u00a0]{{1,3}})?(?P<{name}>[0-9]{{4}})(?![0-9])(?: (?:года?|году|г\.))?)?"
_DAY = r"(?<![0-9.,])(?P<{name}>[0-9]{{1,2}}|premier|first|primero|الأول|перво[ем]|первого)(?:st|nd|rd|th|er|\.?[ºª]|\.|ro|-?го)?"
_TO = r"(?:[\s\u00a0]{0,3}(?:[-–—]|to|and|au|al|по|إلى|و|y|et|и)[\s\u00a0]{0,3})"
_NUMERIC = re.compile(
    r"(?<![0-9./-])(?:(?P<year>[0-9]{4})(?P<sep>[-/.])(?P<month>[0-9]{1,2})(?P=sep)(?P<day>[0-9]{1,2})"
    r"|(?P<day2>[0-9]{1,2})(?P<sep2>[-/.])(?P<month2>[0-9]{1,2})(?P=sep2)(?P<year2>[0-9]{4}))(?![0-9/-])"
)
_REACH = 44  # characters before a month in which its day is looked for


def dates(text: str, lexicon: Lexicon) -> list[Date]:
    """1 September 2023, September 1, 2023, 1er septembre, 01.09.2023, 2023-09-01, September 2023; of 1–5 September both."""
    text, found = text.translate(FOLD), []
    for match in _NUMERIC.finditer(text):
        year, month, day = (int(match[name] or match[f"{name}2"]) for name in ("year", "month", "day"))
        found.append(Date(year, month, day, match[0], *match.span()))
    for match in lexicon.month.finditer(text):
        found += _around(text, match, int(str(match.lastgroup)[1:]))
    return sorted(found, key=lambda date: date.start)


def _around(text: str, month: re.Match, number: int) -> Iterator[Date]:
    front = _BEFORE.search(text, max(0, month.start() - _REACH), month.start())
    back = _AFTER.match(text, month.end())
    year_only = _ONLY_YEAR.match(text, month.end())
    if front:
        tail = year_only if year_only and year_only["year"] else None
        days, year, span = (front["first"], front["day"]), tail and tail["year"], (front.start(), (tail or month).end())
    elif back:
        days, year, span = (back["day"], back["last"]), back["year"], (month.start(), back.end())
    else:
        tail = year_only if year_only and year_only["year"] else None
        if tail is None and month[0] != month[0].capitalize() and month[0].isascii() and len(month[0]) < 4:
            return  # may, mar
        days, year, span = (None, None), tail and tail["year"], (month.start(), (tail or month).end())
    for day in filter(None, days) if any(days) else (None,):
        yield Date(int(year) if year else None, number, _day(day), text[slice(*span)], *span)


def _day(day: str | None) -> int | None:
    return None if day is None else int(day) if day.isdigit() else 1


_BEFORE = re.compile(f"(?:{_DAY.format(name='first')}{_TO})?{_DAY.format(name='day')}{_CONNECTOR}\\Z", re.IGNORECASE)
_AFTER = re.compile(
    r"\.?[\s\u00a0]{1,3}(?:the )?(?P<day>[0-9]{1,2})(?:st|nd|rd|th)?(?![0-9]|[.,:][0-9])"
    rf"(?:{_TO}(?P<last>[0-9]{{1,2}})(?:st|nd|rd|th)?(?![0-9]))?{_YEAR.format(name='year')}"
)
_ONLY_YEAR = re.compile(_YEAR.format(name="year"))
