"""Putting a translation before readers, alone: no revision, no draft and no text of the source is touched."""

import logging
from collections.abc import Sequence
from typing import Any

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.log_actions import log

from core import projection
from core.models import Language
from core.segments import InvalidChips, extract

from .checking import errors, findings, glossary
from .chips import chips_of
from .desk import Bench, DeskError, write_back
from .models import Origin, Original, Publication, State, Translation
from .originals import fingerprint_of, note_source, source_date
from .progress import refresh, translation_of
from .rows import Row, Standing, match, rows_of


logger = logging.getLogger(__name__)


class NotReadyError(DeskError):
    """What keeps a translation from being published: `reasons` are for the publisher, `rows` where they are."""

    def __init__(self, reasons: Sequence[str], rows: Sequence[Row] = ()) -> None:
        self.reasons, self.rows = list(reasons), list(rows)
        super().__init__(" ".join(self.reasons))


@transaction.atomic
def publish(
    original: Original, language: str, user: models.Model | None, *, accept_outdated: bool = False
) -> Publication:
    """Publish what is approved for the source that readers see.

    `accept_outdated` lets earlier translations stand where the source has changed since.
    Raises NotReadyError, and DeskError if the original is not published itself.
    """
    live = locked(original)
    note_source(original, live)
    if not original.is_live:
        raise DeskError(_("The Chinese page is not published yet."))
    rows = rows_of(original, language, extract(live))
    check_ready(original, language, rows, accept_outdated=accept_outdated)
    try:
        publication = put_before_readers(original, language, rows, live, user)
    except InvalidChips as error:
        raise NotReadyError([_("A link that the text has is not in the source any more.")]) from error
    log(instance=live, action="languages.publish", user=user, data={"language": language})
    return publication


def put_before_readers(
    original: Original, language: str, rows: Sequence[Row], live: Any, user: models.Model | None
) -> Publication:
    """Write the texts of rows into the columns, and down. Raises what `core.segments.render` raises."""
    stored = projection.project(live, language, {row.segment.path: row.text for row in rows})
    return _written_down(original, language, rows, stored, user)


def locked(original: Original) -> Any:
    """The object that readers see, and nobody else's until the transaction ends. Raises DeskError if it is gone."""
    Original.objects.select_for_update(of=("self",)).get(pk=original.pk)
    try:
        return original.live()
    except original.model.DoesNotExist:
        raise DeskError(_("This has been deleted.")) from None


def check_ready(original: Original, language: str, rows: Sequence[Row], *, accept_outdated: bool = False) -> None:
    """Raises NotReadyError with every reason."""
    terms = glossary(language)
    missing = [row for row in rows if row.standing is Standing.MISSING]
    outdated = [row for row in rows if row.standing is Standing.OUTDATED and not accept_outdated]
    waiting = [row for row in rows if row.standing in (Standing.DRAFT, Standing.REVIEW)]
    chips = chips_of([row.segment for row in rows], language)
    current = [row for row in rows if row.unit]
    wrong = [row for row in current if errors(findings(original, row.segment, row.text, language, terms, chips))]
    counted = [
        (missing, ngettext("%(n)d segment is not translated.", "%(n)d segments are not translated.", len(missing))),
        (outdated, ngettext("%(n)d segment is outdated.", "%(n)d segments are outdated.", len(outdated))),
        (waiting, ngettext("%(n)d segment is not approved.", "%(n)d segments are not approved.", len(waiting))),
        (wrong, ngettext("%(n)d segment has an error.", "%(n)d segments have an error.", len(wrong))),
    ]
    if reasons := [message % {"n": len(found)} for found, message in counted if found]:
        raise NotReadyError(reasons, [row for row in rows if row in missing + outdated + waiting + wrong])


