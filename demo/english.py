"""The demo's English: found by the Chinese of a segment, and projected into the English columns."""

from typing import Any

from django.db import models

from core.projection import project
from core.segments import extract

from .marks import as_segments
from .records import texts_in


LANGUAGE = "en"


class EnglishMissingError(Exception):
    """The demo's data has no English for a Chinese text."""


def translate(obj: models.Model, data: Any) -> None:
    """Publish an object in English with the texts of its record. Raises EnglishMissingError."""
    english: dict[str, str] = {}
    for text in texts_in(data):
        english[text["zh"]] = text["en"]
        source, target = as_segments(text)
        english[source] = target
    segments = extract(obj)
    missing = [f"{segment.path}: {segment.text}" for segment in segments if not english.get(segment.text)]
    if missing:
        raise EnglishMissingError(f"{obj._meta.label} {obj}: no English for {'; '.join(missing)}")
    if segments:
        project(obj, LANGUAGE, {segment.path: english[segment.text] for segment in segments})
