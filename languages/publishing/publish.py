"""Publishing a translation alone: no revision, no draft and no text of the source is touched."""

from collections.abc import Sequence
from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.log_actions import log

from core.locking import held
from core.models import Language
from core.publishing import projection
from core.segments import IncompleteTranslation, InvalidChips, Segment, extract, source_hash

from ..desk import telling
from ..desk.chips import chips_of
from ..desk.cited import untranslated
from ..desk.dismissals import stopping
from ..desk.errors import DeskError
from ..desk.originals import record_source, source_date
from ..desk.progress import refresh
from ..desk.rows import Row, SegmentStatus, match, rows_of
from ..desk.seen import Seen, check_seen
from ..desk.unit_findings import findings, glossary
from ..models import Origin, Original, Publication, Translation, UnitState


NAMED = 5  # of what is cited and not translated, by name
MAX_PUBLICATIONS = 50  # of which earlier texts are taken, the newest first


class NotReadyError(DeskError):
    """Why a translation cannot be published: `reasons` are for the publisher, `rows` where they are."""

    def __init__(self, reasons: Sequence[str], rows: Sequence[Row] = ()) -> None:
        self.reasons, self.rows = list(reasons), list(rows)
        super().__init__(" ".join(self.reasons))


class CitesUntranslatedError(Exception):
    """It can be published, but cites these texts, which readers see in Chinese: somebody has to know that."""

    def __init__(self, cited: Sequence[Original]) -> None:
        self.cited = list(cited)
        super().__init__(cites_untranslated(self.cited))


@transaction.atomic
def publish(
    original: Original,
    language: str,
    user: models.Model | None,
    *,
    accept_outdated: bool = False,
    seen: Seen | None = None,
    accept_cited: bool = True,
) -> Publication:
    """Publish what is approved for the source that readers see.

    `accept_outdated` accepts earlier translations of segments that have changed since, if they were published;
    `accept_cited` that things it cites are not translated. Raises NotReadyError, ChangedMeanwhile if anything is not as
    it was seen, DeskError if the original is not published itself, and CitesUntranslatedError if nothing else is wrong.
    """
    live = lock_live(original)
    refuse_automatic(language)
    segments = extract(live)
    record_source(original, live, segments)
    if not original.is_live:
        raise DeskError(_("The Chinese page is not published yet."))
    rows = (
        _rows_as_published(original, language, segments) if accept_outdated else rows_of(original, language, segments)
    )
    if seen is not None:  # after the rows were read: what came in since then is seen here too
        check_seen(rows_of(original, language), seen)
    check_ready(original, language, rows, accept_outdated=accept_outdated)
    cited = [] if accept_cited else untranslated([(original, language)]).get((original.pk, language), [])
    if cited:
        raise CitesUntranslatedError(cited)
    keep_columns(original, language, live)
    try:
        publication = publish_rows(original, language, rows, live, user)
    except (InvalidChips, IncompleteTranslation) as error:
        raise NotReadyError([_("The texts do not fit the Chinese page as it is now. Load it again.")]) from error
    log(instance=live, action="languages.publish", user=user, data={"language": language})
    telling.published(original, language, [row.unit for row in rows], user)
    return publication


def cites_untranslated(cited: Sequence[Original]) -> str:
    """How many texts a publication cites that are not translated, and the first of them by name."""
    names = _("、").join(str(each) for each in cited[:NAMED])
    message = ngettext(
        "It cites %(n)d text that is not translated, so readers see that in Chinese: %(names)s.",
        "It cites %(n)d texts that are not translated, so readers see those in Chinese: %(names)s.",
        len(cited),
    )
    more = _("%(names)s …") % {"names": names} if len(cited) > NAMED else names
    return message % {"n": len(cited), "names": more}


def _rows_as_published(original: Original, language: str, segments: Sequence[Segment]) -> list[Row]:
    """The rows with earlier texts of published wordings only, never of a draft that translators may see."""
    publications = Publication.objects.filter(translation__original=original, translation__language=language)
    texts = publications.values_list("texts", flat=True)[:MAX_PUBLICATIONS]
    published = {digest for each in texts for digest, _text in each.values()}
    wordings = published | {source_hash(segment) for segment in segments}
    units = original.units.known().filter(language=language).select_related("author", "reviewer")
    return match(segments, [unit for unit in units if unit.source_hash in wordings])


def publish_rows(
    original: Original, language: str, rows: Sequence[Row], live: Any, user: models.Model | None
) -> Publication:
    """Write the texts of rows into the columns, and record the publication. Raises what `core.segments.render`
    raises."""
    stored = projection.project(live, language, {row.segment.path: row.text for row in rows})
    return _record_publication(original, language, rows, stored, user)


