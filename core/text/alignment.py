"""Which passage of an earlier text became which of a later one, where nothing but their words tells.

Pairs are scored by rapidfuzz's ratio, 0 to 100, and given out one to one, the likest first. Not every pair is scored: as in
the retrieval of near duplicates, a passage is compared with those few with which it shares most of its rare n-grams
(Manning, Raghavan and Schütze, Introduction to Information Retrieval, 19.6). So the work grows with the length of the
texts, not with its square.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from rapidfuzz import fuzz


MAX_COMPARED = 1_000  # characters of a passage that are looked at
MAX_CANDIDATES = 5  # earlier passages with which one is compared
MAX_POSTINGS = 20  # passages with the same n-gram that count: one that is everywhere tells nothing
SHORT = 12  # characters; where there are so few of them, more have to be the same
LEAST, LEAST_OF_SHORT = 50, 75


class Aligned(NamedTuple):
    """`earlier` is the index of the earlier passage, `likeness` 0 to 100."""

    earlier: int
    likeness: float


def align(earlier: Sequence[str], later: Sequence[str]) -> dict[int, Aligned]:
    """{index of a later passage: the earlier one that it has become}, for those that are like one. No passage is used
    twice. Among equally like ones those win that come first."""
    scored = sorted(_scored(earlier, later), key=lambda pair: (-pair[0], pair[2], pair[1]))
    found: dict[int, Aligned] = {}
    taken: set[int] = set()
    for score, old, new in scored:
        if new not in found and old not in taken:
            found[new] = Aligned(old, score)
            taken.add(old)
    return found


def likeness(one: str, other: str) -> float:
    """How like two passages are, 0 to 100; 0 if too little of them is the same to say anything."""
    one, other = one[:MAX_COMPARED], other[:MAX_COMPARED]
    is_short = min(len(one), len(other)) < SHORT
    return fuzz.ratio(one, other, score_cutoff=LEAST_OF_SHORT if is_short else LEAST)


def _scored(earlier: Sequence[str], later: Sequence[str]) -> Iterator[tuple[float, int, int]]:
    places: dict[str, list[int]] = defaultdict(list)
    for old, text in enumerate(earlier):
        for gram in _grams(text):
            places[gram].append(old)
    for new, text in enumerate(later):
        for old in _candidates(_grams(text), places):
            if score := likeness(earlier[old], text):
                yield score, old, new


def _candidates(grams: set[str], places: dict[str, list[int]]) -> list[int]:
    """Those that share the rarest n-grams; if none is rare, the first of those that share any."""
    known = [places[gram] for gram in sorted(grams) if gram in places]
    rare = [found for found in known if len(found) <= MAX_POSTINGS]
    weights: Counter[int] = Counter()
    for found in rare or known:
        for old in found[:MAX_POSTINGS]:
            weights[old] += 60 // len(found) + 1  # whole numbers: the same order everywhere
    return [old for old, _weight in weights.most_common(MAX_CANDIDATES)]


def _grams(text: str) -> set[str]:
    """Pairs of neighbouring characters; of a single one, itself."""
    text = text[:MAX_COMPARED]
    return {text[at : at + 2] for at in range(len(text) - 1)} or {text}
