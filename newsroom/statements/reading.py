"""The numbers of a story that say something of a figure."""

from collections.abc import Iterator
from typing import NamedTuple

from core.keys import parse_key
from core.languages import source_columns
from core.publishing.checklist import shared, sharing
from core.publishing.offers import passages
from core.text.sentences import sentence_at
from metrics.matching.finding import Found, likely_figures
from news.models import StoryPage


SURE = 0.7  # of the likelihood of a figure (metrics.matching.ranking): the metric is named near, or the subject and period, too
AHEAD = 0.1  # of the next
LONGEST = 80  # characters of the words of a number


class Said(NamedTuple):
    """`words` of a sentence of the story, and the key of the figure that they are of; `place` is in the form."""

    figure: int
    words: str
    sentence: str
    is_linked: bool
    place: str


def statements(story: StoryPage) -> list[Said]:
    """Those that are linked, in the order of reading, then those that are not and can only be of one figure."""
    with sharing(), source_columns():
        return shared(story, of_draft)


def of_draft(story: StoryPage) -> list[Said]:
    """As `statements`, for checks, which share what they read."""
    unlinked = [_unlinked(each) for each in shared(story, likely_figures)]
    return [*_linked(story), *(each for each in unlinked if each)]


def _linked(story: StoryPage) -> Iterator[Said]:
    for passage in shared(story, passages):
        for link in passage.paragraph.links:
            key, words = parse_key(link.key), passage.text[link.start : link.end].strip()
            if link.kind == "figure" and key is not None and 0 < len(words) <= LONGEST:
                first, last = sentence_at(passage.text, link.start, link.end)
                yield Said(key, words, passage.text[first:last].strip(), is_linked=True, place=passage.place)


def _unlinked(found: Found) -> Said | None:
    if not found.candidates:
        return None
    first, *others = found.candidates
    if first.score < SURE or any(each.score > first.score - AHEAD for each in others):
        return None
    return Said(first.figure.key, found.reading.text, found.sentence, is_linked=False, place=found.passage.place)
