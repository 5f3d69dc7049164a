"""Writing a language's columns: a translation is projected from texts, never edited in place."""

from collections.abc import Callable, Mapping
from typing import Any

from django.db import models, transaction

from ..languages import SOURCE, TARGETS, column, source_columns, translated_fields
from ..locking import held
from ..models import BasePage, Language
from ..providers import provider
from ..segments import Segment, extract, render


# What people wrote for segments of an object in an automatic language, {path: text}: it wins over what the provider wrote,
# which they are told. The translators' desk registers itself here, since `core` knows nothing of it.
Corrections = Callable[[models.Model, Language, list[Segment], Mapping[str, str]], Mapping[str, str]]
corrections: list[Corrections] = []


@transaction.atomic
def project(obj: models.Model, code: str, texts: Mapping[str, str]) -> models.Model:
    """Publish `obj` in a target language: render `texts` (segment path -> text) into its columns.

    Only those columns of the live row are written: no revision, no draft, no source text is touched.
    Returns the saved object. Raises ValueError for the source language, and what `segments.render`
    raises for missing texts or broken chips; nothing is written then.
    """
    live = _locked(obj, code)
    return _write(live, code, render(live, texts))


@transaction.atomic
def withdraw(obj: models.Model, code: str) -> models.Model:
    """Unpublish a translation: empty its columns. Readers of the language see Chinese again."""
    live = _locked(obj, code)
    return _write(live, code, {name: [] if _is_stream(live, name) else None for name in translated_fields(type(live))})


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
            project(obj, language.code, texts)


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
