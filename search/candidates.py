"""From the index to candidates, best first: one query that counts, one for each kind of which there is something, and one
more if the query holds a figure. Stories that are very many take three: the newest are walked to, not picked out of all."""

from collections.abc import Container, Iterable, Sequence
from decimal import Decimal
from functools import cache, partial
from typing import Any

from django.db import models
from wagtail.models import get_page_models

from core.caching.kept import KeptValues
from core.languages import PROVISIONED, SOURCE, column, translated_fields
from core.models import BasePage
from core.numbers import read_numbers
from core.queries.narrow import narrow_reads
from core.queries.prepared import prepared
from core.searching.finding import Search, words_among, words_of
from core.searching.rows import count_rows
from metrics.models import Metric, MetricsPage, Observation
from news.models import ProgrammePage, StoryPage
from schools.models import SchoolPage
from schools.names import dated_names

from .choices import Kind
from .parsing import ParsedQuery
from .ranking import Candidate, Level, rank


CANDIDATES = 200  # of each kind that are ranked: those whose names match, then the newest
MANY = 2000  # stories beyond which the newest are walked to; nothing is counted beyond it
FEW = 10  # times as many names as are wanted, beyond which they are picked by the index; of stories, of which most are, always
ALONE = (Kind.SCHOOL, Kind.PROGRAMME)  # kinds that are one model, whose keys the index has
ALSO_SEARCHED = "en"  # English names are found from every language, as Chinese ones are
MODELS: dict[Any, type[models.Model]] = {
    Kind.SCHOOL: SchoolPage,
    Kind.PROGRAMME: ProgrammePage,
    Kind.METRIC: Metric,
    Kind.PAGE: BasePage,
    Kind.STORY: StoryPage,
}
LONG_FIELDS = ("body", "parts", "targets")  # read for the shown results only
SHOWN = ("url_path", "first_published_at", "stage", "kind", "key", "theme__key")  # of a result, besides its texts
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
    asked = words_of(query.index_query(), languages)
    words: dict[Any, str] = {kind: words_among(_models(kind), asked) for kind in kinds}
    counts, named = _kept_counts.get((tuple(words.items()), names_only), partial(_count, words, names_only))
    for kind, of_kind in words.items():
        or_these = list(figures) if kind == Kind.METRIC else []
        if not counts[kind] and not or_these:
            continue
        with narrow_reads(also=languages):
            if kind == Kind.STORY and counts[kind] > MANY:
                rows = _newest(of_kind, counts[kind], named, names_only=names_only, number=limit + 1)
            elif names_only and (kind == Kind.STORY or (kind in ALONE and counts[kind] > FEW * limit)):
                rows = _first(kind, of_kind, counts[kind], limit + 1)
            else:
                rows = list(_rows(MODELS[kind], of_kind, or_these, names_only=names_only, number=limit + 1))
        more |= {kind: counts[kind]} if len(rows) > limit else {}
        unranked += [_candidate(kind, row, languages, order, figures) for order, row in enumerate(rows[:limit])]
    found = rank(unranked, query)
    return [(level, candidate) for level, candidate in found if not _is_other_figure(level, candidate, figures)], more


_kept_counts: KeptValues[tuple[dict[Any, int], int]] = KeptValues()  # PostgreSQL reads all matches of a common word


def _count(words: dict[Any, str], names_only: bool) -> tuple[dict[Any, int], int]:
    """How much there is of each kind, and how many stories by their names, none counted beyond MANY + 1: one query."""
    asked = [_entries(each, names_only=names_only, most=MANY + 1) for each in words.values()]
    if Kind.STORY in words:
        asked.append(_entries(words[Kind.STORY], names_only=True, most=MANY + 1))
    counts = count_rows(asked)
    return dict(zip(words, counts, strict=False)), counts[-1]


@prepared
def _entries(words: str, *, names_only: bool, most: int) -> models.QuerySet:
    return Search((), words, names_only).entries[:most]


@cache
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


@prepared
def _rows(model: Any, words: str, or_these: list[int], *, names_only: bool, number: int) -> models.QuerySet:
    """The candidates of a kind: those whose names match stand first, so that mentions in texts cut none of them off."""
    kind = next(kind for kind, of_kind in MODELS.items() if of_kind is model)
    search, names = (Search(_models(kind), words, only) for only in (names_only, True))
    found = models.Q(pk__in=search.keys)
    rows = readable(kind).filter(found | models.Q(pk__in=or_these) if or_these else found)
    first = models.Case(models.When(models.Q(pk__in=names.keys), then=0), default=1, output_field=models.IntegerField())
    order = rows.query.order_by if names_only else (first, *rows.query.order_by)
    return rows.order_by(*order).only(*_short_columns(model))[:number]


def _first(kind: Any, words: str, count: int, number: int) -> list[Any]:
    """The first so many of a kind, picked by the index alone: by when they were published, stories the newest."""
    is_newest = kind == Kind.STORY
    some = 2 * number  # a few of them nobody may read
    if count > some:
        keys = list(_keys_by_date(words, model=MODELS[kind], is_newest=is_newest, number=some))
    else:  # PostgreSQL would look for a few among all by date
        keys = list(_keys(words, model=MODELS[kind], number=some))
    return sorted(_of_keys(keys, model=MODELS[kind]), key=_date, reverse=is_newest)[:number]


