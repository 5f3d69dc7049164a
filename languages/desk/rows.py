"""A translation as its translator sees it: the segments of the source, each with what was written for it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from django.utils.functional import cached_property

from core.segments import Segment, extract, source_hash

from ..models import Original, Unit
from .earlier import Wanted, earlier_units, preferred, rank


class SegmentStatus(StrEnum):
    """What a translator sees of a segment. It is worked out from its units and stored nowhere."""

    MISSING = "missing"
    OUTDATED = "outdated"  # there is a text for an earlier wording
    DRAFT = "draft"
    REVIEW = "review"
    APPROVED = "approved"


@dataclass(frozen=True)
class Row:
    """A segment, the unit for its present wording, and, if there is none, the latest one for an earlier wording.

    `here` is the unit that belongs to exactly this place, also if its text is empty: a save goes there. `unit` may
    belong to another place in the same original.
    """

    segment: Segment
    hash: str
    unit: Unit | None = None
    earlier: Unit | None = None
    here: Unit | None = None

    @cached_property
    def status(self) -> SegmentStatus:
        if self.unit:
            return SegmentStatus(self.unit.state)
        return SegmentStatus.OUTDATED if self.earlier else SegmentStatus.MISSING

    @property
    def text(self) -> str:
        """The text in the field; for an outdated segment, the old translation."""
        unit = self.unit or self.earlier
        return unit.text if unit else ""

    @property
    def wording(self) -> str:
        """The hash of the source that the text in the field translates."""
        unit = self.unit or self.earlier
        return unit.source_hash if unit else self.hash

    @property
    def places(self) -> set[str]:
        """Where it stands, and where it stood when its text was written."""
        return {self.segment.path} | {unit.path for unit in (self.unit, self.earlier) if unit}

    @property
    def is_done(self) -> bool:
        return self.status is SegmentStatus.APPROVED

    @property
    def version(self) -> int:
        """Of the unit at exactly this place; 0 if the first save will create one."""
        return self.here.version if self.here else 0


def rows_of(
    original: Original, language: str, segments: Sequence[Segment] | None = None, *, for_update: bool = False
) -> list[Row]:
    """The rows of an original in the page's own order, with what may be shown of its units: one query, besides those
    for the object itself.

    With `for_update` their units are locked until the transaction ends.
    """
    segments = extract(original.for_translators()) if segments is None else segments
    units = original.units.known().filter(language=language).select_related("author", "reviewer", "sent_back_by")
    return match(segments, units.select_for_update(of=("self",), no_key=True) if for_update else units)


def match(segments: Iterable[Segment], units: Iterable[Unit]) -> list[Row]:
    """Give each segment its unit (`with_own_units`); where there is none, an earlier one of its place, or of what it was
    before everything was pasted anew (`earlier`)."""
    units = list(units)
    rows = with_own_units(segments, units)
    if all(row.unit for row in rows):
        return rows
    wanted = [Wanted(row.segment, row.hash, row.unit) for row in rows]
    found = earlier_units(wanted, preferred(unit for unit in units if unit.text.strip()))
    return [row if row.unit else replace(row, earlier=found.get(row.segment.path)) for row in rows]


def with_own_units(segments: Iterable[Segment], units: Iterable[Unit]) -> list[Row]:
    """Rows without earlier wordings: the unit of a segment's place and wording; else one of the same wording that stands
    elsewhere in the same original (a paragraph that was moved, copied or split off). An approved one is preferred to what
    nobody has approved."""
    units = list(units)
    here = {(unit.path, unit.source_hash): unit for unit in units}
    elsewhere = {unit.source_hash: unit for unit in sorted(units, key=rank) if unit.text.strip()}
    rows = []
    for segment in segments:
        digest = source_hash(segment)
        own = here.get((segment.path, digest))
        unit = own if own and own.text.strip() else elsewhere.get(digest)
        rows.append(Row(segment, digest, unit, None, own))
    return rows
