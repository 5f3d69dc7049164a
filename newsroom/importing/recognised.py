"""What the text of a file names that the portal knows: schools, and figures that its numbers may be. Links are made by people,
in the story's form; the report of an import says what will be offered there.

Whoever reads it, only schools and figures that readers may see are among them.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from django.utils import timezone
from django.utils.translation import gettext as _

from core.languages import source_columns
from core.publishing.offers import Paragraph as Words
from core.publishing.offers import Passage
from metrics.matching.finding import Found, likely_in
from metrics.models import Observation
from metrics.rich_text import FigureLinkHandler
from schools.models import SchoolPage
from schools.names import Name, Names, known_names

from .document import Block, Box, Listing, Note, Paragraph, Quote, said
from .story import Fields, Kind, Piece


LINKED = (Kind.TEXT, Kind.LIST, Kind.ASIDE, Kind.NOTE)  # the kinds that become rich texts


@dataclass(frozen=True)
class School:
    """Where the text names a school first, and its name in the portal."""

    passage: Passage
    words: str
    title: str


@dataclass(frozen=True)
class Recognised:
    """`numbers` are those with likely figures."""

    schools: list[School] = field(default_factory=list)
    numbers: list[Found] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.schools or self.numbers)

    @property
    def names(self) -> str:
        """Of the schools, in Chinese as they are."""
        return "、".join(school.title for school in self.schools)


def recognised(fields: Fields) -> Recognised:
    """Five queries at most, however long the text is."""
    texts = [passage for piece in fields.body if piece.kind in LINKED for passage in _passages(piece)]
    today = timezone.localdate()
    names = known_names(today)
    with source_columns():
        numbers = likely_in(texts, names, today, fields.title)
        return Recognised(_schools(texts, names), [each for each in numbers if each.candidates])


def _passages(piece: Piece) -> Iterator[Passage]:
    number = piece.block.place.number
    texts = [piece.text] if piece.words else _texts(piece.block)
    yield from (Passage(str(number), Words(number, "", text, ())) for text in texts if text)


def _texts(block: Block) -> Iterator[str]:
    """The paragraphs of a block, and its items."""
    if isinstance(block, Listing):
        yield from (said(item.words) for item in block.items)
    elif isinstance(block, Box):
        for each in block.blocks:
            yield from _texts(each)
    elif isinstance(block, Paragraph | Quote | Note):
        yield said(block.words)


def _schools(texts: list[Passage], names: Names) -> list[School]:
    first: dict[int, tuple[Passage, Name]] = {}
    for passage in texts:
        for name in names.found_in(passage.text):
            first.setdefault(name.school, (passage, name))
    titles = SchoolPage.objects.readable().in_bulk(list(first)) if first else {}
    return [School(passage, name.words, titles[key].title) for key, (passage, name) in first.items() if key in titles]


def lines_of(found: Recognised) -> Iterator[str]:
    """A line for each school and each number, with its place in the file: one query more."""
    named = _("School: “{words}” ({place}) is {name}")
    for school in found.schools:
        yield named.format(words=school.words, place=school.passage.place, name=school.title)
    likely = [(each, each.candidates[0]) for each in found.numbers]
    keys = {candidate.figure.key for _found, candidate in likely}
    with source_columns():
        rows = Observation.objects.public().with_context().in_bulk(keys) if keys else {}
        labels = {key: FigureLinkHandler.label(row) for key, row in rows.items()}
    agrees = _("Figure: “{words}” ({place}) may be {figure}")
    differs = _("Figure: “{words}” ({place}) is not what the figure says: {figure}")
    for number, candidate in likely:
        if label := labels.get(candidate.figure.key):
            line = agrees if candidate.agrees else differs
            yield line.format(words=number.reading.text, place=number.passage.place, figure=label)
