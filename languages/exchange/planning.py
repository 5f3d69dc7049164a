"""What becomes of each segment of a file, one original at a time. Nothing is written here."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from core.segments import Segment, extract, source_hash

from ..checks import Finding, GlossaryTerm
from ..checks.texts import Text
from ..desk.chips import chips_of
from ..desk.errors import DeskError
from ..desk.rows import Row, SegmentStatus, match
from ..desk.segment_actions import clean
from ..desk.unit_findings import errors, findings
from ..models import Original, Unit, UnitState
from .files import Entry, Incoming


REFUSING = {"chips", "empty"}  # a text with these errors could not be shown
UNFINISHED = {SegmentStatus.DRAFT, SegmentStatus.OUTDATED}


class ImportStatus(StrEnum):
    """What becomes of a segment of a file."""

    REVIEW = "review"
    DRAFT = "draft"
    OUTDATED = "outdated"
    CONFLICT = "conflict"
    REFUSED = "refused"
    UNKNOWN = "unknown"
    UNCHANGED = "unchanged"
    EMPTY = "empty"

    @property
    def label(self) -> str:
        return str(_LABELS[self])


_LABELS = {
    ImportStatus.REVIEW: pgettext_lazy("import", "Lands for review"),
    ImportStatus.DRAFT: pgettext_lazy("import", "Lands as a draft, with errors"),
    ImportStatus.OUTDATED: pgettext_lazy("import", "The Chinese has changed: kept as outdated"),
    ImportStatus.CONFLICT: pgettext_lazy("import", "Changed here meanwhile: left as it is"),
    ImportStatus.REFUSED: pgettext_lazy("import", "Refused"),
    ImportStatus.UNKNOWN: pgettext_lazy("import", "Not found here"),
    ImportStatus.UNCHANGED: pgettext_lazy("import", "Unchanged"),
    ImportStatus.EMPTY: pgettext_lazy("import", "Not translated"),
}


@dataclass(frozen=True)
class Outcome:
    """What becomes of one entry. `before` is the text at the desk; `unit` is where `text` is stored, if it is."""

    entry: Entry
    status: ImportStatus
    title: str
    label: str
    text: str = ""
    before: str = ""
    reasons: Sequence[str] = ()
    unit: Unit | None = None
    has_errors: bool = False


class Planner:
    """The segments of one original as they are now. With `for_update`, its units are locked for the transaction."""

    def __init__(
        self,
        original: Original,
        incoming: Incoming,
        terms: Sequence[GlossaryTerm],
        *,
        overwrite: bool,
        is_automatic: bool,
        for_update: bool,
    ) -> None:
        self.original, self.language, self.at = original, incoming.language, incoming.at
        self.terms, self.overwrite, self.is_automatic = terms, overwrite, is_automatic
        units = Unit.objects.filter(original=original, language=self.language).select_related("author", "reviewer")
        units = list(units.select_for_update(of=("self",), no_key=True) if for_update else units)
        self.shown = original.for_translators()
        self.segments = extract(self.shown)
        self.units = {(unit.path, unit.source_hash): unit for unit in units}
        self.rows = {row.segment.path: row for row in self.present_rows()}
        self.chips = chips_of(self.segments, self.language)
        self.taken: dict[tuple[str, str], str] = {}  # texts of the file so far, by place
        self.used: set[tuple[str, str]] = set()

    def present_rows(self) -> list[Row]:
        """Also right after its units were written."""
        return match(self.segments, self.units.values())

    def plan(self, entries: Iterable[Entry]) -> Iterator[Outcome]:
        entries = list(entries)
        named = {(entry.path, entry.hash) for entry in entries}
        moved = {row.hash: row for path, row in self.rows.items() if (path, row.hash) not in named}
        for entry in entries:
            row = self.rows.get(entry.path)
            if row is None or row.hash != entry.hash:
                row = moved.get(entry.hash, row)
            yield self._once(self._plan(entry, row))

    def _once(self, outcome: Outcome) -> Outcome:
        """A segment that a file has twice is stored once."""
        if outcome.unit is None:
            return outcome
        place = outcome.unit.path, outcome.unit.source_hash
        if place in self.used:
            return replace(outcome, status=ImportStatus.UNCHANGED, unit=None)
        self.used.add(place)
        return outcome

    def _plan(self, entry: Entry, row: Row | None) -> Outcome:
        title, label = str(self.original), row.segment.label if row else entry.path
        outcome = Outcome(entry, ImportStatus.EMPTY, title, label, text=entry.target)
        if entry.problem:
            return replace(outcome, status=ImportStatus.REFUSED, reasons=[entry.problem])
        if not entry.target.strip():
            return outcome
        if entry.is_leftover or (entry.is_untouched and self._is_known(entry, row)):
            return replace(outcome, status=ImportStatus.UNCHANGED)
        if row is None:
            return replace(
                outcome, status=ImportStatus.UNKNOWN, reasons=[_("The Chinese text has no such segment any more.")]
            )
        if entry.hash != row.hash:
            return self._plan_earlier(outcome, entry, row)
        if self._says_the_same(entry, row):
            return replace(outcome, status=ImportStatus.UNCHANGED)
        return self._judge(replace(outcome, before=row.text), row.segment, row.hash)

    def _is_known(self, entry: Entry, row: Row | None) -> bool:
        """Whether the desk has, or had, a text for this wording: then it is the one that was exported."""
        is_elsewhere = row is not None and row.hash == entry.hash and row.unit is not None
        return is_elsewhere or (entry.path, entry.hash) in self.units

    def _says_the_same(self, entry: Entry, row: Row) -> bool:
        """Not if the file marks a text as finished that is unfinished here: then it is handed in, though its words are
        the same."""
        is_same = entry.target.strip() == row.text.strip()
        return is_same and not (entry.is_confirmed and row.status in UNFINISHED)

    def _plan_earlier(self, outcome: Outcome, entry: Entry, row: Row) -> Outcome:
        """The Chinese has changed: the text is stored for the wording that it translates."""
        wordings = [replace(row.segment, text=entry.source, format=kind) for kind in ("html", "plain")]
        segment = next((wording for wording in wordings if source_hash(wording) == entry.hash), None)
        if segment is None:
            return replace(
                outcome, status=ImportStatus.REFUSED, reasons=[_("The Chinese text of the file was changed in it.")]
            )
        unit = self.units.get((row.segment.path, entry.hash))
        before = unit.text if unit else ""
        if before.strip() == entry.target.strip():
            return replace(outcome, status=ImportStatus.UNCHANGED)
        judged = self._judge(replace(outcome, before=before), segment, entry.hash)
        return replace(judged, status=ImportStatus.OUTDATED) if judged.unit else judged

    def _judge(self, outcome: Outcome, segment: Segment, digest: str) -> Outcome:
        """Whether a text can be stored, and as what."""
        found = errors(findings(self.original, segment, outcome.text, self.language, self.terms, self.chips))
        reasons = [*_unknown_tags(segment, outcome.text), *(str(each.message) for each in found)]
        try:
            text = clean(segment, outcome.text)
        except DeskError as error:
            return replace(outcome, status=ImportStatus.REFUSED, reasons=[str(error)])
        if len(reasons) > len(found) or self._is_refused(found) or not text:
            return replace(outcome, status=ImportStatus.REFUSED, reasons=reasons)
        place = segment.path, digest
        if self.taken.setdefault(place, text) != text:
            return replace(
                outcome, status=ImportStatus.REFUSED, reasons=[_("The file has another text for this segment.")]
            )
        unit = self.units.get(place)
        if unit and unit.pk and unit.text != text and self._is_kept(unit) and not self.overwrite:
            return replace(outcome, status=ImportStatus.CONFLICT, text=text, before=unit.text)
        status = ImportStatus.DRAFT if found else ImportStatus.REVIEW
        unit = unit or self._new(segment, digest)
        return replace(outcome, status=status, text=text, reasons=reasons, unit=unit, has_errors=bool(found))

    @staticmethod
    def _is_refused(found: Sequence[Finding]) -> bool:
        return any(each.check in REFUSING for each in found)

    def _is_kept(self, unit: Unit) -> bool:
        """Whether the desk's text stays: it was written after the file (assumed if the file has no time), or readers of
        an automatic language see it, which a text that awaits review would end."""
        is_correction = self.is_automatic and unit.state == UnitState.APPROVED
        return is_correction or self.at is None or unit.updated_at > self.at

    def _new(self, segment: Segment, digest: str) -> Unit:
        unit = Unit(
            original=self.original,
            language=self.language,
            path=segment.path,
            source_hash=digest,
            source_text=segment.text,
            version=0,
        )
        return self.units.setdefault((segment.path, digest), unit)


def _unknown_tags(segment: Segment, text: str) -> list[str]:
    """Problems of a text with tags whose source is plain. For rich text the checks report them."""
    if segment.format == "html":
        return []
    known = {tag.name for tag in Text(segment.text, "html").tags}
    strange = {tag.name for tag in Text(text, "html").tags} - known
    return [_("The tag %(tag)s is not one of the source.") % {"tag": f"<{name}>"} for name in sorted(strange)]
