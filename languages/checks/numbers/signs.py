# ruff: noqa: RUF001  # marks and letters of other scripts
"""Whether a number is below zero: by a minus sign, or by a word (零下, minus, bajo cero); and what excuses that it is not.

'-3%' may be said as 'fell by 3 %', so a verb of falling stands for a sign; but not where something falls to a number, and
not beside a temperature that it does not govern. A hyphen of a range, a date or a word is no sign, and what may be one
(a dash, the mark of a list) agrees with either. Every look around a number is bounded, so the time is linear.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from core.numbers import Qualifier
from core.numbers.chinese_words import BEFORE
from core.numbers.numerals import CHINESE_NUMERALS

from . import chinese, figures
from .figures import Figure


@dataclass(frozen=True)
class _Words:
    """Patterns of one language. `front` stands before a number, `back` behind it with what it counts between."""

    front: str = "(?!)"
    back: str = "(?!)"
    falls: str = "(?!)"


_CHINESE = _Words(
    front=rf"零下|冰点以下|(?<![减担肩抱胜欺辜自不背承0-9{CHINESE_NUMERALS}])负",
    falls=r"减|降|跌|滑|缩|削|回落|亏|逆差|赤字|负增长|少(?![年儿先])",
)
_WORDS = {
    "zh-hans": _CHINESE,
    "zh-hant": _CHINESE,
    "en": _Words(
        front=r"(?<!or )(?<!plus[ -])(?:minus|negative)",
        back=r"below (?:zero|freezing)|of frost|sub-?zero",
        falls=r"fall|fell|drop|cut|reduc|lower|declin|shr[aiu]nk|decreas|slash|down|fewer|less|smaller|narrow|contract|negative"
        r"|loss|lost|lose|deficit|slump|plung|slid|dip",
    ),
    "fr": _Words(
        front=r"(?<!au )(?<!du )(?<!ou )(?<!pas )(?<!plus )moins",
        back=r"(?:au-dessous|en[- ]dessous) (?:de|du) z[ée]ro|sous z[ée]ro|négati",
        falls=r"rédui|réduc|dimin|baiss|chut|recul|perd|perte|tomb|ramen|abaiss|repli|déficit|contract|négati|moins",
    ),
    "es": _Words(
        front=r"(?<!al )(?<!lo )(?<!no )(?<!\bo )(?<!más )menos",
        back=r"bajo cero|(?:por )?debajo del? cero|negativ",
        falls=r"baj|redu[cj]|dismin|ca[yeí]|descen|recort|mengu|menos|inferior|retroce|pérdida|perd|déficit|contra[cí]|negativ",
    ),
    "ru": _Words(
        front=r"(?<!плюс[ -])минус|отрицательн\w{1,3}",
        back=r"ниже н[уо]ля|мороза",
        falls=r"сокра|сни[зж]|уменьш|упал|паден|меньше|урез|подеш|убыт|дефицит|отрицат|спад|потер",
    ),
    "ar": _Words(
        front="(?:سالب|ناقص)",
        back="(?:تحت|دون) (?:درجة )?(?:الصفر|التجمد)|سالب",
        falls="انخف|تراج|قل[تّ]|هبط|هبوط|خف[ضّ]|تقل|نقص|خسار|خسر|عجز|سلبي|انكم",
    ),
    "ja": _Words(
        front="マイナス|零下|氷点下|負の?",
        falls="減|下が|下げ|下回|低下|下落|縮|落ち|割引|赤字|損失|マイナス",
    ),
    "ko": _Words(
        front="영하의?|마이너스|음의?(?= )",
        falls="감소|줄|하락|내려|내린|인하|낮|축소|떨어|적자|손실|마이너스|역성장",
    ),
}
_MINUS = "−"
_MARKS = f"-{_MINUS}－﹣‑"  # the hyphen first, so that it makes no range of characters
_DIRECTIONS = "\u200e\u200f\u061c\u2066\u2067\u2068\u2069"
_GAP = rf"[\s{_DIRECTIONS}]{{0,3}}"
_SIGN = re.compile(
    rf"(?P<mark>[{_MARKS}–])(?P<gap>{_GAP})(?:(?:US|HK)?[$¥￥€£]|RMB ?|CNY ?)?\Z|(?P<down>[▼▽↓])\s?\Z|(?P<arrow>[▲△])\s?\Z"
)
_NUMBER = rf"[0-9{CHINESE_NUMERALS}]"
# The lower end of a range, or the first term of a difference: 3-5, 3% - 5%, 3万元-5万元, 5 minus 3.
_AFTER_NUMBER = re.compile(rf"{_NUMBER}[\s\u00a0]{{0,2}}(?:[%‰°º℃]|[^\W\d_至到为]){{0,4}}[\s\u00a0]{{0,2}}\Z")
_OPENING = re.compile(r"(?:\A|[\s(（\[【:：=,，、。;；“\"'‘«<≤>≥≈~～/])\Z")
_EASTERN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]\Z")
_LINE_BEGINS = re.compile(r"(?:\A|\n)[^\S\n]*\Z")
_CLOCK = re.compile(r"(?:\bh(?:eures?)?|\bhoras?|\blas? \w{3,6})\s{1,2}\Z", re.IGNORECASE)  # huit heures moins cinq
_DEGREES = re.compile(r"[\s\u00a0\u202f]{0,2}(?:[°º℃]|度|도(?![가-힣])|degr|grad[ou]|град|درج)", re.IGNORECASE)
_EXACT_UNIT = re.compile(rf"[\s\u00a0\u202f]{{0,2}}(?:[%％‰]|{_DEGREES.pattern})", re.IGNORECASE)
_DIGITS = re.compile(r"[^0-9]{0,4}[0-9][0-9.,٫٬\u00a0\u202f]*")
_FLOOR = re.compile("[ ]?(?:楼|层|階)")
_SENTENCE = re.compile(r"[。；！？!?;؛\n]|\.\s")
_PAUSE = re.compile(r"[,，、:：]|" + _SENTENCE.pattern)
_ITSELF = re.compile(f"[{_MARKS}负負]+")
_TO = re.compile(r"[\s\u00a0]{0,2}(?:[-–—~～至到]|to|and|à|et|a|y|до|إلى|から|에서)[\s\u00a0]{0,2}")
_ROUND = re.compile(r"(?P<about>約|약|およそ|大約)\s?\Z|(?P<nearly>近|거의)\s?\Z")
_UNSPACED = "\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af"
_BETWEEN, _FRONT, _BACK, _CLAUSE, _FAR = 8, 24, 30, 40, 60
_NO_SIGN = frozenset(
    {figures.CALENDAR, figures.TIME, figures.GRADE, figures.CLASS, figures.DECADE, figures.CENTURY, figures.NAME}
)


def marked(found: Sequence[Figure], text: str, language: str, hedges: re.Pattern | None = None) -> list[Figure]:
    """The figures of a text with their signs. `hedges` finds 'about' at the end of what stands before a sign."""
    reader = _Reader(text, language, hedges)
    return list(reader.marked(found))


def sign_differs(source: Figure, target: Figure) -> bool:
    """Whether of two figures of one value one is surely below zero, and the other is neither that nor said to fall."""
    if {source.kind, target.kind} & _NO_SIGN or source.ordinal or target.ordinal or not source.value:
        return False
    return any(
        one.minus is True and other.minus is False and not other.falls
        for one, other in ((source, target), (target, source))
    )


class _Reader:
    """The signs of one text."""

    def __init__(self, text: str, language: str, hedges: re.Pattern | None) -> None:
        words = _WORDS.get(language, _Words())
        self.text = chinese.simplified(text) if words is _CHINESE else text
        self.original, self.hedges = text, hedges
        self.front = re.compile(
            rf"(?<![^\W\d_{_UNSPACED}])(?:{words.front})(?:摄氏)?[\s\u00a0]{{0,2}}\Z", re.IGNORECASE
        )
        self.back = re.compile(words.back, re.IGNORECASE)
        self.falls = re.compile(words.falls, re.IGNORECASE)

    def marked(self, found: Sequence[Figure]) -> Iterator[Figure]:
        last: tuple[Figure, bool] | None = None  # and whether it has a word for its sign
        for figure in found:
            start = self._beginning(figure)
            minus, begin = self._sign(figure, start)
            of_range = last and (last[0].start == figure.start or self._joins(last[0].end, figure.start))
            if last and last[0].start == figure.start:
                minus, begin = False, start
            if of_range and last and last[1] and not minus:
                minus, begin = None, start  # 零下3至5度
            is_word = minus is True and begin < start and self.text[begin].isalpha()
            last = figure, is_word or bool(of_range and last and last[1])
            shown = replace(figure, minus=minus, falls=self._falls(figure))
            yield self._hedged(shown, begin) if minus and begin < start else shown

    def _joins(self, end: int, start: int) -> bool:
        return start - end <= _BETWEEN and bool(_TO.fullmatch(self.text[end:start]))

    def _beginning(self, figure: Figure) -> int:
        """Where the number itself begins; core takes a sign with it."""
        own = _ITSELF.match(self.text, figure.start, figure.end)
        return own.end() if own else figure.start

    def _sign(self, figure: Figure, start: int) -> tuple[bool | None, int]:
        """Whether it has one, None if it may have; and where that begins."""
        before = self.text[max(0, start - _FRONT) : start]
        offset = start - len(before)
        if hedge := self._hedge(before):  # minus about 3
            before = before[: hedge.start()]
        if mark := _SIGN.search(before):
            return self._mark(mark, before[: mark.start()].rstrip(_DIRECTIONS), figure), offset + mark.start()
        if word := self.front.search(before):
            rest = before[: word.start()]
            if _CLOCK.search(rest):
                return False, start
            sure = not _AFTER_NUMBER.search(rest) and not _FLOOR.match(self.text, figure.end)
            return sure or None, offset + word.start()
        return self._behind(figure, before), start

    def _mark(self, mark: re.Match, before: str, figure: Figure) -> bool | None:
        if not mark["mark"]:
            return True if mark["down"] else None
        has_unit = bool(_EXACT_UNIT.match(self.text, self._numeral_end(figure)))
        if mark["gap"].strip(_DIRECTIONS):
            is_sign = mark["mark"] == _MINUS and (has_unit or not _LINE_BEGINS.search(before))
            return True if is_sign and not _AFTER_NUMBER.search(before) and not before[-1:].isalnum() else None
        if _AFTER_NUMBER.search(before):
            return None if before[-1:].isspace() else False
        if mark["mark"] == "–":
            return (
                True
                if has_unit and _OPENING.search(before) and "–" not in self.text[figure.end : figure.end + _FAR]
                else None
            )
        if _OPENING.search(before):
            return True
        return (has_unit or None) if _EASTERN.search(before) else False

    def _numeral_end(self, figure: Figure) -> int:
        """Where its unit may begin, which the reader of Chinese takes with the number."""
        digits = _DIGITS.match(self.text, figure.start, figure.end)
        return digits.end() if digits else figure.end

    def _behind(self, figure: Figure, before: str) -> bool | None:
        """Below zero, said behind the number; behind another between, or before it, it may be meant."""
        after = self.text[figure.end : figure.end + _FAR]
        end = _SENTENCE.search(after)
        after = after[: end.start()] if end else after
        if found := self.back.search(after):
            return True if found.start() <= _BACK and not re.search(r"[\d,،]", after[: found.start()]) else None
        if self.back.search(before) or (after[:1] and after[0] in _MARKS and not after[1:2].isalnum()):
            return None  # of Arabic, 3- with the sign behind
        return False

    def _falls(self, figure: Figure) -> bool:
        if figure.way == figures.TO:
            return False
        is_degree = _DEGREES.match(self.text, self._numeral_end(figure))
        ahead, behind = (14, 8) if is_degree else (_CLAUSE, _FRONT)
        before, after = (
            self.text[max(0, figure.start - ahead) : figure.start],
            self.text[figure.end : figure.end + behind],
        )
        stop = _PAUSE if is_degree else _SENTENCE
        before, after = stop.split(before)[-1], stop.split(after)[0]
        return bool(self.falls.search(before) or self.falls.search(after) or self.falls.search(figure.text))

    def _hedged(self, figure: Figure, begin: int) -> Figure:
        """With the sign in its words, and the hedge before that: about minus 3."""
        text = self.original[begin : figure.start] + figure.text
        before = self.text[max(0, begin - _CLAUSE) : begin]
        hedge = self._hedge(before)
        if figure.hedge != Qualifier.EXACT or not hedge:
            return replace(figure, text=text)
        return replace(figure, text=text, hedge=Qualifier(str(hedge.lastgroup)))

    def _hedge(self, before: str) -> re.Match | None:
        return (self.hedges.search(before) if self.hedges else None) or BEFORE.search(before) or _ROUND.search(before)
