"""Adds up numbers in words: ninety million, vingt et un, dos mil quinientos, خمسة وعشرون, полторы тысячи."""

import re
from collections.abc import Iterator
from decimal import Decimal

from .figures import Figure
from .lexicon import Lexicon


_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_GAP = re.compile(r"[\s\u00a0-]{1,3}\Z")
_SMALL_WORD = 12
_HUNDRED = 100
_THOUSAND = 1000
_LARGEST = Decimal(10**15)  # more is no number of a text


def numbers_in_words(text: str, lexicon: Lexicon) -> Iterator[Figure]:
    """The figures that are written in words, in order."""
    tally = _Tally(lexicon.units_first)
    for match in _WORD.finditer(text):
        if match.start() < tally.end:  # within 'and a half'
            continue
        word = match[0].lower()
        joined = text[tally.end : match.start()] if tally.start >= 0 else None
        if joined is not None and (half := lexicon.half.match(text, tally.end)):
            tally.add_half(half.end())
            if half.end() >= match.end():
                continue
            joined = text[tally.end : match.start()]
        value = lexicon.numeral(word)
        if value is None and word == lexicon.conjunction and joined is not None and _GAP.match(joined):
            tally.end = match.end()
            continue
        if value is None:
            yield from tally.close(text)
        elif joined is None or not _GAP.match(joined) or not tally.take(value, match.end()):
            yield from tally.close(text)
            tally.open(value, match.start(), match.end())
    yield from tally.close(text)


class _Tally:
    """One number in words; `total` is closed by thousand or million, `group` is what is below."""

    def __init__(self, units_first: bool) -> None:
        self.units_first = units_first
        self.start = -1
        self.end = self.last = 0
        self.total = self.group = self.scale = Decimal(0)

    def open(self, value: Decimal, start: int, end: int) -> None:
        self.start, self.end, self.last = start, end, end
        is_scale = value > _HUNDRED and value % _THOUSAND == 0
        self.total, self.group = (value, Decimal(0)) if is_scale else (Decimal(0), value)
        self.scale = value if is_scale else Decimal(0)

    def take(self, value: Decimal, end: int) -> bool:
        """Add the next word; False if it begins another number."""
        rest = self.group % _HUNDRED
        if value == _HUNDRED and 0 < self.group < 10:
            self.group *= value
        elif (
            value >= _THOUSAND
            and value % _THOUSAND == 0
            and (self.group or self.total)
            and self.total * value < _LARGEST
        ):
            self._multiply(value)
        elif self._continues(rest, value):
            self.group += 76 if (rest, value) == (4, 20) else value  # quatre-vingt
            self.scale = Decimal(0)
        else:
            return False
        self.end = self.last = end
        return True

    def add_half(self, end: int) -> None:
        """Two and a half; a million and a half is half a million more."""
        if self.scale:
            self.total += self.scale / 2
        else:
            self.group += Decimal("0.5")
        self.scale = Decimal(0)
        self.end = self.last = end

    def _multiply(self, value: Decimal) -> None:
        if self.total and self.total < value:  # mil millones
            self.total = (self.total + self.group) * value
        elif self.total and not self.group:
            self.total += value
        else:
            self.total += self.group * value
        self.group, self.scale = Decimal(0), value

    def _continues(self, rest: Decimal, value: Decimal) -> bool:
        """A hundred and five, twenty-five, soixante-douze, خمسة وعشرون, тысяча двести."""
        if value >= _HUNDRED:
            return not self.group and bool(self.total) and value < _THOUSAND
        if not rest:
            return self.group >= _HUNDRED or self.total >= _THOUSAND
        if rest < 10:
            return (rest, value) == (4, 20) or (self.units_first and value in range(10, _HUNDRED, 10))
        return (rest >= 20 and rest % 10 == 0 and value < 10) or (rest in (60, 80) and value < 20)

    def close(self, text: str) -> Iterator[Figure]:
        value = self.total + self.group
        if self.start >= 0 and value:
            span = (self.start, self.last)
            firm = value > _SMALL_WORD and value not in (_HUNDRED,)
            yield Figure(value, text[slice(*span)], *span, firm=firm, digits=False)
        self.start, self.total, self.group, self.scale = -1, Decimal(0), Decimal(0), Decimal(0)
