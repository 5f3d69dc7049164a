"""Which translations a page's draft will leave behind when it is published."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import models, transaction

from core.models import Language
from core.segments import Segment, extract

from .desk import Bench, keep_for
from .models import Original, State, Translation
from .progress import refresh
from .rows import Row, match


@dataclass(frozen=True)
class Aging:
    """`segments` of the draft have no approved text in the language: new or changed ones."""

    language: Language
    translation: Translation
    segments: list[Segment]


def aging(page: Any) -> list[Aging]:
    """For each published translation that is written by people: what the latest draft has that it has not."""
    original = Original.objects.for_object(page).first()
    return [
        Aging(language, translation, [row.segment for row in rows if not row.is_done])
        for language, translation, rows in _rows_of_the_draft(page, original)
    ]


@transaction.atomic
def keep_all(page: Any, user: models.Model) -> int:
    """What changed in the latest draft has no effect on the meaning: what was approved for the earlier wording is
    approved for the new one, in every language that is published. Returns how many segments that were."""
    original = Original.objects.for_object(page).first()
    kept = 0
    for language, _translation, rows in _rows_of_the_draft(page, original):
        for row in rows:
            if row.earlier and row.earlier.state == State.APPROVED:
                keep_for(Bench(original, language, [row]), row, user)
                kept += 1
        refresh(original, language.code, worked=False)
    return kept


def _rows_of_the_draft(page: Any, original: Original | None) -> Iterator[tuple[Language, Translation, list[Row]]]:
    """For each published translation that is written by people."""
    if original is None:
        return
    segments = extract(page.get_latest_revision_as_object())
    units = list(original.units.all())
    published = {row.language: row for row in original.translations.exclude(publication=None)}
    for language in Language.objects.filter(code__in=published, provider=""):
        rows = match(segments, [unit for unit in units if unit.language == language.code])
        yield language, published[language.code], rows
