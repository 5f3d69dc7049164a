"""Simplified Chinese written in traditional characters, as readers in Hong Kong or in Taiwan write them.

One simplified character may stand for several traditional ones (发 is 發 or 髮, 里 is 裏 or 里), and which one depends
on the word. OpenCC knows the words but looks for them anywhere: it finds 生发 (生髮) in 学生发展. The text is therefore
first cut into words (jieba), and each is converted by itself; single characters that are left over are converted
together, since OpenCC knows words that jieba does not. Our own words (`data/traditional.tsv`) and the rules of
`traditional_rules` come before OpenCC's. How this was chosen and measured: docs/adr/0011.
"""

import re
from collections.abc import Iterator, Mapping
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import NamedTuple

import rjieba

from . import traditional_rules as rules
from .converters import converter
from .quotations import CORNERS, FURTHER_IN
from .scripts import HAN_CHARACTERS
from .tags import map_text


WORDS = Path(__file__).parent / "data" / "traditional.tsv"
# In jieba's dictionary, though they hide the words in them: 感谢于老师和范老师, 他系上围裙, 能干的事.
_NO_WORDS = ["和范", "感于", "请于", "见于", "他系", "干的事", "上一年级"]
_BREAK = "\x1f"  # no word of OpenCC reaches across it
_NEAR = 12  # characters on either side that the rules look at
_HAN = re.compile(f"[{HAN_CHARACTERS}]")
_LETTER = re.compile("[A-Za-z]")
# OpenCC's forms for Hong Kong are those of a table of glyphs; people type and search for these, as in Taiwan.
_AS_TYPED = str.maketrans(
    "説税温户閲悦鋭脱兑藴醖卧敍啓羣峯牀麪葱鈎粧愠榅蜕媪汙豔溼巖",
    "說稅溫戶閱悅銳脫兌蘊醞臥敘啟群峰床麵蔥鉤妝慍榲蛻媼污艷濕岩",
)
# Taiwan's Revised Handbook of Punctuation (2008): corner brackets, double ones for what stands within. Beside Latin
# letters a single mark may be an apostrophe: there it is one of a pair, or it stays.
_QUOTES = str.maketrans("“”", "「」")
_CLOSING = {"“": "”", "「": "」", "『": "』"}
_QUOTES_ALONE = {"“": "「", "「": "「", "『": "『"}
_QUOTES_WITHIN = {
    pair[1]: FURTHER_IN[pair][0] for pair in CORNERS
}  # by the bracket that ends the quotation around them
_MARK = re.compile("[“”「」『』]")
_SINGLE = [
    (re.compile("‘((?:[^‘’]|(?<=[A-Za-z])’(?=[A-Za-z]))*)’"), r"『\1』"),
    (re.compile("(?<![A-Za-z])‘(?![A-Za-z])"), "『"),
    (re.compile("(?<![A-Za-z])’(?![A-Za-z0-9])"), "』"),
]
# Both are right; this is what ministries and newspapers of both regions print.
_PLAINER = [(re.compile("(?<=[公發宣分頒散])佈"), "布"), (re.compile("瞭(?=解)"), "了")]


class Standard(StrEnum):
    """Whose forms of the characters."""

    HONG_KONG = "hk"
    TAIWAN = "tw"

    @property
    def locale(self) -> str:
        """As Open Graph names it: 'zh_HK'."""
        return f"zh_{self.upper()}"


class Phrases:
    """Words that are written as given wherever they stand; the longest that fits wins."""

    def __init__(self, pairs: Mapping[str, str] | None = None) -> None:
        self.pairs = dict(pairs or {})
        self._by_start: dict[str, list[str]] = {}
        for phrase in sorted(filter(None, self.pairs), key=len, reverse=True):
            self._by_start.setdefault(phrase[0], []).append(phrase)

    def pieces(self, text: str) -> Iterator[tuple[str, str | None]]:
        """(piece, how it is written or None) in the order of the text."""
        begun = at = 0
        while at < len(text):
            found = next((phrase for phrase in self._by_start.get(text[at], ()) if text.startswith(phrase, at)), None)
            if found is None:
                at += 1
                continue
            if begun < at:
                yield text[begun:at], None
            yield found, self.pairs[found]
            begun = at = at + len(found)
        if begun < len(text):
            yield text[begun:], None


