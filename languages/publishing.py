"""Putting a translation before readers, alone: no revision, no draft and no text of the source is touched."""

import logging
from collections.abc import Sequence
from typing import Any

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.log_actions import log

from core.locking import held
from core.models import Language
from core.publishing import projection
from core.segments import IncompleteTranslation, InvalidChips, Segment, extract, source_hash

from . import rights
from .checking import errors, findings, glossary
from .chips import chips_of
from .desk import Bench, DeskError, write_back
from .models import Origin, Original, Publication, State, Translation
from .originals import note_source, source_date
from .progress import refresh
from .rows import Row, Standing, match, rows_of


logger = logging.getLogger(__name__)
MOST_PUBLICATIONS = 50  # of which earlier texts are taken, the newest first


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

    `accept_outdated` lets earlier translations stand where the source has changed since, if they were published.
    Raises NotReadyError, and DeskError if the original is not published itself.
    """
    live = locked(original)
    _refuse_automatic(language)
    note_source(original, live)
    if not original.is_live:
        raise DeskError(_("The Chinese page is not published yet."))
    rows = (
        _seen_before(original, language, extract(live))
        if accept_outdated
        else rows_of(original, language, extract(live))
    )
    check_ready(original, language, rows, accept_outdated=accept_outdated)
    try:
        publication = put_before_readers(original, language, rows, live, user)
    except (InvalidChips, IncompleteTranslation) as error:
        raise NotReadyError([_("The texts do not fit the Chinese page as it is now. Load it again.")]) from error
    log(instance=live, action="languages.publish", user=user, data={"language": language})
    return publication


def _seen_before(original: Original, language: str, segments: Sequence[Segment]) -> list[Row]:
    """The rows, with earlier texts of wordings only that were published: never of a draft that translators may see."""
    publications = Publication.objects.filter(translation__original=original, translation__language=language)
    texts = publications.values_list("texts", flat=True)[:MOST_PUBLICATIONS]
    published = {digest for each in texts for digest, _text in each.values()}
    wordings = published | {source_hash(segment) for segment in segments}
    units = original.units.filter(language=language).select_related("author", "reviewer")
    return match(segments, [unit for unit in units if unit.source_hash in wordings])


def put_before_readers(
    original: Original, language: str, rows: Sequence[Row], live: Any, user: models.Model | None
) -> Publication:
    """Write the texts of rows into the columns, and down. Raises what `core.segments.render` raises."""
    stored = projection.project(live, language, {row.segment.path: row.text for row in rows})
    return _written_down(original, language, rows, stored, user)


def locked(original: Original) -> Any:
    """The object that readers see, and nobody else's until the transaction ends; the memo is read again.

    The object first, then the memo: in the order in which Wagtail's publishing takes them. Raises DeskError if the
    object is gone.
    """
    live = held(original.model, original.object_id).first()
    if live is None:
        raise DeskError(_("This has been deleted."))
    original.refresh_from_db(from_queryset=Original.objects.select_for_update(of=("self",), no_key=True))
    return live


def _refuse_automatic(language: str) -> None:
    if Language.objects.filter(code=language).exclude(provider="").exists():
        raise DeskError(_("This language is written automatically: correct single segments."))


def check_ready(original: Original, language: str, rows: Sequence[Row], *, accept_outdated: bool = False) -> None:
    """Raises NotReadyError with every reason."""
    terms = glossary(language)
    missing = [row for row in rows if row.standing is Standing.MISSING]
    outdated = [
        row for row in rows if row.standing is Standing.OUTDATED and not (accept_outdated and _was_approved(row))
    ]
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


def check_schedulable(original: Original, language: str) -> None:
    """What is to be published at a time must be ready when the time is set: nobody is there to be told later.

    Raises NotReadyError, and DeskError if readers do not see the original itself.
    """
    if not original.is_live:
        raise DeskError(_("The Chinese page is not published yet."))
    check_ready(original, language, rows_of(original, language, extract(original.live())))


def _was_approved(row: Row) -> bool:
    return bool(row.earlier and row.earlier.state == State.APPROVED)


def _written_down(
    original: Original, language: str, rows: Sequence[Row], live: Any, user: models.Model | None
) -> Publication:
    translation, _new = Translation.objects.get_or_create(original=original, language=language)
    texts = {row.segment.path: [row.wording, row.text] for row in rows if row.text}
    accepted_outdated = any(row.standing is Standing.OUTDATED for row in rows)
    before = translation.publication or translation.publications.first()
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
    """Whether readers should be told: a machine wrote it, and nobody has written it over."""
    unit = row.unit or row.earlier
    return bool(unit and unit.origin == Origin.MACHINE)


@transaction.atomic
def withdraw(original: Original, language: str, user: models.Model | None) -> None:
    """Take a translation from readers; they see the Chinese again. What was written stays at the desk."""
    live = locked(original)
    _refuse_automatic(language)
    projection.withdraw(live, language)
    found = Translation.objects.filter(original=original, language=language)
    found.update(publication=None, publish_at=None, publish_with_source=False)
    refresh(original, language, worked=False)
    log(instance=live, action="languages.withdraw", user=user, data={"language": language})


@transaction.atomic
def roll_back(publication: Publication, user: models.Model, *, accept_outdated: bool = False) -> Publication:
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
        if digest == row.hash and not (text == row.text and row.is_done):
            write_back(bench, row, text, user, _("Rolled back"))
    log(instance=live, action="languages.roll_back", user=user, data={"language": language})
    return publish(original, language, user, accept_outdated=accept_outdated)


# What follows from the source --------------------------------------------------------------------


@transaction.atomic
def follow_source(live: Any, original: Original) -> None:
    """The source was published: what readers see of its translations is shown in its new form, if nothing is missing.

    Moved blocks, other pictures and mended links reach the translations so. If a text changed, the published
    translation stays whole, and is called outdated. What was translated of a released draft is published with it, if
    a publisher asked for that. Nothing here keeps the source from being published.
    """
    held(type(live), live.pk)
    with_source = (
        original.released_id is not None and (getattr(live, "live_revision_id", 0) or 0) >= original.released_id
    )
    asked = {}
    if with_source:
        Original.objects.filter(pk=original.pk).update(released=None)
        original.released = None
        waiting = original.translations.filter(publish_with_source=True)
        asked = {each.pk: each.publish_as for each in waiting.select_related("publish_as")}
        waiting.update(publish_with_source=False)
    note_source(original, live)
    segments = extract(live)
    units = list(original.units.select_related("author", "reviewer"))
    for translation in original.translations.select_related("publication"):
        if translation.pk in asked and not _publish_one(translation, original, asked[translation.pk]):
            continue
        rows = match(segments, [unit for unit in units if unit.language == translation.language])
        try:
            with transaction.atomic():
                _follow(original, translation, rows, live)
        except (InvalidChips, IncompleteTranslation):
            logger.warning("%s %s could not follow its source", original, translation.language, exc_info=True)
        shown = translation.publication.texts if translation.publication else None
        refresh(original, translation.language, rows, worked=False, shown=shown)


def _follow(original: Original, translation: Translation, rows: Sequence[Row], live: Any) -> None:
    publication = translation.publication
    shown = _shown_again(publication, rows) if publication else {}
    if shown:
        projection.project(live, translation.language, {path: text for path, (_hash, text) in shown.items()})
        publication.texts = shown
        publication.fingerprint, publication.source_date = original.fingerprint, source_date(live)
        publication.save(update_fields=["texts", "fingerprint", "source_date"])


def _shown_again(publication: Publication, rows: Sequence[Row]) -> dict[str, list[str]]:
    """What readers see of each segment, from the publication itself; nothing, if it has no text for one of them.

    A text fits if it was published for this wording, here or elsewhere in the original; or if somebody has said that
    the change of the source had no effect on its meaning.
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


