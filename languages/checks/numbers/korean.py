"""Korean numerals, counters and forms, rewritten into Chinese ones of the same length."""

import re
from collections.abc import Callable
from decimal import Decimal

from core.numbers.numerals import evaluate

from . import figures
from .figures import Figure, Meaning, grades, multiple


_COUNTERS = (
    ("퍼센트 ?포인트|% ?포인트|%p|포인트", "个百分点"), ("퍼센트|프로(?![가-힣])", "%"), ("퍼밀|‰", "‰"), ("헥타르", "公顷"), ("제곱미터|평방미터", "平方米"), ("㎡", "㎡"), ("제곱킬로미터", "平方公里"), ("킬로미터|㎞", "公里"), ("킬로그램", "公斤"), ("미터", "米"), ("톤", "吨"),
    ("위안", "元"), ("달러", "美元"), ("유로", "欧元"), ("무(?![가-힣]{2})", "亩"), ("시간", "小时"), ("분간", "分钟"), ("분(?![가-힣]{2}|의)", "分钟"), ("개월", "个月"), ("년대", "年代"), ("세기", "世纪"), ("년", "年"), ("월", "月"), ("일", "日"), ("주년", "周年"), ("주", "周"),
    ("세(?![가-힣]{2})", "岁"), ("살", "岁"), ("명", "名"), ("곳|개교", "所"), ("개", "个"), ("회", "届"), ("권", "册"), ("배", "倍"), ("시(?! ?[가-힣]{2}시)", "时"),
)  # fmt: skip
_REWRITES: list[tuple[re.Pattern, str]] = [
    (re.compile(rf"(?<=[0-9万亿千百十余一二三四五六七八九])(?P<gap> ?)(?:{pattern})"), word)
    for pattern, word in _COUNTERS
]
_SCALES = dict(zip("조억만천백", "兆亿万千百", strict=True))
_SINO = dict(zip("일이삼사오육륙칠팔구십백천만억영공", "一二三四五六六七八九十百千万亿零零", strict=True))
_SINO_DIGITS = dict(zip("일이삼사오육칠팔구", range(1, 10), strict=True))
_SINO_SCALES = {"십": 10, "백": 100, "천": 1000, "만": 10**4, "억": 10**8}
_UNITS_OF = [(re.compile(rf" ?(?:{pattern})"), word) for pattern, word in _COUNTERS]
# A run of Sino-Korean numerals is a number if it has two of them or more and a counter follows, or a scale opens it.
_SINO_COUNTER = "명|개|년|월|일(?![가-힣])|원|위안|회|주년|학년|반|호|차|권|세|퍼센트|주|분|초|개월|층|기|등|위|인|퍼|곳|무|점|학교|여|위|대|만|억|천"
_SINO_RUN = re.compile(
    rf"(?<![가-힣0-9])(?P<run>[일이삼사오육칠팔구십백천만억]{{1,12}}(?: [일이삼사오육칠팔구십백천]{{1,8}}(?=\s?(?:{_SINO_COUNTER})))?)(?=\s?(?:{_SINO_COUNTER}))"
)
_TENS = dict(
    zip(
        ["열", "스물", "스무", "서른", "마흔", "쉰", "예순", "일흔", "여든", "아흔", "백"],
        (10, 20, 20, 30, 40, 50, 60, 70, 80, 90, 100),
        strict=True,
    )
)
_UNITS = dict(
    zip(
        [
            "하나",
            "한",
            "첫",
            "두",
            "둘",
            "세",
            "셋",
            "석",
            "서",
            "네",
            "넷",
            "넉",
            "너",
            "다섯",
            "여섯",
            "일곱",
            "여덟",
            "아홉",
        ],
        (1, 1, 1, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 6, 7, 8, 9),
        strict=True,
    )
)
_UNIT_WORDS, _TEN_WORDS = "|".join(_UNITS), "|".join(_TENS)
_NATIVE = rf"(?P<tens>{_TEN_WORDS})?(?P<unit>{_UNIT_WORDS})?"
_WORD = re.compile(
    rf"(?<![가-힣])(?=[가-힣]){_NATIVE}(?=\s?(?:여|곳|개|명|가지|번|째|단|살|해|달|시|배|학교|마리|권|그루|차례|사람|장|대|층|팀|반|주|분|편|송이|과목|군데|줄|쌍|잔|통|폭|필|집|마을|도시|나라)|\s)"
)
_DAYS = {
    "하루": 1,
    "이틀": 2,
    "사흘": 3,
    "나흘": 4,
    "닷새": 5,
    "엿새": 6,
    "이레": 7,
    "여드레": 8,
    "아흐레": 9,
    "열흘": 10,
    "보름": 15,
}
_DAY_WORD = re.compile(f"(?<![가-힣])(?:{'|'.join(_DAYS)})")
_UNITS_BEHIND = {"달": figures.MONTH, "시간": figures.HOUR, "해": figures.YEAR, "살": figures.YEAR, "주": figures.WEEK}
_HALF_WORDS = (
    (re.compile("반년"), figures.YEAR, "0.5"), (re.compile("반나절|한나절"), figures.DAY, "0.5"), (re.compile("반세기"), figures.YEAR, "50"), (re.compile("반달(?![가-힣]{2})"), figures.MONTH, "0.5"),
    (re.compile("반 ?시간"), figures.HOUR, "0.5"), (re.compile("한 ?달 반"), figures.MONTH, "1.5"), (re.compile("일 ?년 반"), figures.YEAR, "1.5"),
)  # fmt: skip
SHARES = ((re.compile("절반|반수"), 50), (re.compile("모든|전체|전부"), 100))
_STAGES = {"초": "primary", "중": "junior", "고": "senior"}
_HOUR = rf"(?:(?P<hd>[01]?[0-9]|2[0-4])|(?P<ten>열)? ?(?P<hu>{_UNIT_WORDS})?)"
_TIME = re.compile(
    rf"(?<![가-힣0-9])(?:(?P<am>오전|새벽|아침)|(?P<pm>오후|저녁|밤|낮))? ?(?<![0-9]){_HOUR} ?(?:시|时)(?! ?간|[가-힣]{{2}}|장|험|작)(?: ?(?:(?P<half>반)|(?P<m>[0-5]?[0-9]|[일이삼사오]?십[일이삼사오육칠팔구]?) ?(?:분钟?|分钟?|분)))?|(?P<noon>정오)|(?P<midnight>자정)"
)
_GRADE = re.compile(
    r"(?P<stage>초등학교|중학교|고등학교|초등|중등|고등|초|중|고)? ?(?<![0-9])(?P<n>[1-9]|[일이삼사오육칠팔구一二三四五六七八九])(?: ?학년(?!도)|(?<=[중고초][1-6])(?![0-9]))"
)
_CLASS = re.compile("(?P<n>[0-9]{1,2}) ?반(?![가-힣])")
_TIMES = re.compile(rf"(?P<n>[0-9]{{1,5}}(?:\.[0-9]{{1,3}})?|{_UNIT_WORDS}|열) ?(?:배|倍)(?P<half> ?반)?")
_DOUBLED = re.compile("(?P<two>갑절|곱절|배로 (?:늘|증가|뛰)|배증)|(?P<half>반감|반으로 줄|절반으로)")
_FRACTION = re.compile(
    r"(?P<below>[0-9]{1,5}|[이삼사오육칠팔구십백천만]{1,3}|백|천|만) ?분의 ?(?P<above>[0-9]{1,4}|[일이삼사오육칠팔구십]{1,3})"
)
_TENTHS = re.compile("(?P<n>[0-9]{1,2}|[일이삼사오육칠팔구]) ?할(?: ?(?P<rest>[0-9]|[일이삼사오육칠팔구]) ?푼)?")
_HOURS = re.compile(
    rf"(?P<n>{_UNIT_WORDS}|[0-9]{{1,3}}) ?(?:(?P<h>시간|小时)|(?P<y>년|年|해)|(?P<mo>개월|个月|달)) ?반(?![가-힣]{{2}})"
)
_ROUGH = re.compile("(?P<tens>수십|수백|수천|수만|십수|몇십|몇백|몇천)(?P<man> ?만| ?억)?|(?P<ten>십여|여남은|열댓)")
_AFTER = re.compile(
    "(?P<to> ?(?:으로|로|까지))|(?P<by> ?(?:이|가|을|를)? ?(?:증가|감소|늘|줄|상승|하락|오르|올|내|인상|인하|낮|높|확대|축소|떨어))"
)
_FALLS = re.compile("[^.]{0,6}?(?:감소|줄|하락|내|인하|낮|축소|떨어)")


