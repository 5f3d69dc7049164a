"""The sentences of stories that cite a figure, for the figure's page."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import islice, pairwise
from typing import NamedTuple

from django.db.models import QuerySet
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from core.languages import content_language, reading
from core.queries.prepared import prepared
from core.rendering.rich_text import with_words
from core.rendering.walking import rich_texts
from core.text.sentences import split_sentences
from core.text.tags import Piece, paragraphs, text_of
from metrics.mentions import Mention

from .models import StoryObservation, StoryPage


MOST_STORIES, MOST_SENTENCES = 20, 3
Span = tuple[int, int]
Sentence = tuple[str, SafeString]  # the address of its passage, and its markup


class Passage(NamedTuple):
    """A paragraph that cites a figure: where it stands, and its inner markup."""

    story: StoryPage
    address: str
    html: str


def find_mentions(observations: Iterable[int], language: str) -> list[Mention]:
    """The newest stories of the language that cite one of these figures, with up to three sentences each.

    One query, and one more for each kind of link that stands in the sentences without words of its own.
    """
    known = list(observations)
    ids = set(map(str, known))
    with reading(language):
        found = list(_stories_that_cite(known))
        sentences = _sentences([each for story in found for each in islice(_passages(story, ids), MOST_SENTENCES)], ids)
    return [Mention(story, sentences[story.pk][:MOST_SENTENCES]) for story in found]


@prepared
def _stories_that_cite(observations: Iterable[int]) -> QuerySet:
    """The newest stories in the language that is read that cite one of these figures, with their texts."""
    cited = StoryObservation.objects.filter(observation__in=observations).values("story")
    stories = StoryPage.objects.readable().without_aliases().in_language(content_language()).filter(pk__in=cited)
    return stories.newest_first().defer_other_languages()[:MOST_STORIES]


def _passages(story: StoryPage, ids: set[str]) -> Iterator[Passage]:
    for found in rich_texts(story.body):
        for paragraph in paragraphs(found.raw):
            if any(_cites(piece, ids) for piece in paragraph):
                yield Passage(story, f"{story.url}#{found.anchor}", "".join(piece.raw for piece in paragraph))


def _sentences(passages: list[Passage], ids: set[str]) -> dict[int, list[Sentence]]:
    """{key of a story: its sentences}. The passages are joined so that what they link to is loaded at once."""
    found: dict[int, list[Sentence]] = defaultdict(list)
    worded = paragraphs(with_words("<p>".join(passage.html for passage in passages)))
    for passage, paragraph in zip(passages, worded, strict=True):
        found[passage.story.pk] += [(passage.address, sentence) for sentence in _marked(*_read(paragraph, ids))]
    return found


def _cites(piece: Piece, ids: set[str]) -> bool:
    if piece.name != "a" or not piece.is_start:
        return False
    attributes = piece.attributes
    return attributes.get("linktype") == "figure" and attributes.get("id") in ids


def _read(paragraph: list[Piece], ids: set[str]) -> tuple[str, list[Span]]:
    """What a reader sees of a paragraph, and where in it the words of the links to one of the figures stand."""
    text, begun = "", None
    links: list[Span] = []
    for piece in paragraph:
        text += text_of(piece)
        if piece.name == "a" and piece.is_start:
            begun = len(text) if _cites(piece, ids) else None
        elif piece.name == "a" and begun is not None:
            links += [(begun, len(text))] if begun < len(text) else []
            begun = None
    return text, links


def _marked(text: str, links: list[Span]) -> Iterator[SafeString]:
    """The sentences with a link in them, its words marked."""
    for start, end in split_sentences(text):
        within = [(max(first, start), min(last, end)) for first, last in links if first < end and last > start]
        if within:
            yield _with_marks(text, start, end, within)


def _with_marks(text: str, start: int, end: int, links: list[Span]) -> SafeString:
    """The sentence from `start` to `end`, without the blanks around it, escaped."""
    sentence = text[start:end]
    start += len(sentence) - len(sentence.lstrip())
    ends = [start, *(place for link in links for place in link), start + len(sentence.strip())]
    parts = [text[first:last] for first, last in pairwise(ends)]
    marked = [format_html("<mark>{}</mark>", part) if number % 2 else part for number, part in enumerate(parts)]
    return format_html_join("", "{}", ((each,) for each in marked))
