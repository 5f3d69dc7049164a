# ruff: noqa: RUF001  # letters and marks of other scripts
"""Reads the numbers and dates of a text in English, French, Spanish, Russian or Arabic, in digits and in words."""

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

from core.numbers import Qualifier

from . import figures
from .chinese import blanked
from .figures import Date, Figure
from .lexicon import Lexicon


# Digits of other scripts and full-width forms, one to one.
FOLD = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹０１２３４５６７８９％", "012345678901234567890123456789%")
_CONNECTOR = r"[\s\u00a0\u202f]+(?:(?:of|de|du|del|من|شهر|al|de l'année)[\s\u00a0]+)*"
_YEAR = r"(?:[,،]?[\s\u00a0]+(?:(?:of|de|del|عام|سنة|in)[\s\u00a0]+)?(?P<{name}>[0-9]{{4}})(?![0-9])(?: (?:года?|году|г\.))?)?"
_DAY = r"(?<![0-9.,])(?P<{name}>[0-9]{{1,2}}|premier|first)(?:st|nd|rd|th|er|\.?[ºª]|\.|ro|-?го)?"
_TO = r"(?:[\s\u00a0]*(?:[-–—]|to|and|au|al|по|إلى|و|y|et|и)[\s\u00a0]*)"
_NUMERIC = re.compile(
    r"(?<![0-9./-])(?:(?P<year>[0-9]{4})(?P<sep>[-/.])(?P<month>[0-9]{1,2})(?P=sep)(?P<day>[0-9]{1,2})"
    r"|(?P<day2>[0-9]{1,2})(?P<sep2>[-/.])(?P<month2>[0-9]{1,2})(?P=sep2)(?P<year2>[0-9]{4}))(?![0-9/-])"
)
_DIGITS = re.compile(r"[0-9]+(?:[.,٫٬'’][0-9]+|(?<![0-9]{4})[ \u00a0\u202f\u2009][0-9]{3}(?![0-9]))*")
_ABBREVIATED = re.compile(r"(?<![0-9])((?:19|20)[0-9]{2})[–—/-]([0-9]{2})(?![0-9])")
_GROUP = 3
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_GAP = re.compile(r"[\s\u00a0-]+\Z")
_RANGE = re.compile(r"[\s\u00a0]*(?:[-–—]|to|à|a|al|до|إلى|and|et|y|و|or|ou|o|или|أو)[\s\u00a0]*\Z")
_ROMAN = re.compile(r"(?<!\w)(?=[IVX]{2,})(X{0,3})(IX|IV|V?I{0,3})(?:e|ème)?(?!\w)")
_SMALL_WORD = 12
_HUNDRED = 100
_REACH = 44  # characters before a number in which a hedge is looked for


def dates(text: str, lexicon: Lexicon) -> list[Date]:
    """1 September 2023, September 1, 2023, 1er septembre, 01.09.2023, 2023-09-01, September 2023; of 1–5 September both."""
    text, found = text.translate(FOLD), []
    for match in _NUMERIC.finditer(text):
        year, month, day = (int(match[name] or match[f"{name}2"]) for name in ("year", "month", "day"))
        found.append(Date(year, month, day, match[0], *match.span()))
    for match in lexicon.month.finditer(text):
        found += _around(text, match, int(str(match.lastgroup)[1:]))
    return sorted(found, key=lambda date: date.start)


def _around(text: str, month: re.Match, number: int) -> Iterator[Date]:
    front = _BEFORE.search(text, max(0, month.start() - _REACH), month.start())
    back = _AFTER.match(text, month.end())
    year_only = _ONLY_YEAR.match(text, month.end())
    if front:
        tail = year_only if year_only and year_only["year"] else None
        days, year, span = (front["first"], front["day"]), tail and tail["year"], (front.start(), (tail or month).end())
    elif back:
        days, year, span = (back["day"], back["last"]), back["year"], (month.start(), back.end())
    else:
        tail = year_only if year_only and year_only["year"] else None
        if tail is None and month[0] != month[0].capitalize() and month[0].isascii() and len(month[0]) < 4:
            return  # may, mar
        days, year, span = (None, None), tail and tail["year"], (month.start(), (tail or month).end())
    for day in filter(None, days) if any(days) else (None,):
        yield Date(int(year) if year else None, number, _day(day), text[slice(*span)], *span)


