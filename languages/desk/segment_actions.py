"""What a translator does to one segment: save, submit, approve, carry an earlier text over.

Every action raises the unit's version, so that of two people who write at the same time the second one is told; what
was handed in, approved or overwritten by somebody else is recorded (UnitVersion), so nothing is lost.
"""

from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext as _

from core.models import Language

from ..models import Origin, Original, Unit, UnitState
from . import rights
from .dismissals import stopping, unanswered
from .errors import ChecksFailed, Conflict, DeskError
from .locked_rows import LockedRows, record
from .reviewing import Reviewer
from .rows import Row
from .texts import clean
from .unit_findings import findings


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
    is approved if that may be, else handed in.

    `version` is the one that the writer started from: 0 if there was no unit at this place. Raises SourceChanged,
    Conflict, ChecksFailed and DeskError. Errors stop a text from being approved unless they were dismissed, and from being
    handed in unless somebody has asked for that.
    """
    locked = LockedRows.lock(original, language)
    row = locked.row(path, digest)
    unit, text = locked.unit(row), clean(row.segment, text)
    if unit.version != version and (unit.text != text or unit.sent_back_reason):
        raise Conflict(unit)
    if _is_already_stored(unit, text, state):
        return locked
    _set_text(row, unit, text, user, origin)
    if state is not UnitState.DRAFT:
        state = _state_beyond_draft(locked, row, unit, state, user)
    set_state(unit, state, Reviewer(user, language))
    locked.store(row, unit, user, recorded=state is not UnitState.DRAFT)
    locked.refresh()
    return locked


def _is_already_stored(unit: Unit, text: str, state: Any) -> bool:
    """Whether the same text is stored already and saving it again could only lower its state."""
    if not unit.pk or unit.text != text:
        return False
    return state is UnitState.DRAFT or unit.state == UnitState.APPROVED


def _state_beyond_draft(locked: LockedRows, row: Row, unit: Unit, wanted: Any, user: models.Model) -> Any:
    """Whether it can be handed in or approved, and which of them. Raises ChecksFailed."""
    found = findings(locked.original, row.segment, unit.text, locked.language.code)
    if left := unanswered(found, unit):
        raise ChecksFailed(left)
    left = stopping(found, unit)
    if left and wanted is UnitState.APPROVED:
        raise ChecksFailed(left)
    may_approve = not left and Reviewer(user, locked.language).may_approve(unit)
    return wanted or (UnitState.APPROVED if may_approve else UnitState.REVIEW)


def _set_text(row: Row, unit: Unit, text: str, user: models.Model, origin: Any) -> None:
    """A text that is overwritten is recorded, unless it was the writer's own draft. One that is left as it was keeps its
    author, also if it was written for the same words elsewhere in the page."""
    if unit.text != text:
        if unit.pk and unit.text and (unit.author_id != user.pk or unit.state != UnitState.DRAFT):
            record(unit, unit.author)
        if row.unit and row.unit is not unit and row.unit.text == text:
            unit.take_text_of(row.unit)
        else:
            unit.set_text(text, origin, user, _corrected_author(row, user))
    unit.author = unit.author or user


def _corrected_author(row: Row, user: models.Model) -> models.Model | None:
    """Whose text a publisher corrects with another one: what stood in the field, or the one that it was corrected from."""
    before = row.unit or row.here or row.earlier
    if before is None or not rights.may_publish(user, before.language):
        return None
    authors = [before.corrected_author, before.author]
    return next((author for author in authors if author and author.pk != user.pk), None)


def _raise_for_errors(original: Original, row: Row, text: str, language: str) -> None:
    """What was dismissed for another wording of the Chinese is not dismissed for this one."""
    if found := stopping(findings(original, row.segment, text, language), None):
        raise ChecksFailed(found)


def set_state(unit: Unit, state: Any, reviewer: Reviewer) -> None:
    """Set the state; approved only by those who may approve."""
    if state is UnitState.APPROVED and not reviewer.may_approve(unit):
        raise DeskError(_refusal(unit, reviewer))
    unit.set_state(state, reviewer.user if state is UnitState.APPROVED else None)


def why_not_approved(original: Original, row: Row, reviewer: Reviewer) -> str:
    """Why a text that a publisher called done still awaits review. Translators who handed theirs in are told nothing."""
    if row.unit is None or row.unit.state != UnitState.REVIEW or not reviewer.may_publish:
        return ""
    if stopping(findings(original, row.segment, row.unit.text, reviewer.language.code), row.unit):
        return _("Not approved: mend the error or dismiss it first.")
    return "" if reviewer.may_approve(row.unit) else _refusal(row.unit, reviewer)


def _refusal(unit: Unit, reviewer: Reviewer) -> str:
    if unit.corrected_author_id and unit.author_id == reviewer.user.pk:
        message = _("You corrected this text. %(name)s, who wrote it, or another publisher has to approve it.")
        return message % {"name": unit.corrected_author}
    return _("Somebody other than the author, who may publish this language, has to approve this.")


@transaction.atomic
def carry_over(original: Original, language: Language, path: str, digest: str, user: models.Model) -> LockedRows:
    """Let the earlier text, with its state, hold for the new wording: the change had no effect on the meaning.

    Raises SourceChanged, and DeskError if there is no earlier text or it does not fit any more.
    """
    locked = LockedRows.lock(original, language)
    row = locked.row(path, digest)
    if row.earlier:
        _raise_for_errors(original, row, row.earlier.text, language.code)
    may_approve = not language.review_required or rights.may_publish(user, language.code)
    carry_over_row(locked, row, user, may_approve=may_approve)
    locked.refresh()
    return locked


def carry_over_row(locked: LockedRows, row: Row, user: models.Model, *, may_approve: bool = True) -> None:
    """Let the earlier text of an outdated row hold for the new wording.

    If the user may not approve texts of the language, what was approved awaits review again; then it is this user who
    answers for the text, so that its author may be the one who approves it. Raises DeskError if there is no earlier text.
    """
    unit, earlier = locked.unit(row), row.earlier
    if earlier is None:
        raise DeskError(_("There is no earlier translation of this segment."))
    is_approved = earlier.state == UnitState.APPROVED
    author = user if is_approved and not may_approve else earlier.author
    unit.set_text(earlier.text, earlier.origin, author)
    state = UnitState.REVIEW if is_approved and not may_approve else earlier.state
    unit.set_state(state, user if state == UnitState.APPROVED else None)
    locked.store(row, unit, user, _("No effect on the meaning"))


def restore_text(locked: LockedRows, row: Row, unit: Unit, text: str, user: models.Model, note: str) -> None:
    """Make an earlier published text the approved text of its wording again."""
    if unit.pk and unit.text and unit.text != text:
        record(unit, unit.author)
    unit.set_text(text, unit.origin, user)
    unit.set_state(UnitState.APPROVED, user)
    locked.store(row, unit, user, note)
