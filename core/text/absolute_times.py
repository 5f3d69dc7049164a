"""A time as the calendar has it: for readers in their language, for programs, and for a Chinese text that is to say it.

School years and terms are China's: a school year begins on 1 September, its second term after the winter holidays. Days
and months are written by CLDR, through Babel. All functions are pure.
"""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from babel.dates import format_date, format_interval, format_skeleton
from django.utils import translation
from django.utils.translation import gettext as _

from .. import cldr
from ..languages import SOURCE


CHINESE = (SOURCE, "zh-hant")
SPRING, AUTUMN = 2, 9  # the months that terms begin in


class Span(StrEnum):
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    MONTHS = "months"
    YEAR = "year"
    YEARS = "years"
    TERM = "term"
    SCHOOL_YEAR = "school year"


@dataclass(frozen=True)
class Time:
    """From `first` to `last`, both included; what is printed depends on what kind of span that is."""

    span: Span
    first: date
    last: date

    @property
    def code(self) -> str:
        """The shortest that tells it: 2026, 2026-09, 2026-09-01, 2026-W38; 2025/2026 a school year, 2026-S and 2026-A its
        terms, a range with `..`."""
        year, month = self.first.year, f"{self.first:%Y-%m}"
        match self.span:
            case Span.DAY:
                return self.first.isoformat()
            case Span.WEEK:
                return f"{self.first:%G-W%V}"
            case Span.MONTH:
                return month
            case Span.MONTHS:
                return f"{month}..{self.last:%Y-%m}"
            case Span.YEARS:
                return f"{year}..{self.last.year}"
            case Span.TERM:
                return f"{year}-{'S' if self.first.month == SPRING else 'A'}"
            case Span.SCHOOL_YEAR:
                return f"{year}/{self.last.year}"
        return str(year)

    @property
    def datetime(self) -> str:
        """The same as a valid string of `<time datetime>` (HTML Standard, 4.5.14); '' for what has none there."""
        return self.code if self.span in (Span.DAY, Span.WEEK, Span.MONTH, Span.YEAR) else ""


# Making them ---------------------------------------------------------------------------------------


def day(at: date) -> Time:
    return Time(Span.DAY, at, at)


def week(at: date) -> Time:
    """The week from Monday on."""
    monday = at - timedelta(days=at.weekday())
    return Time(Span.WEEK, monday, monday + timedelta(days=6))


def month(year: int, number: int) -> Time:
    """`number` may lie outside of 1 to 12: month 0 is December of the year before."""
    year, number = year + (number - 1) // 12, (number - 1) % 12 + 1
    return Time(Span.MONTH, date(year, number, 1), _end(year, number))


def months(year: int, first: int, last: int) -> Time:
    return Time(Span.MONTHS, date(year, first, 1), _end(year, last))


def year(number: int) -> Time:
    return Time(Span.YEAR, date(number, 1, 1), date(number, 12, 31))


def years(first: int, last: int) -> Time:
    return Time(Span.YEARS, date(first, 1, 1), date(last, 12, 31))


def school_year(first: int) -> Time:
    """The one that begins in this year."""
    return Time(Span.SCHOOL_YEAR, date(first, AUTUMN, 1), _end(first + 1, AUTUMN - 1))


def term(number: int) -> Time:
    """Two to a year, counted from year 0: the spring term of 2026 is 4052, the autumn term 4053."""
    year, is_autumn = divmod(number, 2)
    if is_autumn:
        return Time(Span.TERM, date(year, AUTUMN, 1), _end(year + 1, SPRING - 1))
    return Time(Span.TERM, date(year, SPRING, 1), _end(year, AUTUMN - 2))


def _end(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


# Writing them --------------------------------------------------------------------------------------


def words(time: Time, code: str) -> str:
    """For a reader of the language: 2026年9月, September 2026, 2025–2026 school year."""
    if code in CHINESE:
        return in_chinese(time) if code == SOURCE else in_chinese(time).replace("学", "學")
    locale, first, last = cldr.locale(code), time.first, time.last
    match time.span:
        case Span.DAY:
            return format_date(first, "long", locale)
        case Span.WEEK:
            return format_interval(first, last, "yMMMd", locale=locale)
        case Span.MONTH:
            return format_skeleton("yMMMM", first, locale=locale)
        case Span.MONTHS:
            return format_interval(first, last, "yMMMM", locale=locale)
        case Span.YEARS:
            return format_interval(first, last, "y", locale=locale)
        case Span.YEAR:
            return format_skeleton("y", first, locale=locale)
    return _of_schools(time, code)


def _of_schools(time: Time, code: str) -> str:
    with translation.override(code):
        if time.span == Span.SCHOOL_YEAR:
            return _("{first}–{last} school year").format(first=time.first.year, last=time.last.year)
        if time.first.month == SPRING:
            return _("spring term {year}").format(year=time.first.year)
        return _("autumn term {year}").format(year=time.first.year)


def in_chinese(time: Time) -> str:
    """As a Chinese text says it, in the form of GB/T 15835-2011, 5.1: 2026年9月, 2025—2026学年, 2026年春季学期."""
    first, last = time.first, time.last
    match time.span:
        case Span.DAY:
            return f"{first.year}年{first.month}月{first.day}日"
        case Span.WEEK:
            return f"{first.year}年{first.month}月{first.day}日至{last.month}月{last.day}日"
        case Span.MONTH:
            return f"{first.year}年{first.month}月"
        case Span.MONTHS:
            return f"{first.year}年{first.month}月至{last.month}月"
        case Span.YEARS:
            return f"{first.year}年至{last.year}年"
        case Span.SCHOOL_YEAR:
            return f"{first.year}—{last.year}学年"
        case Span.TERM:
            return f"{first.year}年{'春' if first.month == SPRING else '秋'}季学期"
    return f"{first.year}年"