def _day(day: str | None) -> int | None:
    return None if day is None else int(day) if day.isdigit() else 1


_BEFORE = re.compile(f"(?:{_DAY.format(name='first')}{_TO})?{_DAY.format(name='day')}{_CONNECTOR}\\Z", re.IGNORECASE)
_AFTER = re.compile(
    r"\.?[\s\u00a0]+(?:the )?(?P<day>[0-9]{1,2})(?:st|nd|rd|th)?(?![0-9.,]*[0-9])"
    rf"(?:{_TO}(?P<last>[0-9]{{1,2}})(?:st|nd|rd|th)?(?![0-9]))?{_YEAR.format(name='year')}"
)
_ONLY_YEAR = re.compile(_YEAR.format(name="year"))


def figures_of(text: str, lexicon: Lexicon) -> list[Figure]:
    """The numbers in digits, in words and in Roman numerals, in order; dates are not read again."""
    folded = text.translate(FOLD)
    digits = list(_in_digits(folded, lexicon))
    rest = blanked(folded, [(figure.start, figure.end) for figure in digits])
    words = [*_in_words(rest, lexicon), *_fractions(rest, lexicon), *_roman(rest)]
    found = sorted(digits + words, key=lambda figure: figure.start)
    found = [_dressed(text, folded, figure, lexicon) for figure in _halves(found, folded, lexicon)]
    found = _ranges(found, folded, lexicon)
    return sorted([*found, *_out_of(found, folded, lexicon)], key=lambda figure: figure.start)


def _in_digits(text: str, lexicon: Lexicon) -> Iterator[Figure]:
    for match in _ABBREVIATED.finditer(text):  # 2022–23
        end = Decimal(match[1][:2] + match[2])
        for value in (Decimal(match[1]), end):
            yield Figure(value, match[0], *match.span(), kind=figures.CALENDAR)
    text = blanked(text, [match.span() for match in _ABBREVIATED.finditer(text)])
    for match in _DIGITS.finditer(text):
        before, after = text[max(0, match.start() - 1) : match.start()], text[match.end() : match.end() + 1]
        if (before.isalpha() and before.isascii()) or (after.isalpha() and after.isascii() and after.isupper()):
            continue  # A4, 5G
        value, foreign = _value(match[0], lexicon)
        stop, factor = _scale(text, match.end(), lexicon)
        yield Figure(value * factor, text[match.start() : stop], match.start(), stop, foreign=foreign)


def _value(token: str, lexicon: Lexicon) -> tuple[Decimal, bool]:
    """By the language's own separators; what is no number by these, by those of another, and then True."""
    whole, _point, decimals = token.partition(next((mark for mark in lexicon.point if mark in token), "\0"))
    groups = re.split(f"[{re.escape(lexicon.groups)}]", whole)
    grouped = len(groups[0]) <= _GROUP and all(len(group) == _GROUP for group in groups[1:])
    if (len(groups) == 1 or grouped) and "".join(groups).isdigit() and (not decimals or decimals.isdigit()):
        return Decimal("".join(groups) + ("." + decimals if decimals else "")), False
    parts = re.split(r"\D", token)
    tail = parts.pop() if len(parts[-1]) != _GROUP else ""
    return Decimal("".join(parts) + ("." + tail if tail else "")), True


def _scale(text: str, end: int, lexicon: Lexicon) -> tuple[int, int]:
    """Where the words million, thousand … after the digits end, and their product."""
    factor = 1
    while found := next(((m, by) for pattern, by in lexicon.scale if (m := pattern.match(text, end))), None):
        factor, end = factor * found[1], found[0].end()
    return end, factor


