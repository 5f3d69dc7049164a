"""What CLDR knows of a language, through Babel: the fallback wherever the portal has no table of its own.

Every code of `settings.LANGUAGES` has an answer here, whether CLDR knows it or not: of what it does not know the root
locale is taken, with Latin digits and no words.
"""

import re
from functools import cache
from typing import NamedTuple

from babel import Locale, UnknownLocaleError
from babel.core import get_global
from django.conf.locale import LANG_INFO


_SCRIPT, _TERRITORY = 4, 2  # letters of a subtag
# Written without spaces between words.
UNSPACED = frozenset({"Hans", "Hant", "Jpan", "Thai", "Laoo", "Khmr", "Mymr", "Tibt"})
# Written with Chinese characters and full-width punctuation.
HAN = frozenset({"Hans", "Hant", "Jpan"})
# Sentences end with a space.
WITHOUT_STOPS = frozenset({"Thai", "Laoo"})
# CLDR has the word for ten million where a million should be.
_WRONG_SCALES = frozenset({"ne"})
_ZEROS = re.compile("0+")
_BLANKS = " \u00a0\u200e\u200f"


@cache
def locale(code: str) -> Locale:
    """Of a language code of the settings, such as 'pt-br': Babel's locale, else that of the language, else the root.

    Raises ValueError if it is no language code at all.
    """
    subtags = code.split("-")
    for name in ("_".join(subtags[:length]) for length in range(len(subtags), 0, -1)):
        try:
            return Locale.parse(name)
        except UnknownLocaleError:
            continue
    return Locale.parse("root")


def is_known(code: str) -> bool:
    """Whether CLDR has words of the language: of what it does not know there are only digits and signs."""
    return locale(code).language != "root"


@cache
def _subtags(code: str) -> tuple[str, str, str]:
    """(language, script, territory) of a code, as most people write it: 'pt' -> ('pt', 'Latn', 'BR'); '' if not known."""
    language, *own = code.split("-")
    names = ["_".join([language, *(_cased(each) for each in own)]), language]
    likely = next(filter(None, (get_global("likely_subtags").get(name) for name in names)), language)
    found = [*own, *likely.split("_")[1:]]
    script = next((each.title() for each in found if len(each) == _SCRIPT), "")
    return language, script, next((each.upper() for each in found if len(each) == _TERRITORY), "")


def _cased(subtag: str) -> str:
    return subtag.title() if len(subtag) == _SCRIPT else subtag.upper()


def tag(code: str) -> str:
    """The BCP 47 tag of a code: 'zh-hans' -> 'zh-Hans', 'pt-br' -> 'pt-BR'."""
    language, *own = code.split("-")
    return "-".join([language, *(_cased(each) if len(each) <= _SCRIPT else each for each in own)])


def script(code: str) -> str:
    """The script that the language is most likely written in: 'Latn', 'Thai'; '' if it is not known."""
    return _subtags(code)[1]


def language_and_territory(code: str) -> str:
    """'pt' -> 'pt_BR'; the language alone, if no country is known that writes it."""
    language, _script, territory = _subtags(code)
    return f"{language}_{territory}" if territory else language


def is_right_to_left(code: str) -> bool:
    """As Django says, else as CLDR does."""
    known = LANG_INFO.get(code) or LANG_INFO.get(code.split("-")[0]) or {}
    return bool(known["bidi"] if "bidi" in known else locale(code).character_order == "right-to-left")


# Numbers ------------------------------------------------------------------------------------------------


class Compact(NamedTuple):
    """A pattern of CLDR for a round number: the digits are put in the place of {}. 'milhões', 10**6, '{} milhões'."""

    word: str
    factor: int
    pattern: str


@cache
def compact_patterns(code: str, width: str = "long") -> dict[str, dict[int, Compact]]:
    """{plural category: {smallest number of which it is used: pattern}}; without those that have no word.

    `width` is "long" (milhões) or "short" (mi).
    """
    if code.split("-")[0] in _WRONG_SCALES:
        return {}
    stored = locale(code).compact_decimal_formats.get(width, {})
    read = {
        category: {int(size): _compact(int(size), pattern.pattern) for size, pattern in patterns.items()}
        for category, patterns in stored.items()
    }
    return {category: {size: found for size, found in patterns.items() if found} for category, patterns in read.items()}


def _compact(size: int, pattern: str) -> Compact | None:
    """Of patterns such as '00 milhões', "0 Mio'.'" and 'milioni 0;milioni -0'."""
    pattern = pattern.partition(";")[0].replace("'", "")
    word, zeros = _ZEROS.sub("", pattern).strip(_BLANKS), pattern.count("0")
    if not word or not zeros:
        return None
    return Compact(word, size // 10 ** (zeros - 1), _ZEROS.sub("{}", pattern))


@cache
def scale_words(code: str) -> dict[str, int]:
    """Words and abbreviations for powers of ten: {'milhões': 1000000, 'mi': 1000000, …}. What may be two is left out."""
    factors: dict[str, set[int]] = {}
    for width in ("long", "short"):
        for patterns in compact_patterns(code, width).values():
            for found in patterns.values():
                factors.setdefault(found.word, set()).add(found.factor)
    return {word: found.pop() for word, found in factors.items() if len(found) == 1}


@cache
def scales_stand_before(code: str) -> bool:
    """Whether the word for a million stands before its digits: milioni 137."""
    patterns = compact_patterns(code).get("other", {}).values()
    return any(found.pattern.strip(_BLANKS).endswith("{}") for found in patterns)


@cache
def separators(code: str) -> tuple[tuple[str, str], ...]:
    """(between groups of digits, decimal point) of each system of digits that the language uses, its own first."""
    own = locale(code)
    systems = [own.default_numbering_system, *own.number_symbols]
    symbols = [own.number_symbols.get(name, {}) for name in dict.fromkeys(systems)]
    return tuple(
        dict.fromkeys((each["group"], each["decimal"]) for each in symbols if {"group", "decimal"} <= set(each))
    )


@cache
def grouping(code: str) -> tuple[int, int]:
    """How many digits the last group has and how many the others: (3, 2) in Hindi."""
    return locale(code).decimal_formats[None].grouping
