"""What Chinese says in a form of its own: times, grades and classes, decades, multiples, shares, halves, 十几, 三五.

The patterns look at a text in simplified characters with digits folded; all are bounded, so the time is linear.
"""

import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from itertools import islice

from core.numbers import Qualifier
from core.numbers.numerals import DIGITS, evaluate

from . import figures
from .figures import Figure, Meaning, grades, multiple, share, time_of_day


_N = "(?:[0-9]{1,9}(?:\\.[0-9]{1,4})?|[一二三四五六七八九十百千万两零〇]{1,8}(?:点[零一二三四五六七八九]{1,4})?)"
_SMALL = "(?:[0-9]{1,2}|二?十[一二三四五六七八九]?|[一二两三四五六七八九])"
_MORE = "(?:约|近|大约|将近|超过|逾|至少|不到|不足|多达|高达|整整)?"
_UP = "(?:增长|增加|提高|上升|提升|扩大|上涨|猛增|剧增|激增|增幅|增|涨|高出|多出|多|翻)"
_DOWN = "(?:减少|下降|降低|缩短|缩小|压缩|削减|下跌|下滑|降|减|缩减|减免|降幅|少)"
_HEDGES: dict[str, Qualifier] = {
    **dict.fromkeys(["约", "大约"], Qualifier.ABOUT),
    **dict.fromkeys(["近", "将近", "接近", "不到", "不足"], Qualifier.NEARLY),
    **dict.fromkeys(["超过", "逾", "超", "至少"], Qualifier.MORE),
}
_HEDGE_BEFORE = re.compile("(?:(?P<more>超过|逾|超|至少)|(?P<nearly>将近|接近|近|不到|不足)|(?P<about>大约|约))的?\\Z")
_HEDGE_AFTER = re.compile("(?:(?P<more>以上|多|强)|(?P<nearly>以下|弱)|(?P<about>左右|上下))")
_WAY = re.compile(
    rf"(?:(?P<down>{_DOWN})|(?P<up>{_UP}))了?(?P<to>到|至|为|成)?了?{_MORE}(?:原来的|上年的|去年的|以前的)?\Z"
)
_CHANGES_AFTER = re.compile("的?(?:降幅|跌幅|减幅)")
_MOST = 300  # of one form; of a text with more nothing is compared
_HUNDRED = Decimal(100)


def constructs(text: str) -> list[Figure]:
    """In the order of the text's kinds, not of the text; what one pattern has read the next does not see."""
    found: list[Figure] = []
    for pattern, reader in _READERS:
        spans = []
        for match in islice(pattern.finditer(text), _MOST):
            new = list(reader(match, text))
            found += new
            if new:
                spans.append(match.span())
        text = _blotted(text, spans)
    return found


def _blotted(text: str, spans: list[tuple[int, int]]) -> str:
    parts, cursor = [], 0
    for start, end in spans:
        parts += [text[cursor:start], "\ufffc" * (end - start)]
        cursor = end
    return "".join([*parts, text[cursor:]])


def _value(numeral: str | None) -> Decimal | None:
    number = evaluate(numeral) if numeral else None
    return number.value if number and number.high is None else None


def _figure(match: re.Match, meanings: tuple[Meaning, ...], group: str | int = 0, **more: object) -> Figure:
    first, *also = meanings
    digits = bool(re.search("[0-9]", match[group]))
    values: dict = {"digits": digits, "firm": True, **more}
    return Figure(
        first.value, match[group], *match.span(group), kind=first.kind, way=first.way, also=tuple(also), **values
    )


def _hedge(match: re.Match, text: str) -> str:
    before = _HEDGE_BEFORE.search(text, max(0, match.start() - 3), match.start())
    after = _HEDGE_AFTER.match(text, match.end())
    found = before or after
    return Qualifier(str(found.lastgroup)) if found else Qualifier.EXACT


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
    if match["hd"]:
        hour, minute = int(match["hd"]), int(match["md"])
    else:
        hour = int(_value(match["h"]) or 0)
        minute = (
            30
            if match["half"]
            else 15 * int(_value(match["quarter"]) or 0)
            if match["quarter"]
            else int(_value(match["m"]) or 0)
        )
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
        yield _figure(match, said)
    elif not _NO_TIME.match(text, match.end()) and (match["sign"] == "点" or _AFTER_HOUR.match(text, match.end())):
        if not _AFTER_HOUR.match(text, match.end()) or match["h"] in "一两":
            said = (Meaning("", Decimal(hour)), *said)
        yield _figure(match, said, counted=bool(re.search("[0-9]", match[0])), firm=bool(re.search("[0-9]", match[0])))