def _in_words(text: str, lexicon: Lexicon) -> Iterator[Figure]:
    tally = _Tally(lexicon.units_first)
    for match in _WORD.finditer(text):
        word = match[0].lower()
        joined = tally.start >= 0 and text[tally.end : match.start()]
        value = lexicon.numeral(word)
        if value is None and word.startswith("و") and tally.start >= 0:  # خمسة وعشرون
            value = lexicon.numeral(word[1:])
        if value is None and word == lexicon.conjunction and tally.start >= 0 and _GAP.match(str(joined)):
            tally.end = match.end()
            continue
        if value is None:
            yield from tally.close(text)
        elif joined is False or not _GAP.match(str(joined)) or not tally.take(value, match.end()):
            yield from tally.close(text)
            tally.open(value, match.start(), match.end())
    yield from tally.close(text)


class _Tally:
    """One number in words: ninety million, vingt et un, خمسة وعشرون."""

    def __init__(self, units_first: bool) -> None:
        self.units_first = units_first
        self.start = -1
        self.end = self.last = 0
        self.total = self.current = 0

    def open(self, value: int, start: int, end: int) -> None:
        self.start, self.end, self.last, self.total, self.current = start, end, end, 0, value
        if value > _HUNDRED and value % 1000 == 0:
            self.total, self.current = value, 0

    def take(self, value: int, end: int) -> bool:
        """Add the next word; False if it begins another number."""
        rest = self.current % _HUNDRED
        if value == _HUNDRED and 0 < self.current < 10:
            self.current *= value
        elif value >= 1000 and (self.current or self.total):
            self._scale(value)
        elif self._continues(rest, value):
            self.current += 76 if (rest, value) == (4, 20) else value  # quatre-vingt
        else:
            return False
        self.end = self.last = end
        return True

    def _scale(self, value: int) -> None:
        more = self.current or (0 if self.total >= value else 1)
        self.total = (self.total + more) * value if self.total < value else self.total + more * value
        self.current = 0

    def _continues(self, rest: int, value: int) -> bool:
        """A hundred and five, twenty-five, soixante-douze, خمسة وعشرون."""
        if value >= _HUNDRED:
            return False
        if not rest:
            return self.current >= _HUNDRED or self.total >= 1000
        if rest < 10:
            return (rest, value) == (4, 20) or (self.units_first and value in range(10, _HUNDRED, 10))
        return (rest >= 20 and rest % 10 == 0 and value < 10) or (rest in (60, 80) and value < 20)

    def close(self, text: str) -> Iterator[Figure]:
        value = self.total + self.current
        if self.start >= 0 and value:
            span = (self.start, self.last)
            yield Figure(
                Decimal(value), text[slice(*span)], *span, firm=value > _SMALL_WORD and value != _HUNDRED, digits=False
            )
        self.start, self.total, self.current = -1, 0, 0


def _fractions(text: str, lexicon: Lexicon) -> Iterator[Figure]:
    values = list(lexicon.fractions.values())
    for match in lexicon.fraction.finditer(text):
        value = values[int(str(match.lastgroup)[1:])]
        yield Figure(value, match[0], *match.span(), kind=figures.PERCENT, firm=False, digits=False, fraction=True)
    for match in lexicon.hundred.finditer(text) if lexicon.hundred else ():
        yield Figure(Decimal(100), match[0], *match.span(), kind=figures.PERCENT, firm=False, digits=False)


def _roman(text: str) -> Iterator[Figure]:
    small = {"": 0, "I": 1, "II": 2, "III": 3, "IV": 4, "V": 5, "VI": 6, "VII": 7, "VIII": 8, "IX": 9}
    for match in _ROMAN.finditer(text):
        value = Decimal(10 * len(match[1]) + small[match[2]])
        yield Figure(value, match[0], *match.span(), firm=False, digits=False)