def rewritten(text: str) -> str:
    """Each character keeps its place."""
    text = re.sub("(?<=[0-9])여(?=[만억천])", "余", text)
    text = re.sub(r"(?<=[0-9천백만余])\s?[조억만천백](?![가-힣]{3})|(?<=[0-9])[천백만억]", _scale, text)
    text = re.sub(r"([万亿千]) (?=[0-9一二三四五六七八九])", r"\1零", text)
    text = re.sub("(?<=[0-9万亿千百十])여", "余", text)
    for pattern, word in _REWRITES:
        text = pattern.sub(lambda found, word=word: (found["gap"] + word)[: len(found[0])].ljust(len(found[0])), text)
    return text


def _scale(found: re.Match) -> str:
    scale = _SCALES[found[0][-1]]
    return scale + " " * (len(found[0]) - 1)


def sino(text: str) -> list[tuple[tuple[int, int], Decimal, str]]:
    """(span, value, the counter's unit in Chinese) of 천이백 명 and 만 이천 명."""
    found = []
    for match in _SINO_RUN.finditer(text):
        run = match["run"].replace(" ", "")
        value = _sino_value(run)
        unit = next((word for pattern, word in _UNITS_OF if pattern.match(text, match.end())), "")
        if value and (len(run) > 1 or unit):
            found.append((match.span(), value, unit))
    return found


