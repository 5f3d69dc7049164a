"""Going back to an earlier publication of a translation. That always works, whatever has happened since.

Its texts are put into the present form of the page, so that pictures and links are those of today. A text of a wording that
has changed since stands in for the new one, and the page says that it follows an earlier Chinese, as always. If the
Chinese has texts now that the publication has none for, readers get the page in the form that it had.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models, transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from core.models import Language
from core.publishing import projection
from core.segments import IncompleteTranslation, InvalidChips, Segment, extract, source_hash
from core.text.tags import plain

from ..desk.errors import DeskError
from ..desk.locked_rows import LockedRows
from ..desk.originals import record_source, source_date
from ..desk.progress import refresh
from ..desk.rows import Row, SegmentStatus, rows_of
from ..desk.seen import ChangedMeanwhile
from ..desk.segment_actions import restore_text
from ..models import Original, Publication, Translation
from .publish import MAX_PUBLICATIONS, keep_columns, lock_live, refuse_automatic, show
from .token_words import marked_form


Texts = dict[str, list[str]]  # path of a segment -> hash of the wording that is translated, text
UNFINISHED = {SegmentStatus.DRAFT, SegmentStatus.REVIEW}


@dataclass(frozen=True)
class Return:
    """What readers would see of a publication now: `columns` as `projection.put_back` takes them, made of `texts`.

    `now` are the columns that readers see. `stale` are the paths of the segments whose Chinese has changed since, or is
    gone. With `has_old_form` pictures, links and blocks are as they were then.
    """

    now: Mapping[str, Any]
    columns: Mapping[str, Any]
    texts: Texts
    stale: frozenset[str]
    has_old_form: bool = False

    @property
    def seen(self) -> str:
        """A fingerprint of the difference that somebody is shown."""
        shown = json.dumps([self.now, self.columns], cls=DjangoJSONEncoder, sort_keys=True)
        return hashlib.sha256(shown.encode()).hexdigest()[:32]


def planned_return(publication: Publication, live: Any) -> Return:
    """What going back to a publication would show. Reads only."""
    language = publication.translation.language
    now = projection.columns_of(live, language)
    segments = extract(live)
    present = {segment.path: source_hash(segment) for segment in segments}
    texts = _fitting(publication.texts, segments)
    has_old_form = False
    try:
        columns = projection.rendered(live, language, {path: text for path, (_digest, text) in texts.items()})
    except (IncompleteTranslation, InvalidChips):
        has_old_form = publication.columns is not None
        if has_old_form:
            columns, texts = marked_form(live, language, publication.columns), publication.texts
        else:
            columns, texts = _rendered(live, language, _filled(publication, texts, segments))
    stale = frozenset(path for path, (digest, _text) in texts.items() if present.get(path) != digest)
    return Return(now, columns, {path: each for path, each in texts.items() if each[0]}, stale, has_old_form)


def _fitting(texts: Texts, segments: Sequence[Segment]) -> Texts:
    """What a publication has for the segments of today: a text of the same wording, here or elsewhere; else one of an
    earlier wording of this place."""
    by_hash = {each[0]: each[1] for each in texts.values()}
    found = {}
    for segment in segments:
        digest = source_hash(segment)
        here = texts.get(segment.path)
        if digest in by_hash and (here is None or here[0] != digest):
            here = [digest, by_hash[digest]]
        if here:
            found[segment.path] = here
    return found


def _filled(publication: Publication, texts: Texts, segments: Sequence[Segment]) -> Texts:
    """Of a publication that was replaced before its form was kept: what it lacks is taken from what is approved at the desk,
    or from other publications; what nobody has ever translated stays Chinese, and is text of no wording."""
    translation = publication.translation
    rows = rows_of(translation.original, translation.language, segments)
    approved = {row.segment.path: [row.hash, row.text] for row in rows if row.is_done}
    others = translation.publications.exclude(pk=publication.pk).values_list("texts", flat=True)[:MAX_PUBLICATIONS]
    sources = [texts, approved, *(_fitting(other, segments) for other in others)]
    return {
        segment.path: next(
            (source[segment.path] for source in sources if segment.path in source),
            ["", segment.text],
        )
        for segment in segments
    }


def _rendered(live: Any, language: str, texts: Texts) -> tuple[dict[str, Any], Texts]:
    """Of a text with links or marks that the Chinese has no more, its words."""
    while True:
        try:
            return projection.rendered(live, language, {path: text for path, (_digest, text) in texts.items()}), texts
        except InvalidChips as error:
            digest, text = texts[error.path]
            texts = texts | {error.path: [digest, escape(plain(text), quote=False)]}


@transaction.atomic
def roll_back(publication: Publication, user: models.Model | None, *, seen: str | None = None) -> Publication:
    """Publish an earlier publication again, as it was. Returns the new record of it.

    Its texts become the approved texts of the desk, so that the next publication does not undo it; what somebody is
    working on stays. Raises ChangedMeanwhile if what it would show is not what was `seen` (Return.seen), and DeskError
    if readers see this publication now, or the object is deleted.
    """
    translation = publication.translation
    original, language = translation.original, translation.language
    live = lock_live(original)
    refuse_automatic(language)
    if Translation.objects.filter(pk=translation.pk, publication=publication).exists():
        raise DeskError(_("Readers see this one now."))
    plan = planned_return(publication, live)
    if seen is not None and seen != plan.seen:
        raise ChangedMeanwhile([], 0)
    record_source(original, live)
    keep_columns(original, language, live)
    projection.put_back(live, language, plan.columns)
    rows = _restore_at_desk(original, language, plan.texts, live, user)
    is_outdated = plan.has_old_form or bool(plan.stale)
    shown = Publication.objects.create(
        translation=translation,
        texts=plan.texts,
        fingerprint="" if is_outdated else original.fingerprint,
        source_date=publication.source_date if is_outdated else source_date(live),
        machine_made=publication.machine_made,
        by=user,
    )
    show(translation, shown)
    refresh(original, language, rows, worked=False, shown=plan.texts)
    log(instance=live, action="languages.roll_back", user=user, data={"language": language})
    return shown


def _restore_at_desk(
    original: Original, language: str, texts: Texts, live: Any, user: models.Model | None
) -> Sequence[Row]:
    locked = LockedRows.lock(original, Language.objects.get(code=language), extract(live))
    for row in list(locked.rows):
        digest, text = texts.get(row.segment.path, ("", ""))
        if digest == row.hash and row.status not in UNFINISHED and not (row.is_done and row.text == text):
            restore_text(locked, row, locked.unit(row), text, user, _("Rolled back"))
        elif row.earlier and row.earlier.source_hash == digest and row.earlier.text != text:
            restore_text(locked, row, row.earlier, text, user, _("Rolled back"))
    return locked.rows
