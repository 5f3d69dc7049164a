"""The value of one written numeral: 1200万, 1.37亿, 一百二十, 二〇二五, 三万五.

The grammar is that of Chinese numerals as GB/T 15835-2011 uses them, with Arabic digits allowed wherever
a numeral may stand before a scale (1亿3700万).
"""

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache


DIGITS = {character: value for value, character in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
SMALL = {"十": 10, "百": 100, "千": 1000}
BIG = {"万": 10**4, "亿": 10**8}
# All characters of Chinese numerals, for a character class of regular expressions.
CHINESE_NUMERALS = "".join([*DIGITS, *SMALL, *BIG])
# Possessive and bounded throughout, so that a scan is linear in the length of the text.
ARABIC = r"(?:[0-9]{1,3}(?:[,，][0-9]{3}){1,6}(?![0-9])|[0-9]++)(?:\.[0-9]++)?"
# 九十八点零二, but not the time of day 三点二十分 or 三点五分.
POINT = r"点[零〇一二三四五六七八九]++(?![十百千分刻])"

_TOKEN = re.compile(rf"{ARABIC}|{POINT}|[{CHINESE_NUMERALS}]")
_LONGEST = 40  # characters; longer runs are codes or noise, not figures
_MOST_DIGITS = 24  # below the 28 digits of the default decimal context, so that arithmetic is exact
_YEARS = ("一八", "一九", "二〇", "二零")


@dataclass(frozen=True)
class Numeral:
    """A numeral's value; `sure` is False if it is a figure only beside a unit (三, 百, 十四)."""

    value: Decimal
    quantum: Decimal = Decimal(1)
    scale: Decimal = Decimal(1)  # the last 万 or 亿, 1 without one
    sure: bool = True
    high: Decimal | None = None  # 五六 is five to six


@lru_cache(2048)
def evaluate(run: str) -> Numeral | None:
    """The numeral that makes up the whole of `run`; None if it is not one (十四五, 三三两两, 万一)."""
    run = re.sub("[ \u00a0]", "", run)
    if len(run) > _LONGEST or sum(character.isdigit() for character in run) > _MOST_DIGITS:
        return None
    if all(character in DIGITS for character in run):
        return _digit_by_digit(run)
    tally = _Tally()
    try:
        for token in _TOKEN.findall(run):
            tally.take(token)
        return tally.numeral()
    except ValueError:
        return None


def _digit_by_digit(run: str) -> Numeral | None:
    """二〇二五 is 2025, 五 is 5, 五六 is the range five to six."""
    digits = [DIGITS[character] for character in run]
    if len(digits) > 1 and "两" in run:
        return None
    if len(digits) == 2 and digits[0] and digits[1] == digits[0] + 1:
        return Numeral(Decimal(digits[0]), high=Decimal(digits[1]), sure=False)
    value = Decimal("".join(map(str, digits)))
    return Numeral(value, sure=len(digits) == 4 and run.startswith(_YEARS))


class _Tally:
    """Adds up a numeral token by token; a token out of place raises ValueError."""

    def __init__(self) -> None:
        self.total = Decimal(0)  # closed by 万 or 亿
        self.group = Decimal(0)  # closed by 十, 百 or 千, below the next 万 or 亿
        self.pending: Decimal | None = None  # a number no scale has followed yet
        self.quantum = Decimal(1)
        self.small: int | None = None  # the last small scale in this group
        self.big: int | None = None
        self.last_scale = 1  # the scale just before the pending number
        self.zero = False  # 零 just passed: 一百零五
        self.arabic = False
        self.implied = False  # opened by a bare scale other than 十: 百年, 万人

    def take(self, token: str) -> None:
        if token in SMALL:
            self._small(SMALL[token])
        elif token in BIG:
            self._big(BIG[token])
        elif token.startswith("点"):
            self._point(token[1:])
        elif token in DIGITS:
            self._digit(DIGITS[token])
        else:
            self._amount(token)

    def _fresh(self) -> bool:
        return self.pending is None and self.small is None and self.big is None

    def _digit(self, value: int) -> None:
        if value == 0 and not self._fresh() and self.pending is None:
            self.zero = True
            return
        self._set(Decimal(value), Decimal(1))

    def _amount(self, token: str) -> None:
        self.arabic = True
        value = Decimal(re.sub("[,，]", "", token))
        self._set(value, Decimal(1).scaleb(int(value.as_tuple().exponent)))

    def _set(self, value: Decimal, quantum: Decimal) -> None:
        if self.pending is not None or self.implied:
            raise ValueError("two numbers without a scale between them")
        self.pending = value
        self.quantum = quantum

    def _point(self, digits: str) -> None:
        if self.pending is None and self.small is None:
            raise ValueError("nothing before the point")
        decimals = Decimal("0." + "".join(str(DIGITS[digit]) for digit in digits))
        self.pending = self.group + (self.pending or 0) + decimals
        self.quantum = Decimal(1).scaleb(-len(digits))
        self.group, self.arabic, self.small = Decimal(0), True, 1

    def _small(self, scale: int) -> None:
        if self.small is not None and self.small <= scale:
            raise ValueError("scales must fall")
        if self.pending is None and scale != SMALL["十"]:
            if not self._fresh():
                raise ValueError("a scale without a number")
            self.implied = True
        self.group += (1 if self.pending is None else self.pending) * scale
        self.quantum = self.quantum * scale if self.arabic else Decimal(1)
        self.pending, self.small, self.last_scale, self.zero = None, scale, scale, False

    def _big(self, scale: int) -> None:
        part = self.group + (self.pending or 0)
        if self._fresh():
            part, self.implied = Decimal(1), True
        if self.big is not None and scale > self.big:  # 1.2万亿
            self.total = (self.total + part) * scale
        elif self.big == scale or not part:
            raise ValueError("a scale without a number")
        else:
            self.total += part * scale
        self.quantum *= scale
        self.group, self.pending, self.small = Decimal(0), None, None
        self.big, self.last_scale, self.zero = scale, scale, False

    def numeral(self) -> Numeral:
        tail, quantum = self.pending or Decimal(0), self.quantum
        if (
            self.pending is not None
            and not self.zero
            and self.last_scale > SMALL["十"]
            and 0 < tail < 10
            and quantum == 1
        ):
            quantum = Decimal(self.last_scale // 10)  # 三万五 is 35000
            tail *= quantum
        value = self.total + self.group + tail
        sure = self.arabic or not (self.implied or value < 100)
        return Numeral(value, quantum, Decimal(self.big or 1), sure)
