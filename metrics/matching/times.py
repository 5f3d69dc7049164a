"""When a sentence speaks of: dates, years, school years, and what is told from the day of publication."""

import re
from collections.abc import Iterator
from datetime import date

from core.text import absolute_times as at
from core.text.absolute_times import Time
from core.text.relative_times import relative_times


_YEAR = r"(?<![0-9])((?:19|20)[0-9]{2})"
_SCHOOL_YEAR = re.compile(rf"{_YEAR}(?:年?[—–\-~至到]{{1,2}}((?:19|20)?[0-9]{{2}})年?|年?)学年")
_DATED = re.compile(rf"{_YEAR}年(?!学年)(?:([0-9]{{1,2}})月|([上下])半年|(春|秋)季?学期)?")


def times_in(text: str, day: date) -> list[Time]:
    """Those of a text that was published on this day: first what it says itself, then what is told from the day."""
    return [*_dated(text), *(told.time for told in relative_times(text, day))]


def _dated(text: str) -> Iterator[Time]:
    for found in _SCHOOL_YEAR.finditer(text):
        yield at.school_year(int(found[1]))
    for found in _DATED.finditer(text):
        year, month, half, term = int(found[1]), found[2], found[3], found[4]
        if month and 1 <= int(month) <= 12:
            yield at.month(year, int(month))
        elif half:
            yield at.months(year, *((1, 6) if half == "上" else (7, 12)))
        elif term:
            yield at.term(2 * year + (term == "秋"))
        else:
            yield at.year(year)
