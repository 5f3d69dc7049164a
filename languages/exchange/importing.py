"""Importing translations from a file.

A text is imported for review, or as a draft if the file calls it unfinished or the checks find errors in it. A text whose
Chinese has changed since is stored for the wording that it translates, what somebody has changed at the desk since the
export is left alone, and what would break a link or a tag is refused. Importing a file again changes nothing.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from django.contrib.contenttypes.models import ContentType
from django.db import IntegrityError, models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from lxml import etree
from wagtail.log_actions import log

from core.keys import parse_keys
from core.models import Language
from core.text.cleaning import legal_xml

from ..desk import rights, telling
from ..desk.errors import DeskError
from ..desk.locked_rows import record
from ..desk.originals import translatable_models
from ..desk.progress import refresh
from ..desk.unit_findings import glossary
from ..models import Origin, Original, Unit, UnitState
from . import po, xliff, xliff2
from .budget import Budget
from .decoding import decoded
from .errors import BadFile
from .files import Incoming, name_of
from .planning import ImportStatus, Outcome, Planner
from .safe_xml import local, parse


UNREPORTED = {ImportStatus.UNCHANGED, ImportStatus.EMPTY}


@dataclass(frozen=True)
class Report:
    language: Language
    outcomes: list[Outcome]

    @property
    def shown(self) -> list[Outcome]:
        """All but what changes nothing."""
        return [outcome for outcome in self.outcomes if outcome.status not in UNREPORTED]

    @property
    def counts(self) -> list[tuple[ImportStatus, int]]:
        found = [outcome.status for outcome in self.outcomes]
        return [(status, found.count(status)) for status in ImportStatus if status in found]

    @property
    def has_changes(self) -> bool:
        return any(outcome.unit for outcome in self.outcomes)

    @property
    def has_conflicts(self) -> bool:
        return any(outcome.status is ImportStatus.CONFLICT for outcome in self.outcomes)


def import_file(
    content: bytes,
    user: models.Model | None,
    *,
    overwrite: bool = False,
    dry_run: bool = False,
    budget: Budget | None = None,
) -> Report:
    """Import a file; with `dry_run` only say what would happen. All of it or nothing.

    Without a user, everything that is translated may be. `overwrite` lets the file win over what was written at the
    desk since it was exported. Raises BadFile, TooMuch if it asks for more work than `budget` allows, and DeskError if
    the user may not translate into its language.
    """
    budget = budget or Budget()
    incoming = read(content, budget)
    if user and incoming.language not in {language.code for language in rights.languages_of(user)}:
        raise DeskError(_("You may not translate into the language of this file."))
    language = Language.objects.get(code=incoming.language)
    if dry_run:
        return Report(language, list(_Import(incoming, language, user, overwrite, budget).outcomes()))
    try:
        with transaction.atomic():
            work = _Import(incoming, language, user, overwrite, budget, for_update=True)
            report = Report(language, list(work.outcomes()))
            work.store(report)
    except IntegrityError:
        raise DeskError(_("Somebody saved one of these segments at the same moment: import again.")) from None
    return report


def read(content: bytes, budget: Budget | None = None) -> Incoming:
    """A file of any format of translations, told by what is in it. Raises BadFile, TooMuch."""
    budget = budget or Budget()
    budget.take_content(content)
    text = legal_xml(decoded(content))
    if text.lstrip().startswith("<"):
        return _read_xml(parse(text, budget), budget)
    if "msgid" in text:
        return po.read(text, budget)
    raise BadFile(_("This is neither an XLIFF nor a PO file."))


def _read_xml(root: etree._Element, budget: Budget) -> Incoming:
    """Raises BadFile, TooMuch."""
    kind = local(root)
    if kind == "tmx":
        raise BadFile(_("This is a translation memory (TMX): import it as a memory."))
    if kind in ("tbx", "martif"):
        raise BadFile(_("This is a glossary (TBX): import it as a glossary."))
    is_second = kind == "xliff" and root.get("version", "").startswith("2.")
    return (xliff2 if is_second else xliff).read_root(root, budget)


class _Import:
    """A file and the user who imports it. With `for_update`, the units are locked for the transaction."""

    def __init__(
        self,
        incoming: Incoming,
        language: Language,
        user: models.Model | None,
        overwrite: bool,
        budget: Budget,
        *,
        for_update: bool = False,
    ) -> None:
        self.incoming, self.language, self.user = incoming, language, user
        self.overwrite, self.budget, self.for_update = overwrite, budget, for_update
        self.planners: list[Planner] = []

    def outcomes(self) -> Iterator[Outcome]:
        originals = _originals(self.incoming, self.user)
        terms = glossary(self.incoming.language)
        ordered = sorted(self.incoming.entries, key=lambda entry: entry.original)  # stable: within one, as in the file
        for name, group in groupby(ordered, key=lambda entry: entry.original):
            if name in originals:
                planner = Planner(
                    originals[name],
                    self.incoming,
                    terms,
                    self.budget,
                    overwrite=self.overwrite,
                    is_automatic=bool(self.language.provider),
                    for_update=self.for_update,
                )
                self.planners.append(planner)
                yield from planner.plan(group)
            else:
                reason = _("There is no such text, or it is not to be translated.")
                yield from (Outcome(entry, ImportStatus.UNKNOWN, name, entry.path, reasons=[reason]) for entry in group)

    def store(self, report: Report) -> None:
        written: Counter[int] = Counter()
        for outcome in report.outcomes:
            if unit := outcome.unit:
                _write(unit, outcome, self.user)
                written[unit.original_id] += 1
        units = [outcome.unit for outcome in report.outcomes if outcome.unit]
        handed_in = [unit for unit in units if unit.state == UnitState.REVIEW]
        for planner in self.planners:
            if number := written[planner.original.pk]:
                refresh(planner.original, self.incoming.language, planner.present_rows())
                data = {"language": self.incoming.language, "segments": number}
                log(instance=planner.shown, action="languages.import", user=self.user, data=data)
                if ours := [unit for unit in handed_in if unit.original_id == planner.original.pk]:
                    telling.handed_in(planner.original, self.language, ours, self.user)


def _originals(incoming: Incoming, user: models.Model | None) -> dict[str, Original]:
    """By their names in files: those that the user may see. One query for each kind of object that there is."""
    kinds = {model._meta.label_lower: model for model in translatable_models()}
    wanted: dict[str, set[int]] = {}
    for entry in incoming.entries:
        label, _colon, number = entry.original.partition(":")
        if label in kinds:
            wanted.setdefault(label, set()).update(parse_keys([number]))
    visible = rights.visible_to(user, [incoming.language]) if user else Original.objects.present()
    found = {}
    for label, numbers in wanted.items():
        kind = ContentType.objects.get_for_model(kinds[label])
        for original in visible.filter(content_type=kind, object_id__in=numbers).select_related("released"):
            original.content_type = kind
            found[name_of(original)] = original
    return found


def _write(unit: Unit, outcome: Outcome, user: models.Model | None) -> None:
    """An overwritten text is recorded, if it is not recorded yet: drafts and texts loaded from elsewhere are not. One that
    the file leaves as it was keeps its author."""
    is_unrecorded = unit.state == UnitState.DRAFT or unit.author_id is None
    if unit.pk and is_unrecorded and unit.text not in ("", outcome.text):
        record(unit, unit.author)
    if unit.text != outcome.text:
        unit.set_text(outcome.text, Origin.IMPORT, user)
    unit.author = unit.author or user
    unit.set_state(outcome.state)
    unit.version += 1
    unit.updated_at = timezone.now()
    unit.save()
    record(unit, user)
