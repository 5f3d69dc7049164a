"""How numbers are written, by GB/T 15835-2011 (出版物上数字用法) and, for ranges, GB/T 15834-2011 (4.13).

Words like 三三两两, 十来个 and dates of the lunar calendar are left alone: the standard wants Chinese numerals there.
"""

import re
from decimal import Decimal

from core.text.heading_numbers import small_number

from .slips import Pattern, pattern


MEASURES = r"名|个|人|位|所|次|件|份|户|家|册|本|棵|块|斤|公斤|套|亩|元|万元|公里|平方米|种|场|节|篇|首|台|张|间|幅|座|条|项|支|班|届|倍|岁|天|吨|只|人次"
_ONE = "一二三四五六七八九"
_THOUSANDS = {"千": 1000, "百": 100, "十": 10}
_FULL = str.maketrans("０１２３４５６７８９", "0123456789")


def _in_digits(found: re.Match[str]) -> str:
    """3千 -> 3000, 1.5百 -> 150."""
    value = Decimal(found["number"]) * _THOUSANDS[found["unit"]]
    return f"{value.normalize():f}"


def _month_in_digits(found: re.Match[str]) -> str | None:
    number = small_number(found["x"])
    return str(number) if number else None


def _year(found: re.Match[str]) -> str:
    short = int(found["x"])
    return str((1900 if short >= 50 else 2000) + short)


def _share(found: re.Match[str]) -> str | None:
    """3分之2 -> 三分之二: with numbers up to ten."""
    whole, part = int(found["whole"]), int(found["part"])
    return f"{_chinese(whole)}分之{_chinese(part)}" if 1 <= part < whole <= 10 else None


def _chinese(number: int) -> str:
    return "十" if number == 10 else _ONE[number - 1]


def _some(found: re.Match[str]) -> str | None:
    """20几 -> 二十几."""
    tens = int(found["tens"])
    return f"{'' if tens == 1 else _chinese(tens)}十几"


def _neighbours(found: re.Match[str]) -> str:
    """三、四个 -> 三四个; but 三、五个 counts two things."""
    first, second = found["x"].split("、")
    return first + second if _ONE.index(second) - _ONE.index(first) == 1 else found["x"]


_NO_DIGIT = r"(?<![0-9.])"
PATTERNS: tuple[Pattern, ...] = (
    pattern(
        "mixed-numerals",
        rf"{_NO_DIGIT}(?P<x>(?P<number>[0-9]+(?:\.[0-9]+)?)(?P<unit>[千百]))(?=[多余来]?(?:{MEASURES}))",
        _in_digits,
        needs="千 百",
    ),
    pattern(
        "mixed-numerals",
        rf"{_NO_DIGIT}(?P<x>(?P<number>[0-9]+(?:\.[0-9]+)?)(?P<unit>[千百十]))(?=[万亿])",
        _in_digits,
        needs="千万 百万 十万 千亿 百亿 十亿",
    ),
    pattern(
        "mixed-numerals", r"(?P<x>百分之(?P<number>[0-9]+(?:\.[0-9]+)?))(?![0-9点])", r"\g<number>%", needs="百分之"
    ),
    pattern(
        "mixed-numerals",
        rf"{_NO_DIGIT}(?P<x>(?P<whole>[0-9]{{1,2}})分之(?P<part>[0-9]{{1,2}}))(?![0-9.])",
        _share,
        needs="分之",
    ),
    pattern("mixed-numerals", rf"{_NO_DIGIT}(?P<x>(?P<tens>[1-9])0几)(?=[个名人年岁所次位天])", _some, needs="0几"),
    pattern(
        "mixed-date",
        r"[0-9]{4}年(?P<x>[一二三四五六七八九十]{1,2})(?=月(?:[0-9份，。至到]|$))",
        _month_in_digits,
        needs="月",
    ),
    pattern(
        "mixed-date",
        r"(?<![0-9])[0-9]{1,2}月(?P<x>[一二三四五六七八九十]{1,3})(?=[日号])",
        _month_in_digits,
        needs="月",
    ),
    pattern("mixed-date", r"(?P<x>[一二][〇零九][〇零一二三四五六七八九]{2}年[0-9]{1,2}月)", None, needs="年"),
    pattern(
        "zero-of-year",
        r"(?P<x>[一二][〇零○OＯo0九八][〇零○OＯo0一二三四五六七八九]{2})(?=年)",
        lambda found: re.sub("[零○OＯo0]", "〇", found["x"]),
        needs="年",
    ),
    pattern("full-width-digits", r"(?P<x>[０-９]+)", lambda found: found["x"].translate(_FULL)),
    pattern("thousands", r"(?<![0-9,，.])(?P<x>[1-9][0-9]{0,2},(?:[0-9]{3},)*[0-9]{4,})(?![0-9])", None, needs=","),
    pattern(
        "short-year",
        r"(?<![0-9.第’'·历时教满达了])(?P<x>[789][0-9]|[0-2][0-9])(?=年(?:[0-9]{1,2}月(?!之?[后内])|[上下]半年|[春秋]季|[底末](?!级)|初(?![心衷中级一二三])))",
        _year,
        needs="年",
    ),
    pattern("short-year", r"(?<=[自从])(?P<x>[789][0-9]|0[0-9])(?=年(?:以来|起|开始|至今))", _year, needs="年"),
    pattern("short-year", r"(?<![0-9.:：/-])(?P<x>0[1-9])(?=年)", _year, needs="年"),
    pattern(
        "range-of-years",
        r"(?<![0-9-])(?:19|20)[0-9]{2}年?(?P<x>-|－|~|–|－－)(?=(?:19|20)[0-9]{2}(?:学?年))",
        "—",
        needs="- － ~ –",
    ),
    pattern("range-of-dates", r"(?<=[日月号])(?P<x>-|－|~|–)(?=[0-9]{1,2}[日月号])", "—", needs="- － ~ –"),
    pattern(
        "range",
        rf"(?<![0-9.A-Za-z/:：—-])[0-9]+(?:\.[0-9]+)?[%％万亿]?(?P<x>-|－|~)(?=[0-9]+(?:\.[0-9]+)?(?:[%％]|万|亿|{MEASURES}|周岁|分钟|小时|课时))",
        "～",
        needs="- － ~",
    ),
    pattern(
        "range-unit",
        r"(?<![0-9.A-Za-z/—-])(?P<x>(?P<low>[0-9]+(?:\.[0-9]+)?)(?P<to>[-－~～—])(?P<high>[0-9]+(?:\.[0-9]+)?)(?P<unit>[%％万亿]))(?!年)",
        r"\g<low>\g<unit>～\g<high>\g<unit>",
        needs="- － ~ ～ —",
    ),
    pattern(
        "neighbouring-numbers",
        rf"(?<![、第{_ONE}十百千万])(?P<x>[二三四五六七八]、[三四五六七八九])(?=[个次天岁位倍里](?!年级|班))",
        _neighbours,
        needs="、",
    ),
    pattern(
        "fewer-times",
        r"(?P<x>(?:减少|降低|下降|缩小|缩短|减小)了?(?:近|约|超过|将近)?(?:[0-9]+(?:\.[0-9]+)?|[一二两三四五六七八九十]+)倍)",
        None,
        needs="倍",
    ),
)
