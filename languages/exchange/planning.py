"""What becomes of each segment of a file, one original at a time. Nothing is written here."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from core.segments import Segment, extract, source_hash

from ..checks import Finding, GlossaryTerm
from ..checks.texts import Text
from ..desk.chips import chips_of
from ..desk.dismissals import unanswered
from ..desk.earlier import Wanted, preferred, successors
from ..desk.errors import DeskError
from ..desk.rows import Row, SegmentStatus, match
from ..desk.texts import clean
from ..desk.unit_findings import findings
from ..models import Original, Unit, UnitState
from .budget import STORING, Budget
from .files import Entry, Incoming


REFUSING = {"chips", "empty"}  # a text with these errors could not be shown
_TAKEN = gettext_lazy("The file has another text for this segment.")
_RANKS = list(SegmentStatus)  # from what is missing to what is approved


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
    ImportStatus.DRAFT: pgettext_lazy("import", "Lands as a draft"),
    ImportStatus.OUTDATED: pgettext_lazy("import", "The Chinese has changed since the export: kept as outdated"),
    ImportStatus.CONFLICT: pgettext_lazy("import", "Changed here meanwhile: left as it is"),
    ImportStatus.REFUSED: pgettext_lazy("import", "Refused"),
    ImportStatus.UNKNOWN: pgettext_lazy("import", "Not found here"),
    ImportStatus.UNCHANGED: pgettext_lazy("import", "Unchanged"),
    ImportStatus.EMPTY: pgettext_lazy("import", "Not translated"),
}


@dataclass(frozen=True)
class Outcome:
    """What becomes of one entry. `before` is the text at the desk; `unit` is where `text` is stored, if it is, and `state`
    how far it is then."""

    entry: Entry
    status: ImportStatus
    title: str
    label: str
    text: str = ""
    before: str = ""
    reasons: Sequence[str] = ()
    unit: Unit | None = None
    state: Any = UnitState.REVIEW


class Planner:
    """The segments of one original as they are now. With `for_update`, its units are locked for the transaction."""

    def __init__(
        self,
        original: Original,
        incoming: Incoming,
        terms: Sequence[GlossaryTerm],
        budget: Budget,
        *,
        overwrite: bool,
        is_automatic: bool,
        for_update: bool,
    ) -> None:
        self.original, self.language, self.at = original, incoming.language, incoming.at
        self.terms, self.budget, self.overwrite, self.is_automatic = terms, budget, overwrite, is_automatic
        units = Unit.objects.filter(original=original, language=self.language).select_related("author", "reviewer")
        units = list(units.select_for_update(of=("self",), no_key=True) if for_update else units)
        self.shown = original.for_translators()
        self.segments = extract(self.shown)
        self.units = {(unit.path, unit.source_hash): unit for unit in units}
        self.hidden = set(original.draft_wordings.hidden().values_list("source_hash", flat=True))
        self.rows = {row.segment.path: row for row in self.present_rows()}
        self.chips = dict(chips_of(self.segments, self.language))
        self.taken: dict[tuple[str, str], str] = {}  # texts of the file so far, by place
        self.used: set[tuple[str, str]] = set()

    def present_rows(self) -> list[Row]:
        """Also right after its units were written."""
        return match(self.segments, [unit for unit in self.units.values() if unit.source_hash not in self.hidden])

    def plan(self, entries: Iterable[Entry]) -> Iterator[Outcome]:
        entries = list(entries)
        named = {(entry.path, entry.hash) for entry in entries}
        moved = {row.hash: row for path, row in self.rows.items() if (path, row.hash) not in named}
        became = self._became(entries)
        for entry in entries:
            row = self.rows.get(entry.path)
            if row is None or row.hash != entry.hash:
                row = moved.get(entry.hash, row or became.get((entry.path, entry.hash)))
            outcome = self._once(self._plan(entry, row))
            is_hidden = entry.hash in self.hidden  # nothing is said of what was written for a draft that was taken back
            yield replace(outcome, before="") if is_hidden else outcome

    def _became(self, entries: Sequence[Entry]) -> dict[tuple[str, str], Row]:
        """What segments have become that were exported before the whole text was pasted anew, by place and hash: the same as
        the desk will find for their texts, once these are stored."""
        present = {row.hash for row in self.rows.values()}
        gone = [each for each in entries if each.path not in self.rows and each.hash not in present]
        gone = [each for each in gone if each.target.strip() and not each.problem]
        if not gone:
            return {}
        self.budget.take_work(sum(len(each.source) for each in gone) + sum(len(each.text) for each in self.segments))
        known = [unit for unit in self.units.values() if unit.text.strip() and unit.source_hash not in self.hidden]
        planned = {each.path: self.units.get((each.path, each.hash)) or self._planned(each) for each in gone}
        wanted = [Wanted(row.segment, row.hash, row.unit) for row in self.rows.values()]
        found = successors(wanted, {**preferred(known), **planned})
        return {(path, unit.source_hash): self.rows[found[path]] for path, unit in planned.items() if path in found}

    def _planned(self, entry: Entry) -> Unit:
        return Unit(
            original=self.original,
            language=self.language,
            path=entry.path,
            source_hash=entry.hash,
            source_text=entry.source,
        )

    def _once(self, outcome: Outcome) -> Outcome:
        """A segment that a file has twice is stored once."""
        if outcome.unit is None:
            return outcome
        place = outcome.unit.path, outcome.unit.source_hash
        if place in self.used:
            return replace(outcome, status=ImportStatus.UNCHANGED, unit=None)
        self.used.add(place)
        self.budget.take_work(STORING)
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
        return self._judge(replace(outcome, before=row.text), row.segment, row.hash, row.status)

    def _is_known(self, entry: Entry, row: Row | None) -> bool:
        """Whether the desk has, or had, a text for this wording: then it is the one that was exported."""
        if row is None or entry.path not in self.rows:
            return entry.hash in self.written
        is_elsewhere = row.hash == entry.hash and row.unit is not None
        return is_elsewhere or (entry.path, entry.hash) in self.units

    @cached_property
    def written(self) -> set[str]:
        """The wordings for which there is a text."""
        return {unit.source_hash for unit in self.units.values() if unit.text.strip()}

    def _plan_earlier(self, outcome: Outcome, entry: Entry, row: Row) -> Outcome:
        """The Chinese has changed: the text is stored for the wording that it translates, if that was really one, where
        that stood. Of what became of it only the words tell, if that place is gone: it is a draft then."""
        wordings = [replace(row.segment, path=entry.path, text=entry.source, format=kind) for kind in ("html", "plain")]
        segment = next((wording for wording in wordings if source_hash(wording) == entry.hash), None)
        if segment is None:
            reason = _("The Chinese text of the file was changed in it.")
            return replace(outcome, status=ImportStatus.REFUSED, reasons=[reason])
        is_gone = entry.path not in self.rows
        if not entry.is_proven and (entry.path if is_gone else None, entry.hash) not in self.translated:
            reason = _("The Chinese here never read as it does in the file.")
            return replace(outcome, status=ImportStatus.UNKNOWN, reasons=[reason])
        unit = self.units.get((entry.path, entry.hash))
        outcome = replace(outcome, before=unit.text if unit else "")
        self.chips.setdefault(entry.path, self.chips.get(row.segment.path, {}))
        judged = self._judge(outcome, segment, entry.hash, SegmentStatus.APPROVED)  # nothing more can become of it
        state = UnitState.DRAFT if is_gone else judged.state
        return replace(judged, status=ImportStatus.OUTDATED, state=state) if judged.unit else judged

    @cached_property
    def translated(self) -> set[tuple[str | None, str]]:
        """The wordings of this original for which something has been written, in any language: at a place, and at any."""
        places = set(self.original.units.known().values_list("path", "source_hash"))
        return places | {(None, digest) for _path, digest in places}

    def _judge(self, outcome: Outcome, segment: Segment, digest: str, present: SegmentStatus) -> Outcome:
        """Whether a text can be stored, and as what. `outcome.before` is what is there now, `present` how far it is."""
        try:
            text = clean(segment, outcome.text)
        except DeskError as error:
            return replace(outcome, status=ImportStatus.REFUSED, reasons=[str(error)])
        place = segment.path, digest
        if self._is_no_news(outcome, text, UnitState.REVIEW, present):  # whatever the checks say
            return self._unchanged(outcome, place, text)
        self.budget.take_checks(segment.text, outcome.text)
        unit = self.units.get(place)
        found = findings(self.original, segment, outcome.text, self.language, self.terms, self.chips)
        found = unanswered(found, unit if unit and unit.text == text else None)
        reasons = [*_unknown_tags(segment, outcome.text), *(each.message for each in found)]
        if len(reasons) > len(found) or self._is_refused(found) or not text:
            return replace(outcome, status=ImportStatus.REFUSED, reasons=reasons)
        state: Any = UnitState.DRAFT if found or outcome.entry.is_draft else UnitState.REVIEW
        if self._is_no_news(outcome, text, state, present):
            return self._unchanged(outcome, place, text)
        if self._is_taken(place, text):
            return replace(outcome, status=ImportStatus.REFUSED, reasons=[str(_TAKEN)])
        if unit and unit.pk and unit.text != text and self._is_kept(unit) and not self.overwrite:
            return replace(outcome, status=ImportStatus.CONFLICT, text=text, before=unit.text)
        marks = [_("The file marks it as unfinished.")] * outcome.entry.is_draft
        return replace(
            outcome,
            status=ImportStatus(state),
            text=text,
            reasons=[*marks, *reasons],
            unit=unit or self._new(segment, digest),
            state=state,
        )

    def _unchanged(self, outcome: Outcome, place: tuple[str, str], text: str) -> Outcome:
        if self._is_taken(place, text):
            return replace(outcome, status=ImportStatus.REFUSED, reasons=[str(_TAKEN)])
        return replace(outcome, status=ImportStatus.UNCHANGED)

    def _is_taken(self, place: tuple[str, str], text: str) -> bool:
        """Whether the file has had another text for this place: of two the first one counts."""
        return self.taken.setdefault(place, text) != text

    @staticmethod
    def _is_no_news(outcome: Outcome, text: str, state: Any, present: SegmentStatus) -> bool:
        """Whether the same text is there already, at least as far as it would be afterwards. What a file does not call
        finished is not handed in by it either."""
        is_same = text == outcome.before.strip()
        rises = _RANKS.index(SegmentStatus(state)) > _RANKS.index(present)
        return is_same and not (outcome.entry.is_confirmed and rises)

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
