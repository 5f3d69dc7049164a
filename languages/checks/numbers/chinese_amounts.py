"""Multiples, shares, halves and what is only told roughly in Chinese: 翻一番, 三成五, 半年, 十几, 三五."""

import re
from collections.abc import Callable, Iterator
from decimal import Decimal

from core.numbers import Qualifier

from . import figures
from .chinese_forms import HUNDRED, NUMERAL, SMALL, figure_of, hedge_of, value_of
from .figures import Figure, Meaning, multiple, share


_MORE = "(?:约|近|大约|将近|超过|逾|至少|不到|不足|多达|高达|整整)?"
_UP = "(?:增长|增加|提高|上升|提升|扩大|上涨|猛增|剧增|激增|增幅|增|涨|高出|多出|多|翻)"
_DOWN = "(?:减少|下降|降低|缩短|缩小|压缩|削减|下跌|下滑|降|减|缩减|减免|降幅|少)"
_HEDGES: dict[str, Qualifier] = {
    **dict.fromkeys(["约", "大约"], Qualifier.ABOUT),
    **dict.fromkeys(["近", "将近", "接近", "不到", "不足"], Qualifier.NEARLY),
    **dict.fromkeys(["超过", "逾", "超", "至少"], Qualifier.MORE),
}
_WAY = re.compile(
    rf"(?:(?P<down>{_DOWN})|(?P<up>{_UP}))了?(?P<to>到|至|为|成)?了?{_MORE}(?:原来的|上年的|去年的|以前的)?\Z"
)

# Multiples and shares ---------------------------------------------------------------------------------------

_PRIZE = re.compile("(?P<n>[一二三四五1-5])等(?=奖|功|次)")
_FAN = re.compile(rf"翻(?:了|{_MORE})?(?:(?P<n>[一二两三四五1-5])番|(?P<once>番|倍|一倍|了番))")
_TIMES_UP = re.compile(
    rf"(?P<verb>{_UP})(?:了|幅度?)?(?P<hedge>{_MORE})(?P<n>{NUMERAL})倍(?P<half>半)?(?P<more>多|以上)?"
)
_TIMES = re.compile(rf"(?P<n>{NUMERAL})倍(?P<half>半)?(?!数)")
_TENTHS = re.compile(
    rf"(?P<n>[1-9]|[一二两三四五六七八九])(?:(?P<high>[一二两三四五六七八九])?)成(?P<rest>[1-9一二三四五六七八九半])?(?![{'立为果功长员绩都效就才熟人本型分品'}])"
)
_OVER = re.compile(rf"(?P<below>百|{NUMERAL})分之(?P<above>{NUMERAL}|百)")
_OF_SO_MANY = re.compile(
    rf"每?(?P<below>{SMALL}|百|千|万)[个名位人所](?:[^，。0-9一二三四五六七八九]{{0,6}})[中里](?:就|便|只)?有(?P<above>{SMALL})[个名位人所]"
)
_HALVED = re.compile("(?P<whole>折半|减半|对折)|(?:一半|半数|过半|大半|小半|对半)")
_PERCENT = re.compile("(?P<n>[0-9]{1,7}(?:\\.[0-9]{1,6})?)[ \u00a0]?(?P<sign>%|‰|%o)")


def _prize(match: re.Match, text: str) -> Iterator[Figure]:
    yield figure_of(match, (Meaning("", value_of(match["n"]) or Decimal(1)),), ordinal=True, firm=False, optional=True)


def _doubled(match: re.Match, text: str) -> Iterator[Figure]:
    yield figure_of(match, multiple(Decimal(2) ** int(value_of(match["n"]) or 1)), digits=False)


def _times_more(match: re.Match, text: str) -> Iterator[Figure]:
    number = value_of(match["n"])
    if number:
        factor = number + (Decimal("0.5") if match["half"] else 0) + 1
        hedge = Qualifier.MORE if match["more"] else _HEDGES.get(match["hedge"], Qualifier.EXACT)
        yield figure_of(match, multiple(factor), digits=False, hedge=hedge)


def _times_as_much(match: re.Match, text: str) -> Iterator[Figure]:
    number = value_of(match["n"])
    if number:
        factor = number + (Decimal("0.5") if match["half"] else 0)
        yield figure_of(match, multiple(factor), digits=False, hedge=hedge_of(match, text))


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
    yield figure_of(match, share(percent, way, falls), hedge=hedge_of(match, text), fraction=fraction)


