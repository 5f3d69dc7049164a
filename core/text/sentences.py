"""Where sentences end, in Chinese and in other languages."""

import re
from bisect import bisect_left, bisect_right
from functools import lru_cache
from itertools import pairwise


# A sentence ends behind one of these, with the closing marks that follow; a Latin full stop only before a space.
END = re.compile(r"(?<=[。！？；!?])(?![”』」）])|(?<=[。！？][”』」）])|(?<=[.!?؟])(?=\s)")


def sentence_at(text: str, start: int, end: int) -> tuple[int, int]:
    """From where to where the sentence stands, or the sentences, that hold what is from `start` to `end`."""
    places = _places(text)
    return places[bisect_right(places, start) - 1], places[min(bisect_left(places, end), len(places) - 1)]


def split_sentences(text: str) -> list[tuple[int, int]]:
    """Each sentence, from where to where."""
    places = _places(text)
    return [(start, end) for start, end in pairwise(places) if start < end]


@lru_cache(512)
def _places(text: str) -> tuple[int, ...]:
    """Where sentences begin and end: asked again for each number of a paragraph."""
    return (0, *(found.start() for found in END.finditer(text)), len(text))