def _sino_value(run: str) -> Decimal | None:
    """만 이천 is 12,000, 백오 is 105; None if the scales do not fall."""
    total = group = pending = 0
    small, big = 10**4, 10**12
    for char in run:
        if char in _SINO_DIGITS:
            if pending:
                return None
            pending = _SINO_DIGITS[char]
        elif (scale := _SINO_SCALES[char]) < 10**4 and scale < small:
            group, pending, small = group + (pending or 1) * scale, 0, scale
        elif scale >= 10**4 and scale < big:
            total, group, pending, small, big = total + ((group + pending) or 1) * scale, 0, 0, 10**4, scale
        else:
            return None
    return Decimal(total + group + pending)


def _native(tens: str | None, unit: str | None) -> Decimal:
    return Decimal(_TENS.get(tens or "", 0) + _UNITS.get(unit or "", 0))


def _number(text: str | None) -> Decimal | None:
    if not text:
        return None
    if text in _UNITS or text in _TENS:
        return _native(text, None) or _native(None, text)
    number = evaluate("".join(_SINO.get(char, char) for char in text))
    return number.value if number else None


def constructs(changed: str, text: str) -> list[Figure]:
    """Times, grades, multiples, fractions, tenths of a rewritten text."""
    found: list[Figure] = []
    for pattern, reader in _READERS:
        spans = []
        for match in pattern.finditer(changed):
            made = reader(match, changed)
            if made:
                meanings, more = made
                spans.append(match.span())
                found.append(
                    Figure(
                        meanings[0].value,
                        text[match.start() : match.end()].strip(),
                        *match.span(),
                        kind=meanings[0].kind,
                        way=meanings[0].way,
                        also=tuple(meanings[1:]),
                        **more,
                    )
                )
        for start, end in spans:
            changed = changed[:start] + "\ufffc" * (end - start) + changed[end:]
    return found


_Made = tuple[tuple[Meaning, ...], dict] | None


def _time(match: re.Match, text: str) -> _Made:
    if match["noon"] or match["midnight"]:
        return (Meaning(figures.TIME, Decimal(720 if match["noon"] else 0)),), {"digits": False}
    hour = Decimal(match["hd"]) if match["hd"] else _native(match["ten"], match["hu"])
    if not match["hd"] and (not hour or hour > 12):
        return None
    minute = Decimal(30) if match["half"] else _number(match["m"]) or Decimal(0)
    half = "am" if match["am"] else "pm" if match["pm"] else ""
    return figures.time_of_day(int(hour), int(minute), half), {}


