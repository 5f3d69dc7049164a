"""The findings of the number check."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache
from itertools import islice, pairwise

from core.numbers.numerals import CHINESE_NUMERALS

from ..findings import ERROR, WARNING, Finding
from . import chinese, digits, eastern, messages, western
from .arabic import ARABIC
from .codes import DIALLED, codes_of, same_code
from .dates import FOLD
from .dates import dates as western_dates
from .digit_comparison import DigitComparison
from .english import ENGLISH
from .figures import CALENDAR, LASTING, PERCENT, RATES, Date, Figure, hedge_lost
from .french import FRENCH
from .lexicon import Lexicon
from .matching import Match, exchanged, explained, match
from .russian import RUSSIAN
from .set_phrases import SET_PHRASES
from .signs import marked, sign_differs
from .spanish import SPANISH


LEXICONS: dict[str, Lexicon] = {"en": ENGLISH, "fr": FRENCH, "es": SPANISH, "ru": RUSSIAN, "ar": ARABIC}
EASTERN = ("ja", "ko", "zh-hant")
_TOLD_APART = RATES | {"time", "grade", "class"}
_MOST, _MOST_NUMERALS = 250, 600
_NUMERAL = re.compile(rf"\d++|[{CHINESE_NUMERALS}]++")
_SPAN = tuple[int, int]


def has_grammar(language: str) -> bool:
    """Whether the number words of the language are known here; else its numbers are compared as digits."""
    return language in LEXICONS or language in EASTERN


def states_number(text: str, language: str) -> bool:
    """Whether a plain text says a number: other than the one that an article may be (une aide)."""
    return any(figure.digits or figure.value != 1 for figure in _figures(text, language))


def check_numbers(
    source: str,
    target: str,
    language: str,
    *,
    consumed: Sequence[tuple[str, Sequence[str]]] = (),
    chips: tuple[Sequence[tuple[int, int, str]], Sequence[tuple[int, int, str]]] = ((), ()),
) -> list[Finding]:
    """Compare the numbers of two plain texts. Of a language without a grammar only what stands in digits is compared.

    `consumed` are terms that hold numerals, with their renderings: both are left out. `chips` are the spans of the
    chips of source and target, as (start, end, id).
    """
    held = tuple([(term, tuple(texts)) for term, texts in consumed if term in source])
    return list(_compared(source, target, language, held, (tuple(chips[0]), tuple(chips[1]))))


@lru_cache(maxsize=4096)  # who opens, saves and publishes a text has it checked each time
def _compared(source: str, target: str, language: str, consumed: tuple, chips: tuple) -> tuple[Finding, ...]:
    if _is_table(source) or _is_table(target):
        return (messages.too_many(),)
    return tuple(_Comparison(source, target, language, consumed, chips).findings())


class _Comparison:
    """One source and its translation, read."""

    def __init__(self, source: str, target: str, language: str, consumed: Sequence, chips: tuple) -> None:
        self.language, self.source_text, self.target_text = language, source, target
        names, renderings = _named(source, target, language, consumed)
        source_rest, target_rest = chinese.blanked(source, names), chinese.blanked(target, renderings)
        self.source_dates = chinese.dates(source_rest)
        self.target_dates = _dates(target_rest, language)
        source_rest = chinese.blanked(source_rest, [(date.start, date.end) for date in self.source_dates])
        self.codes = list(codes_of(source_rest))
        source_rest = chinese.blanked(source_rest, [code.span for code in self.codes])
        there = {code: same_code(code.text, target_rest) for code in self.codes}
        self.lost_codes = [code for code in self.codes if not there[code]]
        target_rest = chinese.blanked(target_rest, [span for spans in there.values() for span in spans])
        self.dialled = list(DIALLED.finditer(target_rest.translate(FOLD)))
        if any(code.is_phone for code in self.lost_codes):
            target_rest = chinese.blanked(target_rest, [found.span() for found in self.dialled])
        target_rest = chinese.blanked(target_rest, [(date.start, date.end) for date in self.target_dates])
        read = chinese.figures_of(source_rest)
        read += chinese.in_names(chinese.blanked(source, [(date.start, date.end) for date in self.source_dates]), read)
        self.source = [_in_chip(figure, chips[0]) for figure in sorted(read, key=lambda figure: figure.start)]
        self.target = [_in_chip(figure, chips[1]) for figure in _figures(target_rest, language)]
        hedges = LEXICONS[language].hedges if language in LEXICONS else None
        self.source = marked(self.source, source_rest, "zh-hans")
        self.target = marked(self.target, target_rest, language, hedges)
        self.in_names = set[Decimal]().union(*(chinese.loose(source[start:end]) for start, end in names))
        self.loose = chinese.loose(source) | {Decimal(date.year) for date in self.source_dates if date.year}

    def findings(self) -> Iterator[Finding]:
        if max(len(self.source), len(self.target)) > _MOST:  # every pair is looked at
            yield messages.too_many()
            return
        if not has_grammar(self.language):
            yield from self._about_digits()
            yield from self._about_codes()
            return
        yield from self._about_dates()
        years = [
            Figure(Decimal(date.year), date.text, date.start, date.end, CALENDAR, firm=False)
            for date in self.target_dates
            if date.year
        ]
        matched = match(self.source, self.target + years)
        yield from self._about_values(matched)
        yield from self._about_signs(matched.pairs)
        yield from self._about_hedges(matched)
        yield from self._about_order(matched)
        yield from self._about_codes()

    def _about_dates(self) -> Iterator[Finding]:
        left = list(self.target_dates)
        lost = []
        for date in self.source_dates:
            found = next((other for other in left if _same_date(date, other)), None)
            if found is None:
                if not date.optional:
                    lost.append(date)
                continue
            left.remove(found)
            if date.year and not found.year and not self._names_year(date.year):
                yield messages.lost(date.text)
        for date in lost:
            other = left.pop(0) if left else None
            yield messages.instead(other.text, date.text) if other else messages.lost(date.text)
        yield from self._strange_dates(left)

    def _strange_dates(self, left: Sequence[Date]) -> Iterator[Finding]:
        for first, last in pairwise(self.target_dates):
            if first.start == last.start and (first.day or 0) > (last.day or 0):
                yield messages.backwards(first.text)
        known = {(date.month, date.day) for date in self.source_dates}
        for other in left:
            if other.day and (other.month, other.day) not in known and Decimal(other.day) not in self.loose:
                yield messages.added(other.text)

    def _names_year(self, year: int) -> bool:
        kinds = (CALENDAR, "") if self.language in LEXICONS else (CALENDAR,)
        return any(figure.value == year and figure.kind in kinds for figure in self.target) or any(
            date.year == year for date in self.target_dates
        )

    def _about_values(self, matched: Match) -> Iterator[Finding]:
        strange = [figure for figure in matched.extra if not explained(figure, self.source, self.loose)]
        spare = [figure for figure in matched.extra if self._may_stand_instead(figure)]
        yield from (messages.misfit(figure, other) for figure, other in matched.misfits)
        strange = [each for each in strange if each not in [other for _figure, other in matched.misfits]]
        for figure in matched.missing:
            if figure.optional and not figure.ordinal:
                continue
            if figure.value == 1 and not figure.digits and not figure.ordinal and figure.kind not in _TOLD_APART:
                continue
            instead = _nearest(figure, spare)
            if instead is not None:
                spare = [each for each in spare if each is not instead]
                strange = [each for each in strange if each is not instead]
                yield messages.instead(
                    instead.text, figure.text, ERROR if figure.firm or figure.counted or instead.digits else WARNING
                )
            elif self._is_demanded(figure, matched):
                yield messages.lost(figure.text, ERROR if figure.firm else WARNING)
        for figure in strange:
            yield messages.added(figure.text)

    def _may_stand_instead(self, figure: Figure) -> bool:
        """A number that the source does not name in any way; of a rate, that it is no rate of the source."""
        if _is_share(figure):
            return False
        if figure.kind in _TOLD_APART:
            return not any(figure.kind == one.kind and figure.says(one.value) for one in self.source)
        named = any(meaning.value in self.loose for meaning in figure.meanings)
        return not named and not explained(replace(figure, firm=True), self.source, self.loose)

    def _is_demanded(self, figure: Figure, matched: Match) -> bool:
        """Not what is said once already, or is only counted again, as the three of 三名工程."""
        if any(figure.value == said.value for said, _found in matched.pairs):
            return False
        return figure.firm or (figure.counted and figure.value not in self.in_names)

    def _about_signs(self, pairs: Sequence[tuple[Figure, Figure]]) -> Iterator[Finding]:
        """What is below zero in one text only; where the words of the language are not known, it may be said in words."""
        for figure, other in pairs:
            if sign_differs(figure, other):
                yield messages.sign(figure, other, ERROR if has_grammar(self.language) else WARNING)

    def _about_hedges(self, matched: Match) -> Iterator[Finding]:
        for figure, other in matched.pairs:
            if other.foreign and self.language != "ar":  # Arabic is written with both
                yield messages.foreign(other.text)
            if hedge_lost(figure, other) and other.kind != CALENDAR and figure.value != 1:
                yield messages.unlike(figure, other)

    def _about_order(self, matched: Match) -> Iterator[Finding]:
        lexicon = LEXICONS.get(self.language)
        turned = exchanged(matched.pairs, self.target_text, lexicon.part_of if lexicon else "(?!)", not lexicon)
        if turned:
            yield messages.turned(*turned)

    def _about_digits(self) -> Iterator[Finding]:
        """Of a language without a grammar."""
        compared = DigitComparison(self.source, self.source_dates, self.loose, self.target)
        for each in compared.differences():
            level = ERROR if each.is_sure else WARNING
            if each.found and each.expected:
                yield messages.instead(each.found, each.expected, level)
            elif each.expected:
                yield messages.lost(each.expected, level)
            elif each.is_foreign:
                yield messages.foreign(each.found)
            else:
                yield messages.added(each.found)
        yield from self._about_signs(compared.pairs)
        if turned := compared.exchanged(self.target_text):
            yield messages.turned(*turned)

    def _about_codes(self) -> Iterator[Finding]:
        """Telephone numbers, 1+2+3, A4."""
        left = list(self.dialled)
        for code in self.lost_codes:
            yield (
                messages.instead(left.pop(0)[0].strip(), code.text)
                if code.is_phone and left
                else messages.lost(code.text, WARNING)
            )


def _named(source: str, target: str, language: str, consumed: Sequence) -> tuple[list[_SPAN], list[_SPAN]]:
    """Where names with numbers of their own stand in the source and in the translation."""
    names = [found.span() for found in SET_PHRASES.finditer(source)]
    renderings: list[_SPAN] = []
    for term, texts in consumed:
        spans = [found.span() for found in re.finditer(re.escape(term), source)]
        names += spans
        if spans:
            for text in texts:
                renderings += [found.span() for found in re.finditer(re.escape(text), target, re.IGNORECASE)]
    if chinese.PLAN.search(source) or re.search("五年(?:规划|计划)", source):
        plans = LEXICONS[language].planned if language in LEXICONS else None
        renderings += [found.span() for found in plans.finditer(target)] if plans else eastern.plans(target)
    if language == "zh-hant":
        renderings += _traditional_names(target)
    return names, renderings


def _traditional_names(target: str) -> list[_SPAN]:
    return [found.span() for found in SET_PHRASES.finditer(chinese.simplified(target))]


def _dates(text: str, language: str) -> list[Date]:
    if not has_grammar(language):
        return []
    return western_dates(text, LEXICONS[language]) if language in LEXICONS else eastern.dates(text, language)


def _figures(text: str, language: str) -> list[Figure]:
    if not has_grammar(language):
        return digits.figures_of(text, language)
    return western.figures_of(text, LEXICONS[language]) if language in LEXICONS else eastern.figures_of(text, language)


def _in_chip(figure: Figure, chips: Sequence[tuple[int, int, str]]) -> Figure:
    middle = (figure.start + figure.end) / 2
    name = next((name for start, end, name in chips if start <= middle < end), "")
    return replace(figure, chip=name) if name else figure


def _is_table(text: str) -> bool:
    """Whether a text holds more numerals than could be compared; it is not read then."""
    return len(list(islice(_NUMERAL.finditer(text), _MOST_NUMERALS + 1))) > _MOST_NUMERALS


def _same_date(one: Date, other: Date) -> bool:
    return (one.month, one.day) == (other.month, other.day) and (
        not one.year or not other.year or one.year == other.year
    )


def _is_share(figure: Figure) -> bool:
    """All, half: words that are too common to stand in another number's place."""
    return figure.kind == PERCENT and not figure.firm


def _nearest(figure: Figure, others: Sequence[Figure]) -> Figure | None:
    """What stands in its place: in the same chip, of the same kind, and a number that the source has not."""
    fitting = [other for other in others if _comparable(figure.kind, other.kind)]
    fitting = [
        other
        for other in fitting
        if other.value != 1
        or other.digits
        or other.kind in _TOLD_APART
        or (figure.ordinal and other.ordinal)
        or (other.kind == figure.kind and _is_lasting(other.kind))
    ]
    if figure.in_name:  # Five Classrooms
        fitting = [other for other in fitting if other.digits or other.text[:1].isupper()]
    elif not figure.firm:
        fitting = [other for other in fitting if other.firm or other.ordinal or other.value > 1]
    return min(
        fitting, key=lambda other: (other.chip != figure.chip, not other.firm, other.kind != figure.kind), default=None
    )


def _comparable(one: str, other: str) -> bool:
    if RATES & {one, other}:
        return {one, other} <= RATES
    return (
        one == other
        or not one
        or not other
        or {one, other} <= RATES
        or any({one, other} <= set(group) for group in LASTING)
    )


def _is_lasting(kind: str) -> bool:
    return any(kind in group for group in LASTING)
