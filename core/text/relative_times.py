"""Times in a Chinese text that are told from the day it was published: 今年9月, 去年, 上学年, 目前.

A pattern finds the words; what stands around them says whether they are what they look like: 过去年代, 文明年级, 五年级上学期
and 《今天》 are not. Times that nobody could name (近年来, 日前, 将来) are left. Simplified and traditional characters.

All functions are pure and need time linear in the text: each pattern has a fixed length at most.
"""

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import NamedTuple

from . import absolute_times as at
from .absolute_times import AUTUMN, SPRING, Time
from .heading_numbers import small_number


class Told(NamedTuple):
    """The words from `start` to `end` of a text, and when that is. `is_now`: as of that time."""

    text: str
    start: int
    end: int
    time: Time
    is_now: bool = False


LONGEST = 30  # years of 5年来: what is longer is an age, not a span that somebody looks back on
_FOLD = str.maketrans("學當現來週號個過這時後０１２３４５６７８９", "学当现来周号个过这时后0123456789")
_NUMBER = r"(?:[0-9]{1,2}|[一二三四五六七八九十]{1,3}|两)"
_YEARS = {"大前年": -3, "前年": -2, "上上年": -2, "去年": -1, "上年": -1, "今年": 0, "本年": 0, "明年": 1, "后年": 2}
_MONTHS = {"上个月": -1, "上月": -1, "本月": 0, "下个月": 1, "下月": 1}
_WEEKS = {"上周": -1, "本周": 0, "下周": 1}
_DAYS = {"前": -2, "昨": -1, "今": 0, "明": 1}
_STEPS = {"上上": -2, "上": -1, "本": 0, "新": 0, "下": 1}
_WEEKDAYS = {character: number for number, character in enumerate("一二三四五六日")} | {"天": 6}
_QUARTERS = "一二三四"
# With these characters before or behind, it is another word: 过去年代, 文明年级, 晚上月亮.
_OTHER_WORDS = {
    "大前年": ("", "级龄"),
    "前年": ("以之此从生目提空年眼先", "级龄度均轻代限"),
    "上上年": ("", "级龄纪岁"),
    "去年": ("过失死逝", "代级龄轻均限份"),
    "上年": ("以早晚路网线天加", "级龄纪岁限代轻画货夜终中"),
    "今年": ("现", "级龄轻均产限份"),
    "本年": ("基成样日资版课读书文原", "级龄轻限份"),
    "明年": ("文证说声黎表发申光透分清聪标查阐", "级龄轻限代均份"),
    "后年": ("以此之业然今最随生前午身落", "级龄轻均代"),
    "上月": ("以早晚路网天海岁", "亮光色球饼薪"),
    "本月": ("日基", "刊"),
    "下月": ("以天", "亮光色球饼薪"),
    "上周": ("以路晚", "长岁边围密转"),
    "本周": ("日", "长岁边围密刊转"),
    "下周": ("以", "长岁边围密转"),
}


def _any_of(words: dict[str, int]) -> str:
    return "|".join(_guarded(word) for word in sorted(words, key=len, reverse=True))


def _guarded(word: str) -> str:
    before, behind = _OTHER_WORDS.get(word, ("", ""))
    return (f"(?<![{before}])" if before else "") + word + (f"(?![{behind}])" if behind else "")


_PATTERNS = {
    "school_year": r"(?P<school_year>上上|上|本|新|下)一?个?学年度?|(?P<past_school_year>一学年以?来)",
    "term": r"(?<![级年度一二三四五六七八九十0-9])(?P<term>上|本|新|下)一?个?学期[初末]?",
    "year": rf"(?P<year>{_any_of(_YEARS)})度?(?:(?P<month>{_NUMBER})月份?(?:(?P<day>{_NUMBER})[日号])?"
    rf"|(?P<half>[上下])半年|第?(?P<quarter>[{_QUARTERS}])季度|年?(?P<edge>[初底末])(?![级中])|以来)?",
    "month": rf"(?P<months>{_any_of(_MONTHS)})(?:份?(?P<day_of_month>{_NUMBER})[日号]|[上中下]旬|[初底末])?",
    "week": rf"(?P<weeks>{_any_of(_WEEKS)})(?:(?P<weekday>[一二三四五六日天])|末)?",
    "days": r"(?P<days>前(?=天[上下早晚中，])|(?<![先以])昨(?=[日天晚晨夜])|[今明](?=[日天晚晨早]))[日天晚晨夜早]",
    "past": rf"(?<![第近几数上下每十百千万0-9.])(?:(?:近|过去的?|最近的?)?(?P<since>{_NUMBER})年(?:以来|来(?![自源临访历到校京宾信电]))"
    rf"|(?:过去的?|最近的?|近)(?P<past>{_NUMBER})年(?![级代龄制期]))",
    "future": rf"(?:未来|今后)(?P<future>{_NUMBER})年(?![级代龄制])",
    "now": r"(?P<now>截[至止]目前|目前|当前(?!位置|页)|现阶段|眼下|时下|如今|现今|现在)",
}
_FIND = re.compile("|".join(_PATTERNS.values()))
_TITLES = re.compile(r"《[^《》]{1,60}》")
# A speaker's day is not the paper's; and 今天 may be any day of these times.
_QUOTED = re.compile(r"[“「『][^“”「」『』]{1,600}[”」』]")
_OPEN, _CLOSED = frozenset('“‘「『«„"'), frozenset('”’」』»“"')
_SPACES = " \u00a0\u202f"  # French puts one within its quotation marks
_FIGURATIVE = re.compile(r"[今昨明]天(?:的|们|和|与|里|更)|[今明]日(?:的|之|[中世星大程期化]|头条)")
_IDEAL = re.compile(r"(?:[的好丽亮同之不说标注]|未来|美好)\Z")


