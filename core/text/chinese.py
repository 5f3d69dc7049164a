"""Chinese text: tokens for search.

Databases find words by the spaces between them and Chinese has none, so both sides of a search are rewritten
here: `index_tokens` what is stored, `query_tokens` what is asked. Sources of the rules:

* overlapping pairs of characters are the CJK bigrams of Lucene (and so of Elasticsearch and OpenSearch), here too
  for Chinese characters, kana and Hangul; single characters are stored beside them, for queries of one character;
* compatibility forms and case: Unicode Standard Annex 15 (NFKC) and `str.casefold`;
* traditional to simplified: OpenCC's `t2s`, one character at a time. Its phrases are left out on purpose: they
  would make a character's form depend on its neighbours, and part of a text would no longer be found in it.

All functions are pure, take any string (also NUL and lone surrogates) and need time linear in its length.
"""

import re
import unicodedata

from .cleaning import without_ignorable
from .converters import converter
from .scripts import CJK, HAN_CHARACTERS, LANGUAGE_MARKS


QUERY_CHARACTERS = 200
QUERY_TERMS = 20

DOTS = r"\u00b7\u2022\u2027\u2219\u22c5\u30fb\uff65"
# A dot in a name says nothing: 源·活 is 源活. Between words of other scripts it parts them, as a blank does.
DOT_IN_NAME = re.compile(rf"(?<=[{CJK}])[{DOTS}](?=[{CJK}])")
# Accents of Latin, Greek and Cyrillic; Arabic vowel signs and the tatweel. Not the kana's voicing marks.
_MARKS = re.compile(r"[\u0300-\u036f\u0640\u064b-\u065f\u0670]")
_TOKEN = re.compile(
    rf"(?P<cjk>[{CJK}]+(?:[{DOTS}][{CJK}]+)*)"
    r"|(?P<number>\d{1,3}(?:,\d{3})+(?:\.\d+)?(?!\d)|\d+\.\d+)"
    rf"|(?P<word>[^\W_{CJK}{LANGUAGE_MARKS}]+)"
)
# Characters that OpenCC's phrases tell apart and its single characters do not: 答覆 is 答复, 瞭解 is 了解.
_SAME = dict(zip("覆瞭藉著馀锺沈甦彷钜衞枱", "复了借着余钟沉苏仿巨卫台", strict=True))


def fold(text: str) -> str:
    """One spelling for what a reader takes for the same text: the spelling that is compared.

    Full-width forms, case, accents, traditional characters and other scripts' digits are folded, NUL and what is
    invisible are dropped: '學位８６６０' -> '学位8660', 'École' -> 'ecole'. Folding twice changes nothing, and a part of a
    text folds to a part of the folded text. For comparing only: the length may change.
    """
    plain = unicodedata.normalize("NFKD", without_ignorable(text)).casefold()
    bare = _MARKS.sub("", unicodedata.normalize("NFKD", plain))
    return unicodedata.normalize("NFC", bare).translate(_FOLDED)


def simplified(text: str) -> str:
    """Traditional characters as simplified ones, one for one, all else as it is: '學校 School' -> '学校 School'."""
    return text.translate(_SIMPLIFIED)


def index_tokens(text: str) -> list[str]:
    """The words to store for `text`, joined by spaces: first its reading order, then the other words that find it.

    '新增学位8660个' -> 新增 增学 学位 8660 个 | 新 增 学 位. A number stays whole (98.02, and 1,200 as 1200) with
    its parts among the extras. The first part is contiguous, so phrases can be matched in it.
    """
    ordered: list[str] = []
    extras: dict[str, None] = {}
    for match in _TOKEN.finditer(fold(text)):
        ordered += _ordered(match)
        extras |= dict.fromkeys(_parts(match))
    stored = set(ordered)
    return ordered + [part for part in extras if part not in stored]


def query_tokens(text: str) -> list[str]:
    """The words to look for, in reading order: '學位 8660' -> 学位 8660; empty if `text` says nothing.

    Reads at most QUERY_CHARACTERS characters and returns at most QUERY_TERMS terms: a query's cost is bounded
    here, and beyond about 150 terms the database backends raise RecursionError. Every term stands among the
    `index_tokens` of a text that contains the query, but for a word that the query cuts in two.
    """
    folded = fold(text[:QUERY_CHARACTERS])[:QUERY_CHARACTERS]
    return [token for match in _TOKEN.finditer(folded) for token in _ordered(match)][:QUERY_TERMS]


def runs(text: str) -> list[tuple[str, str]]:
    """The pieces of a text that say something, folded: ('cjk' | 'number' | 'word', piece).

    '學位8,660 New' -> cjk 学位, number 8660, word new
    """
    return [(str(match.lastgroup), _run(match).replace(",", "")) for match in _TOKEN.finditer(fold(text))]


def _run(match: re.Match[str]) -> str:
    return DOT_IN_NAME.sub("", match.group())


def _ordered(match: re.Match[str]) -> list[str]:
    """The tokens of one run, in reading order."""
    run = _run(match)
    if match.lastgroup == "number":
        return [run.replace(",", "")]
    if match.lastgroup == "word" or len(run) == 1:
        return [run]
    return [run[i : i + 2] for i in range(len(run) - 1)]


def _parts(match: re.Match[str]) -> list[str]:
    """Further words that find the run: each character of Chinese, each group of a number's digits."""
    run = _run(match)
    if match.lastgroup == "number":
        return re.split("[.,]", run)
    return list(run) if match.lastgroup == "cjk" else []


class _Folded(dict[int, str]):
    """The folded form of each character, worked out when it is first met."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        if char.isdecimal():
            folded = str(unicodedata.decimal(char))
        else:
            folded = _simplified(char) if re.match(f"[{HAN_CHARACTERS}]", char) else char
        self[code] = folded
        return folded


def _simplified(char: str) -> str:
    """OpenCC's simplified form; converted twice because 薴 becomes 苧, and 苧 becomes 苎."""
    convert = converter("t2s").convert
    simplified = convert(convert(char))
    return _SAME.get(simplified, simplified)


class _Simplified(dict[int, str]):
    """The simplified form of each character, worked out when it is first met."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        self[code] = _simplified(char) if re.match(f"[{HAN_CHARACTERS}]", char) else char
        return self[code]


_FOLDED, _SIMPLIFIED = _Folded(), _Simplified()
