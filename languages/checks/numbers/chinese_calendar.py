"""Times of day, grades and classes, decades and centuries in Chinese."""

import re
from collections.abc import Callable, Iterator
from decimal import Decimal

from core.numbers.numerals import DIGITS

from . import figures
from .chinese_forms import SMALL, figure_of, value_of
from .figures import Figure, Meaning, grades, time_of_day


# Times of day -------------------------------------------------------------------------------------------

_AM, _PM = "凌晨|清晨|早上|早晨|上午|午前|晨|早", "中午|下午|午后|午後|傍晚|晚上|夜晚|夜间|夜里|今晚|当晚|晚|夜"
_TIME = re.compile(
    rf"(?:(?P<am>{_AM})|(?P<pm>{_PM}))?(?:的)?"
    rf"(?:(?P<hd>[01]?[0-9]|2[0-4])[:：](?P<md>[0-5][0-9])(?![:：0-9])"
    rf"|(?<![0-9一二三四五六七八九十.第])(?P<h>[01]?[0-9]|2[0-4]|二?十[一二三四五六七八九]?|[一二两三四五六七八九])(?P<sign>点钟?|时)"
    rf"(?:(?P<half>半)|(?P<quarter>[一1三3])刻|(?P<m>[0-5]?[0-9]|[二三四五]?十[一二三四五六七八九]?|零?[一二三四五六七八九])分(?!之)|过?(?P<whole>整))?)"
)
RATIO = re.compile("[比分](?:例|数)?[为是约达]?[:：]?\\Z")
_NO_TIME = re.compile("[要建意体经启原内]|以上|左右共|[0-9]")
_AFTER_HOUR = re.compile(
    "[，。、；：！？）)—–~-]|前|后|之|起|开|到|至|结|放|在|上|下|集|举|出|关|熄|准|正|$|进|入|离|回|闭|截|の|に|か|ま|から|まで|부"
)


def _times(match: re.Match, text: str) -> Iterator[Figure]:
    half = "am" if match["am"] else "pm" if match["pm"] else ""
    if match["hd"] and RATIO.search(text, max(0, match.start() - 6), match.start()):
        return
    hour, minute = _clock(match)
    if match["pm"] in ("晚上", "夜里", "夜间", "晚", "夜") and hour == 12:
        half = "am"
    exact = bool(
        match["hd"]
        or match["half"]
        or match["quarter"]
        or match["m"]
        or match["whole"]
        or (match["sign"] or "").endswith("钟")
    )
    said = time_of_day(hour, minute, half)
    if match["hd"]:
        said = tuple(each for each in said if each.kind)
    if half or exact:
        yield figure_of(match, said)
    elif not _NO_TIME.match(text, match.end()) and (match["sign"] == "点" or _AFTER_HOUR.match(text, match.end())):
        if not _AFTER_HOUR.match(text, match.end()) or match["h"] in "一两":
            said = (Meaning("", Decimal(hour)), *said)
        yield figure_of(
            match, said, counted=bool(re.search("[0-9]", match[0])), firm=bool(re.search("[0-9]", match[0]))
        )


def _clock(match: re.Match) -> tuple[int, int]:
    """The hour and the minute, as they are said: 8点半 and 8:30 are (8, 30)."""
    if match["hd"]:
        return int(match["hd"]), int(match["md"])
    hour = int(value_of(match["h"]) or 0)
    if match["half"]:
        return hour, 30
    quarters = int(value_of(match["quarter"]) or 0) if match["quarter"] else 0
    return hour, 15 * quarters if match["quarter"] else int(value_of(match["m"]) or 0)


# Grades and classes ---------------------------------------------------------------------------------------

_GRADE_WORDS = re.compile(
    rf"(?:(?P<first>[1-9一二三四五六七八九])(?:[、至到和与及—–~-])?)?(?:(?P<second>[1-9一二三四五六七八九])(?:[、至到和与及—–~-]))?(?P<last>[1-9一二三四五六七八九]|1[0-2]|十[一二]?)年级(?:[（(]?(?P<c>{SMALL})[)）]?班)?(?!组)"
)
_STAGED = re.compile(
    rf"(?<![最提增更较抬拔起至从当年月起原正])(?P<stage>小|初|高)(?P<g>[一二三四五六])(?![个位名次倍成点些层所项年天步期线流样般致对号起是等]|[十百千万])(?:(?:[、至到和与及—–~-])?(?P<g2>[一二三四五六])(?![个位名次倍]))?(?:年级)?(?:[（(]?(?P<c>{SMALL})[)）]?班)?"
)
_CLASS_OF = re.compile(rf"(?<![0-9一二三四五六七八九十])(?P<g>[1-9一二三四五六七八九])[（(](?P<c>{SMALL})[)）]班")
_LAST_YEARS = {("小", 6), ("初", 3), ("高", 3)}  # which may be named by their leaving
_STAGES = {"小": "primary", "初": "junior", "高": "senior"}


