# ruff: noqa: RUF001  # letters and marks of other scripts
"""Reads the numbers of a text in English, French, Spanish, Russian or Arabic, in digits and in words.

What has a form of its own (times, decades, fractions, 'doubled', 'dozens') is read first and blotted out; then the digits and words
that are left, each with what stands before and behind it. Every look around a number is bounded, so the time is linear.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from itertools import islice, pairwise

from core.numbers import Qualifier

from . import figures
from .chinese import blanked
from .constructs import constructs
from .dates import FOLD
from .figures import Figure, Meaning
from .lexicon import Lexicon
from .spelled import numbers_in_words
from .ways import change


_DIGITS = re.compile(r"[0-9]++(?:[.,٫٬'’][0-9]++|(?<![0-9]{4})[ \u00a0\u202f\u2009][0-9]{3}(?![0-9]))*+")
_ABBREVIATED = re.compile(r"(?<![0-9])((?:19|20)[0-9]{2})[–—/-]([0-9]{2})(?![0-9])")
_MOST = 300  # figures; of a text with more nothing is compared
_LONGEST = 40  # characters of a number; more are a code or noise
_MOST_DIGITS = 24
_GROUP = 3
_THOUSAND, _HUNDRED = 1000, Decimal(100)
_RANGE = re.compile(r"[\s\u00a0]{0,3}(?:[-–—]|to|à|a|al|до|إلى|and|et|y|و|or|ou|o|или|أو)[\s\u00a0]{0,3}\Z")
_SPACE = re.compile(r"[\s\u00a0\u202f]{1,2}و?\Z")
_REACH = 44  # characters before a number in which a hedge is looked for
_STRICT_HEDGE = frozenset(
    {figures.CALENDAR, figures.TIME, figures.DECADE, figures.CENTURY, figures.GRADE, figures.CLASS}
)


def figures_of(text: str, lexicon: Lexicon) -> list[Figure]:
    """All numbers of the text but its dates, in order."""
    folded = text.translate(FOLD)
    built = [replace(figure, text=text[figure.start : figure.end]) for figure in constructs(folded, lexicon)]
    rest = blanked(folded, [(figure.start, figure.end) for figure in built])
    digits = list(islice(_in_digits(rest, lexicon), _MOST))
    rest = blanked(rest, [(figure.start, figure.end) for figure in digits])
    words = [_doubled(figure, lexicon) for figure in islice(numbers_in_words(rest, lexicon), _MOST)]
    found = sorted([*digits, *words], key=lambda figure: figure.start)
    found = [_dressed(text, folded, figure, lexicon) for figure in found]
    found = _ranges(
        sorted(
            [*found, *(_hedged(folded, each, lexicon, each.end) for each in built)], key=lambda figure: figure.start
        ),
        folded,
        lexicon,
    )
    return sorted([*found, *_out_of(found, folded, lexicon)], key=lambda figure: figure.start)


def _doubled(figure: Figure, lexicon: Lexicon) -> Figure:
    """مليونا alone is two million, or the accusative of one."""
    if not lexicon.dual.fullmatch(figure.text):
        return figure
    return replace(figure, value=figure.value * 2, also=(Meaning("", figure.value),))


# In digits --------------------------------------------------------------------------------------------


def _in_digits(text: str, lexicon: Lexicon) -> Iterator[Figure]:
    shortened = list(_ABBREVIATED.finditer(text))
    for match in shortened:  # 2022–23
        for year in (match[1], match[1][:2] + match[2]):
            yield Figure(Decimal(year), match[0], *match.span(), kind=figures.CALENDAR)
    text = blanked(text, [match.span() for match in shortened])
    last: Figure | None = None
    for figure in _numbers(text, lexicon):
        if last and _joins(last, figure, text):
            last = replace(last, value=last.value + figure.value, end=figure.end, text=text[last.start : figure.end])
            continue
        if last:
            yield last
        last = figure
    if last:
        yield last


def _joins(last: Figure, figure: Figure, text: str) -> bool:
    """3 million 400 thousand."""
    falls = last.value >= _THOUSAND > 0 and last.value % _THOUSAND == 0 and figure.value < last.value
    return bool(
        falls
        and text[last.start : last.end][-1:].isalpha()
        and _SPACE.match(text[last.end : figure.start])
        and text[figure.start : figure.end][-1:].isalpha()
    )


def _numbers(text: str, lexicon: Lexicon) -> Iterator[Figure]:
    for match in _DIGITS.finditer(text):
        before, after = text[max(0, match.start() - 1) : match.start()], text[match.end() : match.end() + 1]
        if (before.isalpha() and before.isascii()) or (after.isalpha() and after.isascii() and after.isupper()):
            continue  # A4, 5G
        if len(match[0]) > _LONGEST or sum(map(str.isdigit, match[0])) > _MOST_DIGITS:
            continue
        value, foreign = number(match[0], lexicon)
        end = match.end()
        if half := lexicon.half.match(text, end):  # 2 and a half million
            value, end = value + Decimal("0.5"), half.end()
        stop, factor = _scale(text, end, lexicon)
        value *= factor
        if factor > 1 and (half := lexicon.half.match(text, stop)):
            value, stop = value + Decimal(factor) / 2, half.end()
        yield Figure(value, text[match.start() : stop], match.start(), stop, foreign=foreign and factor == 1)


def number(token: str, lexicon: Lexicon) -> tuple[Decimal, bool]:
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
    while factor < 10**15 and (
        found := next(((m, by) for pattern, by in lexicon.scale if (m := pattern.match(text, end))), None)
    ):
        factor, end = factor * found[1], found[0].end()
    return end, factor


# What stands around a number ----------------------------------------------------------------------------


def _dressed(original: str, text: str, figure: Figure, lexicon: Lexicon) -> Figure:
    """With its hedge, what it counts, and its words as they stand."""
    ordinal = lexicon.ordinal.match(text, figure.end) if figure.digits else None
    behind = lexicon.behind.match(text, ordinal.end() if ordinal else figure.end)
    figure, kind = _with_unit_and_half(text, figure, behind, lexicon)
    shown = behind.end() if behind and behind.lastgroup not in (figures.PERSON, None) else figure.end
    is_ordinal = bool(ordinal or (not figure.digits and _is_ordinal_word(text, figure, lexicon)))
    figure = replace(figure, text=original[figure.start : max(shown, figure.end)], ordinal=is_ordinal)
    if figure.kind == figures.CALENDAR:
        return figure
    figure = _of_kind(text, figure, kind or _kind_before(text, figure, behind, lexicon), lexicon)
    return _hedged(text, figure, lexicon, behind.end() if behind else figure.end)


def _is_ordinal_word(text: str, figure: Figure, lexicon: Lexicon) -> bool:
    last = re.split(r"[\s\u00a0-]", text[figure.start : figure.end])[-1]
    return bool(lexicon.ordinal.match(last) or lexicon.ordinal.match(text, figure.start))


def _with_unit_and_half(text: str, figure: Figure, behind: re.Match | None, lexicon: Lexicon) -> tuple[Figure, str]:
    """Three hours and a half."""
    kind = str(behind.lastgroup) if behind else ""
    half = lexicon.half.match(text, behind.end()) if behind and kind in _LASTING else None
    if half and figure.value == int(figure.value):
        figure = replace(figure, value=figure.value + Decimal("0.5"), end=half.end())
    return figure, kind


_LASTING = frozenset(
    {figures.YEAR, figures.MONTH, figures.WEEK, figures.DAY, figures.HOUR, figures.MINUTE, figures.CALENDAR}
)


def _kind_before(text: str, figure: Figure, behind: re.Match | None, lexicon: Lexicon) -> str:
    front = lexicon.in_front.search(text, max(0, figure.start - 16), figure.start)
    if front:
        return str(front.lastgroup)
    whole = (
        figure.digits
        and len(figure.text.strip()) >= 4
        and re.fullmatch("[12][0-9]{3}", text[figure.start : figure.end])
    )
    if whole and lexicon.year_sign.search(text, max(0, figure.start - 16), figure.start):
        return figures.CALENDAR
    return ""


def _of_kind(text: str, figure: Figure, kind: str, lexicon: Lexicon) -> Figure:
    """The figure with its kind and all that it may mean with it."""
    whole = figure.digits and re.fullmatch("[12][0-9]{3}", text[figure.start : figure.end])
    if kind in (figures.CALENDAR, figures.YEAR) and figure.ordinal and figure.value <= 12:
        return _year_or_grade(text, figure, lexicon)
    if kind == figures.CALENDAR:
        return replace(figure, kind=kind if whole else figures.YEAR)
    if (
        kind in ("", figures.PERSON)
        and whole
        and lexicon.year_sign.search(text, max(0, figure.start - 16), figure.start)
    ):
        looks_like_year = not kind and Decimal(1900) <= figure.value  # by 2023 teachers had …
        return replace(figure, kind=figures.CALENDAR if looks_like_year else "")
    if kind in _SPECIAL:
        return _SPECIAL[kind](text, figure, lexicon)
    return _changed(text, replace(figure, kind=kind), lexicon)


def _permille(text: str, figure: Figure, lexicon: Lexicon) -> Figure:
    return _changed(text, replace(figure, kind=figures.PERCENT, value=figure.value / 10), lexicon)


def _times(text: str, figure: Figure, lexicon: Lexicon) -> Figure:
    """Three times: three times as much, or three occasions; 'by three times' is also three times more."""
    way, falls = change(text, figure, lexicon)
    factor = 1 / figure.value if falls and figure.value else figure.value
    also = [*figures.multiple(factor)[1:], Meaning("", figure.value)] if factor > 0 else []
    if way == figures.BY and not falls:
        also += figures.multiple(factor + 1)
    return replace(figure, kind=figures.MULTIPLE, value=factor, also=tuple(also), firm=True)


def _spans(factor: int, kind: str):
    def spans(text: str, figure: Figure, lexicon: Lexicon) -> Figure:
        """Four decades are forty years."""
        return replace(figure, also=(Meaning(kind, figure.value * factor),))

    return spans


def _century(text: str, figure: Figure, lexicon: Lexicon) -> Figure:
    return replace(figure, kind=figures.CENTURY, firm=True, also=(Meaning(figures.YEAR, figure.value * 100),))


def _grade(text: str, figure: Figure, lexicon: Lexicon) -> Figure:
    stage = _stage(text, figure, lexicon)
    if figure.value > 12 or figure.value != int(figure.value):
        return figure
    first, *also = figures.grades(int(figure.value), stage)
    return replace(figure, kind=figures.GRADE, value=first.value, also=tuple(also))


def _year_or_grade(text: str, figure: Figure, lexicon: Lexicon) -> Figure:
    """The third year: of a school, or of anything."""
    if figure.value > 12 or not figure.ordinal:
        return replace(figure, kind="" if figure.ordinal else figures.YEAR)
    graded = figures.grades(int(figure.value), _stage(text, figure, lexicon))
    return replace(figure, kind="", also=graded)


def _class_or_grade(text: str, figure: Figure, lexicon: Lexicon) -> Figure:
    """Russian has one word for a grade and a class."""
    if figure.value > 40 or not figure.ordinal:
        return replace(figure, kind="")
    graded = figures.grades(int(figure.value), _stage(text, figure, lexicon)) if figure.value <= 12 else ()
    return replace(figure, kind=figures.CLASS, also=graded)


_SPECIAL = {
    "permille": _permille,
    "times": _times,
    "decades": _spans(10, figures.YEAR),
    "centuries": _spans(100, figures.YEAR),
    figures.CENTURY: _century,
    figures.GRADE: _grade,
    "gradeyear": _year_or_grade,
    "gradeclass": _class_or_grade,
}


def _stage(text: str, figure: Figure, lexicon: Lexicon) -> str:
    """Junior or senior, said within a few words of the grade."""
    found = lexicon.stage.search(text, figure.end, figure.end + 36) or lexicon.stage.search(
        text, max(0, figure.start - 28), figure.start
    )
    return str(found.lastgroup) if found else ""


def _changed(text: str, figure: Figure, lexicon: Lexicon) -> Figure:
    """With its way: up by 15 %, down to a third."""
    if figure.kind not in ("", figures.PERCENT, figures.MONEY, figures.PERSON):
        return figure
    way, falls = change(text, figure, lexicon)
    if not way:
        return figure
    if figure.kind == figures.PERCENT:
        return replace(figure, way=way, also=figures.share(figure.value, way, falls)[1:])
    return figure if way == figures.BY else replace(figure, way=way)


def _hedged(text: str, figure: Figure, lexicon: Lexicon, stop: int) -> Figure:
    if figure.kind in _STRICT_HEDGE:
        return figure
    before = text[max(0, figure.start - _REACH) : figure.start]
    front = lexicon.in_front.search(before)
    hedge = lexicon.hedges.search(before[: front.start()] if front else before)
    after = any(lexicon.hedge_after.match(text, end) for end in {figure.end, stop})
    named = Qualifier(str(hedge.lastgroup)) if hedge else Qualifier.MORE if after else Qualifier.EXACT
    return replace(figure, hedge=named)


# Two numbers together -----------------------------------------------------------------------------------


def _ranges(found: list[Figure], text: str, lexicon: Lexicon) -> list[Figure]:
    """Gives the lower end of 3–5 million its million, and of 3 to 5 per cent its unit."""
    for index, (low, high) in enumerate(pairwise(found)):
        if not _RANGE.match(text[low.end : high.start]) or not low.value < high.value:
            continue
        _end, factor = _scale(text, low.end, lexicon)
        digits = re.match(r"[0-9][0-9.,\u00a0 ]{0,30}+", high.text.translate(FOLD))
        own = re.match("[0-9.,\u00a0 ]*[0-9]", digits[0]) if digits else None
        base = number(own[0], lexicon)[0] if own else Decimal(0)
        scale = high.value / base if base and factor == 1 else Decimal(1)
        kind = low.kind or (high.kind if high.kind not in (figures.TIME,) else "")
        also = (Meaning(kind, low.value * scale), *low.also) if scale > 1 else low.also
        way = "" if high.way and not low.kind else low.way
        found[index] = replace(low, kind=kind, also=also, way=way)
        found[index + 1] = replace(high, way="" if high.way == figures.TO and low.way != figures.FROM else high.way)
    return found


def _out_of(found: list[Figure], text: str, lexicon: Lexicon) -> Iterator[Figure]:
    """Two in five, 98 in every hundred: a share beside its two numbers."""
    counted = [
        figure for figure in found if figure.digits or figure.kind != figures.PERCENT
    ]  # not the every of one in every three
    for part, whole in pairwise(counted):
        if part.value < whole.value and whole.value and lexicon.joined.fullmatch(text[part.end : whole.start]):
            value = part.value / whole.value * _HUNDRED
            span = (part.start, whole.end)
            yield Figure(
                value, text[slice(*span)], *span, kind=figures.PERCENT, hedge=part.hedge, firm=False, fraction=True
            )
