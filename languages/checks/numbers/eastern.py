"""Reads the numbers of Japanese, Korean and traditional Chinese: rewritten, at the same length, into what core reads."""

import re
from dataclasses import replace
from decimal import Decimal

from core.numbers import Qualifier

from . import chinese, figures
from .figures import Date, Figure


_JAPANESE = (
    ("パーセントポイント", "个百分点"), ("ポイント", "个百分点"), ("パーセント", "%"), ("％", "%"), ("ヘクタール", "公顷"), ("ムー", "亩"),
    ("平方メートル", "平方米"), ("時間", "小时"), ("分間", "分钟"), ("年間", "年"), ("日間", "天"), ("[かカヵケヶ]月", "个月"), ("[かカヵケヶ]年", "年"), ("週間", "周"), ("割", "成"),
    ("[つカヶか]所?", "个"), ("校", "所"), ("園", "所"), ("歳", "岁"), ("件", "件"), ("周年", "周年"), ("余り", "余"),
)  # fmt: skip
_KOREAN = (
    ("퍼센트 ?포인트|% ?포인트|%p", "个百分点"), ("퍼센트", "%"), ("헥타르", "公顷"), ("제곱미터", "平方米"), ("㎡", "㎡"), ("위안", "元"), ("무(?![가-힣]{2})", "亩"),
    ("시간", "小时"), ("분(?![가-힣]{2})", "分钟"), ("개월", "个月"), ("년", "年"), ("월", "月"), ("일", "日"), ("주년", "周年"), ("주", "周"), ("할", "成"), ("세(?![가-힣]{2})", "岁"),
    ("명", "名"), ("곳|개교", "所"), ("개", "个"),
)  # fmt: skip
_KOREAN_SCALES = dict(zip("조억만천백", "兆亿万千百", strict=True))
_KOREAN_TENS = dict(
    zip(
        ["열", "스물", "스무", "서른", "마흔", "쉰", "예순", "일흔", "여든", "아흔", "백"],
        (10, 20, 20, 30, 40, 50, 60, 70, 80, 90, 100),
        strict=True,
    )
)
_KOREAN_UNITS = dict(
    zip(
        ["하나", "한", "첫", "두", "둘", "세", "셋", "네", "넷", "다섯", "여섯", "일곱", "여덟", "아홉"],
        (1, 1, 1, 2, 2, 3, 3, 4, 4, 5, 6, 7, 8, 9),
        strict=True,
    )
)
_KOREAN_WORD = re.compile(
    rf"(?<![가-힣])(?=[가-힣])(?P<tens>{'|'.join(_KOREAN_TENS)})?(?P<unit>{'|'.join(_KOREAN_UNITS)})?(?=\s|여|곳|개|명|가지|번|째|단|살|해)"
)
_JAPANESE_WORDS = {"ひと": 1, "ふた|双方|両": 2, "みっ": 3}
_NUMBER = r"(?<=[0-9万亿千百十])"
_HAN_NUMBER = r"(?<=[0-9万億亿千百十一二三四五六七八九〇両半])"
_MORE_AFTER = re.compile(r"(?:以上|を超え|を上回|超|余|あまり|強|이상|여|을 넘|를 넘|이 넘|넘|을 웃|남짓)")
_MORE_BEFORE = re.compile(r"(?:超过|超|逾|초과|무려)\s*\Z")
_ABOUT_BEFORE = re.compile(r"(?:約|约|およそ|おおよそ|ほぼ|약|대략|大約)\s*\Z")
_ABOUT_AFTER = re.compile(r"(?:ほど|前後|程度|左右|정도|안팎|가량|ばかり)")
_NEARLY_BEFORE = re.compile(r"(?:거의|近|將近|接近)\s*\Z")
_NEARLY_AFTER = re.compile(r"(?:近[くい]|弱|に迫|に近|가까|에 육박|에 가까)")
_COUNTER = re.compile(r"\s?[가-힣个所名元万]{0,4}")
_HALF = re.compile("半数|半分|折半|절반|一半|半數")
_ALL = re.compile("すべて|全て|全|모든|전체|전부|所有|全部|都|均")
_PLAN = re.compile(r"(?:5개년|5[かカヵ]年|五[かカヵ]年)(?: ?계획|計画|計畫)?")
_TRILLIONS = re.compile(
    r"(?P<number>[0-9][0-9,]*(?:\.[0-9]+)?) ?[兆조](?: ?(?P<rest>[0-9][0-9,]*) ?[億억])?(?P<money> ?(?:元|위안))?"
)
_ABBREVIATED = re.compile(r"(?<![0-9])((?:19|20)[0-9]{2})[–—/〜~-]([0-9]{2})(?![0-9])")


def plans(text: str) -> list[tuple[int, int]]:
    """Where a five-year plan is named, with its numbers."""
    return [match.span() for match in _PLAN.finditer(text)]