def _written_down(
    original: Original, language: str, rows: Sequence[Row], live: Any, user: models.Model | None
) -> Publication:
    translation = translation_of(original, language)
    texts = {row.segment.path: [row.wording, row.text] for row in rows if row.text}
    accepted_outdated = any(row.standing is Standing.OUTDATED for row in rows)
    translation.save()
    before = translation.publication
    publication = Publication.objects.create(
        translation=translation,
        texts=texts,
        fingerprint="" if accepted_outdated else original.fingerprint,
        source_date=before.source_date if accepted_outdated and before else source_date(live),
        machine_made=any(_is_machine_made(row) for row in rows),
        by=user,
    )
    Translation.objects.filter(pk=translation.pk).update(
        publication=publication, publish_at=None, publish_with_source=False
    )
    refresh(original, language, rows, worked=False)
    return publication


def _is_machine_made(row: Row) -> bool:
    """Whether readers should be told: a machine wrote it and nobody but the machine stands for it."""
    return bool(row.unit and row.unit.origin == Origin.MACHINE and row.unit.reviewer_id is None)


@transaction.atomic
def withdraw(original: Original, language: str, user: models.Model | None) -> None:
    """Take a translation from readers; they see the Chinese again. What was written stays at the desk."""
    live = locked(original)
    projection.withdraw(live, language)
    translation = translation_of(original, language)
    Translation.objects.filter(pk=translation.pk).update(publication=None, publish_at=None, publish_with_source=False)
    refresh(original, language, worked=False)
    log(instance=live, action="languages.withdraw", user=user, data={"language": language})


@transaction.atomic
def roll_back(publication: Publication, user: models.Model) -> Publication:
    """Publish the texts of an earlier publication again, as far as the source still reads as it did then.

    Its texts become the approved texts of the desk, so the next publication does not undo it.
    Raises NotReadyError if the source has segments which that publication had no text for.
    """
    translation = publication.translation
    original, language = translation.original, translation.language
    live = locked(original)
    bench = Bench.held(original, Language.objects.get(code=language), extract(live))
    for row in list(bench.rows):
        digest, text = publication.texts.get(row.segment.path, (None, ""))
        if digest == row.hash and text != row.text:
            write_back(bench, row, text, user, _("Rolled back"))
    log(instance=live, action="languages.roll_back", user=user, data={"language": language})
    return publish(original, language, user, accept_outdated=True)


# What follows from the source --------------------------------------------------------------------


def follow_source(live: Any, original: Original) -> None:
    """The source was published: what was translated of it is shown in its new form, if nothing is missing.

    Moved blocks, other pictures and mended links reach the translations so. If a text changed, the published
    translation stays whole, and is called outdated.
    """
    with_source = original.released_id is not None and original.released_id == getattr(live, "live_revision_id", None)
    if with_source:
        original.released = None
    note_source(original, live)
    segments = extract(live)
    units = list(original.units.select_related("author", "reviewer"))
    for translation in original.translations.select_related("publication"):
        language = translation.language
        rows = match(segments, [unit for unit in units if unit.language == language])
        try:
            if translation.publication and all(row.unit and row.unit.state == State.APPROVED for row in rows):
                _show_again(original, translation, rows, live)
            elif translation.publish_with_source and with_source:
                publish(original, language, translation.publish_as)
        except (DeskError, InvalidChips):
            logger.warning("%s %s could not follow its source", original, language, exc_info=True)
        refresh(original, language, rows, worked=False)


def _show_again(original: Original, translation: Translation, rows: Sequence[Row], live: Any) -> None:
    projection.project(live, translation.language, {row.segment.path: row.text for row in rows})
    publication = translation.publication
    publication.texts = {row.segment.path: [row.hash, row.text] for row in rows}
    publication.fingerprint, publication.source_date = fingerprint_of([r.segment for r in rows]), source_date(live)
    publication.save(update_fields=["texts", "fingerprint", "source_date"])


def publish_due(now: Any = None) -> list[tuple[Translation, str]]:
    """Publish what is scheduled for now or earlier. Returns each with why it could not be, or ""."""
    due = Translation.objects.filter(publish_at__lte=now or timezone.now()).select_related("original", "publish_as")
    outcome = []
    for translation in due:
        try:
            publish(translation.original, translation.language, translation.publish_as)
            outcome.append((translation, ""))
        except DeskError as error:
            outcome.append((translation, str(error)))
    return outcome
