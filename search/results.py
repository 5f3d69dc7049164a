"""From candidates to results: what a page shows of them. Three or four queries, however many results there are."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import models
from django.utils.safestring import SafeString

from core.caching.kept import KeptValues, kept
from core.languages import SOURCE, column, translated_fields
from core.queries.narrow import narrow_reads
from core.queries.prepared import prepared
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
from .highlighting import beginning, highlight, name_spans, snippet, total_length
from .matching import Span
from .parsing import ParsedQuery
from .ranking import Candidate, Level


Texts = dict[str, list[str]]  # by language

_kept_texts: KeptValues[Texts] = KeptValues()


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
    def stage(self) -> str:
        return self.thing.stage if self.kind == Kind.SCHOOL else ""

    @property
    def theme(self) -> str:
        return self.thing.theme.key if self.kind == Kind.METRIC else ""

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
    title_spans = name_spans(title, query)
    other_name, other_name_language = _other_name(candidate, title, title_spans, query, in_order)
    text, text_language = _snippet(thing, level, query, in_order, texts)
    return Result(
        kind=candidate.kind,
        level=level,
        thing=thing,
        language=language,
        title=highlight(title, title_spans),
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
    candidate: Candidate, title: str, title_spans: Sequence[Span], query: ParsedQuery, languages: Sequence[str]
) -> tuple[SafeString | None, str]:
    """The other name that contains most of the query, if it contains more of it than the title does, and its language."""
    thing = candidate.thing
    names = field_values(thing, (thing.name_field(),), languages)
    for value, language in field_values(thing, OTHER_NAMES, languages).items():
        for name in split_names([value]):
            names.setdefault(name.strip(), language)
    names.pop(title, None)
    spans = {name: name_spans(name, query) for name in names}
    best = max(names, key=lambda name: total_length(spans[name]), default="")
    is_nearer = bool(best) and total_length(spans[best]) > total_length(title_spans)
    if not is_nearer or (candidate.kind == Kind.STORY and title_spans):
        return None, ""
    return highlight(best, spans[best]), names[best] or _language_of(best)


def _language_of(alias: str) -> str:
    """The language of a name that is not translated: editors write it in Chinese or in English."""
    return SOURCE if any(ord(character) >= 0x2E80 for character in alias) else ALSO_SEARCHED


def _long_texts(found: Sequence[tuple[Level, Candidate]], languages: Sequence[str]) -> dict[tuple[Kind, int], Texts]:
    """The long texts of candidates that were found by them, in the searched languages. What is not kept of them takes one
    query for each kind, and one for each kind of link that says its words by itself."""
    wanted = [(each.kind, each.thing.pk) for level, each in found if level >= Level.STANDFIRST_AND_NAME]
    searched = tuple(languages)

    def read(keys: list[tuple[tuple[Kind, int], tuple[str, ...]]]) -> dict[Any, Texts]:
        by_kind: dict[Kind, list[int]] = defaultdict(list)
        for (kind, pk), _languages in keys:
            by_kind[kind].append(pk)
        texts = _read_texts(by_kind, searched)
        return {key: texts.get(key[0], {}) for key in keys}

    texts = _kept_texts.get_many([(key, searched) for key in wanted], read)
    return {key: of_key for (key, _languages), of_key in texts.items()}


def _read_texts(wanted: dict[Kind, list[int]], languages: tuple[str, ...]) -> dict[tuple[Kind, int], Texts]:
    places: list[tuple[Kind, int, str]] = []
    texts: list[tuple[str, str]] = []
    for kind, pks in wanted.items():
        model = StandardPage if kind == Kind.PAGE else MODELS[kind]
        names = [name for name in LONG_FIELDS if name in translated_fields(model)]
        if not names:
            continue
        for row in _text_rows(model, pks, names=tuple(names), languages=languages):
            for each in languages:
                for name in names:
                    if stored := row[column(name, each)]:
                        places.append((kind, row["pk"], each))
                        texts.append((each, _stream_text(model._meta.get_field(column(name, each)), stored)))
    with narrow_reads(also=languages):  # the words of a link are in the language of its text
        said = all_with_words(texts)
    read: dict[tuple[Kind, int], Texts] = defaultdict(lambda: defaultdict(list))
    for (kind, pk, code), html in zip(places, said, strict=True):
        read[kind, pk][code].append(plain(html))
    return read


@prepared
def _text_rows(model: Any, pks: list[int], *, names: tuple[str, ...], languages: tuple[str, ...]) -> models.QuerySet:
    columns = (column(name, each) for each in languages for name in names)
    return model._default_manager.filter(pk__in=pks).order_by().values("pk", *columns)


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
    return {row.metric_id: row.display() for row in _single_observations(metrics)} if metrics else {}


@prepared
def _single_observations(metrics: list[int]) -> models.QuerySet:
    rows = Observation.objects.public().filter(metric__in=metrics).order_by().values("metric")
    single = rows.annotate(number=models.Count("pk"), only=models.Min("pk")).filter(number=1)
    return Observation.objects.filter(pk__in=single.values("only")).select_related("unit")


@kept
def examples() -> tuple[list[str], list[str]]:
    """Queries that find something: names of schools, and figures as they are printed. Two queries."""
    schools = readable(Kind.SCHOOL).values_list(column("title", SOURCE), flat=True)[:2]
    figures = (
        Observation.objects.public().exclude(printed="").order_by("-value", "pk").values_list("printed", flat=True)
    )
    return list(schools), list(figures[:2])
