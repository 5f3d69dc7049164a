"""Loading translations that were made elsewhere."""

from collections.abc import Mapping
from dataclasses import replace

from django.db import models, transaction

from core.segments import extract

from ..desk.originals import original_of
from ..desk.progress import refresh
from ..desk.rows import Row, rows_of
from ..models import Origin, Original, Unit, UnitState
from .publish import publish_rows


@transaction.atomic
def load(obj: models.Model, language: str, texts: Mapping[str, str], *, publish: bool = True) -> Original:
    """Store {path: text} as approved units of an object that is published, and publish them if asked.

    Existing units are left as they are. Raises core.segments.IncompleteTranslation if a segment has no text,
    InvalidChips if a text has chips that its segment does not have.
    """
    original = original_of(obj)
    segments = extract(obj)
    rows = [
        row if row.here else _with_unit(row, original, language, texts.get(row.segment.path, ""))
        for row in rows_of(original, language, segments)
    ]
    Unit.objects.bulk_create(row.here for row in rows if row.here and row.here.pk is None)
    if publish:
        publish_rows(original, language, rows, obj, user=None)
    else:
        refresh(original, language, rows)
    return original


def _with_unit(row: Row, original: Original, language: str, text: str) -> Row:
    """The row with an approved unit that is not stored yet; as it was, if there is no text."""
    if not text.strip():
        return row
    unit = Unit(
        original=original,
        language=language,
        path=row.segment.path,
        source_hash=row.hash,
        source_text=row.segment.text,
        text=text,
        state=UnitState.APPROVED,
        origin=Origin.IMPORT,
    )
    return replace(row, here=unit, unit=unit)
