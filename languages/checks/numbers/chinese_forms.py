"""What the readers of Chinese forms share: the numeral in a pattern, its value, the figure that a match makes."""

import re
from decimal import Decimal

from core.numbers import Qualifier
from core.numbers.numerals import evaluate

from .figures import Figure, Meaning


NUMERAL = "(?:[0-9]{1,9}(?:\\.[0-9]{1,4})?|[一二三四五六七八九十百千万两零〇]{1,8}(?:点[零一二三四五六七八九]{1,4})?)"
SMALL = "(?:[0-9]{1,2}|二?十[一二三四五六七八九]?|[一二两三四五六七八九])"
HUNDRED = Decimal(100)


_HEDGE_BEFORE = re.compile("(?:(?P<more>超过|逾|超|至少)|(?P<nearly>将近|接近|近|不到|不足)|(?P<about>大约|约))的?\\Z")
_HEDGE_AFTER = re.compile("(?:(?P<more>以上|多|强)|(?P<nearly>以下|弱)|(?P<about>左右|上下))")


def value_of(numeral: str | None) -> Decimal | None:
    number = evaluate(numeral) if numeral else None
    return number.value if number and number.high is None else None


def figure_of(match: re.Match, meanings: tuple[Meaning, ...], group: str | int = 0, **more: object) -> Figure:
    first, *also = meanings
    digits = bool(re.search("[0-9]", match[group]))
    values: dict = {"digits": digits, "firm": True, **more}
    return Figure(
        first.value, match[group], *match.span(group), kind=first.kind, way=first.way, also=tuple(also), **values
    )


def hedge_of(match: re.Match, text: str) -> str:
    before = _HEDGE_BEFORE.search(text, max(0, match.start() - 3), match.start())
    after = _HEDGE_AFTER.match(text, match.end())
    found = before or after
    return Qualifier(str(found.lastgroup)) if found else Qualifier.EXACT
