"""Text without characters that nobody sees and nobody means.

What is pasted from word processors, chats and PDF files brings along control characters, which XML and PostgreSQL
refuse, and invisible ones, which part a word for every search: 校园<U+200B>开放日. `clean` takes them away and keeps
the few that say something where they stand. Sources of the rules:

* what is invisible: Default_Ignorable_Code_Point of the Unicode Character Database (DerivedCoreProperties);
* joiners (U+200C, U+200D): Unicode Standard, chapter 23.2; in emoji: Unicode Technical Standard 51;
* variation selectors, tags, fillers and signs of direction: chapters 23.4, 23.9, 18.6 and Standard Annex 9;
* what XML can hold: production 2 (Char) of XML 1.0, fifth edition.

All functions are pure, take any string (also NUL and lone surrogates) and need time linear in its length.
"""

import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache

from .scripts import JAMO, JOINING, MONGOLIAN, PICTURES, RIGHT_TO_LEFT, UNSPACED, WIDE


DEFAULT_IGNORABLE = (
    r"\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164"
    r"\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufff8\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
_NONCHARACTERS = r"\ufdd0-\ufdef" + "".join(rf"\U{plane:04x}fffe\U{plane:04x}ffff" for plane in range(17))
# Anchors of annotations, and what stands for a picture that was not pasted with its text.
_LEFTOVERS = r"\ufff9-\ufffc"
_CONTROLS = r"\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff"
_BREAKS = r"(?:\r(?!\n)|[\x0b\x0c\x85\u2028\u2029])"
_HIDDEN = re.compile(
    rf"(?P<flag>\U0001f3f4[\U000e0020-\U000e007e]+\U000e007f)|(?P<breaks>{_BREAKS}+)"
    rf"|[{_CONTROLS}{DEFAULT_IGNORABLE}{_NONCHARACTERS}{_LEFTOVERS}]"
)
_IGNORABLE = re.compile(f"[{_CONTROLS}{DEFAULT_IGNORABLE}{_NONCHARACTERS}{_LEFTOVERS}]")
_NOT_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

_RIGHT_TO_LEFT = re.compile(f"[{RIGHT_TO_LEFT}]")
_DIRECTIONS = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u2066\u2067\u2068\u2069")


def clean(text: str, *, multiline: bool = False) -> str:
    """`text` as it is meant: '校园\\u200b开放日' -> '校园开放日'. Cleaning twice changes nothing.

    Breaks of lines other than \\n and \\r\\n, such as U+000B, become \\n with `multiline`; else a space between words,
    and nothing between Chinese characters.
    """
    while True:
        found = _HIDDEN.sub(lambda each: _instead(each, text, multiline), text)  # noqa: B023 (called at once)
        if found == text:
            return text
        text = found


def without_ignorable(text: str) -> str:
    """Without any control or invisible character, also where it says something: for comparing only."""
    return _IGNORABLE.sub("", text)


def legal_xml(text: str) -> str:
    """Without the characters that no XML document can hold. The last guard of every way out, whatever is stored."""
    return _NOT_XML.sub("", text)


def clean_json(value: object) -> object:
    """What JSON holds, with every text in it cleaned; the same object if there is nothing to clean."""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, dict):
        done = {clean_json(key): clean_json(each) for key, each in value.items()}
        return done if any(a is not b for a, b in zip(value.values(), done.values(), strict=False)) else value
    if isinstance(value, list | tuple):
        listed = [clean_json(each) for each in value]
        return listed if any(a is not b for a, b in zip(value, listed, strict=True)) else value
    return value


def _instead(found: re.Match[str], text: str, multiline: bool) -> str:
    """What stands for a hidden character: itself, if it says something beside its neighbours."""
    if found["flag"]:
        return found[0]
    before, after = text[max(0, found.start() - 1) : found.start()], text[found.end() : found.end() + 1]
    if found["breaks"]:
        return "\n" * len(found[0]) if multiline else _blank(before, after)
    says_something = _MEANT.get(found[0])
    if found[0] in _DIRECTIONS:
        return found[0] if _has_directions(text) else ""
    return found[0] if says_something and says_something(before, after) else ""


def _blank(before: str, after: str) -> str:
    """What parts two words, if they need it."""
    is_parted = not before.strip() or not after.strip()
    return "" if is_parted or _is(WIDE, before) or _is(WIDE, after) else " "


@lru_cache(maxsize=8)
def _has_directions(text: str) -> bool:
    """Whether signs of direction may say something: in a text with letters from right to left, or with digits alone.

    Kept, as each sign of a text asks for it.
    """
    has_letters = any(each.isalpha() for each in text)
    return bool(_RIGHT_TO_LEFT.search(text)) or (not has_letters and any(each.isdecimal() for each in text))


def _joins(before: str, after: str) -> bool:
    """U+200D: in emoji, and beside letters that join."""
    skin = "\U0001f3fb" <= before <= "\U0001f3ff"
    is_emoji = (_is_picture(before) or before == "\ufe0f" or skin) and _is_picture(after)
    return is_emoji or _is(JOINING, before) or _is(JOINING, after)


def _parts(before: str, after: str) -> bool:
    """U+200C: between letters that would join."""
    return _is(JOINING, before) and _is(JOINING, after)


def _may_break(before: str, after: str) -> bool:
    """U+200B: between words of scripts without spaces."""
    return _is(UNSPACED, before) and _is(UNSPACED, after)


def _colours(before: str, after: str) -> bool:
    """Variation selectors 15 and 16: of emoji, and of digits in keys (1️⃣)."""
    return _is_picture(before) or (before in set("0123456789#*") and after == "\u20e3")


def _shapes(before: str, after: str) -> bool:
    """Other variation selectors: of ideographs and their punctuation, and of signs of mathematics."""
    return _is(WIDE, before) or unicodedata.category(before or " ") == "Sm"


def _is_mongolian(before: str, after: str) -> bool:
    return _is(MONGOLIAN, before)


def _fills(before: str, after: str) -> bool:
    """Fillers of Hangul syllables that are written in parts."""
    return _is(JAMO, before) or _is(JAMO, after)


def _is_picture(character: str) -> bool:
    return bool(character) and (unicodedata.category(character) in {"So", "Sm"} or _is(PICTURES, character))


def _is(ranges: str, character: str) -> bool:
    return bool(re.fullmatch(f"[{ranges}]", character))


_MEANT: dict[str, Callable[[str, str], bool]] = {
    "\u200b": _may_break,
    "\u200c": _parts,
    "\u200d": _joins,
    "\u115f": _fills,
    "\u1160": _fills,
    "\ufe0e": _colours,
    "\ufe0f": _colours,
    **dict.fromkeys(map(chr, range(0x180B, 0x1810)), _is_mongolian),
    **dict.fromkeys(map(chr, (*range(0xFE00, 0xFE03), *range(0xE0100, 0xE01F0))), _shapes),
}
