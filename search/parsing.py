"""A reader's query: parsed, bounded, and turned into a query of the index. No database here."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from modelsearch.query import MATCH_NONE, And, Or, Phrase, PlainText, SearchQuery

from core.keys import is_digits
from core.text.chinese import QUERY_CHARACTERS, QUERY_TERMS, runs
from core.text.cleaning import clean
from core.text.pinyin import spelt


_DIGITS = "零一二三四五六七八九"
# A small number that may be part of a name: 双福6小 is 双福六小, but 98.02% and 8660 are figures.
_SMALL = re.compile(r"(?<![\d.,])\d{1,2}(?![\d.,%])")


class Token(NamedTuple):
    """A piece of a query; `kind` is cjk, number or word."""

    kind: str
    text: str

    def index_query(self) -> SearchQuery:
        """Chinese and numbers are matched as they are; a word may be the beginning of a longer one."""
        whole = self.kind == "number" or (self.kind == "cjk" and len(self.text) > 1)
        return Phrase(self.text) if whole else PlainText(self.text)


@dataclass(frozen=True)
class ParsedQuery:
    """A query as it is shown again, whether part of it was cut off, and the variants in which it is searched."""

    text: str
    is_cut: bool = False

    @cached_property
    def words(self) -> list[str]:
        return self.text.split()

    @cached_property
    def variants(self) -> list[tuple[Token, ...]]:
        """The query as typed first, then with small numbers in Chinese, and with pinyin in its plain spelling."""
        typed = _tokens(self.text)
        others = [_tokens(_in_chinese_numerals(self.text)), tuple(_in_plain_spelling(typed))]
        return list(dict.fromkeys(variant for variant in (typed, *others) if variant))

    def index_query(self) -> SearchQuery:
        """The query of the index; MATCH_NONE if there is nothing to search for."""
        parts = [And([token.index_query() for token in variant]) for variant in self.variants]
        return Or(parts) if parts else MATCH_NONE


def parse_query(text: str) -> ParsedQuery:
    """Parse what was typed: at most QUERY_CHARACTERS characters and QUERY_TERMS words count."""
    words = "".join(" " if _is_strange(character) else character for character in clean(text[:4096])).split()
    kept = " ".join(words[:QUERY_TERMS])[:QUERY_CHARACTERS].rstrip()
    return ParsedQuery(kept, is_cut=len(text) > 4096 or kept != " ".join(words))


def _is_strange(character: str) -> bool:
    """Control characters, and what no font has."""
    return unicodedata.category(character) in {"Cc", "Cn", "Co"}


def _tokens(text: str) -> tuple[Token, ...]:
    return tuple(Token("number" if is_digits(piece) else kind, piece) for kind, piece in runs(text)[:QUERY_TERMS])


def _in_chinese_numerals(text: str) -> str:
    """Small numbers in a word with Chinese, in Chinese: '双福6小 8660' -> '双福六小 8660'."""
    return " ".join(
        _SMALL.sub(lambda found: _numeral(int(found.group())), word) if _has_chinese(word) else word
        for word in text.split()
    )


def _has_chinese(word: str) -> bool:
    return any(kind == "cjk" for kind, _piece in runs(word))


def _numeral(number: int) -> str:
    """0 to 99: 6 -> 六, 12 -> 十二, 20 -> 二十."""
    tens, ones = divmod(number, 10)
    before = "十" if tens == 1 else f"{_DIGITS[tens]}十" if tens else ""
    return before + (_DIGITS[ones] if ones or not tens else "")


def _in_plain_spelling(variant: tuple[Token, ...]) -> Iterator[Token]:
    for token in variant:
        yield Token(token.kind, spelt(token.text)) if token.kind == "word" else token
