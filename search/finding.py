"""From the index to results: candidates, their order, and what is shown of them.

The number of queries is the same for every query: one for each kind, and three or four for what a page shows.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from typing import Any

from django.db import models
from django.utils.safestring import SafeString

from core.languages import PROVISIONED, SOURCE, column, translated_fields
from core.models import BasePage
from core.numbers import read_numbers
from core.searching.backend import matching
from core.segments import map_field
from core.text.tags import plain
from metrics.models import Metric, MetricsPage, Observation
from news.models import ProgrammePage, StandardPage, StoryPage
from schools.models import SchoolPage

from .asking import Asked
from .choices import Kind
from .marking import beginning, marked, marked_name, name_spans, snippet
from .ranking import Entry, Level, ranked


CANDIDATES = 200  # of each kind that are ranked: those whose names match, then the newest
ALSO_ASKED_IN = "en"  # English names are found from every language, as Chinese ones are
MODELS: dict[Any, type[models.Model]] = {
    Kind.SCHOOL: SchoolPage,
    Kind.PROGRAMME: ProgrammePage,
    Kind.METRIC: Metric,
    Kind.PAGE: BasePage,
    Kind.STORY: StoryPage,
}
Texts = dict[str, list[str]]  # by language
LONG = ("body", "parts", "targets")  # read for the shown results only
OTHER_NAMES = ("official_name", "other_names")
STANDFIRSTS = ("standfirst", "definition", "subtitle", "kicker")


@dataclass(frozen=True)
class Found:
    """One result, ready to be shown: its texts are in `language`."""

    kind: Kind
    level: Level
    thing: Any
    language: str
    title: SafeString
    also: SafeString | None  # another name, if it is the one that was found
    also_language: str
    text: SafeString
    text_language: str
    figure: str = ""

    @property
    def url(self) -> str:
        return url_of(self.thing)

    @property
    def label(self) -> str:
        """What it is: a school's stage, a story's kind, else the kind of result."""
        of_its_own = {Kind.SCHOOL: "get_stage_display", Kind.STORY: "get_kind_display"}.get(self.kind)
        return str(getattr(self.thing, of_its_own)() if of_its_own else self.kind.one)

    @property
    def published(self) -> datetime | None:
        """The day of a story; other things are of no day."""
        return self.thing.first_published_at if self.kind == Kind.STORY else None


def url_of(thing: Any) -> str:
    return thing.get_absolute_url() if isinstance(thing, Metric) else thing.url


def candidates(
    kinds: Iterable[Kind], asked: Asked, code: str, limit: int = CANDIDATES, names_only: bool = False
) -> tuple[list[tuple[Level, Entry]], set[Kind]]:
    """What the index finds, ranked, and the kinds of which there is more than `limit`. One query for each kind,
    and one more if the query holds a figure."""
    if not asked.readings:
        return [], set()
    entries: list[Entry] = []
    more = set()
    figures = {} if names_only else _figures(asked)
    for kind in kinds:
        rows = list(_rows(kind, asked, code, names_only, list(figures) if kind == Kind.METRIC else [])[: limit + 1])
        more |= {kind} if len(rows) > limit else set()
        entries += [_entry(kind, row, code, order, figures) for order, row in enumerate(rows[:limit])]
    found = ranked(entries, asked)
    return [(level, entry) for level, entry in found if not _is_other_figure(level, entry, figures)], more


def readable(kind: Any) -> models.QuerySet:
    """What anybody may read of a kind, in the order of equals."""
    if kind == Kind.METRIC:
        shown = models.Exists(MetricsPage.objects.readable())
        return Metric.objects.public().filter(shown).select_related("theme").order_by("theme__order", "order", "key")
    pages: models.QuerySet = MODELS[kind]._default_manager.readable()
    if kind == Kind.PAGE:
        pages = pages.not_type(SchoolPage, ProgrammePage, StoryPage)
    return pages.order_by("-first_published_at", "-pk") if kind == Kind.STORY else pages.order_by("path")


def names_of(kind: Kind, code: str, limit: int) -> list[str]:
    """The names of the first things of a kind, in the languages that count."""
    columns = [column(MODELS[kind].name_field(), each) for each in languages_asked(code)]
    return [name for row in readable(kind).values_list(*columns)[:limit] for name in row if name]


def _rows(kind: Kind, asked: Asked, code: str, names_only: bool, or_these: list[int]) -> models.QuerySet:
    """The candidates of a kind: those whose names match stand first, so that none is cut off by mere mentions."""
    model, query = MODELS[kind], asked.query()
    named = models.Q(pk__in=matching(model, query, names_only=True))
    rows = readable(kind)
    rows = rows.filter(named if names_only else models.Q(pk__in=matching(model, query)) | models.Q(pk__in=or_these))
    first = models.Case(models.When(named, then=0), default=1, output_field=models.IntegerField())
    return rows.order_by(first, *rows.query.order_by).defer(*_unread(model, code))


def languages_asked(code: str) -> list[str]:
    """The languages whose names count, the reader's own first."""
    return list(dict.fromkeys((code, SOURCE, ALSO_ASKED_IN)))


