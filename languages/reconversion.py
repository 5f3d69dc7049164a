"""A phrase of the automatic traditional Chinese was changed: the texts that have it are written anew."""

import json
from collections.abc import Iterator
from typing import Any

from django.db import models
from django.db.models.functions import Cast
from wagtail.models import DraftStateMixin

from core.languages import SOURCE, column, translated_fields
from core.publishing.projection import project_automatic

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
