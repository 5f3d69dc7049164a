# letters and marks of other scripts
"""What a language says in a form of its own: times, decades, fractions, and words that are numbers without a numeral."""

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from itertools import islice

from . import figures
from .chinese import blanked
from .figures import Figure, Meaning
from .lexicon import Lexicon
from .spelled import numbers_in_words
from .ways import change


_ROMAN = re.compile(
    r"(?<![\w.’'-])(?=[IVX])(?P<tens>X{0,3})(?P<units>IX|IV|V?I{0,3})(?P<ending>ᵉ|ème|er|re|e|-?[йяе])?(?!\w)"
)
_ROMAN_UNITS = {"": 0, "I": 1, "II": 2, "III": 3, "IV": 4, "V": 5, "VI": 6, "VII": 7, "VIII": 8, "IX": 9}
_DIGIT_CLOCK = re.compile(
    r"(?<![0-9:.,])(?P<h>[01]?[0-9]|2[0-4])(?P<sep>[:.])(?P<m>[0-5][0-9])(?![0-9]|[:.,%][0-9]|\s?%)"
)
_MOST = 300  # of one form; of a text with more nothing is compared
_HUNDRED = Decimal(100)
_PARTS = (("half", 30), ("quarter", 15), ("third", 20))


def constructs(text: str, lexicon: Lexicon) -> list[Figure]:
    """In no order; what one has read the next does not see."""
    found: list[Figure] = []
    for reader in (_clocks, _decades, _one_and_halves, _fractions, _phrases, _shares, _romans):
        new = list(islice(reader(text, lexicon), _MOST))
        found += new
        text = blanked(text, [(figure.start, figure.end) for figure in new])
    return found


def _figure(match: re.Match, meanings: tuple[Meaning, ...], **more: object) -> Figure:
    first, *also = meanings
    return Figure(first.value, match[0], *match.span(), kind=first.kind, way=first.way, also=tuple(also), **more)  # type: ignore[arg-type]


# Times of day -------------------------------------------------------------------------------------------


def _clocks(text: str, lexicon: Lexicon) -> Iterator[Figure]:
    taken: list[tuple[int, int]] = []
    for pattern in lexicon.clock:
        for match in pattern.finditer(text):
            parts = match.groupdict()
            said = _clock(parts, lexicon)
            if said and not any(start < match.end() and match.start() < end for start, end in taken):
                taken.append(match.span())
                yield _figure(match, said, digits=bool(re.search("[0-9]", match[0])), firm=True)
    for match in _DIGIT_CLOCK.finditer(blanked(text, taken)):
        said = figures.time_of_day(int(match["h"]), int(match["m"]), "")
        if match["sep"] == ".":
            said = (Meaning("", Decimal(f"{match['h']}.{match['m']}")), *said)
        else:
            said = tuple(each for each in said if each.kind)
        scaled = any(pattern.match(text, match.end()) for pattern, _factor in lexicon.scale)
        if not scaled and (match["sep"] == ":" or "." not in lexicon.point):
            yield _figure(match, said)


