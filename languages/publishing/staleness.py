"""Which translations become outdated when a page's draft is published."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db import models, transaction

from core.models import Language
from core.segments import Segment, extract

from ..desk import draft_wordings, rights
from ..desk.chips import chips_of
from ..desk.dismissals import stopping
from ..desk.earlier import is_near
from ..desk.locked_rows import LockedRows
from ..desk.progress import refresh
from ..desk.rows import Row, match, with_own_units
from ..desk.segment_actions import carry_over_row
from ..desk.unit_findings import findings, glossary
from ..models import Original, Translation, Unit, UnitState


NEAR = 80  # of 100: how like a wording has to be to one at another place


@dataclass(frozen=True)
class StaleTranslation:
    """`segments` of the draft have no approved text in the language: new or changed ones."""

    language: Language
    translation: Translation
    segments: list[Segment]


def stale_translations(page: Any) -> list[StaleTranslation]:
    """For each published translation that is written by people: what is new in the latest draft."""
    original = Original.objects.for_object(page).first()
    return _stale(original, page.get_latest_revision_as_object) if original else []


def stale_in(draft: Any) -> list[StaleTranslation]:
    """The same for a draft in memory, saved or not."""
    original = Original.objects.for_object(draft).first()
    return _stale(original, lambda: draft) if original else []


def _stale(original: Original, draft: Callable[[], Any]) -> list[StaleTranslation]:
    return [
        StaleTranslation(language, translation, [row.segment for row in rows if not row.is_done])
        for language, translation, rows in _rows_of(draft, original, with_own_units)
    ]


@transaction.atomic
def carry_over_all(page: Any, user: models.Model) -> tuple[int, int]:
    """The changes of the latest draft have no effect on the meaning: texts approved for the earlier wording are
    approved for the new one, in every published language.

    A text that is wrong for the new wording, for example because a number changed, is left to its translators; so is one
    that has been found by its words alone, after everything was pasted anew, and is not nearly the same. In a
    language that requires a review, the texts await it if the user may publish neither the page nor the language.
    Returns how many segments were carried over, and how many were left. Raises Conflict if somebody writes one of them
    at the same time.
    """
    original = Original.objects.for_object(page).first()
    is_publisher = page.permissions_for_user(user).can_publish()
    kept = left = 0
    for language, _translation, rows in _rows_of_the_draft(page, original, for_update=True):
        may_approve = is_publisher or not language.review_required or rights.may_publish(user, language.code)
        terms, chips = glossary(language.code), chips_of([row.segment for row in rows], language.code)
        locked = LockedRows(original, language, rows)
        earlier = [row for row in rows if row.earlier and row.earlier.state == UnitState.APPROVED]
        draft_wordings.conceal(original, [row.segment for row in earlier])
        for row in earlier:
            is_near_enough = row.earlier and is_near(row.earlier, row.segment, NEAR)
            if not is_near_enough or stopping(
                findings(original, row.segment, row.text, language.code, terms, chips), None
            ):
                left += 1
            else:
                carry_over_row(locked, row, user, may_approve=may_approve)
                kept += 1
        refresh(original, language.code, worked=False)
        locked.tell()
    return kept, left


def _rows_of_the_draft(
    page: Any, original: Original | None, *, for_update: bool = False
) -> Iterator[tuple[Language, Translation, list[Row]]]:
    """For each published translation that is written by people; also what was written for drafts, as whoever asks may
    edit the page."""
    if original is not None:
        yield from _rows_of(page.get_latest_revision_as_object, original, match, for_update=for_update)


def _rows_of(
    draft: Callable[[], Any],
    original: Original,
    match: Callable[[list[Segment], list[Unit]], list[Row]],
    *,
    for_update: bool = False,
) -> Iterator[tuple[Language, Translation, list[Row]]]:
    published = {row.language: row for row in original.translations.exclude(publication=None)}
    if not published:
        return
    segments = extract(draft())
    units = original.units.select_for_update(of=("self",), no_key=True) if for_update else original.units.all()
    for language in Language.objects.filter(code__in=published, provider=""):
        rows = match(segments, [unit for unit in units if unit.language == language.code])
        yield language, published[language.code], rows