_SCHOOL = re.compile("(?P<stage>小|初|高)[学中](?:的)?\\Z")


def _grades(match: re.Match, text: str) -> Iterator[Figure]:
    """三年级, 一二年级; 高中一年级 is the tenth."""
    school = _SCHOOL.search(text, max(0, match.start() - 4), match.start())
    stage = _STAGES[school["stage"]] if school else ""
    for name in ("first", "second", "last"):
        number = value_of(match[name])
        if number:
            yield figure_of(match, grades(int(number), stage, bare=False), name)
    yield from _class(match)


def _staged(match: re.Match, text: str) -> Iterator[Figure]:
    for name in ("g", "g2"):
        number = value_of(match[name])
        if number and (match["stage"] == "小" or number <= 4):
            said = match["c"] is not None
            last = (match["stage"], int(number)) in _LAST_YEARS or text.startswith("新生", match.end())
            yield figure_of(
                match, grades(int(number), _STAGES[match["stage"]]), name, firm=said, counted=said or not last
            )
    yield from _class(match)


def _of_class(match: re.Match, text: str) -> Iterator[Figure]:
    yield figure_of(match, grades(int(value_of(match["g"]) or 0)), "g")
    yield from _class(match)


def _class(match: re.Match) -> Iterator[Figure]:
    number = value_of(match["c"])
    if number:
        yield figure_of(match, (Meaning(figures.CLASS, number),), "c", ordinal=True)


# Decades and centuries ------------------------------------------------------------------------------------

_CENTURY = (
    r"(?:(?P<c>[0-9]{1,2}|二?十[一二三四五六七八九]?|[一二三四五六七八九])|(?P<last>上个?)|(?P<this>本|新|这个))世纪"
)
_DECADE = re.compile(rf"(?:{_CENTURY}(?:的)?)?(?P<d>(?:1[5-9]|20)[0-9]0|[1-9]0|[二三四五六七八九]十|一十)年代")
_BORN = re.compile("(?<![0-9年月日点第])[“「]?(?P<d>[05-9][05]|[五六七八九零〇][零〇五])[”」]?后(?![续面来])")
_CENTURIES = re.compile(_CENTURY)


def _decades(match: re.Match, text: str) -> Iterator[Figure]:
    years = value_of(match["d"])
    century = value_of(match["c"]) or (Decimal(20) if match["last"] else Decimal(21) if match["this"] else None)
    if years is None:
        return
    if years > 1000:
        said = [years, years % 100]
    elif century:
        said = [(century - 1) * 100 + years, years]
    else:
        said = [years, 1900 + years, 2000 + years]
    yield figure_of(match, tuple(Meaning(figures.DECADE, each) for each in said))
    if century:
        yield Figure(century, match[0], *match.span(), kind=figures.CENTURY, firm=False, digits=False, optional=True)


def _born(match: re.Match, text: str) -> Iterator[Figure]:
    """90后 were born in the nineties, 00后 from 2000 on."""
    years = int("".join(str(DIGITS.get(char, char)) for char in match["d"]))
    full = (1900 if years >= 50 else 2000) + years
    yield figure_of(match, tuple(Meaning(figures.DECADE, Decimal(each)) for each in (years, full)))


def _centuries(match: re.Match, text: str) -> Iterator[Figure]:
    century = value_of(match["c"])
    if century and text[max(0, match.start() - 1) : match.start()] != "半":
        yield figure_of(match, (Meaning(figures.CENTURY, century), Meaning("", century)), ordinal=True)
    elif match["last"] or match["this"]:
        value = Decimal(20 if match["last"] else 21)
        yield figure_of(match, (Meaning(figures.CENTURY, value),), firm=False, optional=True, digits=False)


READERS: list[tuple[re.Pattern, Callable[[re.Match, str], Iterator[Figure]]]] = [
    (_TIME, _times),
    (_GRADE_WORDS, _grades),
    (_STAGED, _staged),
    (_CLASS_OF, _of_class),
    (_DECADE, _decades),
    (_BORN, _born),
    (_CENTURIES, _centuries),
]