def lock_live(original: Original) -> Any:
    """The object that readers see, locked until the transaction ends; the Original is locked and read again.

    The object first, then the Original: in the order in which Wagtail's publishing locks them. Raises DeskError if the
    object is gone.
    """
    live = held(original.model, original.object_id).first()
    if live is None:
        raise DeskError(_("This has been deleted."))
    original.refresh_from_db(from_queryset=Original.objects.select_for_update(of=("self",), no_key=True))
    return live


def refuse_automatic(language: str) -> None:
    if Language.objects.filter(code=language).exclude(provider="").exists():
        raise DeskError(_("This language is written automatically: correct single segments."))


def check_ready(original: Original, language: str, rows: Sequence[Row], *, accept_outdated: bool = False) -> None:
    """Raises NotReadyError with every reason."""
    terms = glossary(language)
    missing = [row for row in rows if row.status is SegmentStatus.MISSING]
    outdated = [
        row for row in rows if row.status is SegmentStatus.OUTDATED and not (accept_outdated and _was_approved(row))
    ]
    waiting = [row for row in rows if row.status in (SegmentStatus.DRAFT, SegmentStatus.REVIEW)]
    chips = chips_of([row.segment for row in rows], language)
    current = [row for row in rows if row.unit]
    found = {row.segment.path: findings(original, row.segment, row.text, language, terms, chips) for row in current}
    wrong = [row for row in current if stopping(found[row.segment.path], row.unit)]
    counted = [
        (missing, ngettext("%(n)d segment is not translated.", "%(n)d segments are not translated.", len(missing))),
        (outdated, ngettext("%(n)d segment is outdated.", "%(n)d segments are outdated.", len(outdated))),
        (waiting, ngettext("%(n)d segment is not approved.", "%(n)d segments are not approved.", len(waiting))),
        (wrong, ngettext("%(n)d segment has an error.", "%(n)d segments have an error.", len(wrong))),
    ]
    if reasons := [message % {"n": len(found)} for found, message in counted if found]:
        raise NotReadyError(reasons, [row for row in rows if row in missing + outdated + waiting + wrong])


def _was_approved(row: Row) -> bool:
    return bool(row.earlier and row.earlier.state == UnitState.APPROVED)


def _record_publication(
    original: Original, language: str, rows: Sequence[Row], live: Any, user: models.Model | None
) -> Publication:
    translation, _new = Translation.objects.get_or_create(original=original, language=language)
    texts = {row.segment.path: [row.wording, row.text] for row in rows if row.text}
    accepted_outdated = any(row.status is SegmentStatus.OUTDATED for row in rows)
    before = translation.publication or translation.publications.first()
    publication = Publication.objects.create(
        translation=translation,
        texts=texts,
        fingerprint="" if accepted_outdated else original.fingerprint,
        source_date=before.source_date if accepted_outdated and before else source_date(live),
        machine_made=any(_is_machine_made(row) for row in rows),
        by=user,
    )
    show(translation, publication)
    refresh(original, language, rows, worked=False)
    return publication


def show(translation: Translation, publication: Publication | None) -> None:
    """Record what readers see. What was planned for later was planned for another state of things."""
    shown = {"publication": publication, "publish_at": None, "publish_with_source": False}
    Translation.objects.filter(pk=translation.pk).update(**shown)


def keep_columns(original: Original, language: str, live: Any) -> None:
    """Before something else is shown, or nothing: keep what readers see now, in the form that it has, with the publication
    that it is of, so that it can be shown again whatever becomes of the Chinese."""
    shown = Publication.objects.filter(
        pk__in=Translation.objects.filter(original=original, language=language).values("publication")
    )
    shown.update(columns=projection.columns_of(live, language))


def _is_machine_made(row: Row) -> bool:
    """Whether readers should be told that a machine wrote it and nobody has rewritten it."""
    unit = row.unit or row.earlier
    return bool(unit and unit.origin == Origin.MACHINE)


@transaction.atomic
def withdraw(original: Original, language: str, user: models.Model | None) -> None:
    """Unpublish a translation: readers see the Chinese again. What was written stays at the desk."""
    live = lock_live(original)
    refuse_automatic(language)
    keep_columns(original, language, live)
    projection.withdraw(live, language)
    for translation in Translation.objects.filter(original=original, language=language):
        show(translation, None)
    refresh(original, language, worked=False)
    log(instance=live, action="languages.withdraw", user=user, data={"language": language})
