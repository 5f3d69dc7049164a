"""Keeping the record of what there is to translate (models.Original) up to date."""

import hashlib
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils import timezone
from modeltranslation.translator import translator
from wagtail.models import DraftStateMixin

from core.languages import SOURCE, column
from core.models import BasePage, TranslatedMixin
from core.segments import Segment, extract, source_hash

from ..models import Original
from . import draft_wordings


@cache
def translatable_models() -> tuple[type[models.Model], ...]:
    """Every model with translations that has rows of its own: page types, snippets, pictures, settings."""
    registered = translator.get_registered_models(abstract=False)
    return tuple(sorted((m for m in registered if m is not BasePage), key=lambda model: model._meta.label))


def original_of(obj: models.Model) -> Original:
    """The record of an object, created if it does not exist yet."""
    kind = ContentType.objects.get_for_model(obj, for_concrete_model=True)
    original, created = Original.objects.get_or_create(content_type=kind, object_id=obj.pk)
    return record_source(original, obj) if created else original


def record_source(original: Original, live: Any, segments: Sequence[Segment] | None = None) -> Original:
    """Record the present source of an object; `segments` are its, if they are known."""
    segments = extract(live) if segments is None else segments
    _describe(original, live, segments)
    if original.is_live:
        draft_wordings.made_public(original, segments)
    original.save(update_fields=["changed_at", "fingerprint", "total", "title", "path", "is_live", "is_gone"])
    return original


def record_new(objs: Iterable[tuple[Any, Sequence[Segment]]]) -> None:
    """Record objects of one model that have no record yet, with their segments: one query."""
    records = []
    for obj, segments in objs:
        kind = ContentType.objects.get_for_model(obj, for_concrete_model=True)
        records.append(Original(content_type=kind, object_id=obj.pk))
        _describe(records[-1], obj, segments)
    Original.objects.bulk_create(records, ignore_conflicts=True)


def _describe(original: Original, live: Any, segments: Sequence[Segment]) -> None:
    fingerprint = fingerprint_of(segments)
    if fingerprint != original.fingerprint:
        original.changed_at = timezone.now()
    original.fingerprint = fingerprint
    original.total = len(segments)
    original.title = source_name(live)[:255]
    original.path = live.path if isinstance(live, BasePage) else ""
    original.is_live = live.live if isinstance(live, DraftStateMixin) else True
    original.is_gone = False


def fingerprint_of(segments: Iterable[Segment]) -> str:
    """Changes when a text is added, changed or taken away; not when texts are moved."""
    hashes = sorted({source_hash(segment) for segment in segments})
    return hashlib.sha256("\n".join(hashes).encode()).hexdigest()


def source_name(obj: Any) -> str:
    name = obj.name_field() if isinstance(obj, TranslatedMixin) else ""
    return (getattr(obj, column(name, SOURCE)) if name else "") or str(obj)


def source_date(obj: Any) -> Any:
    """When the source that readers see was published; None for models that do not record it."""
    return getattr(obj, "last_published_at", None)
