"""How long a text takes to read.

Rates of silent reading: about 238 words a minute in English (Brysbaert, “How many words do we read per minute?”,
2019, a review of 190 studies), about 260 in his Chinese studies, which is some 390 characters. Both are rounded.
"""

import re
from math import ceil

from .tags import plain


CHARACTERS_A_MINUTE = 400
WORDS_A_MINUTE = 240
CHARACTER = re.compile(r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff]")
WORD = re.compile(r"[^\W_]+(?:['’.,-][^\W_]+)*")


def minutes(html: str) -> int:
    """Whole minutes, one at least. Han characters and kana are counted one by one, everything else in words."""
    text = plain(html)
    characters = len(CHARACTER.findall(text))
    words = len(WORD.findall(CHARACTER.sub(" ", text)))
    return max(1, ceil(characters / CHARACTERS_A_MINUTE + words / WORDS_A_MINUTE))
