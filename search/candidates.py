"""From the index to candidates, best first: one query that counts, one for each kind of which there is something, and one
more if the query holds a figure. Stories that are very many take three: the newest are walked to, not picked out of all."""

from collections.abc import Container, Iterable, Sequence
from dataclasses import replace
from typing import Any

from django.db import models
from wagtail.models import get_page_models

from core.languages import PROVISIONED, SOURCE, column, translated_fields
from core.models import BasePage
from core.numbers import read_numbers
from core.queries.narrow import narrow_reads
from core.searching.finding import Search
from core.searching.rows import count_up_to
from metrics.models import Metric, MetricsPage, Observation
from news.models import ProgrammePage, StoryPage
from schools.models import SchoolPage

from .choices import Kind
from .parsing import ParsedQuery
from .ranking import Candidate, Level, rank


CANDIDATES = 200  # of each kind that are ranked: those whose names match, then the newest
MANY = 2000  # stories beyond which the newest are walked to; nothing is counted beyond it
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
) -> tuple[list[tuple[Level, Candidate]], dict[Kind, int]]:
    """What the index finds in the searched `languages`, ranked, and the kinds of which there is more than `limit`, each
    with the number that the index has, which is not counted beyond MANY."""
    if not query.variants:
        return [], {}
    unranked: list[Candidate] = []
    more = {}
    figures = {} if names_only else _matching_figures(query)
    searches: dict[Any, Search] = {
        kind: Search(_models(kind), query.index_query(), languages, names_only) for kind in kinds
    }
    counts, named = _count(searches)
    for kind, search in searches.items():
        or_these = list(figures) if kind == Kind.METRIC else []
        if not counts[kind] and not or_these:
            continue
        with narrow_reads(also=languages):
            if kind == Kind.STORY and counts[kind] > MANY:
                rows = _newest(search, counts[kind], named, limit + 1)
            else:
                rows = list(_rows(kind, search, or_these)[: limit + 1])
        more |= {kind: counts[kind]} if len(rows) > limit else {}
        unranked += [_candidate(kind, row, languages, order, figures) for order, row in enumerate(rows[:limit])]
    found = rank(unranked, query)
    return [(level, candidate) for level, candidate in found if not _is_other_figure(level, candidate, figures)], more


def _count(searches: dict[Any, Search]) -> tuple[dict[Any, int], int]:
    """How much there is of each kind, and how many stories by their names, none counted beyond MANY + 1: one query."""
    names = replace(searches[Kind.STORY], names_only=True) if Kind.STORY in searches else None
    asked = [*searches.values(), *([names] if names else [])]
    counts = count_up_to([each.entries for each in asked], MANY + 1)
    return dict(zip(searches, counts, strict=False)), counts[-1]


def _models(kind: Any) -> list[type[models.Model]]:
    """The models of a kind: pages are what has no kind of its own."""
    if kind != Kind.PAGE:
        return [MODELS[kind]]
    return [model for model in get_page_models() if not issubclass(model, SchoolPage | ProgrammePage | StoryPage)]


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


def _rows(kind: Kind, search: Search, or_these: list[int]) -> models.QuerySet:
    """The candidates of a kind: those whose names match stand first, so that mentions in texts cut none of them off."""
    found = models.Q(pk__in=search.keys)
    rows = readable(kind).filter(found | models.Q(pk__in=or_these) if or_these else found)
    named = models.Q(pk__in=replace(search, names_only=True).keys)
    first = models.Case(models.When(named, then=0), default=1, output_field=models.IntegerField())
    order = rows.query.order_by if search.names_only else (first, *rows.query.order_by)
    return rows.order_by(*order).defer(*_long_columns(MODELS[kind]))


def _newest(search: Search, count: int, named: int, number: int) -> list[Any]:
    """The first so many of the same stories in the same order, if there are very many of them."""
    keys: list[int] = []
    if not search.names_only:
        keys = _newest_keys(replace(search, names_only=True), named, number)
    if len(keys) < number:
        keys += _newest_keys(search, count, number)
    wanted = list(dict.fromkeys(keys))[:number]
    rows = readable(Kind.STORY).defer(*_long_columns(StoryPage)).in_bulk(wanted)
    return [rows[key] for key in wanted if key in rows]


def _newest_keys(search: Search, count: int, number: int) -> list[int]:
    """The keys of the newest stories that may be read: sorted if they are few, else walked to."""
    stories = readable(Kind.STORY)
    if count <= MANY:
        return list(stories.filter(pk__in=search.keys).values_list("pk", flat=True)[:number]) if count else []
    may_be_read = models.Exists(stories.order_by().filter(pk=models.OuterRef("object_pk")))
    return list(search.newest.filter(may_be_read).values_list("object_pk", flat=True)[:number])


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
