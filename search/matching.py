"""Where a query is found in a text. Pure functions on strings."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import pairwise

from core.text.chinese import CJK, DOT_IN_NAME, fold
from core.text.pinyin import span, syllables

from .parsing import Token


Span = tuple[int, int]
_IGNORED = re.compile(rf"(?<=\d),(?=\d{{3}})|{DOT_IN_NAME.pattern}")  # the comma of 8,660 and the dot of 源·活
SHORT = 300  # characters
_BEFORE_WORD, _BEFORE_NUMBER, _AFTER_NUMBER = rf"(?<![^\W_{CJK}])", r"(?<!\d)", r"(?!\d)"


class _Characters(dict[int, str]):
    """The folded form of each character, worked out when it is first met; `odd` are those whose form is not one character."""

    def __init__(self) -> None:
        super().__init__()
        self.odd: set[str] = set()

    def __missing__(self, code: int) -> str:
        folded = fold(chr(code))
        if len(folded) != 1:
            self.odd.add(chr(code))  # first: another thread asks nothing about a form that is there
        self[code] = folded
        return folded


_CHARACTERS = _Characters()


@lru_cache(maxsize=4096)
def _folded_name(text: str) -> str:
    return _IGNORED.sub("", fold(text))


@dataclass(frozen=True)
class Text:
    """A text, as it is printed and as it is compared."""

    printed: str

    @cached_property
    def folded(self) -> str:
        """Names and the like, which are short, are asked for again and again."""
        return _folded_name(self.printed) if len(self.printed) <= SHORT else _IGNORED.sub("", fold(self.printed))

    @cached_property
    def _places(self) -> tuple[str, Sequence[int]]:
        """The folded text, made character by character, and where each of its characters comes from."""
        whole = self.printed.translate(_CHARACTERS)
        if _CHARACTERS.odd.isdisjoint(self.printed) and not _IGNORED.search(self.printed):
            return whole, range(len(whole))
        pieces, places = [], []
        for place, character in enumerate(self.printed):
            if _IGNORED.match(self.printed, place):
                continue
            folded = _CHARACTERS[ord(character)]
            pieces.append(folded)
            places += [place] * len(folded)
        return "".join(pieces), places

    def spans(self, variant: Sequence[Token]) -> list[Span]:
        """Where the query is found in the printed text: all of it together, else each of its tokens."""
        folded, places = self._places
        whole = [match.span() for match in pattern(tuple(variant)).finditer(folded)]
        found = whole or [match.span() for token in variant for match in pattern((token,)).finditer(folded)]
        return merge((places[start], places[end - 1] + 1) for start, end in found)


@lru_cache(maxsize=512)
def pattern(variant: tuple[Token, ...]) -> re.Pattern[str]:
    """Finds the tokens one after the other in a folded text, with at most three signs between two of them.

    Words are found from their beginning, numbers whole: 98 is found in 98.02, not in 1998.
    """
    parts = [_piece(token) for token in variant]
    gaps = [r"[\W_]{1,3}" if "cjk" not in (a.kind, b.kind) else r"[\W_]{0,3}" for a, b in pairwise(variant)]
    return re.compile(parts[0] + "".join(gap + part for gap, part in zip(gaps, parts[1:], strict=True)))


def _piece(token: Token) -> str:
    text = re.escape(token.text)
    if token.kind == "cjk":
        return text
    return _BEFORE_NUMBER + text + _AFTER_NUMBER if token.kind == "number" else _BEFORE_WORD + text


def as_pinyin(variant: Sequence[Token]) -> str:
    """The query as one word of pinyin letters: 'shuang fu' -> shuangfu; empty if it is not one."""
    typed = "".join(token.text for token in variant)
    return typed if typed.isascii() and typed.isalpha() else ""


def pinyin_spans(name: str, variant: Sequence[Token]) -> list[Span]:
    """Where the query is found in a name that it spells in pinyin: all of it together, else each of its words."""
    typed = as_pinyin(variant)
    whole = span(name, typed) if typed else None
    if whole:
        return [whole]
    words = [token.text for token in variant if token.kind == "word" and token.text.isascii() and token.text.isalpha()]
    return merge(found for found in (span(name, word) for word in words) if found)


def is_pinyin_of(name: str, typed: str) -> bool:
    """Whether the letters are the whole name, in pinyin or by at least two initials."""
    if not typed:
        return False
    said = [syllable for _place, syllable in syllables(name)]
    initials = "".join(syllable[0] for syllable in said)
    return typed == "".join(said) or (len(typed) > 1 and typed == initials)


def merge(spans: Iterable[Span]) -> list[Span]:
    """In order, overlapping and touching ones as one."""
    result: list[Span] = []
    for start, end in sorted(spans):
        if result and start <= result[-1][1]:
            result[-1] = (result[-1][0], max(end, result[-1][1]))
        else:
            result.append((start, end))
    return result
