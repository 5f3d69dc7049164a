"""Taking over translations that were made elsewhere."""

from collections.abc import Mapping

from django.db import models, transaction

from core.segments import extract

from .models import Origin, Original, State, Unit
from .originals import original_of
from .progress import refresh
from .publishing import put_before_readers
from .rows import rows_of


@transaction.atomic
def load(obj: models.Model, language: str, texts: Mapping[str, str], *, publish: bool = True) -> Original:
    """Store {path: text} as approved units of an object that is published, and publish them if asked.

    Units that are there already are left as they are. Raises core.segments.IncompleteTranslation if a segment has no
    text, InvalidChips if a text has chips that its segment has not.
    """
    original = original_of(obj)
    segments = extract(obj)
    fresh = [row for row in rows_of(original, language, segments) if row.here is None]
    Unit.objects.bulk_create(
        Unit(
            original=original,
            language=language,
            path=row.segment.path,
            source_hash=row.hash,
            source_text=row.segment.text,
            text=texts[row.segment.path],
            state=State.APPROVED,
            origin=Origin.IMPORT,
        )
        for row in fresh
        if texts.get(row.segment.path)
    )
    rows = rows_of(original, language, segments)
    refresh(original, language, rows)
    if publish:
        put_before_readers(original, language, rows, obj, user=None)
    return original
