"""What the text of a file names that the portal knows: schools, and figures that its numbers may be. Links are made by people,
in the story's form; the report of an import says what will be offered there."""

from collections.abc import Iterator

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

from .document import Listing, said
from .story import Fields, Kind, Piece


LINKED = (Kind.TEXT, Kind.LIST, Kind.ASIDE, Kind.NOTE)  # the kinds that become rich texts


def recognised(fields: Fields) -> list[str]:
    """A line for each school, where it is named first, and for each number that may be a figure, with its place in the file:
    six queries at most."""
    texts = [passage for piece in fields.body if piece.kind in LINKED for passage in _passages(piece)]
    today = timezone.localdate()
    names = known_names(today)
    with source_columns():
        numbers = likely_in(texts, names, today, fields.title)
        return [*_schools(texts, names), *_figures(numbers)]


def _passages(piece: Piece) -> Iterator[Passage]:
    number = piece.block.place.number
    items = [said(item.words) for item in piece.block.items] if isinstance(piece.block, Listing) else [piece.text]
    yield from (Passage(str(number), Words(number, "", text, ())) for text in items if text)


def _schools(texts: list[Passage], names: Names) -> Iterator[str]:
    first: dict[int, tuple[Passage, Name]] = {}
    for passage in texts:
        for name in names.found_in(passage.text):
            first.setdefault(name.school, (passage, name))
    schools = SchoolPage.objects.readable().in_bulk(list(first)) if first else {}
    line = _("School: “{words}” ({place}) is {name}")
    for key, (passage, name) in first.items():
        if key in schools:
            yield line.format(words=name.words, place=passage.place, name=schools[key].title)


def _figures(numbers: list[Found]) -> Iterator[str]:
    likely = [(each, each.candidates[0]) for each in numbers if each.candidates]
    keys = {candidate.figure.key for _found, candidate in likely}
    rows = Observation.objects.public().with_context().in_bulk(keys) if keys else {}
    agrees = _("Figure: “{words}” ({place}) may be {figure}")
    differs = _("Figure: “{words}” ({place}) is not what the figure says: {figure}")
    for found, candidate in likely:
        if row := rows.get(candidate.figure.key):
            line = agrees if candidate.agrees else differs
            yield line.format(words=found.reading.text, place=found.passage.place, figure=FigureLinkHandler.label(row))
