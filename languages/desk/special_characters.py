# letters and marks of other scripts
"""What a language is written with and a Chinese keyboard does not have: the buttons below a field of the workbench.

Blanks and dashes, the quotation marks of the language, and its letters. The letters of a language that has no line here
are those that CLDR writes the names of languages, countries and months with in it.
"""

import unicodedata
from collections import Counter
from dataclasses import dataclass
from functools import cache
from itertools import chain

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from core import cldr
from core.text.quotations import DOUBLE, MARKS


@dataclass(frozen=True)
class Special:
    """`opening` is written before what is selected, `closing` behind it. A letter needs no `name`: it is read aloud."""

    opening: str
    closing: str = ""
    name: str | Promise = ""

    @property
    def shown(self) -> str | Promise:
        """What stands on the button."""
        seen = [part.strip() for part in (self.opening, self.closing) if part.strip().isprintable() and part.strip()]
        if seen and unicodedata.combining(seen[0][0]):
            return _CARRIER + seen[0]
        return "…".join(seen) or self.name


NO_BREAK = Special("\u00a0", name=_("No-break space"))
NARROW = Special("\u202f", name=_("Narrow no-break space"))
_EN_DASH, _EM_DASH = Special("–", name=_("En dash")), Special("—", name=_("Em dash"))
_ELLIPSIS, _APOSTROPHE = Special("…", name=_("Ellipsis")), Special("’", name=_("Apostrophe"))
_MIDDLE_DOT = Special("·", name=_("Middle dot"))
_CHINESE = [
    _MIDDLE_DOT,
    Special("——", name=_("Dash")),
    Special("……", name=_("Ellipsis")),
    Special("《", "》", _("Titles")),
]
_SIGNS = {
    "en": [NO_BREAK, _EN_DASH, _EM_DASH, _ELLIPSIS, _APOSTROPHE],
    "fr": [NARROW, NO_BREAK, _EN_DASH, _ELLIPSIS, _APOSTROPHE],
    "es": [NO_BREAK, Special("¿", "?", _("Question")), Special("¡", "!", _("Exclamation")), _EN_DASH, _EM_DASH],
    "ru": [NO_BREAK, _EN_DASH, _EM_DASH, _ELLIPSIS],
    "ar": [
        NO_BREAK,
        Special("،", name=_("Comma")),
        Special("؛", name=_("Semicolon")),
        Special("؟", name=_("Question mark")),
        Special("\u200f", name=_("Right-to-left mark")),
        Special("\u200e", name=_("Left-to-right mark")),
    ],
    "ja": [_MIDDLE_DOT, Special("〜", name=_("Wave dash")), Special("……", name=_("Ellipsis"))],
    "ko": [_MIDDLE_DOT, Special("〈", "〉", _("Titles")), _ELLIPSIS],
    "zh-hant": _CHINESE,
}
_OTHERS = [NO_BREAK, NARROW, _EN_DASH, _EM_DASH, _ELLIPSIS, _APOSTROPHE]
_LETTERS = {
    "en": "éèêàçôüñ",
    "fr": "àâæçéèêëîïôœùûüÿÀÂÇÉÈÊÎÔŒ",
    "es": "áéíñóúüÁÉÍÑÓÚªº",
    "ru": "ёЁ№",
    "ar": "ًٌٍَُِّْ",
}
_CARRIER = "ـ"  # shows where a vowel sign stands
_MOST, _USUAL = 30, 2  # letters of a language, and how often one must be used that is not only in foreign names
_GUILLEMETS_WITH_BLANKS = {"fr": "\u00a0"}


@cache
def groups(language: str) -> list[tuple[str | Promise, list[Special]]]:
    """(name, characters) of the groups of buttons; one without characters is left out."""
    blank = _GUILLEMETS_WITH_BLANKS.get(language, "")
    pairs = [(pair[0], pair[1]) for pair in MARKS.get(language, DOUBLE)]
    names = (_("Quotation marks"), _("Quotation marks within others"))
    quotes = [
        Special(first + blank * (first == "«"), blank * (first == "«") + last, name)
        for (first, last), name in zip(pairs, names, strict=True)
    ]
    named = [
        (_("Blanks and marks"), _SIGNS.get(language, _OTHERS)),
        (_("Quotation marks"), quotes),
        (_("Letters"), [Special(letter) for letter in _LETTERS.get(language) or _letters_of(language)]),
    ]
    return [(name, specials) for name, specials in named if specials]


def _letters_of(language: str) -> str:
    """Letters of a language in Latin script that are not on every keyboard, in order. Other scripts need their own."""
    if language in _SIGNS or cldr.script(language) != "Latn":
        return ""
    locale = cldr.locale(language)
    names = chain(locale.languages.values(), locale.territories.values(), locale.months["format"]["wide"].values())
    used = Counter(letter for name in names for letter in name.lower() if letter.islower() and not letter.isascii())
    return "".join(sorted(letter for letter, count in used.most_common(_MOST) if count >= _USUAL))