def _grade(match: re.Match, text: str) -> _Made:
    number = _number(match["n"])
    return (grades(int(number), _STAGES.get((match["stage"] or " ")[0], "")), {}) if number else None


def _class(match: re.Match, text: str) -> _Made:
    return (Meaning(figures.CLASS, Decimal(match["n"])),), {"ordinal": True}


def _times(match: re.Match, text: str) -> _Made:
    number = _number(match["n"])
    if not number:
        return None
    number += Decimal("0.5") if match["half"] else 0
    return multiple(number), {"digits": match["n"][0].isdigit()}


def _doubled(match: re.Match, text: str) -> _Made:
    return multiple(Decimal(2) if match["two"] else Decimal("0.5")), {"digits": False}


def _fraction(match: re.Match, text: str) -> _Made:
    below, above = _number(match["below"]), _number(match["above"])
    if not below or above is None:
        return None
    after = _AFTER.match(text, match.end())
    way = str(after.lastgroup) if after else ""
    falls = bool(_FALLS.match(text, match.end()))
    return figures.share(above / below * 100, way, falls), {"fraction": below < 100}


_OF_SO_MANY = re.compile(
    rf"(?P<below>[0-9]{{1,4}}|{_UNIT_WORDS}|{_TEN_WORDS}) ?(?:명|名|곳|所|개|个) ?(?:중|가운데) ?(?P<above>[0-9]{{1,2}}|{_UNIT_WORDS}) ?(?:명|名|곳|所|개|个)"
)


def _of_so_many(match: re.Match, text: str) -> _Made:
    """세 명 중 한 명."""
    below, above = _number(match["below"]), _number(match["above"])
    if not below or not above or above >= below:
        return None
    return (Meaning(figures.PERCENT, above / below * 100),), {"fraction": True, "digits": False}


def _tenths(match: re.Match, text: str) -> _Made:
    number, rest = _number(match["n"]), _number(match["rest"]) or Decimal(0)
    return ((Meaning(figures.PERCENT, number * 10 + rest),), {}) if number else None


def _and_half(match: re.Match, text: str) -> _Made:
    number = _number(match["n"])
    kind = figures.HOUR if match["h"] else figures.YEAR if match["y"] else figures.MONTH
    return ((Meaning(kind, number + Decimal("0.5")),), {}) if number else None


def _rough(match: re.Match, text: str) -> _Made:
    if match["ten"]:
        return (Meaning("", Decimal(10)),), {"most": Decimal(19), "firm": False, "digits": False}
    scale = {"십": 10, "백": 100, "천": 1000, "만": 10_000}["십" if match["tens"] == "십수" else match["tens"][-1]]
    scale *= {"만": 10_000, "억": 10**8}.get((match["man"] or " ").strip(), 1)
    low = scale if match["tens"] == "십수" else 2 * scale
    return (Meaning("", Decimal(low)),), {"most": Decimal(scale * 10 - 1), "firm": False, "digits": False}


_READERS: list[tuple[re.Pattern, Callable[[re.Match, str], _Made]]] = [
    (_TIME, _time),
    (_GRADE, _grade),
    (_CLASS, _class),
    (_HOURS, _and_half),
    (_TIMES, _times),
    (_DOUBLED, _doubled),
    (_FRACTION, _fraction),
    (_TENTHS, _tenths),
    (_OF_SO_MANY, _of_so_many),
    (_ROUGH, _rough),
]


def words(text: str) -> list[tuple[tuple[int, int], Meaning]]:
    """열다섯, 두 달, 사흘, 반년."""
    found = [(match.span(), Meaning(figures.DAY, Decimal(_DAYS[match[0]]))) for match in _DAY_WORD.finditer(text)]
    for pattern, kind, half in _HALF_WORDS:
        found += [(match.span(), Meaning(kind, Decimal(half))) for match in pattern.finditer(text)]
    for match in _WORD.finditer(text):
        value = _native(match["tens"], match["unit"])
        if value:
            behind = re.match(r"\s?(달|시간|해|살|주)", text[match.end() : match.end() + 4])
            found.append((match.span(), Meaning(_UNITS_BEHIND[behind[1]] if behind else "", value)))
    return found