def publish_due(now: Any = None) -> list[tuple[Translation, str]]:
    """Publish what is scheduled for now or earlier. Returns each with why it could not be, or "".

    What cannot be published is not tried again: the time is taken out, and the reason is logged.
    """
    now = now or timezone.now()
    outcome = []
    for translation in Translation.objects.filter(publish_at__lte=now).select_related(
        "original__content_type", "publish_as"
    ):
        due = Translation.objects.filter(pk=translation.pk, publish_at__lte=now)
        if due.exists():  # nobody has taken it back meanwhile
            problem = _publish_one(translation, translation.original, translation.publish_as)
            if problem:
                due.update(publish_at=None)
            outcome.append((translation, problem))
    return outcome


def _publish_one(translation: Translation, original: Original, user: models.Model | None) -> str:
    """Publish what somebody asked for earlier. Returns why it could not be, or ""; the reason stands in the log of the
    object, too. Nothing that goes wrong here keeps others from being published."""
    try:
        if user is None or not rights.may_publish(user, translation.language):
            raise DeskError(_("Whoever scheduled it may not publish this language any more."))
        publish(original, translation.language, user)
    except DeskError as error:
        problem = str(error)
        logger.error("%s could not be published: %s", translation, problem)
    except Exception:
        problem = _("Something went wrong; it is in the log of the server.")
        logger.exception("%s could not be published", translation)
    else:
        return ""
    if live := models.QuerySet(original.model).filter(pk=original.object_id).first():
        data = {"language": translation.language, "problem": problem}
        log(instance=live, action="languages.not_published", user=user, data=data)
    return problem