def _tenths(match: re.Match, text: str) -> Iterator[Figure]:
    """三成, 三成五, 九成半, 两三成."""
    low, high = value_of(match["n"]), value_of(match["high"])
    rest = Decimal(5) if match["rest"] == "半" else value_of(match["rest"]) or Decimal(0)
    for number in filter(None, (low, high)):
        yield from _percentage(match, text, number * 10 + rest)


def _fraction(match: re.Match, text: str) -> Iterator[Figure]:
    below = Decimal(100) if match["below"] == "百" else value_of(match["below"])
    above = Decimal(100) if match["above"] == "百" else value_of(match["above"])
    if not below or above is None:
        return
    exact = below in (100, 1000, 10_000)
    yield from _percentage(match, text, above / below * HUNDRED, fraction=not exact)


def _of_so_many(match: re.Match, text: str) -> Iterator[Figure]:
    """每三名学生中有一名."""
    below, above = value_of(match["below"]), value_of(match["above"])
    if below and above and above < below:
        yield figure_of(match, (Meaning(figures.PERCENT, above / below * HUNDRED),), digits=False, fraction=True)


def _halved(match: re.Match, text: str) -> Iterator[Figure]:
    if match["whole"]:
        yield figure_of(match, multiple(Decimal("0.5")), digits=False)
        return
    way, falls = _way(match, text)
    said = share(Decimal(50), way, falls)
    yield figure_of(match, said, digits=False, fraction=True, hedge=hedge_of(match, text))


def _percent(match: re.Match, text: str) -> Iterator[Figure]:
    number = Decimal(match["n"]) / (1 if match["sign"] == "%" else 10)
    if _way(match, text)[0]:
        yield from _percentage(match, text, number)
    elif match["sign"] != "%":
        yield figure_of(match, (Meaning(figures.PERCENT, number),), hedge=hedge_of(match, text))


# Halves, ranges and what is only told roughly -------------------------------------------------------------------

_LASTING = {
    "小时": figures.HOUR, "钟头": figures.HOUR, "年": figures.YEAR, "学年": figures.YEAR, "天": figures.DAY, "日": figures.DAY, "月": figures.MONTH, "学期": "term",
    "世纪": figures.CENTURY, "公里": "km", "亩": figures.MU, "吨": "tonne", "岁": figures.YEAR,
}  # fmt: skip
_HALF = re.compile(
    rf"(?<![上下前后大小过])(?P<n>{NUMERAL}个)?半个?(?P<unit>{'|'.join(sorted(_LASTING, key=len, reverse=True))})(?![天月日]?[边路夜])"
)
_AND_HALF = re.compile(
    rf"(?<![第0-9])(?P<n>{NUMERAL})(?P<unit>年|天|小时|学年|公里|亩|吨|岁)半(?![径数岛成决价年天月])"
)
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
        number = value_of(match["n"].removesuffix("个")) or Decimal(0)
    yield from _half_more(match, unit, number)


def _and_half(match: re.Match, text: str) -> Iterator[Figure]:
    number = value_of(match["n"])
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
    yield figure_of(match, tuple(said), firm=bool(number), digits=False)


def _quarters(match: re.Match, text: str) -> Iterator[Figure]:
    yield figure_of(match, (Meaning(figures.MINUTE, 15 * (value_of(match["n"]) or Decimal(1))),), digits=False)


def _close_numbers(match: re.Match, text: str) -> Iterator[Figure]:
    """三五年 three to five, 二三十人 twenty to thirty, 十五六岁 fifteen or sixteen."""
    low, high = value_of(match["low"]), value_of(match["high"])
    if low is None or high is None or not low < high <= low + 2:
        return
    base = value_of(match["ten"]) or Decimal(0)
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
        yield figure_of(
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
        base = (value_of(match["ten"]) or Decimal(10)) * _scale(match["scale"] or "")
        low, most = base, base + base / (base / _scale(match["scale"] or "") / 10) - 1
    else:
        scale = _scale(match["tens"])
        if match["some"] in ("逾", "超", "超过") or _NO_ROUGH.match(text, match.end()):
            return
        low, most = Decimal(scale * (1 if match["some"] in "上成" else 2)), Decimal(scale * 10 - 1)
        if match["some"] in "上成":
            low = Decimal(scale) * Decimal("0.99")
    yield figure_of(match, (Meaning("", low),), most=most, digits=False, firm=False)


READERS: list[tuple[re.Pattern, Callable[[re.Match, str], Iterator[Figure]]]] = [
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
