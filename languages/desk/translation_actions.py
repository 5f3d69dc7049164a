"""What is done to all segments of a translation at once: submit, approve."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from django.db import models, transaction

from core.models import Language

from ..checks import Finding
from ..models import Original, UnitState
from .chips import chips_of
from .dismissals import stopping, unanswered
from .errors import ChecksFailed
from .locked_rows import LockedRows
from .reviewing import Reviewer
from .rows import Row, SegmentStatus
from .seen import Seen, check_seen
from .segment_actions import set_state
from .unit_findings import findings, glossary


class Approval(NamedTuple):
    """How many texts were approved, and how many of those that may be were left, since an error stops them."""

    approved: int
    left: int


@transaction.atomic
def submit_all(original: Original, language: Language, user: models.Model) -> int:
    """Hand in every draft. Raises ChecksFailed, and nothing is handed in, if one of them has an error that nobody has
    asked to dismiss."""
    locked = LockedRows.lock(original, language)
    drafts = [row for row in locked.rows if row.status is SegmentStatus.DRAFT]
    found = _findings_of(locked, drafts)
    if left := [each for row in drafts for each in unanswered(found[row.segment.path], row.unit)]:
        raise ChecksFailed(left)
    _set_state_of_all(locked, drafts, UnitState.REVIEW, Reviewer(user, language))
    return len(drafts)


@transaction.atomic
def approve_all(original: Original, language: Language, user: models.Model, *, seen: Seen | None = None) -> Approval:
    """Approve what is handed in, except the user's own texts if the language requires a review, and what has an error.

    Raises ChangedMeanwhile, and approves nothing, if anything is not as it was seen.
    """
    locked = LockedRows.lock(original, language)
    check_seen(locked.rows, seen)
    reviewer = Reviewer(user, language)
    handed_in = [row for row in locked.rows if row.status is SegmentStatus.REVIEW]
    theirs = [row for row in handed_in if row.unit and reviewer.may_approve(row.unit)]
    found = _findings_of(locked, theirs)
    right = [row for row in theirs if not stopping(found[row.segment.path], row.unit)]
    _set_state_of_all(locked, right, UnitState.APPROVED, reviewer)
    return Approval(len(right), len(theirs) - len(right))


def _findings_of(locked: LockedRows, rows: Sequence[Row]) -> dict[str, list[Finding]]:
    """By the paths of the rows."""
    code = locked.language.code
    terms, chips = glossary(code), chips_of([row.segment for row in rows], code)
    return {row.segment.path: findings(locked.original, row.segment, row.text, code, terms, chips) for row in rows}


def _set_state_of_all(locked: LockedRows, rows: Sequence[Row], state: Any, reviewer: Reviewer) -> None:
    for row in rows:
        unit = locked.unit_with_text(row)
        set_state(unit, state, reviewer)
        locked.store(row, unit, reviewer.user)
    locked.refresh()
