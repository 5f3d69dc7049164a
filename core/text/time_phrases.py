"""Times that are told from the day of publication in the languages that texts are translated into.

Only phrases that mean nothing else: "last September" and "today" are left, "this September" and "last year" are not. A
language without a table has none. Chinese is read by `relative_times`, which says what a time is.
"""

import re
from collections.abc import Callable
from datetime import date, timedelta
from functools import cache
from typing import NamedTuple

from .. import cldr
from . import absolute_times as at
from .absolute_times import CHINESE, Time
from .relative_times import Told, is_spoken_of, relative_times, running_school_year, running_term


class Phrase(NamedTuple):
    """`pattern` with {month} for the name of a month; what it means is `steps` of `unit` from the day of publication."""

    pattern: str
    unit: str
    steps: int = 0


def _phrases(unit: str, *patterns: tuple[str, int]) -> list[Phrase]:
    return [Phrase(pattern, unit, steps) for pattern, steps in patterns]


# The longer before what they begin with.
_TABLES: dict[str, list[Phrase]] = {
    "en": [
        *_phrases("month of year", (r"this {month}", 0), (r"{month} (?:of )?this year", 0)),
        *_phrases("month of year", (r"{month} (?:of )?last year", -1), (r"{month} (?:of )?next year", 1)),
        *_phrases("school year", (r"(?:this|the current) (?:school|academic) year", 0)),
        *_phrases("school year", (r"(?:the )?(?:last|past|previous) (?:school|academic) year", -1)),
        *_phrases("school year", (r"(?:the )?next (?:school|academic) year", 1)),
        *_phrases("term", (r"this (?:school )?(?:term|semester)", 0), (r"last (?:school )?(?:term|semester)", -1)),
        *_phrases("year", (r"the year before last", -2), (r"last year", -1), (r"this year", 0), (r"next year", 1)),
        *_phrases("month", (r"last month", -1), (r"this month", 0), (r"next month", 1)),
        *_phrases("week", (r"last week", -1), (r"this week", 0), (r"next week", 1)),
        *_phrases("day", (r"yesterday", -1)),
        *_phrases("now", (r"at present", 0), (r"currently", 0), (r"at the moment", 0)),
    ],
    "fr": [
        *_phrases("month of year", (r"{month} de cette année", 0), (r"{month} de l[’']an(?:née)? derni(?:er|ère)", -1)),
        *_phrases("month of year", (r"en {month} prochain", 1)),
        *_phrases(
            "school year", (r"(?:cette|l[’']) ?année scolaire (?:en cours|actuelle)", 0), (r"cette année scolaire", 0)
        ),
        *_phrases("school year", (r"l[’']année scolaire (?:dernière|passée|précédente|écoulée)", -1)),
        *_phrases("term", (r"ce semestre", 0), (r"le semestre dernier", -1)),
        *_phrases("year", (r"l[’']an dernier", -1), (r"l[’']année dernière", -1), (r"cette année", 0)),
        *_phrases("year", (r"l[’']an prochain", 1), (r"l[’']année prochaine", 1)),
        *_phrases("month", (r"le mois dernier", -1), (r"ce mois-ci", 0), (r"le mois prochain", 1)),
        *_phrases("week", (r"la semaine dernière", -1), (r"cette semaine", 0), (r"la semaine prochaine", 1)),
        *_phrases("day", (r"avant-hier", -2), (r"hier", -1)),
        *_phrases("now", (r"actuellement", 0), (r"à l[’']heure actuelle", 0), (r"à ce jour", 0)),
    ],
    "es": [
        *_phrases("month of year", (r"{month} de este año", 0), (r"{month} del (?:año pasado|pasado año)", -1)),
        *_phrases("month of year", (r"{month} del (?:próximo año|año que viene)", 1)),
        *_phrases("school year", (r"este (?:curso|año) escolar", 0), (r"el presente curso", 0), (r"este curso", 0)),
        *_phrases("school year", (r"(?:el )?(?:pasado curso|curso pasado|curso anterior|año escolar pasado)", -1)),
        *_phrases("term", (r"este semestre", 0), (r"el semestre pasado", -1)),
        *_phrases("year", (r"el año pasado", -1), (r"el pasado año", -1), (r"este año", 0)),
        *_phrases("year", (r"el próximo año", 1), (r"el año que viene", 1), (r"hace dos años", -2)),
        *_phrases("month", (r"el mes pasado", -1), (r"este mes", 0), (r"el próximo mes", 1)),
        *_phrases("week", (r"la semana pasada", -1), (r"esta semana", 0), (r"la próxima semana", 1)),
        *_phrases("day", (r"anteayer", -2), (r"ayer", -1)),
        *_phrases("now", (r"actualmente", 0), (r"en la actualidad", 0), (r"hasta la fecha", 0)),
    ],
    "ru": [
        *_phrases("month of year", (r"{month} (?:этого|текущего|нынешнего) года", 0), (r"{month} прошлого года", -1)),
        *_phrases("month of year", (r"{month} (?:следующего|будущего) года", 1)),
        *_phrases("school year", (r"(?:этом|этот|текущем|текущий|нынешнем) учебн(?:ом|ый) год\w?", 0)),
        *_phrases("school year", (r"(?:прошлом|прошлый|прошедшем|прошедший|минувшем) учебн(?:ом|ый) год\w?", -1)),
        *_phrases("term", (r"(?:этом|этот) семестре?", 0), (r"прошлом семестре", -1)),
        *_phrases("year", (r"позапрошлом году", -2), (r"прошлом году", -1), (r"(?:этом|текущем|нынешнем) году", 0)),
        *_phrases("year", (r"(?:следующем|будущем) году", 1)),
        *_phrases("month", (r"прошлом месяце", -1), (r"этом месяце", 0), (r"следующем месяце", 1)),
        *_phrases("week", (r"прошлой неделе", -1), (r"этой неделе", 0), (r"следующей неделе", 1)),
        *_phrases("day", (r"позавчера", -2), (r"вчера", -1)),
        *_phrases("now", (r"в настоящее время", 0), (r"на сегодняшний день", 0), (r"сейчас", 0)),
    ],
    "ar": [
        *_phrases("month of year", (r"{month} (?:من )?(?:هذا العام|العام الحالي|العام الجاري|هذه السنة)", 0)),
        *_phrases("month of year", (r"{month} (?:من )?(?:العام الماضي|السنة الماضية)", -1)),
        *_phrases("month of year", (r"{month} (?:من )?(?:العام المقبل|العام القادم)", 1)),
        *_phrases("school year", (r"(?:هذا العام الدراسي|العام الدراسي الحالي|العام الدراسي الجاري)", 0)),
        *_phrases("school year", (r"العام الدراسي (?:الماضي|السابق|المنصرم)", -1)),
        *_phrases("term", (r"(?:هذا الفصل الدراسي|الفصل الدراسي الحالي)", 0), (r"الفصل الدراسي الماضي", -1)),
        *_phrases("year", (r"(?:العام قبل الماضي)", -2), (r"(?:العام الماضي|السنة الماضية)", -1)),
        *_phrases(
            "year", (r"(?:هذا العام|العام الحالي|العام الجاري|هذه السنة)", 0), (r"(?:العام المقبل|العام القادم)", 1)
        ),
        *_phrases("month", (r"الشهر الماضي", -1), (r"(?:هذا الشهر|الشهر الحالي|الشهر الجاري)", 0)),
        *_phrases("week", (r"الأسبوع الماضي", -1), (r"هذا الأسبوع", 0)),
        *_phrases("day", (r"أمس", -1)),
        *_phrases("now", (r"في الوقت الحالي", 0), (r"في الوقت الراهن", 0), (r"حالي[ًا]{1,2}", 0)),
    ],
    "ja": [
        *_phrases("month of year", (r"今年の?{month}", 0), (r"(?:昨年|去年)の?{month}", -1), (r"来年の?{month}", 1)),
        *_phrases("school year", (r"(?:今学年|本学年|今年度|本年度)", 0), (r"(?:前学年|昨学年|昨年度|前年度)", -1)),
        *_phrases("term", (r"今学期", 0), (r"前学期", -1)),
        *_phrases("year", (r"(?:一昨年|おととし)", -2), (r"(?:昨年|去年)", -1), (r"(?:今年|本年)", 0), (r"来年", 1)),
        *_phrases("month", (r"先月", -1), (r"今月", 0), (r"来月", 1)),
        *_phrases("week", (r"先週", -1), (r"今週", 0), (r"来週", 1)),
        *_phrases("day", (r"一昨日", -2), (r"昨日", -1)),
        *_phrases("now", (r"(?<![0-9月日年時点])現在", 0), (r"現時点", 0), (r"目下", 0)),
    ],
    "ko": [
        *_phrases("month of year", (r"올해 {month}", 0), (r"(?:지난해|작년) {month}", -1), (r"내년 {month}", 1)),
        *_phrases("school year", (r"(?:이번|올해) 학년도", 0), (r"(?:지난|작년) 학년도", -1)),
        *_phrases("term", (r"이번 학기", 0), (r"지난 학기", -1)),
        *_phrases("year", (r"재작년", -2), (r"(?:지난해|작년)", -1), (r"(?:올해|금년)", 0), (r"내년", 1)),
        *_phrases("month", (r"(?:지난달|지난 달)", -1), (r"(?:이번 달|이달)", 0), (r"다음 달", 1)),
        *_phrases("week", (r"지난주", -1), (r"이번 주", 0), (r"다음 주", 1)),
        *_phrases("day", (r"그저께", -2), (r"어제", -1)),
        *_phrases("now", (r"현재", 0), (r"지금", 0)),
    ],
}
# Words are glued to others: to particles behind them in Korean, to conjunctions before them in Arabic.
_BOUNDS = {"ja": ("", ""), "ko": (r"(?<!\w)", ""), "ar": ("", r"(?!\w)")}
_MEANINGS: dict[str, Callable[[date, int], Time]] = {
    "year": lambda day, steps: at.year(day.year + steps),
    "month": lambda day, steps: at.month(day.year, day.month + steps),
    "week": lambda day, steps: at.week(day + timedelta(weeks=steps)),
    "day": lambda day, steps: at.day(day + timedelta(days=steps)),
    "school year": lambda day, steps: at.school_year(running_school_year(day) + steps),
    "term": lambda day, steps: at.term(running_term(day) + steps),
    "now": lambda day, steps: at.month(day.year, day.month),
}


