"""Headlines: how large one may be set, and which part of the line above it fits a list.

Chinese has no blanks to break a line at. A long headline in large letters would be torn between two characters of one
word: so letters become smaller as it grows, and lines end at its punctuation alone if every phrase fits one.
"""

import re

from .fallback import part
from .scripts import HAN_CHARACTERS


LONG, LONGER, PHRASE = 15, 24, 13  # in Chinese characters; a phrase of so many fits a line of a tablet
NARROW = 0.35  # how wide other letters are, of a Chinese character
_PHRASES = re.compile(r"[\s，。：；！？、·—…]+")
_WIDE = re.compile(f"[{HAN_CHARACTERS}\u3000-\u30ff\uac00-\ud7af\uff00-\uff60]")
_DOT = re.compile(r"\s[·|]\s")


def width(text: str) -> float:
    """About how many Chinese characters wide a text is."""
    wide = len(_WIDE.findall(text))
    return wide + (len(text) - wide) * NARROW


def title_classes(title: str) -> str:
    """The classes of a headline: how long it is, and whether its lines end between phrases."""
    wide = width(title)
    length = "short" if wide <= LONG else "long" if wide <= LONGER else "longer"
    is_whole = all(width(phrase) <= PHRASE for phrase in _PHRASES.split(title))
    return f"title--{length} title--phrases" if is_whole else f"title--{length}"


def before_dot(kicker: str) -> str:
    """What a kicker says first: “新学校 · 内容截至2023年秋” -> “新学校”. The rest is for the story's own page."""
    found = _DOT.search(kicker)
    return part(kicker, 0, found.start()) if found else kicker