def _halves(found: list[Figure], text: str, lexicon: Lexicon) -> list[Figure]:
    """Two and a half: one figure, and the half is none of its own."""
    half, taken = re.compile(lexicon.and_half, re.IGNORECASE), -1
    result = []
    for figure in found:
        tail = half.match(text, figure.end)
        if tail and not figure.fraction:
            figure, taken = replace(figure, value=figure.value + Decimal("0.5"), end=tail.end()), tail.end()
        elif figure.start < taken:
            continue
        result.append(figure)
    return result


def _dressed(original: str, text: str, figure: Figure, lexicon: Lexicon) -> Figure:
    """With its hedge, what it counts, and its words as they stand."""
    kind = figure.kind or _kind(text, figure, lexicon)
    behind = lexicon.behind.match(text, figure.end)
    words = original[figure.start : behind.end() if behind and behind.lastgroup != figures.PERSON else figure.end]
    ordinal = bool(lexicon.ordinal.match(text, figure.end if figure.digits else figure.start))
    figure = replace(figure, kind=kind, text=words, ordinal=ordinal)
    before = text[max(0, figure.start - _REACH) : figure.start]
    front = lexicon.in_front.search(before)
    if kind == figures.CALENDAR:
        return figure
    hedge = lexicon.hedges.search(before[: front.start()] if front else before)
    ends = {figure.end, behind.end() if behind else figure.end}
    after = any(lexicon.hedge_after.match(text, end) for end in ends)
    named = Qualifier(str(hedge.lastgroup)) if hedge else Qualifier.MORE if after else Qualifier.EXACT
    return replace(figure, hedge=named)


def _kind(text: str, figure: Figure, lexicon: Lexicon) -> str:
    ordinal = lexicon.ordinal.match(text, figure.end) if figure.digits else None
    behind = lexicon.behind.match(text, ordinal.end() if ordinal else figure.end)
    front = lexicon.in_front.search(text, max(0, figure.start - 8), figure.start)
    kind = str(behind.lastgroup) if behind else str(front.lastgroup) if front else ""
    whole = figure.digits and figure.text.isdigit() and len(figure.text) == 4 and "1" <= figure.text[0] <= "2"
    if kind == figures.CALENDAR:
        return kind if whole else figures.YEAR
    if (
        whole
        and kind in ("", figures.PERSON)
        and lexicon.year_sign.search(text, max(0, figure.start - 16), figure.start)
    ):
        return "" if kind or figure.text < "19" else figures.CALENDAR  # by 2023 teachers had …
    return kind


def _ranges(found: list[Figure], text: str, lexicon: Lexicon) -> list[Figure]:
    """Gives the lower end of 3–5 million its million, and of 3 to 5 per cent its unit."""
    for index, (low, high) in enumerate(pairwise(found)):
        if not _RANGE.match(text[low.end : high.start]) or not low.value < high.value:
            continue
        _end, factor = _scale(text, low.end, lexicon)
        digits = re.match(r"[0-9.,\u00a0 ]*[0-9]", high.text.translate(FOLD))
        scale = high.value / _value(digits[0], lexicon)[0] if digits and factor == 1 else Decimal(1)
        kind = low.kind or high.kind
        found[index] = replace(low, kind=kind, also=low.value * scale if scale > 1 else None)
    return found


def _out_of(found: list[Figure], text: str, lexicon: Lexicon) -> Iterator[Figure]:
    """Two in five, 98 in every hundred: a share beside its two numbers."""
    joiner = re.compile(rf"\s+{lexicon.out_of}\s+", re.IGNORECASE)
    for part, whole in pairwise(found):
        if joiner.fullmatch(text[part.end : whole.start]) and part.value < whole.value:
            value = part.value / whole.value * _HUNDRED
            span = (part.start, whole.end)
            yield Figure(
                value, text[slice(*span)], *span, kind=figures.PERCENT, hedge=part.hedge, firm=False, fraction=True
            )