def _date(row: Any) -> tuple[float, int]:
    return row.first_published_at.timestamp() if row.first_published_at else 0, row.pk


@prepared
def _keys(words: str, *, model: Any, number: int) -> models.QuerySet:
    return Search([model], words, names_only=True).keys.values_list("object_pk", flat=True)[:number]


@prepared
def _keys_by_date(words: str, *, model: Any, is_newest: bool, number: int) -> models.QuerySet:
    found = Search([model], words, names_only=True).keys
    order = ("-published", "-object_pk") if is_newest else ("published", "object_pk")
    return found.order_by(*order).values_list("object_pk", flat=True)[:number]


@prepared
def _of_keys(keys: list[int], *, model: Any) -> models.QuerySet:
    kind = next(kind for kind, of_kind in MODELS.items() if of_kind is model)
    return readable(kind).filter(pk__in=keys).order_by().only(*_short_columns(model))


def _newest(words: str, count: int, named: int, *, names_only: bool, number: int) -> list[Any]:
    """The first so many of the same stories in the same order, if there are very many of them."""
    keys = [] if names_only else _newest_keys(words, named, names_only=True, number=number)
    if len(keys) < number:
        keys += _newest_keys(words, count, names_only=names_only, number=number)
    wanted = list(dict.fromkeys(keys))[:number]
    rows = {row.pk: row for row in _stories(wanted)}
    return [rows[key] for key in wanted if key in rows]


def _newest_keys(words: str, count: int, *, names_only: bool, number: int) -> list[int]:
    """The keys of the newest stories that may be read: sorted if they are few, else walked to."""
    find = _walked_to if count > MANY else _sorted_out
    return list(find(words, names_only=names_only, number=number)) if count else []


@prepared
def _sorted_out(words: str, *, names_only: bool, number: int) -> models.QuerySet:
    search = Search([StoryPage], words, names_only)
    return readable(Kind.STORY).filter(pk__in=search.keys).values_list("pk", flat=True)[:number]


@prepared
def _walked_to(words: str, *, names_only: bool, number: int) -> models.QuerySet:
    stories = readable(Kind.STORY).order_by()
    may_be_read = models.Exists(stories.filter(pk=models.OuterRef("object_pk")))
    newest = Search([StoryPage], words, names_only).newest
    return newest.filter(may_be_read).values_list("object_pk", flat=True)[:number]


@prepared
def _stories(keys: list[int]) -> models.QuerySet:
    return readable(Kind.STORY).filter(pk__in=keys).only(*_short_columns(StoryPage))


def searched_languages(code: str, open_codes: Container[str]) -> list[str]:
    """The languages that are searched, the reader's own first. Nothing is found by a text that nobody may read."""
    return [each for each in dict.fromkeys((code, SOURCE, ALSO_SEARCHED)) if each == SOURCE or each in open_codes]


def _short_columns(model: Any) -> list[str]:
    """The columns that a candidate needs: names, standfirsts and what is shown, but no long texts."""
    names = (model.name_field(), *OTHER_NAMES, *STANDFIRSTS, *SHOWN)
    return [each for each, _language in _columns(model, names, tuple(PROVISIONED))]


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
    found: dict[str, str] = {}
    model: Any = type(row)
    for each, language in _columns(model, tuple(names), tuple(languages)):
        if value := getattr(row, each):
            found.setdefault(value, language)
    return found


@cache
def _columns(
    model: type[models.Model], names: tuple[str, ...], languages: tuple[str, ...]
) -> tuple[tuple[str, str], ...]:
    """(attribute, its language) of those of the fields that the model has."""
    translated = translated_fields(model)
    known = [name for name in names if hasattr(model, name.partition("__")[0])]
    return tuple(
        (column(name, each) if each else name, each)
        for name in known
        for each in (languages if name in translated else ("",))
    )


def split_names(names: Iterable[str]) -> list[str]:
    """Names that are written with commas between them, without the years that some were used in."""
    return [name.words for names_ in names for name in dated_names(names_)]


def _matching_figures(query: ParsedQuery) -> dict[int, list[str]]:
    """The metrics with a value that is in the query, each with the ways it is written: one query, or none."""
    values = {figure.value: figure.text for figure in read_numbers(query.text)[:5] if abs(figure.value) < 10**15}
    if not values:
        return {}
    found: dict[int, list[str]] = {}
    for row in _with_values(list(values)):
        ways = [values[row.value], row.printed, row.display(), f"{row.value.normalize():f}"]
        found.setdefault(row.metric_id, []).extend(ways)
    return found


@prepared
def _with_values(values: list[Decimal]) -> models.QuerySet:
    return Observation.objects.public().filter(value__in=values).select_related("unit")[:CANDIDATES]


def _is_other_figure(level: Level, candidate: Candidate, figures: dict[int, list[str]]) -> bool:
    """Whether a metric has a value that is in the query, but not the other words of the query."""
    return candidate.kind == Kind.METRIC and level == Level.TEXT and candidate.thing.pk in figures
