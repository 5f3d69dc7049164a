"""Phrases, names or characters of traditional Chinese were changed: the texts that have them are written again."""

import json
from collections.abc import Iterator
from functools import partial
from typing import Any

from django.db import models
from django.db.models.functions import Cast
from django.utils.translation import gettext as _
from wagtail.models import DraftStateMixin

from core.languages import SOURCE, column, source_columns, translated_fields
from core.models import Language
from core.providers import provider
from core.publishing.mending import Flaw, mender
from core.publishing.projection import automatic_texts, project_automatic
from core.segments import Segment, extract, render

from .desk.originals import translatable_models


def rewrite(words: str) -> int:
    """Write the automatic languages of whatever has these words in Chinese. Returns how many objects that were."""
    count = 0
    for obj in having(words):
        project_automatic(obj)
        count += 1
    return count


def having(words: str) -> Iterator[Any]:
    for model in translatable_models():
        columns = [column(name, SOURCE) for name in translated_fields(model)]
        rows = models.QuerySet(model).alias(**{f"text_of_{name}": Cast(name, models.TextField()) for name in columns})
        rows = rows.filter(_any_holds(columns, words))
        rows = rows.filter(live=True) if issubclass(model, DraftStateMixin) else rows
        for key in list(rows.values_list("pk", flat=True)):
            yield from models.QuerySet(model).filter(pk=key)


def _any_holds(columns: list[str], words: str) -> models.Q:
    """SQLite keeps the JSON of a body with escapes."""
    condition = models.Q(pk__in=[])
    for name in columns:
        for written in {words, json.dumps(words)[1:-1]}:
            condition |= models.Q(**{f"text_of_{name}__contains": written})
    return condition


@mender("traditional-characters")
def _written_otherwise() -> Iterator[Flaw]:
    """Texts of automatic languages that would be written otherwise today: after an upgrade, or past the signals."""
    languages = [row for row in Language.objects.provided() if provider(row.provider).offers(row.code)]
    for obj in having(""):
        with source_columns():
            segments = extract(obj)
        for language in languages:
            if found := _differs(obj, language, segments):
                thing = f"{obj._meta.label} {obj.pk}, {language.code}"
                yield Flaw(thing, found, str(_("Written anew")), partial(project_automatic, obj))


def _differs(obj: Any, language: Language, segments: list[Segment]) -> str:
    """The first text that would be written otherwise, as it is now; '' if there is none."""
    texts = automatic_texts(obj, language, segments)
    if len(texts) != len(segments):
        return ""
    for name, value in render(obj, texts).items():
        field = obj._meta.get_field(name)
        stored = field.get_prep_value(getattr(obj, column(name, language.code)))
        if (stored or "") != (field.get_prep_value(value) or ""):
            return str(_("%(field)s is written otherwise") % {"field": name})
    return ""
