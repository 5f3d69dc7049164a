"""Reads the numbers of Japanese, Korean and traditional Chinese: rewritten, at the same length, into what the Chinese readers know."""

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from core.numbers import Qualifier

from . import chinese, figures, japanese, korean
from .chinese import blanked
from .figures import Date, Figure


_MORE_AFTER = re.compile(r"(?:以上|を超え|を上回|超|余|あまり|強|이상|여|을 넘|를 넘|이 넘|가 넘|넘|을 웃|남짓)")
_MORE_BEFORE = re.compile(r"(?:超过|超|逾|초과|무려)\s?\Z")
_ABOUT_BEFORE = re.compile(r"(?:約|约|およそ|おおよそ|ほぼ|약|대략|大約)\s?\Z")
_ABOUT_AFTER = re.compile(r"(?:ほど|前後|程度|左右|정도|안팎|가량|ばかり)")
_NEARLY_BEFORE = re.compile(r"(?:거의|近|將近|接近)\s?\Z")
_NEARLY_AFTER = re.compile(r"(?:近[くい]|弱|に迫|に近|가까|에 육박|에 가까|에 못 미)")
_COUNTER = re.compile(r"\s?[가-힣个所名元万校人]{0,4}")
_SHARES = {"ja": japanese.SHARES, "ko": korean.SHARES, "zh-hant": ((re.compile("所有|全部|都|均"), 100),)}
_PLAN = re.compile(r"(?:5개년|5[かカヵ]年|五[かカヵ]年)(?: ?계획|計画|計畫)?")
_TRILLIONS = re.compile(
    r"(?P<number>[0-9][0-9,]{0,12}(?:\.[0-9]{1,6})?) ?[兆조](?: ?(?P<rest>[0-9][0-9,]{0,8}) ?[億억])?(?P<money> ?(?:元|위안))?"
)
_ABBREVIATED = re.compile(r"(?<![0-9])((?:19|20)[0-9]{2})[–—/〜~-]([0-9]{2})(?![0-9])")
_REPUBLIC = re.compile(r"民国(?P<year>[0-9]{1,3}|[一二三四五六七八九十百]{1,5})年")


def plans(text: str) -> list[tuple[int, int]]:
    """Where a five-year plan is named, with its numbers."""
    return [match.span() for match in _PLAN.finditer(text)]


def rewritten(text: str, language: str) -> str:
    """The text with its counters in Chinese; each character keeps its place."""
    if language == "zh-hant":
        return chinese.simplified(text)
    return japanese.rewritten(text) if language == "ja" else korean.rewritten(text)


def dates(text: str, language: str) -> list[Date]:
    """As in Chinese: 2023年9月1日, 2023년 9월 1일, 令和5年9月1日."""
    found = chinese.dates(rewritten(text, language))
    eras = {span[1]: year for span, year in _eras(text, language)}
    dated = []
    for date in found:
        era = next((eras[end] for end in (date.start, date.start - 1) if end in eras), None)
        dated.append(replace(date, year=date.year or era, text=text[date.start : date.end]))
    return dated


def _eras(text: str, language: str) -> Iterator[tuple[tuple[int, int], int]]:
    """(span, year) of 令和5年 and 民國112年."""
    if language == "ja":
        yield from japanese.eras(text)
    elif language == "zh-hant":
        for match in _REPUBLIC.finditer(chinese.simplified(text)):
            year = chinese.small(match["year"])
            if year:
                yield match.span(), 1911 + year


def figures_of(text: str, language: str) -> list[Figure]:
    """The numbers in digits and characters, and the native words for small ones."""
    changed = rewritten(text, language)
    found = [_trillions(match) for match in _TRILLIONS.finditer(text)] if language != "zh-hant" else []
    found += [
        Figure(Decimal(year), text[slice(*span)], *span, kind=figures.CALENDAR) for span, year in _eras(text, language)
    ]
    for match in _ABBREVIATED.finditer(text):
        years = (match[1], match[1][:2] + match[2])
        found += [Figure(Decimal(year), match[0], *match.span(), kind=figures.CALENDAR) for year in years]
    changed = blanked(changed, [(figure.start, figure.end) for figure in found])
    own = (
        japanese.constructs(changed, text)
        if language == "ja"
        else korean.constructs(changed, text)
        if language == "ko"
        else []
    )
    if language == "ko":
        rest = blanked(text, [(figure.start, figure.end) for figure in [*found, *own]])
        own += [_sino(text, *each) for each in korean.sino(rest)]
    found += own
    changed = blanked(changed, [(figure.start, figure.end) for figure in own])
    found += [replace(figure, text=_as_written(text, figure)) for figure in chinese.figures_of(changed)]
    found = [_hedged(text, changed, figure) for figure in found]
    taken = blanked(text, [(figure.start, figure.end) for figure in found])
    found += [_hedged(text, changed, figure) for figure in _words(taken, language)]
    return sorted([*found, *_shares(taken, language)], key=lambda figure: figure.start)


def _sino(text: str, span: tuple[int, int], value: Decimal, unit: str) -> Figure:
    calendar = unit == "年" and 1000 <= value <= 3000
    kind = figures.CALENDAR if calendar else chinese.KINDS.get(unit, "")
    return Figure(value, text[slice(*span)], *span, kind=kind, firm=value > 10, digits=False)


def _trillions(match: re.Match) -> Figure:
    """1兆2000億: core knows no 兆, which in Chinese is also a million."""
    number, rest = (Decimal((match[name] or "0").replace(",", "")) for name in ("number", "rest"))
    return Figure(number * 10**12 + rest * 10**8, match[0], *match.span(), kind=figures.MONEY if match["money"] else "")


def _as_written(text: str, figure: Figure) -> str:
    """With the rest of a Korean or Japanese counter that is longer than the Chinese one."""
    rest = re.match("[가-힣ァ-ヶー]{0,6}", text[figure.end : figure.end + 6])
    return (text[figure.start : figure.end] + (rest[0] if rest else "")).strip()


_EXACT = frozenset({figures.CALENDAR, figures.TIME, figures.GRADE, figures.CLASS, figures.DECADE, figures.CENTURY})


def _hedged(text: str, changed: str, figure: Figure) -> Figure:
    """The hedges that Chinese does not have."""
    if figure.hedge != Qualifier.EXACT or figure.kind in _EXACT:
        return figure
    before = text[max(0, figure.start - 6) : figure.start]
    counter = _COUNTER.match(changed, figure.end)
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
    """열다섯, 사흘, ひとつ: no loss and no surprise."""
    words = korean.words(text) if language == "ko" else japanese.words(text) if language == "ja" else []
    return [
        Figure(meaning.value, text[slice(*span)], *span, kind=meaning.kind, firm=False, digits=False)
        for span, meaning in words
    ]


def _shares(text: str, language: str) -> list[Figure]:
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
        for pattern, value in _SHARES[language]
        for match in pattern.finditer(text)
    ]