NO_PHRASES = Phrases()


def to_traditional(text: str, standard: Standard = Standard.HONG_KONG, phrases: Phrases = NO_PHRASES) -> str:
    """Simplified to traditional characters, with the quotation marks: '“头发”' -> '「頭髮」'.

    Tags of HTML are left alone, with their attributes: only the text between them changes. A word does not reach
    across a tag, so '头<b>发</b>' is read as two. Quotation marks pair across tags: those within others are 『』.
    """
    written = map_text(text, lambda piece: _text(piece, standard, phrases))
    if "“" not in written and "”" not in written:
        return written
    brackets = _Brackets()
    nested = map_text(written, brackets.instead_of_quotes)
    return nested if brackets.are_in_pairs else map_text(written, lambda piece: piece.translate(_QUOTES))


class _Brackets:
    """Corner brackets for “ and ”, given the pieces of a text one after the other: what stands in 「」 has 『』, and what
    stands in those 「」 again. Of a text whose marks are not in pairs nothing is known: `are_in_pairs` is False then.
    """

    def __init__(self) -> None:
        self._open: list[tuple[str, str]] = []  # (mark that ends the pair, bracket in its place)
        self._is_crossed = False

    @property
    def are_in_pairs(self) -> bool:
        return not self._open and not self._is_crossed

    def instead_of_quotes(self, piece: str) -> str:
        return _MARK.sub(self._bracket, piece)

    def _bracket(self, mark: re.Match[str]) -> str:
        if mark[0] in _CLOSING:
            around = self._open[-1][1] if self._open else ""
            bracket = _QUOTES_WITHIN.get(around) or _QUOTES_ALONE[mark[0]]
            self._open.append((_CLOSING[mark[0]], _CLOSING[bracket]))
            return bracket
        expected, bracket = self._open.pop() if self._open else ("", "")
        self._is_crossed |= expected != mark[0]
        return bracket


def name_to_traditional(name: str, standard: Standard = Standard.HONG_KONG, phrases: Phrases = NO_PHRASES) -> str:
    """A person's name. One of two or three characters begins with its surname: '于伟' -> '于偉'."""
    surname = rules.surname_of(name)
    return surname + to_traditional(name[len(surname) :], standard, phrases)


def is_word(text: str) -> bool:
    """Whether the dictionary has it."""
    return _segmenter().has_word(text)


def words_of(text: str) -> list[str]:
    """The text cut into words, in order: '学生发展' -> 学生 发展."""
    return _segmenter().cut(text, hmm=False)


def words_with(part: str) -> list[str]:
    """Words of the dictionary that are this part and one character before or behind it; the most frequent first."""
    around = [word for char in _common_characters() for word in (char + part, part + char)]
    found = {word for word in around if _segmenter().has_word(word)}
    return sorted(found, key=lambda word: (-_segmenter().suggest_freq(word), word))


def _text(text: str, standard: Standard, phrases: Phrases) -> str:
    """The text between two tags."""
    written = []
    place = 0
    for piece, given in phrases.pieces(text):
        end = place + len(piece)
        if given is None:
            given = _regional(
                _free(piece, text[max(0, place - _NEAR) : place], text[end : end + _NEAR], standard), standard
            )
        written.append(given)
        place = end
    return _with_corner_brackets("".join(written))


def _with_corner_brackets(text: str) -> str:
    """Instead of single quotation marks, which a text in Latin letters alone keeps."""
    if "’" in text or "‘" in text:
        for pattern, brackets in _SINGLE if _HAN.search(text) or not _LETTER.search(text) else []:
            text = pattern.sub(brackets, text)
    return text


