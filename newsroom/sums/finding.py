"""All sums of a paragraph that do not come out."""

from .amounts import Wrong, sentences
from .growth import wrong_growth
from .shares import wrong_shares
from .totals import wrong_totals


def wrong_sums(paragraph: str) -> list[Wrong]:
    """In the order of the paragraph."""
    found: list[Wrong] = []
    known = list(sentences(paragraph))
    for number, sentence in enumerate(known):
        if len(sentence.amounts) > 1:
            found += [*wrong_growth(sentence), *wrong_totals(sentence)]
        if sentence.amounts:
            found += wrong_shares(sentence, known[: number + 1])
    return sorted(set(found), key=lambda each: (each.start, each.end))
