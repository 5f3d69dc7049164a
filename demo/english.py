"""The demo's translations: found by the Chinese of a segment, and loaded as units of the translators' desk.

English stands beside the Chinese in the data. The other languages have a file each (demo/data/translations), with the
front page and one short story: published, and not seen by readers until the language is opened.
"""

import json
from typing import Any

from django.db import models

from core.segments import extract
from languages.desk.originals import translatable_models
from languages.models import LanguageWork, Original, Translation
from languages.publishing.loading import load

from .marks import as_segments
from .records import DATA, texts_in


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
        load(obj, LANGUAGE, {segment.path: english[segment.text] for segment in segments})


def other_languages() -> dict[str, dict[str, str]]:
    """{language: {Chinese: text}}, from the files."""
    files = sorted((DATA / "translations").glob("*.json"))
    return {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in files}


def add_other_languages() -> None:
    """Load what the files have for whole objects."""
    for code, texts in other_languages().items():
        LanguageWork.objects.get_or_create(language=code)
        for model in translatable_models():
            for obj in models.QuerySet(model):
                found = {segment.path: text_for(obj, segment.text, texts) for segment in extract(obj)}
                if found and all(found.values()) and not _is_in(obj, code):
                    load(obj, code, found)


def text_for(obj: models.Model, chinese: str, texts: dict[str, str]) -> str | None:
    """Words that mean different things at different objects, such as 个, have the object's key after a bar."""
    return texts.get(f"{chinese}|{getattr(obj, 'key', '')}") or texts.get(chinese)


def _is_in(obj: models.Model, code: str) -> bool:
    return Translation.objects.filter(original__in=Original.objects.for_object(obj), language=code).exists()
