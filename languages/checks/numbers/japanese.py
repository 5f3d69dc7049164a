"""Japanese counters and forms, rewritten into Chinese ones of the same length."""

import re
from collections.abc import Callable, Iterator
from decimal import Decimal

from . import figures
from .figures import Figure, Meaning, grades, multiple


_COUNTERS = (
    ("パーセントポイント", "个百分点"), ("ポイント", "个百分点"), ("パーセント", "%"), ("％", "%"), ("パーミル|‰", "‰"), ("ヘクタール", "公顷"), ("ムー", "亩"),
    ("平方メートル|㎡", "平方米"), ("平方キロ(?:メートル)?", "平方公里"), ("キロ(?:メートル)", "公里"), ("キロ(?!グラム)", "公里"), ("キログラム", "公斤"), ("メートル", "米"), ("トン", "吨"), ("ドル", "美元"), ("ユーロ", "欧元"),
    ("時間", "小时"), ("分間", "分钟"), ("年間", "年"), ("日間", "天"), ("[かカヵケヶ]月(?:間)?", "个月"), ("[かカヵケヶ]年", "年"), ("週間", "周"), ("世紀", "世纪"), ("周年", "周年"),
    ("[つカヶか]所?", "个"), ("校", "所"), ("園", "所"), ("歳|才", "岁"), ("件", "件"), ("余り", "余"), ("点(?!半|鐘)", "分"),
)  # fmt: skip
_NUMBER_BEFORE = r"(?<=[0-9万億亿千百十一二三四五六七八九〇両半数])"
_REWRITES: list[tuple[re.Pattern, str]] = [
    (re.compile(_NUMBER_BEFORE + f"(?:{pattern})"), word) for pattern, word in _COUNTERS
]
SHARES = ((re.compile("半数|半分|折半"), 50), (re.compile("すべて|全て|全(?=[員校国部])"), 100))
_WORDS = [
    (re.compile(pattern), value)
    for pattern, value in {
        "ひと[つり]": 1,
        "ふた[つり]|双方|両(?=校|者|方|親)": 2,
        "みっ(?=つ)": 3,
        "よっ(?=つ)": 4,
        "いつ(?=つ)": 5,
    }.items()
]
_ERAS = {"令和": 2018, "平成": 1988, "昭和": 1925, "大正": 1911, "R": 2018, "H": 1988}
_ERA = re.compile(
    "(?P<era>令和|平成|昭和|大正|(?<![A-Za-z])[RH](?=[0-9]))(?P<year>元|[0-9]{1,2}|[一二三四五六七八九十]{1,3})年(?:度)?"
)
_N = "(?P<n>[0-9]{1,6}(?:\\.[0-9]{1,3})?|[一二三四五六七八九十百]{1,4}|数)"
_GRADE = re.compile(
    "(?P<stage>小学校?|中学校?|高校|高等学校|小|中|高)?の?第?(?P<n>(?<![0-9０-９])[1-9一二三四五六七八九])(?:年生|学年|年次|(?<=[学校高中小][1-9一二三四五六])年(?![間度前後])|年(?=[0-9１-９一二三四五六七八九]{1,2}組))"
)
_CLASS = re.compile("(?P<n>[0-9]{1,2}|[一二三四五六七八九十]{1,2})組")
_TIMES = re.compile(f"{_N}倍(?P<half>半)?(?P<more>増|の増)?")
_DOUBLED = re.compile("(?P<two>倍増|倍加|倍に|倍となり|倍以上)|(?P<half>半減|半額)")
_TENTHS = re.compile(
    "(?P<n>[0-9]{1,2}|[一二三四五六七八九])割(?:(?P<rest>[0-9]|[一二三四五六七八九])分)?(?P<half>半)?(?P<way>増|減|引き)?"
)
_STAGES = {"小": "primary", "中": "junior", "高": "senior"}
_CLOCK = re.compile("(?P<noon>正午)|(?P<midnight>真夜中|午前0時|零時)")
_FROM_TO = re.compile(
    "(?P<to>に|へ|まで)(?=[^。]{0,4}?(?:減|増|下|上|縮|拡|達|落|伸|引))|(?P<by>の?(?:減|増)|(?:ポイント)?(?=減少|増加|上昇|下落|低下)|(?:ほど|だけ)?(?=減っ|増え))"
)
_DIGITS = dict(zip("一二三四五六七八九", range(1, 10), strict=True))


def rewritten(text: str) -> str:
    """Each character keeps its place."""
    text = text.translate(_VARIANTS).replace("分の", "分之")
    for pattern, word in _REWRITES:
        text = pattern.sub(lambda found, word=word: word[: len(found[0])].ljust(len(found[0])), text)
    return text.translate(_CHARACTERS)


