"""Keeping the record of how far each translation is (models.Translation) up to date."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import models
from django.utils import timezone

from ..models import Original, Publication, Translation, TranslationStage
from ..models.translations import UPDATES, Progress
from .rows import Row, SegmentStatus, rows_of


COUNTED = {
    "done": SegmentStatus.APPROVED,
    "handed_in": SegmentStatus.REVIEW,
    "outdated": SegmentStatus.OUTDATED,
}


def translation_of(original: Original, language: str) -> Translation:
    """The record of a translation; a new one, not saved, if nobody has begun it."""
    found = Translation.objects.select_related("assignee").filter(original=original, language=language).first()
    translation = found or Translation(language=language)
    translation.original = original
    return translation


def refresh(
    original: Original,
    language: str,
    rows: Sequence[Row] | None = None,
    *,
    worked: bool = True,
    shown: Mapping[str, Sequence[str]] | None = None,
) -> None:
    """Count again; with `worked`, somebody has just worked on it. `shown` are the texts of the publication, if they are
    known; otherwise texts newer than the publication count as not published."""
    rows = rows_of(original, language) if rows is None else rows
    counted: dict[str, Any] = {name: sum(row.status is status for row in rows) for name, status in COUNTED.items()}
    if worked:
        counted["updated_at"] = timezone.now()
    stage = models.Case(*_of_published(original), default=models.Value(unpublished_stage(rows)))
    found = Translation.objects.filter(original=original, language=language)
    if not found.update(stage=stage, waiting=_waiting(original, rows, shown), **counted):
        first = counted | {"stage": unpublished_stage(rows)}
        Translation.objects.get_or_create(original=original, language=language, defaults=first)


def progress_of(rows: Sequence[Row]) -> Progress:
    handed_in = sum(row.status is SegmentStatus.REVIEW for row in rows)
    return Progress(len(rows), sum(row.is_done for row in rows), handed_in)


def _waiting(original: Original, rows: Sequence[Row], shown: Mapping[str, Sequence[str]] | None) -> Any:
    """Whether the desk has newer texts than readers see, and how far those are."""
    stage = unpublished_stage(rows)
    if stage not in UPDATES or (
        stage == TranslationStage.READY and shown is not None and not any(_differs(r, shown) for r in rows)
    ):
        return ""
    is_new = models.Q(publication__isnull=False)
    if stage == TranslationStage.READY and shown is None:
        latest = max(row.unit.updated_at for row in rows if row.unit)
        older = models.Q(at__lt=latest) | ~models.Q(fingerprint=original.fingerprint)
        is_new = models.Q(models.Exists(Publication.objects.filter(older, pk=models.OuterRef("publication_id"))))
    return models.Case(models.When(is_new, then=models.Value(stage)), default=models.Value(""))


def _differs(row: Row, shown: Mapping[str, Sequence[str]]) -> bool:
    return row.segment.path not in shown or shown[row.segment.path][1] != row.text


def _of_published(original: Original) -> list[models.When]:
    """Whether what readers see follows the present source, or an earlier one."""
    publications = Publication.objects.filter(pk=models.OuterRef("publication_id"))
    follows = publications.filter(fingerprint=original.fingerprint)
    return [
        models.When(models.Exists(follows), then=models.Value(TranslationStage.PUBLISHED)),
        models.When(publication__isnull=False, then=models.Value(TranslationStage.OUTDATED)),
    ]


def unpublished_stage(rows: Sequence[Row]) -> Any:
    statuses = {row.status for row in rows}
    if statuses <= {SegmentStatus.MISSING}:
        return TranslationStage.MISSING
    if statuses <= {SegmentStatus.APPROVED}:
        return TranslationStage.READY
    return (
        TranslationStage.REVIEW
        if statuses <= {SegmentStatus.APPROVED, SegmentStatus.REVIEW}
        else TranslationStage.DRAFT
    )
