"""What is checked of every text without a rule of the editors'."""

import re

from . import hedges, near_words, numbers, punctuation
from .offices import offices
from .slips import Slip, found_by, without_overlaps


PATTERNS = (*punctuation.PATTERNS, *numbers.PATTERNS, *hedges.PATTERNS, *near_words.PATTERNS)


_HAN, _LATIN = re.compile("[\u4e00-\u9fff]"), re.compile("[A-Za-z]")


def slips(text: str) -> list[Slip]:
    """Of one paragraph, in the order of the text. One in another language, with some Chinese names, is left alone."""
    if len(_LATIN.findall(text)) > len(_HAN.findall(text)):
        return []
    return without_overlaps([*found_by(PATTERNS, text), *offices(text)])