_VARIANTS = str.maketrans("〜～１２３４５６７８９０", "~~1234567890")
_CHARACTERS = str.maketrans("時億両個間鐘後週対円", "时亿两个间钟后周对円")


def _numeral(text: str) -> Decimal | None:
    from core.numbers.numerals import evaluate

    number = evaluate(text)
    return number.value if number else None


def eras(text: str) -> Iterator[tuple[tuple[int, int], int]]:
    """(span, year) of 令和5年, 平成元年."""
    for match in _ERA.finditer(text.translate(_VARIANTS)):
        year = Decimal(1) if match["year"] == "元" else _numeral(match["year"])
        if year:
            yield match.span(), _ERAS[match["era"]] + int(year)


def constructs(changed: str, text: str) -> list[Figure]:
    """Grades, classes, multiples and tenths of a rewritten text."""
    found: list[Figure] = []
    for pattern, reader in _READERS:
        found += [
            Figure(
                meanings[0].value,
                text[match.start() : match.end()],
                *match.span(),
                kind=meanings[0].kind,
                way=meanings[0].way,
                also=tuple(meanings[1:]),
                digits=bool(re.search("[0-9]", match[0])),
                ordinal=meanings[0].kind == figures.CLASS,
            )
            for match in pattern.finditer(changed)
            if (meanings := reader(match, changed))
        ]
        changed = pattern.sub(lambda match: "\ufffc" * len(match[0]), changed)
    return found


def _grade(match: re.Match, text: str) -> tuple[Meaning, ...]:
    number = int(_DIGITS.get(match["n"], 0) or match["n"])
    return grades(number, _STAGES.get((match["stage"] or " ")[0], ""))


def _class(match: re.Match, text: str) -> tuple[Meaning, ...]:
    number = _numeral(match["n"])
    return (Meaning(figures.CLASS, number),) if number else ()


def _times(match: re.Match, text: str) -> tuple[Meaning, ...]:
    number = Decimal(0) if match["n"] == "数" else _numeral(match["n"])
    if not number:
        return ()
    number += Decimal("0.5") if match["half"] else 0
    return (*multiple(number), *(multiple(number + 1) if match["more"] else ()))


def _doubled(match: re.Match, text: str) -> tuple[Meaning, ...]:
    return multiple(Decimal(2) if match["two"] else Decimal("0.5"))


def _tenths(match: re.Match, text: str) -> tuple[Meaning, ...]:
    number = _numeral(match["n"])
    if number is None:
        return ()
    rest = Decimal(5) if match["half"] else (_numeral(match["rest"]) if match["rest"] else None) or Decimal(0)
    way = figures.BY if match["way"] else ""
    return figures.share(number * 10 + rest, way, match["way"] in ("減", "引き"))


def _fraction(match: re.Match, text: str) -> tuple[Meaning, ...]:
    below, above = _numeral(match["below"]), _numeral(match["above"])
    if not below or above is None:
        return ()
    after = _FROM_TO.match(text, match.end())
    way = str(after.lastgroup) if after else ""
    falls = bool(re.match("[^。]{0,6}?(?:減|下|縮)", text[match.end() : match.end() + 8]))
    return figures.share(above / below * 100, way, falls)


_FRACTION = re.compile(
    "(?P<below>[0-9]{1,5}|[一二三四五六七八九十百千万]{1,3})分之(?P<above>[0-9]{1,4}|[一二三四五六七八九十]{1,3})"
)


_OF_SO_MANY = re.compile(
    "(?P<below>[0-9]{1,4}|[一二三四五六七八九十百千万]{1,4})[人校名所个]に(?P<above>[0-9]{1,2}|[一二三四五六七八九])[人校名所个]"
)


def _of_so_many(match: re.Match, text: str) -> tuple[Meaning, ...]:
    """3人に1人."""
    below, above = _numeral(match["below"]), _numeral(match["above"])
    return (Meaning(figures.PERCENT, above / below * 100),) if below and above and above < below else ()


def _noon(match: re.Match, text: str) -> tuple[Meaning, ...]:
    return (Meaning(figures.TIME, Decimal(720 if match["noon"] else 0)),)


_READERS: list[tuple[re.Pattern, Callable[[re.Match, str], tuple[Meaning, ...]]]] = [
    (_GRADE, _grade),
    (_CLASS, _class),
    (_TIMES, _times),
    (_DOUBLED, _doubled),
    (_TENTHS, _tenths),
    (_OF_SO_MANY, _of_so_many),
    (_CLOCK, _noon),
]


def words(text: str) -> list[tuple[tuple[int, int], Meaning]]:
    """ひとつ, ふたり."""
    return [
        (match.span(), Meaning("", Decimal(value))) for pattern, value in _WORDS for match in pattern.finditer(text)
    ]
