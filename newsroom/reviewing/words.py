"""Which whole words were changed in a Chinese text, and whether one of them was only mistyped.

What is typed by pinyin and comes out wrong sounds alike (帐号 for 账号), or is no word (学牛 for 学生). So a change is refused

* if one word of the dictionary takes the place of another that does not sound alike (开展, 取消; 建, 拆), or several
  characters do;
* if it is a word of the `vocabulary`, and what stood or stands in its place is a word, too, or nothing;
* if it is a name: what the segmenter takes for one anywhere in the story counts wherever it stands.

Texts are in simplified characters. What is refused takes its full review, so there is no harm in a word too many.
"""

import re
from collections.abc import Container, Iterable
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import pairwise, zip_longest
from typing import NamedTuple

import rjieba

from core.text.pinyin import sound_alike
from core.text.scripts import HAN_CHARACTERS

from ..importing.bylines import COMPOUND, SURNAMES
from .vocabulary import Listed, listed


_HAN = re.compile(f"[{HAN_CHARACTERS}]+")
_PERSON, _OTHERS = "nr", ("ns", "nt")  # tags: of people; of places and bodies
_AFTER_NAMES = frozenset("的地得了着过们在和与对向是也都就还很又不说获")
_FAMILIAR = re.compile(f"[小老阿][{''.join(sorted(SURNAMES))}]")  # 老张


class Change(NamedTuple):
    """What stood at old[a:b] became new[c:d]."""

    a: int
    b: int
    c: int
    d: int


def replaced(old: str, new: str) -> str:
    """The word that is another one now, as it is in the new text, or in the old one; "" if there is none."""
    changes = _changes(old, new)
    return _of_vocabulary(old, new, changes) or next(filter(None, (_of_change(old, new, each) for each in changes)), "")


@lru_cache(maxsize=64)
def names_in(text: str) -> frozenset[str]:
    """What the segmenter takes for names of people, places and bodies. Of people, those that begin with a common surname,
    and longer ones of foreigners."""
    tagged = rjieba.tag(text)
    people = {word for word, tag in tagged if tag.startswith(_PERSON) and (word[0] in SURNAMES or len(word) > 2)}
    others = {word for word, tag in tagged if tag.startswith(_OTHERS) and rjieba.has_word(word)}
    cut = {one + other for (one, _tag), (other, _its) in pairwise(tagged) if _is_cut(one, other, people)}
    return frozenset(word for word in people | others | cut if len(word) > 1) | frozenset(_FAMILIAR.findall(text))


def _is_cut(one: str, other: str, people: Container[str]) -> bool:
    """Whether both are one name: 林知|远, 石|俊杰, 欧阳|娜娜."""
    begins = one in COMPOUND or one[0] in SURNAMES
    if not begins or other in _AFTER_NAMES or not _HAN.fullmatch(other):
        return False
    return len(one + other) <= (4 if one in COMPOUND else 3) and (one in people or other in people or one in COMPOUND)


def _changes(old: str, new: str) -> list[Change]:
    blocks = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    return [Change(a, b, c, d) for kind, a, b, c, d in blocks if kind != "equal"]


# Words of the dictionary ---------------------------------------------------------------------------


@lru_cache(maxsize=64)
def _words(text: str) -> tuple[tuple[str, int], ...]:
    """(word, where it begins): words of the dictionary, and single characters."""
    found, place = [], 0
    for word in rjieba.cut(text, False):
        found.append((word, place))
        place += len(word)
    return tuple(found)


def _at(text: str, start: int, end: int) -> list[str]:
    """The words of Chinese that lie at these places, be it in part."""
    return [
        word
        for word, place in _words(text)
        if place < max(end, start + 1) and place + len(word) > start and _HAN.fullmatch(word)
    ]


def _of_change(old: str, new: str, change: Change) -> str:
    """Of what took the place of something; what is lacking, or stands there twice, may be mended."""
    a, b, c, d = change
    unlike = _unlike(old[a:b], new[c:d])
    if a == b or c == d or not unlike:
        return ""
    gone, added = _at(old, a, b), _at(new, c, d)
    if unlike > 1 and added:
        return max(added, key=len)
    if any(len(word) > 1 for word in gone) and any(len(word) > 1 for word in added):
        return max(added, key=len)
    is_one_for_one = len(gone) == len(added) == 1 and len(gone[0]) == len(added[0]) == 1
    return added[0] if is_one_for_one else ""


def _unlike(gone: str, added: str) -> int:
    """How many Chinese characters are not those that sound alike, of the longer text."""
    pairs = zip_longest(*("".join(_HAN.findall(text)) for text in (gone, added)), fillvalue="")
    return sum(not sound_alike(*pair) for pair in pairs)


# Words of the vocabulary ---------------------------------------------------------------------------


def _of_vocabulary(old: str, new: str, changes: list[Change]) -> str:
    before, now = listed(old), listed(new)
    matcher = SequenceMatcher(None, [each.word for each in before], [each.word for each in now], autojunk=False)
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind == "replace":
            return now[c].word
        if kind == "delete" and (found := _not_mistyped(before[a:b], new, changes)):
            return found
        if kind == "insert" and (found := _not_mistyped(now[c:d], old, [Change(c, d, a, b) for a, b, c, d in changes])):
            return found
    return ""


def _not_mistyped(found: Iterable[Listed], other: str, changes: list[Change]) -> str:
    """The first of these words in whose place the other text has a word, too, or no more or fewer characters."""
    for word, start, end in found:
        there = _in_place_of(start, end, other, changes)
        if len(there) != end - start or any(len(each) > 1 for each in rjieba.cut(there, False)):
            return word
    return ""


def _in_place_of(start: int, end: int, other: str, changes: list[Change]) -> str:
    """What the other text has where one text has the characters from `start` to `end`."""
    return other[_place(start, changes) : _place(end, changes)]


def _place(place: int, changes: list[Change]) -> int:
    """Of the other text; within what was changed, as far from its beginning, if that is as long."""
    shift = 0
    for a, b, c, d in changes:
        if place < a or (place == a and a == b):
            break
        if place < b:
            return c + min(place - a, d - c)
        shift = d - b
    return place + shift