def _clock(parts: dict[str, str | None], lexicon: Lexicon) -> tuple[Meaning, ...]:
    """The meanings of a time; empty if its words are none."""
    hour, minute = _number(parts.get("h") or parts.get("h2"), lexicon), _number(parts.get("m"), lexicon)
    if hour is None or not 0 <= hour <= 24 or (parts.get("m") and (minute is None or minute > 59)):
        return ()
    minutes = int(minute or 0) + sum(size for name, size in _PARTS if parts.get(name) is not None)
    total = int(hour) * 60 + minutes
    if parts.get("less"):
        total -= 15
    if parts.get("before") is not None:  # половина третьего is half past two
        total -= 60
    if not 0 <= total <= 24 * 60:
        return ()
    half = "am" if parts.get("am") else "pm" if parts.get("pm") else ""
    said = figures.time_of_day(total // 60, total % 60, half)
    if parts.get("lasting") and not half:  # 8 heures are a time, or a length of time
        return (Meaning(figures.HOUR, Decimal(total) / 60), *(each for each in said if each.kind))
    if parts.get("bare") and not half:
        return (Meaning("", hour), *(each for each in said if each.kind))
    return said


def _number(word: str | None, lexicon: Lexicon) -> Decimal | None:
    if word is None:
        return None
    if word.isdigit():
        return Decimal(word)
    spelled = list(numbers_in_words(word, lexicon))  # vingt et une heures
    return spelled[0].value if len(spelled) == 1 and spelled[0].end - spelled[0].start == len(word) else None


# Decades, fractions, phrases ------------------------------------------------------------------------------


def _decades(text: str, lexicon: Lexicon) -> Iterator[Figure]:
    for match in lexicon.decade.finditer(text):
        digits = match[str(match.lastgroup)]
        years = int(digits)
        if years % 5 == 0 and (years < 100 or 1000 < years < 2100):
            yield _figure(match, (Meaning(figures.DECADE, Decimal(years)),))


def _one_and_halves(text: str, lexicon: Lexicon) -> Iterator[Figure]:
    """Hora y media; half a million."""
    for match in lexicon.one_and_half.finditer(text):
        yield _figure(match, (Meaning(str(match.lastgroup), Decimal("1.5")),), digits=False)
    for match in lexicon.half_of.finditer(text):
        yield _figure(match, (Meaning("", Decimal(10 ** int(str(match.lastgroup)[1:])) / 2),), digits=False)


def _fractions(text: str, lexicon: Lexicon) -> Iterator[Figure]:
    """Two thirds, tres cuartas partes, a fifth of."""
    for match in lexicon.fraction.finditer(text):
        if _is_and_half(text, match, lexicon):
            continue
        denominator = int(str(match.lastgroup)[1:])
        above = Decimal(1) if lexicon.article.fullmatch(match["n"]) else _number(match["n"], lexicon)
        if above and above < denominator:
            share = _share(text, match, above / denominator * _HUNDRED, lexicon)
            ordinal = (Meaning("", Decimal(denominator)),) if above == 1 else ()  # a third school
            yield replace(share, also=(*share.also, *ordinal))
    for match in lexicon.share.finditer(text):
        below = lexicon.numeral(match["n"].lower())
        if below and 2 < below <= 100:
            yield _share(text, match, _HUNDRED / below, lexicon)


def _is_and_half(text: str, match: re.Match, lexicon: Lexicon) -> bool:
    """Two and a half."""
    return bool(lexicon.half.search(text, max(0, match.start() - 8), match.end()))


def _share(text: str, match: re.Match, percent: Decimal, lexicon: Lexicon) -> Figure:
    figure = _figure(match, (Meaning(figures.PERCENT, percent),), digits=False, fraction=True)
    return _with_way(text, figure, lexicon)


def _with_way(text: str, figure: Figure, lexicon: Lexicon) -> Figure:
    way, falls = change(text, figure, lexicon)
    if not way:
        return figure
    return replace(figure, way=way, also=figures.share(figure.value, way, falls)[1:])


def _phrases(text: str, lexicon: Lexicon) -> Iterator[Figure]:
    for match in lexicon.phrase.finditer(text):
        if _is_and_half(text, match, lexicon):
            continue
        phrase = lexicon.said[int(str(match.lastgroup)[1:])]
        firm = phrase.meanings[0].kind in _FIRM_PHRASES and not phrase.optional
        figure = _figure(
            match,
            phrase.meanings,
            most=phrase.most,
            fraction=phrase.fraction,
            firm=firm,
            digits=False,
            optional=phrase.optional,
        )
        if phrase.fraction:
            figure = _with_way(text, figure, lexicon)
        elif phrase.meanings[0].kind == figures.MULTIPLE and figure.value > 1 and _falls(text, figure, lexicon):
            first, *also = figures.multiple(1 / figure.value)
            figure = replace(figure, value=first.value, also=tuple(also))
        yield figure


_FIRM_PHRASES = frozenset({figures.GRADE, figures.DECADE})


def _falls(text: str, figure: Figure, lexicon: Lexicon) -> bool:
    return bool(
        lexicon.falling.search(text, max(0, figure.start - 40), figure.start)
        or lexicon.falling.search(text, figure.end, figure.end + 20)
    )


def _shares(text: str, lexicon: Lexicon) -> Iterator[Figure]:
    for match in lexicon.hundred.finditer(text) if lexicon.hundred else ():
        yield _figure(match, (Meaning(figures.PERCENT, _HUNDRED),), firm=False, digits=False)


# Roman numerals ------------------------------------------------------------------------------------------


def _romans(text: str, lexicon: Lexicon) -> Iterator[Figure]:
    """XXe siècle, siglo XIX, XX съезд; a single letter only where something shows that it is a numeral."""
    for match in _ROMAN.finditer(text):
        roman = match["tens"] + match["units"]
        behind = lexicon.behind.match(text, match.end())
        front = lexicon.in_front.search(text, max(0, match.start() - 16), match.start())
        shown = behind or front
        if not roman or (len(roman) == 1 and not match["ending"] and not shown):
            continue
        kind = figures.CENTURY if shown and shown.lastgroup == figures.CENTURY else ""
        value = Decimal(10 * len(match["tens"]) + _ROMAN_UNITS[match["units"]])
        yield _figure(match, (Meaning(kind, value),), firm=bool(kind), digits=False, ordinal=True)