# Grades and classes ---------------------------------------------------------------------------------------

_GRADE_WORDS = re.compile(
    rf"(?:(?P<first>[1-9一二三四五六七八九])(?:[、至到和与及—–~-])?)?(?:(?P<second>[1-9一二三四五六七八九])(?:[、至到和与及—–~-]))?(?P<last>[1-9一二三四五六七八九]|1[0-2]|十[一二]?)年级(?:[（(]?(?P<c>{_SMALL})[)）]?班)?(?!组)"
)
_STAGED = re.compile(
    rf"(?<![最提增更较抬拔起至从当年月起原正])(?P<stage>小|初|高)(?P<g>[一二三四五六])(?![个位名次倍成点些层所项年天步期线流样般致对号起是等]|[十百千万])(?:(?:[、至到和与及—–~-])?(?P<g2>[一二三四五六])(?![个位名次倍]))?(?:年级)?(?:[（(]?(?P<c>{_SMALL})[)）]?班)?"
)
_CLASS_OF = re.compile(rf"(?<![0-9一二三四五六七八九十])(?P<g>[1-9一二三四五六七八九])[（(](?P<c>{_SMALL})[)）]班")
_LAST_YEARS = {("小", 6), ("初", 3), ("高", 3)}  # which may be named by their leaving
_STAGES = {"小": "primary", "初": "junior", "高": "senior"}


_SCHOOL = re.compile("(?P<stage>小|初|高)[学中](?:的)?\\Z")


def _grades(match: re.Match, text: str) -> Iterator[Figure]:
    """三年级, 一二年级; 高中一年级 is the tenth."""
    school = _SCHOOL.search(text, max(0, match.start() - 4), match.start())
    stage = _STAGES[school["stage"]] if school else ""
    for name in ("first", "second", "last"):
        number = _value(match[name])
        if number:
            yield _figure(match, grades(int(number), stage, bare=False), name)
    yield from _class(match)


def _staged(match: re.Match, text: str) -> Iterator[Figure]:
    for name in ("g", "g2"):
        number = _value(match[name])
        if number and (match["stage"] == "小" or number <= 4):
            said = match["c"] is not None
            last = (match["stage"], int(number)) in _LAST_YEARS or text.startswith("新生", match.end())
            yield _figure(
                match, grades(int(number), _STAGES[match["stage"]]), name, firm=said, counted=said or not last
            )
    yield from _class(match)


def _of_class(match: re.Match, text: str) -> Iterator[Figure]:
    yield _figure(match, grades(int(_value(match["g"]) or 0)), "g")
    yield from _class(match)


def _class(match: re.Match) -> Iterator[Figure]:
    number = _value(match["c"])
    if number:
        yield _figure(match, (Meaning(figures.CLASS, number),), "c", ordinal=True)


# Decades and centuries ------------------------------------------------------------------------------------

_CENTURY = (
    r"(?:(?P<c>[0-9]{1,2}|二?十[一二三四五六七八九]?|[一二三四五六七八九])|(?P<last>上个?)|(?P<this>本|新|这个))世纪"
)
_DECADE = re.compile(rf"(?:{_CENTURY}(?:的)?)?(?P<d>(?:1[5-9]|20)[0-9]0|[1-9]0|[二三四五六七八九]十|一十)年代")
_BORN = re.compile("(?<![0-9年月日点第])[“「]?(?P<d>[05-9][05]|[五六七八九零〇][零〇五])[”」]?后(?![续面来])")
_CENTURIES = re.compile(_CENTURY)


def _decades(match: re.Match, text: str) -> Iterator[Figure]:
    years = _value(match["d"])
    century = _value(match["c"]) or (Decimal(20) if match["last"] else Decimal(21) if match["this"] else None)
    if years is None:
        return
    if years > 1000:
        said = [years, years % 100]
    elif century:
        said = [(century - 1) * 100 + years, years]
    else:
        said = [years, 1900 + years, 2000 + years]
    yield _figure(match, tuple(Meaning(figures.DECADE, each) for each in said))
    if century:
        yield Figure(century, match[0], *match.span(), kind=figures.CENTURY, firm=False, digits=False, optional=True)


