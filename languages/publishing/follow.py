"""What becomes of the translations when their source is published."""

import logging
from collections.abc import Sequence
from typing import Any

from django.db import transaction

from core.locking import held
from core.publishing import projection
from core.segments import IncompleteTranslation, InvalidChips, extract

from ..desk import draft_wordings, telling
from ..desk.originals import record_source, source_date
from ..desk.progress import refresh
from ..desk.rows import Row, match
from ..models import Original, Publication, Translation
from .schedule import publish_as_requested


logger = logging.getLogger(__name__)


@transaction.atomic
def follow_source(live: Any, original: Original) -> None:
    """The source was published: its published translations take its new form, if nothing is missing.

    So moved blocks, other pictures and corrected links reach the translations. If a text changed, the published
    translation stays as it is and becomes outdated. The translation of a released draft is published with it, if a
    publisher asked for that. Nothing here stops the source from being published.
    """
    held(type(live), live.pk)
    with_source = (
        original.released_id is not None and (getattr(live, "live_revision_id", 0) or 0) >= original.released_id
    )
    asked = {}
    if with_source:
        Original.objects.filter(pk=original.pk).update(released=None)
        original.released = None
        draft_wordings.end_release(original)
        waiting = original.translations.filter(publish_with_source=True)
        asked = {each.pk: each.publish_as for each in waiting.select_related("publish_as")}
        waiting.update(publish_with_source=False)
    before = original.fingerprint
    record_source(original, live)
    segments = extract(live)
    units = list(original.units.known().select_related("author", "reviewer"))
    for translation in original.translations.select_related("publication"):
        if translation.pk in asked and not publish_as_requested(translation, original, asked[translation.pk]):
            continue
        rows = match(segments, [unit for unit in units if unit.language == translation.language])
        try:
            with transaction.atomic():
                _show_in_new_form(original, translation, rows, live)
        except (InvalidChips, IncompleteTranslation):
            logger.warning("%s %s could not follow its source", original, translation.language, exc_info=True)
        shown = translation.publication.texts if translation.publication else None
        refresh(original, translation.language, rows, worked=False, shown=shown)
    if original.fingerprint != before:
        telling.source_changed(original)


def _show_in_new_form(original: Original, translation: Translation, rows: Sequence[Row], live: Any) -> None:
    publication = translation.publication
    shown = _reusable_texts(publication, rows) if publication else {}
    if shown:
        projection.project(live, translation.language, {path: text for path, (_hash, text) in shown.items()})
        publication.texts = shown
        publication.fingerprint, publication.source_date = original.fingerprint, source_date(live)
        publication.save(update_fields=["texts", "fingerprint", "source_date"])


def _reusable_texts(publication: Publication, rows: Sequence[Row]) -> dict[str, list[str]]:
    """The published text of each segment, from the publication itself; empty if it has no text for one of them.

    A text fits if it was published for this wording, here or elsewhere in the original; or if somebody has confirmed
    that the change of the source had no effect on its meaning.
    """
    by_hash = dict(publication.texts.values())
    shown = {}
    for row in rows:
        digest, text = publication.texts.get(row.segment.path, ("", ""))
        kept = row.is_done and row.unit and row.unit.text == text
        if digest != row.hash and not kept:
            text = by_hash.get(row.hash, "")
        if not text:
            return {}
        shown[row.segment.path] = [row.hash, text]
    return shown
