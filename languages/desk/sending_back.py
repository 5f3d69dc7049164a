"""Sending back what was handed in: it is a draft again, and its author is told why until they hand it in again."""

from collections.abc import Sequence
from dataclasses import asdict

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from core.models import Language

from ..models import Original, Unit, UnitState
from .dismissals import judgements_of
from .errors import DeskError
from .events import sent_back
from .locked_rows import LockedRows
from .reviewing import Reviewer
from .rows import Row
from .seen import Seen, check_seen
from .texts import cleaned_reason


@transaction.atomic
def send_back(
    original: Original,
    language: Language,
    path: str,
    digest: str,
    reason: str,
    user: models.Model,
    *,
    seen: Seen | None = None,
) -> LockedRows:
    """Send one text back to its author.

    Raises DeskError without a reason, if it does not await review or the user may not approve it; SourceChanged; and
    ChangedMeanwhile if the text is not as it was seen.
    """
    reason = cleaned_reason(reason)
    locked = LockedRows.lock(original, language)
    row = locked.row(path, digest)
    check_seen([row], seen)
    if row.unit is None or row.unit.state != UnitState.REVIEW:
        raise DeskError(_("Only what awaits review can be sent back."))
    if not Reviewer(user, language).may_send_back(row.unit):
        raise DeskError(_("Only those who may approve this text can send it back."))
    _send_back(locked, [row], reason, user)
    return locked


@transaction.atomic
def send_back_all(
    original: Original, language: Language, reason: str, user: models.Model, *, seen: Seen | None = None
) -> int:
    """Send back everything that awaits review, except the user's own texts. Returns how many texts that were.

    Raises DeskError without a reason; ChangedMeanwhile if anything is not as it was seen.
    """
    reason = cleaned_reason(reason)
    locked = LockedRows.lock(original, language)
    check_seen(locked.rows, seen)
    reviewer = Reviewer(user, language)
    rows = {row.unit.pk: row for row in locked.rows if row.unit and reviewer.may_send_back(row.unit)}
    _send_back(locked, list(rows.values()), reason, user)
    return len(rows)


def _send_back(locked: LockedRows, rows: Sequence[Row], reason: str, user: models.Model) -> None:
    """What a translator has asked for is answered with it: they ask again, or put the error right."""
    units: list[Unit] = []
    for row, unit in ((row, row.unit) for row in rows if row.unit):
        unit.set_state(UnitState.DRAFT)
        unit.sent_back_reason, unit.sent_back_by, unit.sent_back_at = reason, user, timezone.now()
        unit.dismissed = [asdict(each) for each in judgements_of(unit) if not each.is_asked]
        locked.store(row, unit, user, _("Sent back: %(reason)s") % {"reason": reason})
        units.append(unit)
    if not units:
        return
    locked.refresh()
    data = {"language": locked.language.code, "segments": len(units), "reason": reason}
    log(instance=locked.original.live(), action="languages.send_back", user=user, data=data)
    sent_back.send(Original, original=locked.original, language=locked.language, units=units, by=user, reason=reason)