def _born(match: re.Match, text: str) -> Iterator[Figure]:
    """90后 were born in the nineties, 00后 from 2000 on."""
    years = int("".join(str(DIGITS.get(char, char)) for char in match["d"]))
    full = (1900 if years >= 50 else 2000) + years
    yield _figure(match, tuple(Meaning(figures.DECADE, Decimal(each)) for each in (years, full)))


def _centuries(match: re.Match, text: str) -> Iterator[Figure]:
    century = _value(match["c"])
    if century and text[max(0, match.start() - 1) : match.start()] != "半":
        yield _figure(match, (Meaning(figures.CENTURY, century), Meaning("", century)), ordinal=True)
    elif match["last"] or match["this"]:
        value = Decimal(20 if match["last"] else 21)
        yield _figure(match, (Meaning(figures.CENTURY, value),), firm=False, optional=True, digits=False)


# Multiples and shares ---------------------------------------------------------------------------------------

_PRIZE = re.compile("(?P<n>[一二三四五1-5])等(?=奖|功|次)")
_FAN = re.compile(rf"翻(?:了|{_MORE})?(?:(?P<n>[一二两三四五1-5])番|(?P<once>番|倍|一倍|了番))")
_TIMES_UP = re.compile(rf"(?P<verb>{_UP})(?:了|幅度?)?(?P<hedge>{_MORE})(?P<n>{_N})倍(?P<half>半)?(?P<more>多|以上)?")
_TIMES = re.compile(rf"(?P<n>{_N})倍(?P<half>半)?(?!数)")
_TENTHS = re.compile(
    rf"(?P<n>[1-9]|[一二两三四五六七八九])(?:(?P<high>[一二两三四五六七八九])?)成(?P<rest>[1-9一二三四五六七八九半])?(?![{'立为果功长员绩都效就才熟人本型分品'}])"
)
_OVER = re.compile(rf"(?P<below>百|{_N})分之(?P<above>{_N}|百)")
_OF_SO_MANY = re.compile(
    rf"每?(?P<below>{_SMALL}|百|千|万)[个名位人所](?:[^，。0-9一二三四五六七八九]{{0,6}})[中里](?:就|便|只)?有(?P<above>{_SMALL})[个名位人所]"
)
_HALVED = re.compile("(?P<whole>折半|减半|对折)|(?:一半|半数|过半|大半|小半|对半)")
_PERCENT = re.compile("(?P<n>[0-9]{1,7}(?:\\.[0-9]{1,6})?)[ \u00a0]?(?P<sign>%|‰|%o)")


def _prize(match: re.Match, text: str) -> Iterator[Figure]:
    yield _figure(match, (Meaning("", _value(match["n"]) or Decimal(1)),), ordinal=True, firm=False, optional=True)


def _doubled(match: re.Match, text: str) -> Iterator[Figure]:
    yield _figure(match, multiple(Decimal(2) ** int(_value(match["n"]) or 1)), digits=False)


def _times_more(match: re.Match, text: str) -> Iterator[Figure]:
    number = _value(match["n"])
    if number:
        factor = number + (Decimal("0.5") if match["half"] else 0) + 1
        hedge = Qualifier.MORE if match["more"] else _HEDGES.get(match["hedge"], Qualifier.EXACT)
        yield _figure(match, multiple(factor), digits=False, hedge=hedge)


def _times_as_much(match: re.Match, text: str) -> Iterator[Figure]:
    number = _value(match["n"])
    if number:
        factor = number + (Decimal("0.5") if match["half"] else 0)
        yield _figure(match, multiple(factor), digits=False, hedge=_hedge(match, text))


def _way(match: re.Match, text: str) -> tuple[str, bool]:
    found = _WAY.search(text, max(0, match.start() - 14), match.start())
    if found:
        return (figures.TO if found["to"] else figures.BY), bool(found["down"])
    if _BEGINS.search(text, max(0, match.start() - 8), match.start()) and _ENDS.match(
        text, match.end(), match.end() + 16
    ):
        return figures.FROM, False
    return "", False


