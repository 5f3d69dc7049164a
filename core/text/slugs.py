"""The end of a page's address, proposed from its Chinese title."""

import re
import unicodedata
from itertools import takewhile

import rjieba

from .pinyin import syllables


LONGEST = 60  # characters: what a line of a telephone shows of an address
_WORD = re.compile(r"[a-z0-9]+")


def slug_of(title: str) -> str:
    """ASCII words joined by hyphens, cut between words: '重庆2027年招生' -> 'chongqing-2027-nian-zhaosheng'.

    Readings are those of the whole title (重庆 is chongqing, 校长 xiaozhang), words are cut by rjieba. Empty if the
    title holds neither a Chinese character nor a Latin letter or digit. Pure.
    """
    text = "".join(map(_plain, unicodedata.normalize("NFKC", title)))
    readings = dict(syllables(text))
    words, start = [], 0
    for cut in rjieba.cut(text):
        words += _WORD.findall("".join(readings.get(start + place, letter) for place, letter in enumerate(cut)))
        start += len(cut)
    return _shortened(words)


def _plain(character: str) -> str:
    """A Latin letter small and without its accents; anything else as it is."""
    base = unicodedata.normalize("NFD", character)[0]
    return base.lower() if base.isascii() else character


def _shortened(words: list[str]) -> str:
    lengths = [len("-".join(words[:count])) for count in range(1, len(words) + 1)]
    kept = len(list(takewhile(lambda length: length <= LONGEST, lengths)))
    return "-".join(words[:kept]) if kept else "".join(words[:1])[:LONGEST]
