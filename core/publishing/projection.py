"""Writing a language's columns: a translation is projected from texts, never edited in place."""

from collections.abc import Callable, Mapping
from typing import Any

from django.db import models, transaction

from ..languages import SOURCE, TARGETS, column, source_columns, translated_fields
from ..locking import held
from ..models import BasePage, Language
from ..providers import provider
from ..segments import Segment, extract, map_field, render


# What people wrote for segments of an object in an automatic language, {path: text}: it wins over what the provider wrote,
# which they are told. The translators' desk registers itself here, since `core` knows nothing of it.
Corrections = Callable[[models.Model, Language, list[Segment], Mapping[str, str]], Mapping[str, str]]
corrections: list[Corrections] = []

# Marks in the texts of a translation, {path: text}, that somebody has written which words were checked against what; the
# desk registers itself here as well.
Marker = Callable[[models.Model, str, Mapping[str, str]], Mapping[str, str]]
markers: list[Marker] = []
Renderer = Callable[[models.Model, str, Mapping[str, str]], dict[str, Any]]


@transaction.atomic
def project(obj: models.Model, code: str, texts: Mapping[str, str]) -> models.Model:
    """Publish `obj` in a target language: render `texts` (segment path -> text) into its columns.

    Only those columns of the live row are written: no revision, no draft, no source text is touched.
    Returns the saved object. Raises ValueError for the source language, and what `segments.render`
    raises for missing texts or broken chips; nothing is written then.
    """
    return _project(obj, code, texts, rendered)


def _project(obj: models.Model, code: str, texts: Mapping[str, str], render_as: Renderer) -> models.Model:
    live = _locked(obj, code)
    return _write(live, code, render_as(live, code, texts))


def rendered(obj: models.Model, code: str, texts: Mapping[str, str]) -> dict[str, Any]:
    """The columns that `project` would write, {field: value}, with what the markers add. Raises as `segments.render`."""
    for mark in markers:
        texts = mark(obj, code, texts)
    return render(obj, texts)


@transaction.atomic
def withdraw(obj: models.Model, code: str) -> models.Model:
    """Unpublish a translation: empty its columns. Readers of the language see Chinese again."""
    live = _locked(obj, code)
    return _write(live, code, {name: [] if _is_stream(live, name) else None for name in translated_fields(type(live))})


def columns_of(obj: models.Model, code: str) -> dict[str, Any]:
    """What stands in the columns of a target language: {field: its value as JSON holds it}."""
    kept = {name: obj._meta.get_field(name) for name in translated_fields(type(obj))}
    return {name: map_field(field, getattr(obj, column(name, code)), _as_it_is) for name, field in kept.items()}


def segments_of(obj: models.Model, columns: Mapping[str, Any]) -> list[Segment]:
    """The texts of such values, with the paths of the segments that they are translations of."""
    found: list[Segment] = []

    def record(segment: Segment) -> str:
        found.append(segment)
        return segment.text

    for name in translated_fields(type(obj)):
        map_field(obj._meta.get_field(name), columns.get(name), record)
    return found


@transaction.atomic
def put_back(obj: models.Model, code: str, columns: Mapping[str, Any]) -> models.Model:
    """Write values that `columns_of` gave, or `rendered`, as they are. Fields that are unknown now are left out,
    those that were unknown then are emptied. Only the columns of the live row are written. Returns the saved object."""
    live = _locked(obj, code)
    empty = {name: [] if _is_stream(live, name) else None for name in translated_fields(type(live))}
    return _write(live, code, empty | {name: value for name, value in columns.items() if name in empty})


def _as_it_is(segment: Segment) -> str:
    return segment.text


@transaction.atomic
def project_automatic(obj: models.Model) -> None:
    """Fill the languages that have a provider, as after every publish of the source, from what is stored now."""
    languages = [row for row in Language.objects.provided() if provider(row.provider).offers(row.code)]
    if languages:
        obj = held(type(obj), obj.pk).get()
    for language in languages:
        with source_columns():
            segments = extract(obj)
        texts = automatic_texts(obj, language, segments)
        if len(texts) == len(segments):
            _project(obj, language.code, texts, _unmarked)


def _unmarked(obj: models.Model, _code: str, texts: Mapping[str, str]) -> dict[str, Any]:
    """What is written automatically says the words of the source itself: there is nothing to mark."""
    return render(obj, texts)


def automatic_texts(obj: models.Model, language: Language, segments: list[Segment]) -> dict[str, str]:
    """{path: text} of the language's provider, with what people have put right."""
    texts = provided_texts(language, segments)
    for correct in corrections:
        texts |= correct(obj, language, segments, texts)
    return texts


def provided_texts(language: Language, segments: list[Segment]) -> dict[str, str]:
    """{path: text} as the language's provider writes it."""
    answers = provider(language.provider).translate(segments, language.code)
    return {segment.path: text for segment, text in zip(segments, answers, strict=True) if text is not None}


def _locked(obj: models.Model, code: str) -> models.Model:
    """The current row, locked until the transaction ends."""
    if code not in TARGETS:
        raise ValueError(f"{code!r} is not a target language (the source is {SOURCE})")
    return held(type(obj), obj.pk).get()


def _write(live: models.Model, code: str, values: Mapping[str, Any]) -> models.Model:
    columns = {column(name, code): value for name, value in values.items()}
    for name, value in columns.items():
        setattr(live, name, value)
    options = {"clean": False} if isinstance(live, BasePage) else {}
    live.save(update_fields=list(columns), **options)
    return live


def _is_stream(obj: models.Model, name: str) -> bool:
    return hasattr(obj._meta.get_field(name), "stream_block")
