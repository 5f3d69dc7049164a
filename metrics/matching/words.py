"""Whether a text speaks of what a metric is called: by the pairs of characters that they share, for no text says
新增公办中小学学位数 in full."""

import re
from functools import lru_cache


# What names of metrics end in or hold, and sentences do not say.
_FILLING = re.compile(r"[（(].*?[）)]|人数|总数|数量|年数|金额|占比|比例|情况|[数率额的]\Z")
_HAN = re.compile(r"[\u4e00-\u9fff]+|[A-Za-z0-9]+")


@lru_cache(4096)
def grams(words: str) -> frozenset[str]:
    """The pairs of characters of a name; of a name of one character, itself."""
    said = _FILLING.sub("", words) or words
    return frozenset(gram for run in _HAN.findall(said) for gram in _pairs(run))


def share(words: str, text: str) -> float:
    """How much of a name a text says, from 0 to 1."""
    wanted = grams(words)
    return sum(gram in text for gram in wanted) / len(wanted) if wanted else 0.0


def _pairs(run: str) -> list[str]:
    return [run[at : at + 2] for at in range(len(run) - 1)] or [run]
