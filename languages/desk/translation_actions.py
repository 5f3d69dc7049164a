"""What is done to all segments of a translation at once: submit, approve."""

from typing import Any

from django.db import models, transaction

from core.models import Language

from ..models import Origin, Original, UnitState
from .chips import chips_of
from .errors import ChecksFailed
from .locked_rows import LockedRows
from .rows import Row, SegmentStatus
from .seen import Seen, check_seen
from .segment_actions import set_state
from .unit_findings import errors, findings, glossary


@transaction.atomic
def submit_all(original: Original, language: Language, user: models.Model) -> int:
    """Hand in every draft. Raises ChecksFailed, and nothing is handed in, if one of them has an error."""
    locked = LockedRows.lock(original, language)
    return _set_state_of_all(
        locked, [row for row in locked.rows if row.status is SegmentStatus.DRAFT], UnitState.REVIEW, user
    )


@transaction.atomic
def approve_all(original: Original, language: Language, user: models.Model, *, seen: Seen | None = None) -> int:
    """Approve what is handed in, except the user's own texts if the language requires a review.

    Raises ChangedMeanwhile, and approves nothing, if anything is not as it was seen.
    """
    locked = LockedRows.lock(original, language)
    check_seen(locked.rows, seen)
    handed_in = [row for row in locked.rows if row.status is SegmentStatus.REVIEW]
    return _set_state_of_all(
        locked, [row for row in handed_in if row.unit and locked.may_approve(row.unit, user)], UnitState.APPROVED, user
    )


def _set_state_of_all(locked: LockedRows, rows: list[Row], state: Any, user: models.Model) -> int:
    code = locked.language.code
    terms, chips = glossary(code), chips_of([row.segment for row in rows], code)
    for row in rows:
        if found := errors(findings(locked.original, row.segment, row.text, code, terms, chips)):
            raise ChecksFailed(found)
    for row in rows:
        unit = locked.unit(row)
        if row.unit and unit is not row.unit:  # its text was written for the same words elsewhere in the page
            unit.text, unit.origin, unit.author = row.text, Origin.MEMORY, row.unit.author
        set_state(locked, unit, state, user)
        locked.store(row, unit, user)
    locked.refresh()
    return len(rows)