def relative_times(text: str, published: date) -> list[Told]:
    """Those in a text that was published on this day, in the order of the text."""
    folded = text.translate(_FOLD)
    titles = [found.span() for found in _TITLES.finditer(folded)]
    quoted = [found.span() for found in _QUOTED.finditer(folded)]
    return [
        Told(text[found.start() : found.end()], found.start(), found.end(), time, bool(found["now"]))
        for found in _FIND.finditer(folded)
        if not _is_within(found, titles)
        and not is_spoken_of(folded, found.start(), found.end())
        and not (found["days"] and (_is_within(found, quoted) or _is_figurative(folded, found)))
        and (time := _time(found, published)) is not None
    ]


def _is_within(found: re.Match[str], spans: list[tuple[int, int]]) -> bool:
    return any(start <= found.start() < end for start, end in spans)


def is_spoken_of(text: str, start: int, end: int) -> bool:
    """“去年”, « l’an dernier »: the word itself is meant, alone in quotation marks."""
    before, behind = text[max(0, start - 2) : start].rstrip(_SPACES), text[end : end + 2].lstrip(_SPACES)
    return before[-1:] in _OPEN and behind[:1] in _CLOSED


def _is_figurative(text: str, found: re.Match[str]) -> bool:
    """今天的中国, 更美好的明天."""
    start = found.start()
    return bool(_FIGURATIVE.match(text, start) or _IDEAL.search(text, max(0, start - 2), start))


def _time(found: re.Match[str], published: date) -> Time | None:
    """None for what no calendar has: 今年2月30日."""
    reader = next(reader for group, reader in _READERS.items() if found[group])
    try:
        return reader(found, published)
    except ValueError:
        return None


def _of_year(found: re.Match[str], published: date) -> Time:
    year = published.year + _YEARS[found["year"]]
    if found["day"]:
        return at.day(date(year, _month(found["month"]), small_number(found["day"])))
    if found["month"]:
        return at.month(year, _month(found["month"]))
    if found["half"]:
        return at.months(year, *((1, 6) if found["half"] == "上" else (7, 12)))
    if found["quarter"]:
        first = 3 * _QUARTERS.index(found["quarter"]) + 1
        return at.months(year, first, first + 2)
    if found["edge"]:
        return at.month(year, 1 if found["edge"] == "初" else 12)
    return at.year(year)


def _month(numeral: str) -> int:
    """Raises ValueError."""
    if not 1 <= (number := small_number(numeral)) <= 12:
        raise ValueError(numeral)
    return number


def _of_month(found: re.Match[str], published: date) -> Time:
    time = at.month(published.year, published.month + _MONTHS[found["months"]])
    return at.day(time.first.replace(day=small_number(found["day_of_month"]))) if found["day_of_month"] else time


def _of_week(found: re.Match[str], published: date) -> Time:
    time = at.week(published + timedelta(weeks=_WEEKS[found["weeks"]]))
    return at.day(time.first + timedelta(days=_WEEKDAYS[found["weekday"]])) if found["weekday"] else time


def _of_day(found: re.Match[str], published: date) -> Time:
    return at.day(published + timedelta(days=_DAYS[found["days"]]))


def _of_school_year(found: re.Match[str], published: date) -> Time:
    """A new one is that which begins in this calendar year; every other is counted from the one that runs."""
    word = found["school_year"]
    return at.school_year(published.year if word == "新" else running_school_year(published) + _STEPS[word])


def _of_past_school_year(_found: re.Match[str], published: date) -> Time:
    """What 一学年来 looks back on: in its last months the one that runs, else the one before."""
    running = running_school_year(published)
    return at.school_year(running if AUTUMN - 3 <= published.month < AUTUMN else running - 1)


def running_school_year(day: date) -> int:
    """The year in which the school year of this day began."""
    return day.year if day.month >= AUTUMN else day.year - 1


def _of_term(found: re.Match[str], published: date) -> Time:
    word = found["term"]
    return at.term(running_term(published) + (_STEPS[word] if word != "新" else _is_holiday(published)))


def running_term(day: date) -> int:
    """As `absolute_times.term` counts them. The summer holiday belongs to the term before, January to the autumn's."""
    if day.month < SPRING:
        return 2 * (day.year - 1) + 1
    return 2 * day.year + (day.month >= AUTUMN)


def _is_holiday(day: date) -> int:
    """1 in the months in which the new term is the next one."""
    return int(day.month in (SPRING - 1, AUTUMN - 2, AUTUMN - 1))


def _of_past(found: re.Match[str], published: date) -> Time:
    count = _span(found["since"] or found["past"])
    return at.years(published.year - count, published.year)


def _of_future(found: re.Match[str], published: date) -> Time:
    return at.years(published.year, published.year + _span(found["future"]))


def _span(numeral: str) -> int:
    """Raises ValueError."""
    if not 1 <= (count := 2 if numeral == "两" else small_number(numeral)) <= LONGEST:
        raise ValueError(numeral)
    return count


def _of_now(_found: re.Match[str], published: date) -> Time:
    return at.month(published.year, published.month)


_READERS: dict[str, Callable[[re.Match[str], date], Time]] = {
    "school_year": _of_school_year,
    "past_school_year": _of_past_school_year,
    "term": _of_term,
    "year": _of_year,
    "months": _of_month,
    "weeks": _of_week,
    "days": _of_day,
    "since": _of_past,
    "past": _of_past,
    "future": _of_future,
    "now": _of_now,
}