def rewritten(text: str, language: str) -> str:
    """The text with its counters in Chinese; each character keeps its place."""
    if language == "ja":
        text = re.sub("[〜～]", "~", text).replace("分の", "分之")
        for pattern, word in _JAPANESE:
            text = re.sub(rf"{_HAN_NUMBER}(?:{pattern})", lambda found, word=word: _padded(word, found[0]), text)
    if language == "ko":
        text = re.sub("([0-9])분의 ([0-9]+)", r"\1分之\2 ", text)
        text = re.sub("(?<=[0-9])여(?=[만억천])", "余", text)
        text = re.sub(r"(?<=[0-9천백만余])\s?[조억만천백](?![가-힣]{3})|(?<=[0-9])[천백만억]", _scale, text)
        text = re.sub(r"([万亿千]) (?=[0-9])", r"\1零", text)
        text = re.sub(rf"{_NUMBER}여", "余", text)
        for pattern, word in _KOREAN:
            text = re.sub(
                rf"(?<=[0-9万亿千百余])( ?)(?:{pattern})",
                lambda found, word=word: _padded(found[1] + word, found[0]),
                text,
            )
    return text


def _scale(found: re.Match) -> str:
    scale = _KOREAN_SCALES[found[0][-1]]
    return scale + " " * (len(found[0]) - 1)


def _padded(word: str, instead_of: str) -> str:
    return word[: len(instead_of)].ljust(len(instead_of))


def dates(text: str, language: str) -> list[Date]:
    """As in Chinese: 2023年9月1日, 2023년 9월 1일."""
    found = chinese.dates(rewritten(text, language))
    return [replace(date, text=text[date.start : date.end]) for date in found]


def figures_of(text: str, language: str) -> list[Figure]:
    """The numbers in digits and characters, and the native words for small ones."""
    trillions = list(_TRILLIONS.finditer(text))
    changed = chinese.blanked(rewritten(text, language), [match.span() for match in trillions])
    found = [_trillions(match) for match in trillions]
    found += [replace(figure, text=_as_written(text, figure)) for figure in chinese.figures_of(changed)]
    for match in _ABBREVIATED.finditer(text):
        end = Decimal(match[1][:2] + match[2])
        found = [figure for figure in found if figure.end <= match.start() or figure.start >= match.end()]
        found += [Figure(value, match[0], *match.span(), kind=figures.CALENDAR) for value in (Decimal(match[1]), end)]
    words = [*_words(text, language), *_shares(text)]
    return sorted([*(_hedged(changed, figure) for figure in found), *words], key=lambda figure: figure.start)


def _trillions(match: re.Match) -> Figure:
    """1兆2000億: core knows no 兆, which in Chinese is also a million."""
    number, rest = (Decimal((match[name] or "0").replace(",", "")) for name in ("number", "rest"))
    return Figure(number * 10**12 + rest * 10**8, match[0], *match.span(), kind=figures.MONEY if match["money"] else "")


def _as_written(text: str, figure: Figure) -> str:
    """With the rest of a Korean or Japanese counter that is longer than the Chinese one."""
    rest = re.match("[가-힣ァ-ヶー]{0,6}", text[figure.end :])
    return (text[figure.start : figure.end] + (rest[0] if rest else "")).strip()


def _hedged(text: str, figure: Figure) -> Figure:
    """The hedges that Chinese does not have."""
    if figure.hedge != Qualifier.EXACT or figure.kind == figures.CALENDAR:
        return figure
    before = text[max(0, figure.start - 6) : figure.start]
    counter = _COUNTER.match(text, figure.end)
    ends = {figure.end, counter.end() if counter else figure.end}
    ends |= {end + 1 for end in ends if text[end : end + 1] == " "}
    signs = (
        (Qualifier.MORE, _MORE_BEFORE, _MORE_AFTER),
        (Qualifier.NEARLY, _NEARLY_BEFORE, _NEARLY_AFTER),
        (Qualifier.ABOUT, _ABOUT_BEFORE, _ABOUT_AFTER),
    )
    for hedge, front, back in signs:
        if front.search(before) or any(back.match(text, end) for end in ends):
            return replace(figure, hedge=hedge)
    return figure


def _words(text: str, language: str) -> list[Figure]:
    """열다섯, ひとつ: no loss and no surprise."""
    if language == "ko":
        words = [
            (match, _KOREAN_TENS.get(match["tens"], 0) + _KOREAN_UNITS.get(match["unit"], 0))
            for match in _KOREAN_WORD.finditer(text)
        ]
    else:
        patterns = _JAPANESE_WORDS if language == "ja" else {}
        words = [(match, value) for pattern, value in patterns.items() for match in re.finditer(pattern, text)]
    found = [
        Figure(Decimal(value), match[0], *match.span(), firm=False, digits=False) for match, value in words if value
    ]
    return [_hedged(text, figure) for figure in found]


def _shares(text: str) -> list[Figure]:
    return [
        Figure(
            Decimal(value),
            match[0],
            *match.span(),
            kind=figures.PERCENT,
            firm=False,
            digits=False,
            fraction=value < 100,
        )
        for pattern, value in ((_HALF, 50), (_ALL, 100))
        for match in pattern.finditer(text)
    ]