def times_told(text: str, code: str, published: date) -> list[Told]:
    """Those of a text in this language that was published on this day, in the order of the text."""
    if code in CHINESE:
        return relative_times(text, published)
    pattern, phrases, months = _table(code)
    return [
        _told(found, phrases, months, published)
        for found in (pattern.finditer(text) if pattern else ())
        if not is_spoken_of(text, found.start(), found.end())
    ]


def _told(found: re.Match[str], phrases: list[Phrase], months: dict[str, int], published: date) -> Told:
    place = next(place for place in range(len(phrases)) if found[f"p{place}"])
    unit, steps = phrases[place].unit, phrases[place].steps
    if unit == "month of year":
        time = at.month(published.year + steps, months[found[f"m{place}"].lower()])
    else:
        time = _MEANINGS[unit](published, steps)
    return Told(found[0], found.start(), found.end(), time, unit == "now")


@cache
def _table(code: str) -> tuple[re.Pattern[str] | None, list[Phrase], dict[str, int]]:
    """The pattern of all phrases, the phrases by the numbers of its groups, and {name of a month in small letters: 1 to 12}."""
    phrases = _TABLES.get(code, [])
    months = _months(code)
    names = "|".join(sorted(map(re.escape, months), key=len, reverse=True))
    written = [
        f"(?P<p{place}>{phrase.pattern.replace('{month}', f'(?P<m{place}>{names})')})"
        for place, phrase in enumerate(phrases)
    ]
    if not written:
        return None, [], {}
    before, behind = _BOUNDS.get(code, (r"(?<!\w)", r"(?!\w)"))
    return re.compile(f"{before}(?:{'|'.join(written)}){behind}", re.IGNORECASE), phrases, months


def _months(code: str) -> dict[str, int]:
    """As they stand in a date and alone, and behind the Russian "in"."""
    names = cldr.locale(code).months
    found = {name.lower(): number for use in ("format", "stand-alone") for number, name in names[use]["wide"].items()}
    if code == "ru":
        found |= {name.lower().rstrip("ьй") + "\u0435": number for number, name in names["stand-alone"]["wide"].items()}
    return found