_BEGINS = re.compile("(?:从|由)[^，。0-9]{0,6}\\Z")
_ENDS = re.compile("[^，。0-9]{0,10}?(?:到|至|为)")


def _percentage(match: re.Match, text: str, percent: Decimal, fraction: bool = False) -> Iterator[Figure]:
    way, falls = _way(match, text)
    yield _figure(match, share(percent, way, falls), hedge=_hedge(match, text), fraction=fraction)


def _tenths(match: re.Match, text: str) -> Iterator[Figure]:
    """三成, 三成五, 九成半, 两三成."""
    low, high = _value(match["n"]), _value(match["high"])
    rest = Decimal(5) if match["rest"] == "半" else _value(match["rest"]) or Decimal(0)
    for number in filter(None, (low, high)):
        yield from _percentage(match, text, number * 10 + rest)


def _fraction(match: re.Match, text: str) -> Iterator[Figure]:
    below = Decimal(100) if match["below"] == "百" else _value(match["below"])
    above = Decimal(100) if match["above"] == "百" else _value(match["above"])
    if not below or above is None:
        return
    exact = below in (100, 1000, 10_000)
    yield from _percentage(match, text, above / below * _HUNDRED, fraction=not exact)


def _of_so_many(match: re.Match, text: str) -> Iterator[Figure]:
    """每三名学生中有一名."""
    below, above = _value(match["below"]), _value(match["above"])
    if below and above and above < below:
        yield _figure(match, (Meaning(figures.PERCENT, above / below * _HUNDRED),), digits=False, fraction=True)


def _halved(match: re.Match, text: str) -> Iterator[Figure]:
    if match["whole"]:
        yield _figure(match, multiple(Decimal("0.5")), digits=False)
        return
    way, falls = _way(match, text)
    said = share(Decimal(50), way, falls)
    yield _figure(match, said, digits=False, fraction=True, hedge=_hedge(match, text))


def _percent(match: re.Match, text: str) -> Iterator[Figure]:
    number = Decimal(match["n"]) / (1 if match["sign"] == "%" else 10)
    if _way(match, text)[0]:
        yield from _percentage(match, text, number)
    elif match["sign"] != "%":
        yield _figure(match, (Meaning(figures.PERCENT, number),), hedge=_hedge(match, text))


# Halves, ranges and what is only told roughly -------------------------------------------------------------------

_LASTING = {
    "小时": figures.HOUR, "钟头": figures.HOUR, "年": figures.YEAR, "学年": figures.YEAR, "天": figures.DAY, "日": figures.DAY, "月": figures.MONTH, "学期": "term",
    "世纪": figures.CENTURY, "公里": "km", "亩": figures.MU, "吨": "tonne", "岁": figures.YEAR,
}  # fmt: skip
_HALF = re.compile(
    rf"(?<![上下前后大小过])(?P<n>{_N}个)?半个?(?P<unit>{'|'.join(sorted(_LASTING, key=len, reverse=True))})(?![天月日]?[边路夜])"
)
_AND_HALF = re.compile(rf"(?<![第0-9])(?P<n>{_N})(?P<unit>年|天|小时|学年|公里|亩|吨|岁)半(?![径数岛成决价年天月])")
_QUARTERS = re.compile("(?P<n>一|三|1|3)刻钟")
_CLOSE_NUMBERS = re.compile(
    r"(?<![0-9一二三四五六七八九十百千万第几数.点零〇])(?P<ten>十|[二三四五六七八九]十)?(?P<low>[一二两三四五六七八])[、至到]?(?P<high>[二三四五六七八九])(?P<scale>[十百千万亿]{0,2})(?P<more>多|余)?(?![一二三四五六七八九十百千0-9月点]|年级)(?=(?P<unit>小时|个月|星期|公里|[个名位人所项年天周次岁家本册门节种件场篇台间]))"
)
_ROUGH = re.compile(
    r"(?P<ten>[二三四五六七八九]?十)几(?P<scale>万|亿)?(?!年来)|(?P<some>数|几|好几|上|成|逾|超|超过)(?P<tens>[十百千万亿]{1,2})(?P<more>余|多)?|(?P<alone>百千|千百|万千)"
)
_NO_ROUGH = re.compile("[十百千万亿]?[0-9一二三四五六七八九分]")
_SCALES = {"十": 10, "百": 100, "千": 1000, "万": 10_000, "亿": 10**8}


