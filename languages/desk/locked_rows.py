"""The rows of a translation while somebody changes them, locked for the length of a transaction."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.db import IntegrityError, models
from django.utils import timezone
from django.utils.translation import gettext as _

from core.models import Language
from core.segments import Segment

from ..models import Original, Unit, UnitVersion
from . import telling
from .errors import Conflict, SourceChanged
from .progress import refresh
from .rows import Row, SegmentStatus, rows_of


@dataclass
class LockedRows:
    """The rows of a translation, whose units are locked until the transaction ends."""

    original: Original
    language: Language
    rows: list[Row]
    stored: list[Row] = field(default_factory=list)
    by: models.Model | None = None

    def __post_init__(self) -> None:
        self.before = {row.segment.path: row.status for row in self.rows}

    @classmethod
    def lock(cls, original: Original, language: Language, segments: Sequence[Segment] | None = None) -> "LockedRows":
        return cls(original, language, rows_of(original, language.code, segments, for_update=True))

    def row(self, path: str, digest: str) -> Row:
        """The row of a segment as the translator saw it. Raises SourceChanged."""
        for row in self.rows:
            if row.segment.path == path and row.hash == digest:
                return row
        raise SourceChanged(_("The Chinese text of this segment has changed meanwhile. Load the page again to see it."))

    def unit(self, row: Row) -> Unit:
        """The unit of exactly this place and wording; a new one, not saved yet, if there is none."""
        identity = {"original": self.original, "language": self.language.code, "path": row.segment.path}
        new = Unit(**identity, source_hash=row.hash, source_text=row.segment.text, version=0)
        return row.here or new

    def unit_with_text(self, row: Row) -> Unit:
        """The same, with the text that the row shows, if that was written for the same words elsewhere in the page."""
        unit = self.unit(row)
        if row.unit and unit is not row.unit:
            unit.take_text_of(row.unit)
        return unit

    def store(self, row: Row, unit: Unit, user: models.Model | None, note: str = "", *, recorded: bool = True) -> Row:
        """Save a unit. Returns the row as it is then. Raises Conflict if somebody else created the unit at the same
        moment."""
        unit.version += 1
        unit.updated_at = timezone.now()
        try:
            unit.save()
        except IntegrityError:
            raise Conflict from None
        if recorded:
            record(unit, user, note)
        new = self._renewed(row, unit)
        self.stored.append(new)
        self.by = user
        return new

    def keep_judgements(self, row: Row, unit: Unit, judgements: list[dict[str, Any]]) -> Row:
        """What was said of a text is kept. The text is what it was: whoever is writing another one has no conflict."""
        unit.dismissed = judgements
        unit.save(update_fields=["dismissed"])
        return self._renewed(row, unit)

    def _renewed(self, row: Row, unit: Unit) -> Row:
        """Rows know nothing of changes of their units: those that show this one are made again."""
        self.rows = [_with(each, unit) for each in self.rows]
        return self.row(row.segment.path, row.hash)

    def refresh(self) -> None:
        refresh(self.original, self.language.code, self.rows)
        self.tell()

    def tell(self) -> None:
        """Tell the reviewers of what was handed in, and the authors of what was approved."""
        stored, self.stored = self.stored, []
        handed_in = [row.unit for row in stored if row.unit and row.status is SegmentStatus.REVIEW]
        if handed_in:
            telling.handed_in(self.original, self.language, handed_in, self.by)
        written = (SegmentStatus.DRAFT, SegmentStatus.REVIEW)
        approved = [row for row in stored if row.is_done and self.before[row.segment.path] in written]
        if approved:
            telling.approved(self.original, self.language, [row.unit for row in approved if row.unit], self.by)


def _with(row: Row, unit: Unit) -> Row:
    written = unit if unit.text.strip() else None
    if (unit.path, unit.source_hash) == (row.segment.path, row.hash):
        return replace(row, here=unit, unit=written)
    return replace(row) if unit in (row.unit, row.earlier) else row


def record(unit: Unit, user: models.Model | None, note: str = "") -> None:
    UnitVersion.objects.create(unit=unit, text=unit.text, state=unit.state, origin=unit.origin, by=user, note=note)
