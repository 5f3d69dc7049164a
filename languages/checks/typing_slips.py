# letters of other scripts
"""Slips of typing and pasting: words and blanks that stand twice, characters that were lost or turn the text around."""

import re
from collections.abc import Iterator

from django.utils.translation import gettext_noop as _

from core.text.tags import pieces, text_of

from .findings import WARNING, Finding
from .texts import Text


WORDS, SPACES, CHARACTERS = "doubled", "spaces", "characters"
_BLANK = " \u00a0\u202f"
_OBJECT = "\ufffc"  # stands for a chip
_LOST = "\ufffd"
# Everything behind these reads in one direction, whatever its letters are: Unicode Standard Annex 9, 2.2.
_OVERRIDES = {"\u202d": "U+202D", "\u202e": "U+202E"}
_BESIDE = 12  # characters shown on either side
_TWICE = re.compile(rf"(?<![\w'’\-])([^\W\d_]{{2,}})[{_BLANK}](\1)(?![\w'’\-])", re.IGNORECASE)
_SPACES = re.compile(rf"(?<=[^\s{_BLANK}])[{_BLANK}]{{2,}}(?=[^\s{_BLANK}])")
# Words that rightly stand twice: vous vous levez, they had had. A language that is not here may double any word, as
# Vietnamese, Turkish and Hindi do, or has no spaces to tell words by.
_MAY_STAND_TWICE: dict[str, frozenset[str]] = {
    "en": frozenset({"bye", "ha", "had", "is", "no", "so", "that", "very"}),
    "fr": frozenset({"non", "nous", "oui", "très", "vous"}),
    "es": frozenset({"muy", "no", "sí", "ya"}),
    "ru": frozenset({"вот", "да", "еле", "нет", "очень", "чуть"}),
    "ar": frozenset({"رويدا", "شيئا", "واحدا", "يوما"}),
    "ko": frozenset({"너무", "더", "또", "매우", "아주", "조금", "하나"}),
}
_ARABIC_ADVERB = re.compile("(?:ًا|اً)\\Z")  # شيئًا شيئًا: little by little


def check_typing(source: Text, target: Text, language: str) -> Iterator[Finding]:
    """Warnings only: each may be meant. What stands twice in the source too is."""
    yield from _strange(target.plain)
    yield from _doubled_words(target.plain, language)
    if not _SPACES.search(_read(source)):
        yield from _doubled_spaces(_read(target))


def _read(text: Text) -> str:
    """What somebody typed, with a sign where a chip begins or ends: the blanks on its two sides are not two in a row."""
    if text.format != "html":
        return text.raw
    return "".join(
        text_of(piece) if piece.is_text else _OBJECT * bool(piece.name == "a" or piece.attributes.get("id"))
        for piece in pieces(text.raw)
    )


def _strange(text: str) -> Iterator[Finding]:
    for sign, name in _OVERRIDES.items():
        if sign in text:
            message = _("An invisible character turns the direction of the text around: %(name)s. Delete it.")
            yield Finding(WARNING, CHARACTERS, message, {"name": name})
    if _LOST in text:
        message = _("A character was lost here and shows as �: “%(place)s”")
        yield Finding(WARNING, CHARACTERS, message, {"place": _around(text, text.index(_LOST), text.index(_LOST) + 1)})


def _doubled_words(text: str, language: str) -> Iterator[Finding]:
    may_stand_twice = _MAY_STAND_TWICE.get(language)
    if may_stand_twice is None:
        return
    words = (found.groups() for found in _TWICE.finditer(text))
    for word in dict.fromkeys(
        second for first, second in words if not _is_meant(first, second, may_stand_twice, language)
    ):
        yield Finding(WARNING, WORDS, _("“%(word)s” stands twice in a row."), {"word": word})


def _is_meant(first: str, second: str, may_stand_twice: frozenset[str], language: str) -> bool:
    """In this language, or as a name: Bora Bora."""
    is_name = first[:1].isupper() and second[:1].isupper()
    return is_name or second.casefold() in may_stand_twice or (language == "ar" and bool(_ARABIC_ADVERB.search(second)))


def _doubled_spaces(text: str) -> Iterator[Finding]:
    if found := _SPACES.search(text):
        message = _("Two spaces stand in a row: “%(place)s”")
        yield Finding(WARNING, SPACES, message, {"place": _around(text, *found.span())})


def _around(text: str, start: int, end: int) -> str:
    return text[max(0, start - _BESIDE) : end + _BESIDE].replace(_OBJECT, "").strip()