def _regional(text: str, standard: Standard) -> str:
    text = text.translate(_variants(standard))
    for pattern, plainer in _PLAINER:
        text = pattern.sub(plainer, text)
    return text


def _free(piece: str, before: str, after: str, standard: Standard) -> str:
    """A piece that stands between these texts, in OpenCC's characters."""
    if not _HAN.search(piece):
        return piece
    whole, place = before + piece + after, len(before)
    written: list[str] = []
    run = ""  # what OpenCC is to convert, with breaks where its words must not reach across
    single = False
    for word in rules.apart(_segmenter().cut(piece, hmm=False)):
        end = place + len(word)
        ours = _our_form(word, whole[max(0, place - _NEAR) : place], whole[end : end + _NEAR], standard)
        if ours is None:
            run += word if single and len(word) == 1 else _BREAK + word
            single = len(word) == 1
        else:
            written += [_opencc(run), ours]
            run, single = "", False
        place = end
    return "".join([*written, _opencc(run)])


def _our_form(word: str, before: str, after: str, standard: Standard) -> str | None:
    """How we write it where OpenCC does not know, or None."""
    if word == _BREAK:
        return word
    if (found := rules.form(word, before, after)) is not None:
        return found
    if (ours := _our_words().get(word)) is not None:
        return ours.in_taiwan if standard == Standard.TAIWAN else ours.in_hong_kong
    if len(word) > 2 and word[0] in rules.NAMED_BY and rules.may_be_name(word) and _kind(word).startswith("nr"):
        return rules.SURNAMES[word[0]] + _opencc(word[1:])
    if "里" in word[1:] and (
        rules.has_mile(word) or (len(word) > 2 and _kind(word) in ("nrt", "ns"))
    ):  # 百里挑一, 佛罗里达
        return _opencc(word).replace("裏", "里")
    return None


def _opencc(run: str) -> str:
    return converter("s2t").convert(run).replace(_BREAK, "") if run else ""


def _kind(word: str) -> str:
    """jieba's part of speech: `nr` a person, `ns` a place, `nrt` a foreign name …"""
    return _segmenter().tag(word)[0][1]


class _Word(NamedTuple):
    in_hong_kong: str
    in_taiwan: str


@cache
def _our_words() -> dict[str, _Word]:
    """The lines of the file: simplified, traditional and, where it differs, traditional in Taiwan."""
    words = {}
    for line in WORDS.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            simplified, traditional, *in_taiwan = line.split("\t")
            words[simplified] = _Word(traditional, in_taiwan[0] if in_taiwan else traditional)
    return words


@cache
def _segmenter() -> rjieba.Jieba:
    """jieba with our words. Loading its dictionary takes a tenth of a second: once per process, when first needed."""
    segmenter = rjieba.Jieba()
    for word in _NO_WORDS:
        segmenter.add_word(word, 0, "x")
    for word in _our_words():
        if len(word) > 1 and not segmenter.has_word(word):
            segmenter.add_word(word, segmenter.suggest_freq(word), "x")
    return segmenter


@cache
def _common_characters() -> tuple[str, ...]:
    """The 6,763 characters of GB 2312."""
    rows = (bytes([row, cell]) for row in range(0xB0, 0xF8) for cell in range(0xA1, 0xFF))
    return tuple(char for pair in rows if (char := pair.decode("gb2312", "ignore")))


@cache
def _variants(standard: Standard) -> dict[int, str]:
    """OpenCC's character -> the region's, where they differ."""
    everything = "".join(map(chr, range(0x4E00, 0xA000)))
    regional = converter(f"t2{standard}").convert(_BREAK.join(everything)).split(_BREAK)
    typed = [char.translate(_AS_TYPED) for char in regional]
    return {ord(char): form for char, form in zip(everything, typed, strict=True) if char != form}
