"""The numbers of a page that are linked to no figure, and the figures that they may be."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any

from django.db.models import F, Q, QuerySet

from core.keys import parse_keys
from core.languages import SOURCE, column
from core.models import BasePage
from core.numbers import Reading, counts
from core.publishing.checklist import shared
from core.publishing.offers import Link, Passage, day_of, passages
from core.queries.prepared import prepared
from core.text.absolute_times import Time
from core.text.sentences import sentence_at
from schools.names import Names, names_for

from ..models import Dimension, Metric, Observation
from .ranking import ENOUGH, Candidate, Figure, Surroundings, UnitOfFigure, candidates, is_telling, near
from .times import times_in
from .words import share


MOST_NUMBERS, MOST_FIGURES = 150, 600  # that are looked at
LOOKED_BACK = 200  # characters before a sentence that names neither a school nor a time
MOST_DIGITS = 15  # of a value: more are none, and not all databases take them


@dataclass(frozen=True)
class Found:
    """A number, where it stands, and what it may be: nothing, if no figure is likely."""

    passage: Passage
    reading: Reading
    around: Surroundings
    candidates: tuple[Candidate, ...] = ()

    @property
    def sentence(self) -> str:
        return self.around.sentence.strip()


def likely_figures(page: BasePage) -> list[Found]:
    """The numbers of the rich texts of a page, in the order of reading: three queries, and one for the names of schools, if
    there are any. Checks ask for them with `shared`."""
    texts = shared(page, passages)
    return likely_in(texts, shared(page, names_for), day_of(page), page.title or "") if unlinked_numbers(texts) else []


def likely_in(texts: list[Passage], names: Names, day: date, title: str = "") -> list[Found]:
    """The same of these paragraphs of a text that is published on this day."""
    numbers = unlinked_numbers(texts)[:MOST_NUMBERS]
    if not numbers:
        return []
    surrounded = list(_surrounded(numbers, names, day, _schools_in(texts, names, title)))
    figures = _figures(surrounded)
    return [replace(each, candidates=tuple(candidates(each.reading, each.around, figures))) for each in surrounded]


def unlinked_numbers(texts: Iterable[Passage]) -> list[tuple[Passage, Reading]]:
    return [
        (passage, each)
        for passage in texts
        for each in _counts(passage.text)
        if not any(link.kind == "figure" for link in passage.paragraph.links_within(each.start, each.end))
    ]


@lru_cache(1024)
def _counts(text: str) -> tuple[Reading, ...]:
    """Of a draft that is saved again and again one paragraph changes at a time."""
    return tuple(counts(text))


def _surrounded(
    numbers: Iterable[tuple[Passage, Reading]], names: Names, day: date, known: frozenset[int]
) -> Iterator[Found]:
    seen: dict[tuple[int, int, int], tuple[frozenset[int], tuple[Time, ...]]] = {}
    for passage, reading in numbers:
        first, last = sentence_at(passage.text, reading.start, reading.end)
        key = id(passage), first, last
        if key not in seen:
            back = max(0, first - LOOKED_BACK)
            schools = _schools_at(passage, first, last, names) or _schools_at(passage, back, first, names)
            times = times_in(passage.text[first:last], day) or times_in(passage.text[back:first], day)
            seen[key] = schools, tuple(times)
        around = near(passage.text, reading, _counts(passage.text))
        yield Found(passage, reading, Surroundings(around, passage.text[first:last], seen[key][0], known, seen[key][1]))


def _schools_at(passage: Passage, start: int, end: int, names: Names) -> frozenset[int]:
    """Those that a piece of a paragraph names, or links to by other words."""
    found = {name.school for name in names.found_in(passage.text[start:end])}
    return frozenset(found | _linked(passage.paragraph.links_within(start, end)))


def _linked(links: Iterable[Link]) -> set[int]:
    return set(parse_keys(link.key for link in links if link.kind in ("school", "page")))


def _schools_in(texts: list[Passage], names: Names, title: str) -> frozenset[int]:
    """Those that the text names or links to."""
    found = {name.school for text in (title, *(each.text for each in texts)) for name in names.found_in(text)}
    return frozenset(found | {key for passage in texts for key in _linked(passage.paragraph.links)})


def _figures(numbers: list[Found]) -> list[Figure]:
    """Figures that readers may see: of what the text speaks of, of the schools that it names, and those with a value that
    can hardly be another's by chance."""
    sentences = {each.around.sentence for each in numbers}
    schools = numbers[0].around.known_schools
    values = {each.reading.value for each in numbers if is_telling(each.reading)}
    values = {value for value in values if abs(value) < 10**MOST_DIGITS}
    metrics, dimensions = _spoken_of(_metrics(), sentences), _spoken_of(_dimensions(), sentences)
    return [_figure(row) for row in _rows(schools, metrics, dimensions, values)]


@prepared
def _rows(
    schools: Iterable[int], metrics: Iterable[int], dimensions: Iterable[int], values: Iterable[Decimal]
) -> QuerySet[Observation, dict[str, Any]]:
    of_subject = Q(subject_school__in=schools) | Q(subject_school__isnull=True)
    spoken_of = Q(metric__in=metrics) | Q(dimension__in=dimensions) | Q(value__in=values)
    found = Observation.objects.public().filter(of_subject, spoken_of | Q(subject_school__in=schools))
    newest = found.order_by(F("period__end").desc(nulls_last=True), "pk")
    return newest.values(*_ASKED.values())[:MOST_FIGURES]


@prepared
def _metrics() -> QuerySet[Metric, tuple[int, str]]:
    return Metric.objects.live().values_list("pk", column("name", SOURCE))


@prepared
def _dimensions() -> QuerySet[Dimension, tuple[int, str]]:
    return Dimension.objects.exclude(Dimension.unsaid).values_list("pk", column("label", SOURCE))


_ASKED = {
    "key": "pk",
    "metric": "metric",
    "name": column("metric__name", SOURCE),
    "axis": "dimension__axis",
    "part": column("dimension__label", SOURCE),
    "school": "subject_school",
    "body": column("subject_organisation__name", SOURCE),
    "start": "period__start",
    "end": "period__end",
    "value": "value",
    "kind": "unit__kind",
    "symbol": column("unit__symbol", SOURCE),
    "qualifier": "qualifier",
    "printed": "printed",
}


def _figure(row: dict[str, Any]) -> Figure:
    of = {name: row[path] for name, path in _ASKED.items()}
    return Figure(
        key=of["key"],
        metric=of["metric"],
        name=of["name"] or "",
        part="" if of["axis"] == Dimension.TOTAL else of["part"] or "",
        school=of["school"],
        body=of["body"] or "",
        period=(of["start"], of["end"]),
        value=of["value"],
        unit=UnitOfFigure(of["kind"], of["symbol"] or ""),
        qualifier=of["qualifier"],
        printed=of["printed"],
    )


def _spoken_of(rows: Iterable[tuple[int, str]], sentences: set[str]) -> list[int]:
    """Those of which a sentence says enough."""
    text = "\n".join(sentences)
    somewhere = [(key, words) for key, words in rows if words and share(words, text) >= ENOUGH]
    return [key for key, words in somewhere if any(share(words, each) >= ENOUGH for each in sentences)]
