"""How long a text is, and takes to read.

Rates of silent reading: about 238 words a minute in English (Brysbaert, “How many words do we read per minute?”,
2019, a review of 190 studies), about 260 in his Chinese studies, which is some 390 characters. Both are rounded.
"""

import re
from functools import lru_cache
from math import ceil
from typing import NamedTuple

from .tags import plain


CHARACTERS_A_MINUTE = 400
WORDS_A_MINUTE = 240
CHARACTERS = re.compile(r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff]+")
WORD = re.compile(r"[^\W_]+(?:['’.,-][^\W_]+)*")


class Length(NamedTuple):
    """Han characters and kana are counted one by one, everything else in words; no punctuation."""

    characters: int
    words: int

    @property
    def minutes(self) -> int:
        """Whole minutes, one at least."""
        return max(1, ceil(self.characters / CHARACTERS_A_MINUTE + self.words / WORDS_A_MINUTE))


@lru_cache(maxsize=64)  # stories, each in a language, that are asked for most
def length(html: str) -> Length:
    text = plain(html)
    others = CHARACTERS.split(text)
    return Length(len(text) - sum(map(len, others)), len(WORD.findall(" ".join(others))))
