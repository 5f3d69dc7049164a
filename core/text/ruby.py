"""Pinyin above the characters of a text: <ruby>学<rt>xué</rt>校<rt>xiào</rt></ruby>.

A character's reading depends on its word (重庆 chóngqìng, 重要 zhòngyào), so a run of characters is first parted into
words: the longest that the dictionary of phrases holds, from the end of the run backwards. From the end errs less
than from the start: 小学校长 is 小学 and 校长, not 小学校 and 长. Readings are pypinyin's but for `OWN`. Traditional
characters are read as the simplified words they stand for. All functions are pure.
"""

import re
from functools import lru_cache

from pypinyin import Style, lazy_pinyin
from pypinyin.constants import PHRASES_DICT

from ..languages import SOURCE
from .chinese import HAN_CHARACTERS
from .converters import converter
from .tags import Piece, pieces


LANGUAGES = (SOURCE, "zh-hant")
LONGEST_WORD = 8
OVER = '<rp>(</rp><rt aria-hidden="true">{}</rt><rp>)</rp>'
# Words of education news that pypinyin has not got, or reads otherwise.
OWN = {
    word: said.split()
    for word, said in {
        "长达": "cháng dá",
        "长效": "cháng xiào",
        "园长": "yuán zhǎng",
        "江津": "jiāng jīn",
        "教育": "jiào yù",
        "教育局": "jiào yù jú",
        "学生": "xué shēng",
        "小学": "xiǎo xué",
        "中学": "zhōng xué",
        "高中": "gāo zhōng",
        "上好学": "shàng hǎo xué",
        "一只": "yī zhī",
        "得到": "dé dào",
        "得分": "dé fēn",
        "得奖": "dé jiǎng",
        "得以": "dé yǐ",
        "得出": "dé chū",
        "得主": "dé zhǔ",
        "得益": "dé yì",
        "评为": "píng wéi",
        "称为": "chēng wéi",
        "名为": "míng wéi",
        "定为": "dìng wéi",
        "设为": "shè wéi",
        "改为": "gǎi wéi",
        "列为": "liè wéi",
        "分为": "fēn wéi",
        "率为": "lǜ wéi",
        "各地": "gè dì",
        "征地": "zhēng dì",
        "绿地": "lǜ dì",
        "营地": "yíng dì",
    }.items()
}
# Tones are written as the character has them alone, not as they change in speech (GB/T 16159-2012).
_ALONE = {("一", "yí"): "yī", ("一", "yì"): "yī", ("不", "bú"): "bù"}
_RUN = re.compile(f"[{HAN_CHARACTERS}]+")
# No reader of pinyin needs it there, or it would break what is drawn, run or counted.
_LEFT_ALONE = {"svg", "template", "textarea", "select", "title", "ruby", "code", "time", "data"}


def annotated(html: str, code: str) -> str:
    """`html` with pinyin over the Chinese text between its tags; tags and their attributes stay as they are.

    `code` is the language of the text, one of LANGUAGES.
    """
    written: list[str] = []
    closes: list[str] = []  # the names of the open elements, from the outermost that is left alone on
    for piece in pieces(html):
        _step(piece, closes)
        is_read = piece.is_text and not closes
        written.append(_RUN.sub(lambda run: _ruby(run[0], code != SOURCE), piece.raw) if is_read else piece.raw)
    return "".join(written)


def readings(run: str) -> list[str]:
    """The syllable of each character of a run of simplified ones: '校长' -> xiào zhǎng; '' where there is none."""
    parts = words(run)
    found: list[str] = []
    for place, word in enumerate(parts):
        said = OWN.get(word) or lazy_pinyin([word], style=Style.TONE)
        if _is_particle(word, parts[place - 1] if place else "", parts[place + 1 :]):
            said = ["de"]
        found += said
    alone = [_ALONE.get(pair, pair[1]) for pair in zip(run, found, strict=True)]
    return ["" if _RUN.match(syllable) else syllable for syllable in alone]


def words(run: str) -> list[str]:
    """A run of Chinese characters as words, the longest from its end: '小学校长' -> 小学 校长."""
    parts, end = [], len(run)
    while end:
        longest = range(max(0, end - LONGEST_WORD), end - 1)
        start = next((s for s in longest if run[s:end] in OWN or run[s:end] in PHRASES_DICT), end - 1)
        parts.append(run[start:end])
        end = start
    return parts[::-1]


def _is_particle(word: str, before: str, after: list[str]) -> bool:
    """跑得快, 高兴地说: between a verb and what is said of it."""
    return (word == "得" and before != "") or (word == "地" and len(before) > 1 and bool(after))


def _step(piece: Piece, closes: list[str]) -> None:
    """Keep `closes` in step with one piece of the source."""
    if piece.is_end and piece.name in closes:
        while closes.pop() != piece.name:
            pass
    elif piece.is_start and not piece.is_empty and (closes or _is_left_alone(piece)):
        closes.append(piece.name)


def _is_left_alone(tag: Piece) -> bool:
    language = tag.attributes.get("lang", "") if "lang" in tag.raw.lower() else ""
    is_told = tag.name == "time" and "title=" in tag.raw  # words, not a date in digits
    return (tag.name in _LEFT_ALONE and not is_told) or (language != "" and not language.lower().startswith("zh"))


@lru_cache(maxsize=4096)
def _ruby(run: str, traditional: bool) -> str:
    """A run of characters with a syllable over each; programs that read aloud say the characters only."""
    simplified = converter("t2s").convert(run) if traditional else run
    said = readings(simplified if len(simplified) == len(run) else run)
    pairs = zip(run, said, strict=True)
    return f"<ruby>{''.join(character + OVER.format(syllable) for character, syllable in pairs)}</ruby>"
