"""From the index to candidates, best first: one query for each kind, and one more if the query holds a figure."""

from collections.abc import Container, Iterable, Sequence
from typing import Any

from django.db import models

from core.languages import PROVISIONED, SOURCE, column, translated_fields
from core.models import BasePage
from core.numbers import read_numbers
from core.queries.narrow import narrow_reads
from core.searching.backend import matching
from metrics.models import Metric, MetricsPage, Observation
from news.models import ProgrammePage, StoryPage
from schools.models import SchoolPage

from .choices import Kind
from .parsing import ParsedQuery
from .ranking import Candidate, Level, rank


CANDIDATES = 200  # of each kind that are ranked: those whose names match, then the newest
ALSO_SEARCHED = "en"  # English names are found from every language, as Chinese ones are
MODELS: dict[Any, type[models.Model]] = {
    Kind.SCHOOL: SchoolPage,
    Kind.PROGRAMME: ProgrammePage,
    Kind.METRIC: Metric,
    Kind.PAGE: BasePage,
    Kind.STORY: StoryPage,
}
LONG_FIELDS = ("body", "parts", "targets")  # read for the shown results only
OTHER_NAMES = ("official_name", "other_names")
STANDFIRSTS = ("standfirst", "definition", "subtitle", "kicker")


def find_candidates(
    kinds: Iterable[Kind],
    query: ParsedQuery,
    languages: Sequence[str],
    limit: int = CANDIDATES,
    names_only: bool = False,
) -> tuple[list[tuple[Level, Candidate]], set[Kind]]:
    """What the index finds in the searched `languages`, ranked, and the kinds of which there is more than `limit`. One
    query for each kind, and one more if the query holds a figure."""
    if not query.variants:
        return [], set()
    unranked: list[Candidate] = []
    more = set()
    figures = {} if names_only else _matching_figures(query)
    for kind in kinds:
        or_these = list(figures) if kind == Kind.METRIC else []
        with narrow_reads(also=languages):
            rows = list(_rows(kind, query, languages, names_only, or_these)[: limit + 1])
        more |= {kind} if len(rows) > limit else set()
        unranked += [_candidate(kind, row, languages, order, figures) for order, row in enumerate(rows[:limit])]
    found = rank(unranked, query)
    return [(level, candidate) for level, candidate in found if not _is_other_figure(level, candidate, figures)], more


def readable(kind: Any) -> models.QuerySet:
    """What anybody may read of a kind, in the order of equals."""
    if kind == Kind.METRIC:
        has_page = models.Exists(MetricsPage.objects.readable())
        return Metric.objects.public().filter(has_page).select_related("theme").order_by("theme__order", "order", "key")
    pages: models.QuerySet = MODELS[kind]._default_manager.readable().without_aliases()
    if kind == Kind.PAGE:
        pages = pages.not_type(SchoolPage, ProgrammePage, StoryPage)
    return pages.order_by("-first_published_at", "-pk") if kind == Kind.STORY else pages.order_by("path")


def names_of(kind: Kind, languages: Sequence[str], limit: int) -> list[str]:
    """The names of the first things of a kind, in the searched languages."""
    columns = [column(MODELS[kind].name_field(), each) for each in languages]
    return [name for row in readable(kind).values_list(*columns)[:limit] for name in row if name]


def _rows(
    kind: Kind, query: ParsedQuery, languages: Sequence[str], names_only: bool, or_these: list[int]
) -> models.QuerySet:
    """The candidates of a kind: those whose names match stand first, so that mentions in texts cut none of them off."""
    model, index_query = MODELS[kind], query.index_query()
    named = models.Q(pk__in=matching(model, index_query, languages, names_only=True))
    rows = readable(kind)
    rows = rows.filter(
        named if names_only else models.Q(pk__in=matching(model, index_query, languages)) | models.Q(pk__in=or_these)
    )
    first = models.Case(models.When(named, then=0), default=1, output_field=models.IntegerField())
    return rows.order_by(first, *rows.query.order_by).defer(*_long_columns(model))


def searched_languages(code: str, open_codes: Container[str]) -> list[str]:
    """The languages that are searched, the reader's own first. Nothing is found by a text that nobody may read."""
    return [each for each in dict.fromkeys((code, SOURCE, ALSO_SEARCHED)) if each == SOURCE or each in open_codes]


def _long_columns(model: type[models.Model]) -> list[str]:
    """Columns that no candidate needs: long texts."""
    long = [name for name in translated_fields(model) if name in LONG_FIELDS]
    return [*long, *(column(name, code) for name in long for code in PROVISIONED)]


def _candidate(kind: Kind, row: Any, languages: Sequence[str], order: int, figures: dict[int, list[str]]) -> Candidate:
    printed = tuple(figures.get(row.pk, ())) if kind == Kind.METRIC else ()
    return Candidate(
        kind=kind,
        names=tuple(field_values(row, (row.name_field(),), languages)),
        other_names=(*split_names(field_values(row, OTHER_NAMES, languages)), *printed),
        standfirsts=tuple(field_values(row, STANDFIRSTS, languages)),
        published=getattr(row, "first_published_at", None),
        order=order,
        thing=row,
    )


def field_values(row: Any, names: Sequence[str], languages: Sequence[str]) -> dict[str, str]:
    """The values of these fields in the searched languages, each with the first language that has it; that of a value in
    a field without languages is ''."""
    translated = translated_fields(type(row))
    found: dict[str, str] = {}
    for name in names:
        of = {each: column(name, each) for each in languages} if name in translated else {"": name}
        for language, each in of.items():
            if value := getattr(row, each, ""):
                found.setdefault(value, language)
    return found


def split_names(names: Iterable[str]) -> list[str]:
    """Names that are written with commas between them."""
    return [name for names_ in names for name in names_.replace("，", ",").split(",") if name.strip()]


def _matching_figures(query: ParsedQuery) -> dict[int, list[str]]:
    """The metrics with a value that is in the query, each with the ways it is written: one query, or none."""
    values = {figure.value: figure.text for figure in read_numbers(query.text)[:5] if abs(figure.value) < 10**15}
    if not values:
        return {}
    found: dict[int, list[str]] = {}
    for row in Observation.objects.public().filter(value__in=values).select_related("unit")[:CANDIDATES]:
        ways = [values[row.value], row.printed, row.display(), f"{row.value.normalize():f}"]
        found.setdefault(row.metric_id, []).extend(ways)
    return found


def _is_other_figure(level: Level, candidate: Candidate, figures: dict[int, list[str]]) -> bool:
    """Whether a metric has a value that is in the query, but not the other words of the query."""
    return candidate.kind == Kind.METRIC and level == Level.TEXT and candidate.thing.pk in figures
