"""What a translator does to one segment: save, submit, approve, dismiss a warning, carry an earlier text over.

Every action raises the unit's version, so that of two people who write at the same time the second one is told; what
was handed in, approved or overwritten by somebody else is recorded (UnitVersion), so nothing is lost.
"""

from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext as _

from core.models import Language
from core.segments import Segment, tidy
from core.text import cleaning

from ..models import Origin, Original, Unit, UnitState
from . import rights
from .errors import ChecksFailed, Conflict, DeskError
from .locked_rows import LockedRows, record
from .rows import Row
from .unit_findings import errors, findings


MAX_LENGTH = 20_000  # characters of one text


def clean(segment: Segment, text: str) -> str:
    """The text with only what it may contain. Raises DeskError if it is too long."""
    if len(text) > MAX_LENGTH:
        raise DeskError(_("This text is too long: at most %(number)d characters.") % {"number": MAX_LENGTH})
    text = cleaned(text)
    return tidy(text) if segment.format == "html" else text.strip()


def cleaned(text: str) -> str:
    """Without characters that nobody sees; a line ends with \\n."""
    return cleaning.clean(text.replace("\r\n", "\n"))


@transaction.atomic
def write(
    original: Original,
    language: Language,
    path: str,
    digest: str,
    text: str,
    user: models.Model,
    *,
    version: int,
    state: Any = UnitState.DRAFT,
    origin: Any = Origin.HUMAN,
) -> LockedRows:
    """Store a text for a segment, in the state that is asked for: a draft, handed in for review or approved. With None it
    is approved if the user may do that, else handed in.

    `version` is the one that the writer started from: 0 if there was no unit at this place. Raises SourceChanged,
    Conflict, ChecksFailed (errors stop a text that is handed in or approved) and DeskError.
    """
    locked = LockedRows.lock(original, language)
    row = locked.row(path, digest)
    unit, text = locked.unit(row), clean(row.segment, text)
    if unit.version != version and unit.text != text:
        raise Conflict(unit)
    if _is_already_stored(unit, text, state):
        return locked
    if state is not UnitState.DRAFT:
        _raise_for_errors(original, row.segment, text, language.code)
    _set_text(unit, text, user, origin)
    set_state(locked, unit, state or _furthest_state(locked, unit, user), user)
    locked.store(row, unit, user, recorded=state is not UnitState.DRAFT)
    locked.refresh()
    return locked


def _is_already_stored(unit: Unit, text: str, state: Any) -> bool:
    """Whether the same text is stored already and saving it again could only lower its state."""
    if not unit.pk or unit.text != text:
        return False
    return state is UnitState.DRAFT or unit.state == UnitState.APPROVED


def _furthest_state(locked: LockedRows, unit: Unit, user: models.Model) -> Any:
    return UnitState.APPROVED if locked.may_approve(unit, user) else UnitState.REVIEW


def _set_text(unit: Unit, text: str, user: models.Model, origin: Any) -> None:
    """A text that is overwritten is recorded, unless it was the writer's own draft."""
    if unit.text != text:
        if unit.pk and unit.text and (unit.author_id != user.pk or unit.state != UnitState.DRAFT):
            record(unit, unit.author)
        unit.text, unit.origin, unit.author, unit.dismissed = text, origin, user, []
    unit.author = unit.author or user


def _raise_for_errors(original: Original, segment: Segment, text: str, language: str) -> None:
    if found := errors(findings(original, segment, text, language)):
        raise ChecksFailed(found)


def set_state(locked: LockedRows, unit: Unit, state: Any, user: models.Model) -> None:
    """Set the state; approved only by those who may approve."""
    if state is UnitState.APPROVED and not locked.may_approve(unit, user):
        raise DeskError(_("Somebody other than the author, who may publish this language, has to approve this."))
    unit.state, unit.reviewer = state, user if state is UnitState.APPROVED else None


@transaction.atomic
def dismiss(
    original: Original, language: Language, path: str, digest: str, check: str, reason: str, user: models.Model
) -> LockedRows:
    """Say why a warning does not apply to this text. Errors cannot be dismissed. Raises DeskError, SourceChanged."""
    reason = cleaned(reason).strip()
    if not reason:
        raise DeskError(_("Say why this does not apply here."))
    locked = LockedRows.lock(original, language)
    row = locked.row(path, digest)
    found = findings(original, row.segment, row.text, language.code)
    if not row.here or check not in {each.check for each in found if each.level == "warning"}:
        raise DeskError(_("There is no such warning."))
    row.here.dismissed = [*(pair for pair in row.here.dismissed if pair[0] != check), [check, reason[:300]]]
    locked.store(row, row.here, user, f"{check}: {reason[:200]}")
    return locked


@transaction.atomic
def carry_over(original: Original, language: Language, path: str, digest: str, user: models.Model) -> LockedRows:
    """Let the earlier text, with its state, hold for the new wording: the change had no effect on the meaning.

    Raises SourceChanged, and DeskError if there is no earlier text or it does not fit any more.
    """
    locked = LockedRows.lock(original, language)
    row = locked.row(path, digest)
    if row.earlier is None:
        raise DeskError(_("There is no earlier translation of this segment."))
    _raise_for_errors(original, row.segment, row.earlier.text, language.code)
    may_approve = not language.review_required or rights.may_publish(user, language.code)
    carry_over_row(locked, row, user, may_approve=may_approve)
    locked.refresh()
    return locked


def carry_over_row(locked: LockedRows, row: Row, user: models.Model, *, may_approve: bool = True) -> None:
    """Let the earlier text of an outdated row hold for the new wording. If the user may not approve texts of the
    language, what was approved awaits review again."""
    unit = locked.unit(row)
    for name in ("text", "state", "origin", "author", "dismissed"):
        setattr(unit, name, getattr(row.earlier, name))
    if unit.state == UnitState.APPROVED:
        unit.state, unit.reviewer = (UnitState.APPROVED, user) if may_approve else (UnitState.REVIEW, None)
    locked.store(row, unit, user, _("No effect on the meaning"))


def restore_text(locked: LockedRows, row: Row, text: str, user: models.Model, note: str) -> None:
    """Make an earlier published text the approved text of its segment again."""
    unit = locked.unit(row)
    if unit.pk and unit.text and unit.text != text:
        record(unit, unit.author)
    unit.text, unit.state, unit.reviewer, unit.author, unit.dismissed = text, UnitState.APPROVED, user, user, []
    locked.store(row, unit, user, note)