def _halves(match: re.Match, text: str) -> Iterator[Figure]:
    unit, number = match["unit"], Decimal(0)
    if match["n"]:
        number = _value(match["n"].removesuffix("个")) or Decimal(0)
    yield from _half_more(match, unit, number)


def _and_half(match: re.Match, text: str) -> Iterator[Figure]:
    number = _value(match["n"])
    if number is not None:
        yield from _half_more(match, match["unit"], number)


def _half_more(match: re.Match, unit: str, number: Decimal) -> Iterator[Figure]:
    kind, value = _LASTING[unit], number + Decimal("0.5")
    said = [Meaning(kind, value)]
    if kind == figures.CENTURY:
        said = [Meaning(figures.YEAR, value * 100)]
    if kind == figures.MONTH and not number:
        said += [Meaning(figures.DAY, Decimal(15)), Meaning(figures.WEEK, Decimal(2))]
    if kind == "term":
        said = [Meaning("", value)]
    yield _figure(match, tuple(said), firm=bool(number), digits=False)


def _quarters(match: re.Match, text: str) -> Iterator[Figure]:
    yield _figure(match, (Meaning(figures.MINUTE, 15 * (_value(match["n"]) or Decimal(1))),), digits=False)


def _close_numbers(match: re.Match, text: str) -> Iterator[Figure]:
    """三五年 three to five, 二三十人 twenty to thirty, 十五六岁 fifteen or sixteen."""
    low, high = _value(match["low"]), _value(match["high"])
    if low is None or high is None or not low < high <= low + 2:
        return
    base = _value(match["ten"]) or Decimal(0)
    scale = _scale(match["scale"])
    unit_kinds = {
        "年": figures.YEAR,
        "天": figures.DAY,
        "周": figures.WEEK,
        "星期": figures.WEEK,
        "岁": figures.YEAR,
        "小时": figures.HOUR,
        "个月": figures.MONTH,
    }
    kind = unit_kinds.get(match["unit"], "")
    counted = match["unit"] not in "个次种件"
    for value in (low, high):
        yield _figure(
            match,
            (Meaning(kind, (base + value) * scale),),
            digits=False,
            firm=base + value * scale > 10,
            counted=counted or scale > 1,
        )


def _scale(characters: str) -> int:
    scale = 1
    for character in characters:
        scale *= _SCALES[character]
    return scale


def _rough(match: re.Match, text: str) -> Iterator[Figure]:
    """十几 is from ten to twenty, 数百 from two hundred to a thousand, 上千 a thousand or more."""
    if match["alone"]:
        low, most = Decimal(100), Decimal(99_999)
    elif match["ten"]:
        base = (_value(match["ten"]) or Decimal(10)) * _scale(match["scale"] or "")
        low, most = base, base + base / (base / _scale(match["scale"] or "") / 10) - 1
    else:
        scale = _scale(match["tens"])
        if match["some"] in ("逾", "超", "超过") or _NO_ROUGH.match(text, match.end()):
            return
        low, most = Decimal(scale * (1 if match["some"] in "上成" else 2)), Decimal(scale * 10 - 1)
        if match["some"] in "上成":
            low = Decimal(scale) * Decimal("0.99")
    yield _figure(match, (Meaning("", low),), most=most, digits=False, firm=False)


_READERS: list[tuple[re.Pattern, Callable[[re.Match, str], Iterator[Figure]]]] = [
    (_TIME, _times),
    (_GRADE_WORDS, _grades),
    (_STAGED, _staged),
    (_CLASS_OF, _of_class),
    (_DECADE, _decades),
    (_BORN, _born),
    (_CENTURIES, _centuries),
    (_PRIZE, _prize),
    (_FAN, _doubled),
    (_TIMES_UP, _times_more),
    (_TIMES, _times_as_much),
    (_TENTHS, _tenths),
    (_OVER, _fraction),
    (_OF_SO_MANY, _of_so_many),
    (_HALVED, _halved),
    (_PERCENT, _percent),
    (_QUARTERS, _quarters),
    (_HALF, _halves),
    (_AND_HALF, _and_half),
    (_ROUGH, _rough),
    (_CLOSE_NUMBERS, _close_numbers),
]