def _unread(model: type[models.Model], code: str) -> list[str]:
    """Columns that no candidate needs: long texts, and those of languages that do not count."""
    read = languages_asked(code)
    names = translated_fields(model)
    others = [column(name, other) for name in names for other in PROVISIONED if other not in read or name in LONG]
    return [*others, *(name for name in names if name in LONG)]


def _entry(kind: Kind, row: Any, code: str, order: int, figures: dict[int, list[str]]) -> Entry:
    printed = tuple(figures.get(row.pk, ())) if kind == Kind.METRIC else ()
    return Entry(
        kind=kind,
        names=_values(row, (row.name_field(),), code),
        other_names=(*_split(_values(row, OTHER_NAMES, code)), *printed),
        standfirsts=_values(row, STANDFIRSTS, code),
        published=getattr(row, "first_published_at", None),
        order=order,
        thing=row,
    )


def _values(row: Any, names: Sequence[str], code: str) -> tuple[str, ...]:
    """What the row holds in these fields, in the languages that count."""
    translated = translated_fields(type(row))
    columns: list[str] = []
    for name in names:
        if name in translated:
            columns += [column(name, each) for each in languages_asked(code)]
        elif hasattr(row, name):
            columns.append(name)
    return tuple(dict.fromkeys(value for each in columns if (value := getattr(row, each))))


def _split(names: Sequence[str]) -> list[str]:
    """Names that are written with commas between them."""
    return [name for names_ in names for name in names_.replace("，", ",").split(",") if name.strip()]


# Figures ---------------------------------------------------------------------------------------


def _figures(asked: Asked) -> dict[int, list[str]]:
    """The metrics that have a value which the query holds, each with the ways it is written: one query, or none."""
    values = {figure.value: figure.text for figure in read_numbers(asked.text)[:5] if abs(figure.value) < 10**15}
    if not values:
        return {}
    found: dict[int, list[str]] = {}
    for row in Observation.objects.public().filter(value__in=values).select_related("unit")[:CANDIDATES]:
        ways = [values[row.value], row.printed, row.display(), f"{row.value.normalize():f}"]
        found.setdefault(row.metric_id, []).extend(ways)
    return found


def _is_other_figure(level: Level, entry: Entry, figures: dict[int, list[str]]) -> bool:
    """Whether a metric has a value which the query holds, but not what the query says besides."""
    return entry.kind == Kind.METRIC and level == Level.TEXT and entry.thing.pk in figures


# What is shown ---------------------------------------------------------------------------------


def shown(found: Sequence[tuple[Level, Entry]], asked: Asked, code: str) -> list[Found]:
    """The results of one page. A query for each kind that was found by its text, and one for figures."""
    texts = _texts_of(found, code)
    displays = _displays([entry.thing.pk for _level, entry in found if entry.kind == Kind.METRIC])
    results = []
    for level, entry in found:
        key = entry.kind, entry.thing.pk
        figure = displays.get(entry.thing.pk, "") if entry.kind == Kind.METRIC else ""
        results.append(_shown(level, entry, asked, code, texts.get(key, {}), figure))
    return results


def shown_in(thing: Any, code: str) -> str:
    return code if thing.is_in(code) else SOURCE


def title_of(thing: Any, code: str) -> str:
    return getattr(thing, column(thing.name_field(), shown_in(thing, code)))


