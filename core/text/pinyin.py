"""Pinyin: how people who cannot type Chinese type a Chinese name.

Readings are pypinyin's, with its phrases: 重庆 is chongqing and 校长 xiaozhang. Tones are left out and ü is u, as
`chinese.fold` leaves it. All functions are pure.
"""

import re
from functools import lru_cache
from itertools import chain
from typing import Any

from pypinyin import Style, lazy_pinyin, pinyin

from .chinese import HAN_CHARACTERS, fold


SYLLABLES = 16  # of a name that are joined to one word: nobody types a longer one without a space
_HAN_CHARACTER = re.compile(f"[{HAN_CHARACTERS}]")
_NUMBERED = re.compile(r"(?:[a-z]+[1-5])+")
_HEARD = (
    (re.compile(r"\A([zcs])h"), r"\1"),
    (re.compile(r"\An(?=[a-zü])"), "l"),
    (re.compile(r"(?<=[aeio])ng\Z"), "n"),
)


@lru_cache(maxsize=8192)
def syllables(name: str) -> tuple[tuple[int, str], ...]:
    """(place, syllable) of each Chinese character: '双福6小' -> (0, shuang) (1, fu) (3, xiao)."""
    han = [place for place, character in enumerate(name) if _HAN_CHARACTER.match(character)]
    if not han:
        return ()
    readings = _readings(fold(name)) if len(fold(name)) == len(name) else _readings(name)
    return tuple((place, readings[place]) for place in han if place in readings)


def pinyin_tokens(name: str) -> list[str]:
    """What a name is found by from any of its characters on, whole and by initials.

    '双福六小' -> shuangfuliuxiao fuliuxiao liuxiao xiao sflx flx lx x
    """
    said = [syllable for _place, syllable in syllables(name)]
    starts = [said[start : start + SYLLABLES] for start in range(len(said))]
    tokens = ["".join(part) for part in starts] + ["".join(s[0] for s in part) for part in starts]
    return list(dict.fromkeys(tokens))


def sound_alike(one: str, other: str) -> bool:
    """Whether two characters may be typed by the same pinyin, be it heard as in the south: z for zh, l for n, an for ang."""
    return one == other or not _heard(one).isdisjoint(_heard(other))


@lru_cache(maxsize=8192)
def _heard(character: str) -> frozenset[str]:
    """All its readings, as they are heard."""
    found = set()
    for reading in chain.from_iterable(pinyin(character, style=Style.NORMAL, heteronym=True, errors="ignore")):
        for heard, instead in _HEARD:
            reading = heard.sub(instead, reading)
        found.add(reading)
    return frozenset(found)


def spelt(word: str) -> str:
    """One spelling of typed pinyin: 'shuang1fu2' -> shuangfu, 'lvse' -> luse."""
    bare = re.sub(r"[1-5]", "", word) if _NUMBERED.fullmatch(word) else word
    return re.sub(r"(?<=[ln])v", "u", bare)


def span(name: str, letters: str) -> tuple[int, int] | None:
    """Where in `name` the characters stand that `letters` spell, whole or by initials; None if nowhere.

    ('江津双福六小', 'fuliu') -> (3, 5); the last syllable may be begun only.
    """
    said = syllables(name)
    for start, (_place, first) in enumerate(said):
        if not first.startswith(letters[:1]):
            continue
        for parts in (said[start:], [(place, syllable[0]) for place, syllable in said[start:]]):
            end = _spelt_until(parts, letters)
            if end is not None:
                return said[start][0], end + 1
    return None


def _spelt_until(parts: "tuple[tuple[int, str], ...] | list[tuple[int, str]]", letters: str) -> int | None:
    """The place of the character at which `letters` are used up."""
    rest = letters
    for place, syllable in parts:
        if syllable.startswith(rest):
            return place
        if not rest.startswith(syllable):
            return None
        rest = rest[len(syllable) :]
    return None


def _one_by_one(piece: str) -> Any:
    """pypinyin takes a list for as many readings, and its annotation says str."""
    return list(piece)


def _readings(text: str) -> dict[int, str]:
    """The syllable of each character that has one. Runs of other characters stay as one piece."""
    pieces = lazy_pinyin(text, style=Style.NORMAL, errors=_one_by_one)
    folded = (spelt(fold(piece)) for piece in pieces)
    return {place: said for place, said in enumerate(folded) if said.isascii() and said.isalpha()}
