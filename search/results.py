"""From candidates to results: what a page shows of them. Three or four queries, however many results there are."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from typing import Any

from django.db import models
from django.utils.safestring import SafeString

from core.languages import SOURCE, column, translated_fields
from core.rendering.rich_text import all_with_words
from core.segments import map_field, with_tags
from core.text.tags import plain
from metrics.models import Metric, Observation
from news.models import StandardPage

from .candidates import (
    ALSO_SEARCHED,
    LONG_FIELDS,
    MODELS,
    OTHER_NAMES,
    STANDFIRSTS,
    field_values,
    readable,
    split_names,
)
from .choices import Kind
from .highlighting import beginning, highlight, highlight_name, name_spans, snippet
from .parsing import ParsedQuery
from .ranking import Candidate, Level


Texts = dict[str, list[str]]  # by language


@dataclass(frozen=True)
class Result:
    """One result, ready to be shown: its texts are in `language`."""

    kind: Kind
    level: Level
    thing: Any
    language: str
    title: SafeString
    other_name: SafeString | None  # another name, if it is the one that was found
    other_name_language: str
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


def build_results(
    found: Sequence[tuple[Level, Candidate]], query: ParsedQuery, languages: Sequence[str]
) -> list[Result]:
    """The results of one page; `languages` are those that were searched, the reader's own first. A query for each kind
    that was found by its text, and one for figures."""
    texts = _long_texts(found, languages)
    displays = _single_figures([candidate.thing.pk for _level, candidate in found if candidate.kind == Kind.METRIC])
    results = []
    for level, candidate in found:
        key = candidate.kind, candidate.thing.pk
        figure = displays.get(candidate.thing.pk, "") if candidate.kind == Kind.METRIC else ""
        results.append(_result(level, candidate, query, languages, texts.get(key, {}), figure))
    return results


def shown_in(thing: Any, code: str) -> str:
    return code if thing.is_in(code) else SOURCE


def title_of(thing: Any, code: str) -> str:
    return getattr(thing, column(thing.name_field(), shown_in(thing, code)))


def _result(
    level: Level, candidate: Candidate, query: ParsedQuery, languages: Sequence[str], texts: Texts, figure: str
) -> Result:
    thing, language = candidate.thing, shown_in(candidate.thing, languages[0])
    title = title_of(thing, languages[0])
    in_order = list(dict.fromkeys((language, *languages)))
    other_name, other_name_language = _other_name(candidate, title, query, in_order)
    text, text_language = _snippet(thing, level, query, in_order, texts)
    return Result(
        kind=candidate.kind,
        level=level,
        thing=thing,
        language=language,
        title=highlight_name(title, query),
        other_name=other_name,
        other_name_language=other_name_language,
        text=text,
        text_language=text_language,
        figure=figure,
    )


def _snippet(
    thing: Any, level: Level, query: ParsedQuery, languages: Sequence[str], texts: Texts
) -> tuple[SafeString, str]:
    """The passage that contains the query, in the language shown, which is the first; if only another language's text
    contains it, in that one."""
    language = languages[0]
    for each in languages if level >= Level.STANDFIRST else languages[:1]:
        found = snippet([*_standfirsts(thing, each), *texts.get(each, [])], query)
        if found:
            return found, each
    own = _standfirsts(thing, language)
    return beginning(own[0] if own else ""), language


def _standfirsts(thing: Any, language: str) -> list[str]:
    return [value for name in STANDFIRSTS if (value := getattr(thing, column(name, language), ""))]


def _other_name(
    candidate: Candidate, title: str, query: ParsedQuery, languages: Sequence[str]
) -> tuple[SafeString | None, str]:
    """The other name that contains most of the query, if it contains more of it than the title does, and its language."""
    thing = candidate.thing
    names = field_values(thing, (thing.name_field(),), languages)
    for value, language in field_values(thing, OTHER_NAMES, languages).items():
        for name in split_names([value]):
            names.setdefault(name.strip(), language)
    names.pop(title, None)
    sizes = {name: sum(end - start for start, end in name_spans(name, query)) for name in (title, *names)}
    best = max(names, key=lambda name: sizes[name], default="")
    if not best or sizes[best] <= sizes[title] or (candidate.kind == Kind.STORY and name_spans(title, query)):
        return None, ""
    return highlight(best, name_spans(best, query)), names[best] or _language_of(best)


def _language_of(alias: str) -> str:
    """The language of a name that is not translated: editors write it in Chinese or in English."""
    return SOURCE if any(ord(character) >= 0x2E80 for character in alias) else ALSO_SEARCHED


def _long_texts(found: Sequence[tuple[Level, Candidate]], languages: Sequence[str]) -> dict[tuple[Kind, int], Texts]:
    """The long texts of candidates that were found by them, in the searched languages: one query for each kind, and one
    for each kind of link that says its words by itself."""
    places: list[tuple[Kind, int, str]] = []
    texts: list[tuple[str, str]] = []
    for kind in MODELS:
        wanted = [e.thing.pk for level, e in found if e.kind == kind and level >= Level.STANDFIRST_AND_NAME]
        model = StandardPage if kind == Kind.PAGE else MODELS[kind]
        names = [name for name in LONG_FIELDS if name in translated_fields(model)]
        if not wanted or not names:
            continue
        columns = {each: [column(name, each) for name in names] for each in languages}
        rows = model._default_manager.filter(pk__in=wanted).values("pk", *chain.from_iterable(columns.values()))
        for row in rows:
            for each, of_language in columns.items():
                for name in filter(row.get, of_language):
                    places.append((kind, row["pk"], each))
                    texts.append((each, _stream_text(model._meta.get_field(name), row[name])))
    said: dict[tuple[Kind, int], Texts] = defaultdict(lambda: defaultdict(list))
    for (kind, pk, code), html in zip(places, all_with_words(texts), strict=True):
        said[kind, pk][code].append(plain(html))
    return said


def _stream_text(field: models.Field, value: Any) -> str:
    """The texts in a stored stream as rich text, one after the other."""
    found: list[str] = []

    def note(segment: Any) -> str:
        found.append(with_tags(segment))
        return segment.text

    map_field(field, value, note)
    return " ".join(found)


def _single_figures(metrics: list[int]) -> dict[int, str]:
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