def _shown(level: Level, entry: Entry, asked: Asked, code: str, texts: Texts, figure: str) -> Found:
    thing, language = entry.thing, shown_in(entry.thing, code)
    title = title_of(thing, code)
    also, also_language = _also(entry, title, asked, language)
    text, text_language = _snippet(thing, level, asked, language, texts)
    return Found(
        kind=entry.kind,
        level=level,
        thing=thing,
        language=language,
        title=marked_name(title, asked),
        also=also,
        also_language=also_language,
        text=text,
        text_language=text_language,
        figure=figure,
    )


def _snippet(thing: Any, level: Level, asked: Asked, language: str, texts: Texts) -> tuple[SafeString, str]:
    """What holds the query, in the language shown; what was found in another language's text only, in that one."""
    others = languages_asked(language) if level >= Level.STANDFIRST else [language]
    for each in others:
        found = snippet([*_standfirsts(thing, each), *texts.get(each, [])], asked)
        if found:
            return found, each
    own = _standfirsts(thing, language)
    return beginning(own[0] if own else ""), language


def _standfirsts(thing: Any, language: str) -> list[str]:
    return [value for name in STANDFIRSTS if (value := getattr(thing, column(name, language), ""))]


def _also(entry: Entry, title: str, asked: Asked, language: str) -> tuple[SafeString | None, str]:
    """The other name that holds most of the query, if it holds more than the title does."""
    names = [name for name in (*entry.names, *_split(_values(entry.thing, OTHER_NAMES, language))) if name != title]
    sizes = {name: sum(end - start for start, end in name_spans(name, asked)) for name in (title, *names)}
    best = max(names, key=lambda name: sizes[name], default="")
    if not best or sizes[best] <= sizes[title] or (entry.kind == Kind.STORY and name_spans(title, asked)):
        return None, ""
    chinese = any(ord(character) >= 0x2E80 for character in best)
    return marked(best.strip(), name_spans(best.strip(), asked)), SOURCE if chinese else ALSO_ASKED_IN


def _texts_of(found: Sequence[tuple[Level, Entry]], code: str) -> dict[tuple[Kind, int], Texts]:
    """The long texts of those that were found by them, in the languages that count: one query for each kind."""
    texts: dict[tuple[Kind, int], Texts] = {}
    for kind in MODELS:
        wanted = [e.thing.pk for level, e in found if e.kind == kind and level >= Level.STANDFIRST_AND_NAME]
        model = StandardPage if kind == Kind.PAGE else MODELS[kind]
        names = [name for name in LONG if name in translated_fields(model)]
        if not wanted or not names:
            continue
        columns = {each: [column(name, each) for name in names] for each in languages_asked(code)}
        rows = model._default_manager.filter(pk__in=wanted).values("pk", *chain.from_iterable(columns.values()))
        for row in rows:
            texts[kind, row["pk"]] = {
                each: [_words(model._meta.get_field(name), row[name]) for name in of_language if row[name]]
                for each, of_language in columns.items()
            }
    return texts


def _words(field: models.Field, value: Any) -> str:
    """The texts in a stored stream, one after the other."""
    found: list[str] = []

    def note(segment: Any) -> str:
        found.append(plain(segment.text) if segment.format == "html" else segment.text)
        return segment.text

    map_field(field, value, note)
    return " ".join(found)


def _displays(metrics: list[int]) -> dict[int, str]:
    """The figure of each metric that has exactly one: one query, or none."""
    if not metrics:
        return {}
    rows: dict[int, list[str]] = {}
    for row in Observation.objects.public().with_context().filter(metric__in=metrics).order_by("pk"):
        rows.setdefault(row.metric_id, []).append(row.display())
    return {pk: displays[0] for pk, displays in rows.items() if len(displays) == 1}


def examples() -> tuple[list[str], list[str]]:
    """Queries that find something: names of schools, and figures as they are printed. Two queries."""
    schools = readable(Kind.SCHOOL).values_list(column("title", SOURCE), flat=True)[:2]
    figures = (
        Observation.objects.public().exclude(printed="").order_by("-value", "pk").values_list("printed", flat=True)
    )
    return list(schools), list(figures[:2])
