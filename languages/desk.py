"""What a translator does to one segment: save, submit, approve, dismiss a warning, keep a text.

Every act raises the unit's version, so that of two people who write at the same time the second one is told; what
was handed in, approved or written over by somebody else is written down (UnitVersion), so nothing is lost.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.conf import settings
from django.db import IntegrityError, models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.models import Language
from core.providers import provider
from core.segments import Segment, tidy

from . import memory, rights
from .checking import errors, findings, glossary
from .chips import chips_of
from .models import Origin, Original, State, Unit, UnitVersion
from .progress import refresh
from .rows import Row, Standing, rows_of


LONGEST = 20_000  # characters of one text
_CONTROL = {code: None for code in range(32) if chr(code) not in "\n\t"}


class DeskError(Exception):
    """An act that is refused; the message is for the translator."""


class Moved(DeskError):
    """The source changed meanwhile: this segment is gone or reads otherwise."""


class Conflict(DeskError):
    """Somebody else saved the segment meanwhile: `unit` is what stands there now, if it is known."""

    def __init__(self, unit: Unit | None = None) -> None:
        self.unit = unit
        who = unit.author.get_username() if unit and unit.author else _("Somebody")
        super().__init__(_("%(name)s has changed this segment meanwhile.") % {"name": who})


class Refused(DeskError):
    """Errors stop a text: `findings` says which."""

    def __init__(self, found: Sequence[Any]) -> None:
        self.findings = list(found)
        super().__init__(" ".join(str(each.message) for each in found))


@dataclass
class Bench:
    """The rows of a translation, held so that nobody else changes their units until the transaction ends."""

    original: Original
    language: Language
    rows: list[Row]

    @classmethod
    def held(cls, original: Original, language: Language, segments: Sequence[Segment] | None = None) -> "Bench":
        return cls(original, language, rows_of(original, language.code, segments, for_update=True))

    def row(self, path: str, digest: str) -> Row:
        """The row of a segment as the translator saw it. Raises Moved."""
        for row in self.rows:
            if row.segment.path == path and row.hash == digest:
                return row
        raise Moved(_("The Chinese text of this segment has changed meanwhile. Load the page again to see it."))

    def unit(self, row: Row) -> Unit:
        """The unit of this very place and wording; a new one, not saved yet, if there is none."""
        identity = {"original": self.original, "language": self.language.code, "path": row.segment.path}
        new = Unit(**identity, source_hash=row.hash, source_text=row.segment.text, version=0)
        return row.here or new

    def store(self, row: Row, unit: Unit, user: models.Model | None, note: str = "", *, recorded: bool = True) -> Row:
        """Save a unit. Returns its row as it is now. Raises Conflict if somebody else made the unit just now."""
        unit.version += 1
        unit.updated_at = timezone.now()
        try:
            unit.save()
        except IntegrityError:
            raise Conflict from None
        if recorded:
            record(unit, user, note)
        new = replace(row, here=unit, unit=unit if unit.text.strip() else None)
        self.rows[self.rows.index(row)] = new
        return new

    def refresh(self) -> None:
        refresh(self.original, self.language.code, self.rows)

    def may_approve(self, unit: Unit, user: models.Model) -> bool:
        return may_approve(unit, user, self.language)


def record(unit: Unit, user: models.Model | None, note: str = "") -> None:
    UnitVersion.objects.create(unit=unit, text=unit.text, state=unit.state, origin=unit.origin, by=user, note=note)


def may_approve(unit: Unit, user: models.Model, language: Language) -> bool:
    """Where a second pair of eyes is asked for: somebody with the right to publish who is not the author."""
    if not language.review_required:
        return rights.may_translate(user, unit.language)
    return rights.may_publish(user, unit.language) and unit.author_id != user.pk


def clean(segment: Segment, text: str) -> str:
    """The text with only what it may hold. Raises DeskError if it is too long for anything."""
    if len(text) > LONGEST:
        raise DeskError(_("This text is too long: at most %(number)d characters.") % {"number": LONGEST})
    text = without_controls(text)
    return tidy(text) if segment.format == "html" else text.strip()


def without_controls(text: str) -> str:
    """PostgreSQL takes no NUL, UTF-8 no halves of characters, and nobody means any of the others."""
    return text.translate(_CONTROL).encode("utf-8", "ignore").decode("utf-8")


# One segment ----------------------------------------------------------------------------------


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
    act: Any = State.DRAFT,
    origin: Any = Origin.HUMAN,
) -> Bench:
    """Store a text for a segment, and with `act` hand it in for review or approve it; with None whichever of the two
    the user may.

    `version` is the one that the writer began with: 0 if there was no unit at this place.
    Raises Moved, Conflict, Refused (errors stop a text that is handed in or approved) and DeskError.
    """
    bench = Bench.held(original, language)
    row = bench.row(path, digest)
    unit, text = bench.unit(row), clean(row.segment, text)
    if unit.version != version and unit.text != text:
        raise Conflict(unit)
    if _stands(unit, text, act):
        return bench
    if act is not State.DRAFT:
        _refuse_errors(original, row.segment, text, language.code)
    _take_text(unit, text, user, origin)
    _give_state(bench, unit, act or _furthest(bench, unit, user), user)
    bench.store(row, unit, user, recorded=act is not State.DRAFT)
    bench.refresh()
    return bench


def _stands(unit: Unit, text: str, act: Any) -> bool:
    """Whether the same text is there already, and what was reached with it would only be taken back."""
    if not unit.pk or unit.text != text:
        return False
    return act is State.DRAFT or unit.state == State.APPROVED


def _furthest(bench: Bench, unit: Unit, user: models.Model) -> Any:
    return State.APPROVED if bench.may_approve(unit, user) else State.REVIEW


def _take_text(unit: Unit, text: str, user: models.Model, origin: Any) -> None:
    """A text that is written over is kept, unless it was the writer's own draft."""
    if unit.text != text:
        if unit.pk and unit.text and (unit.author_id != user.pk or unit.state != State.DRAFT):
            record(unit, unit.author)
        unit.text, unit.origin, unit.author, unit.dismissed = text, origin, user, []
    unit.author = unit.author or user


def _refuse_errors(original: Original, segment: Segment, text: str, language: str) -> None:
    if found := errors(findings(original, segment, text, language)):
        raise Refused(found)


def _give_state(bench: Bench, unit: Unit, act: Any, user: models.Model) -> None:
    """Draft and review as asked; approved only by those who may."""
    if act is State.APPROVED and not bench.may_approve(unit, user):
        raise DeskError(_("Somebody other than the author, who may publish this language, has to approve this."))
    unit.state, unit.reviewer = act, user if act is State.APPROVED else None


@transaction.atomic
def dismiss(
    original: Original, language: Language, path: str, digest: str, check: str, reason: str, user: models.Model
) -> Bench:
    """Say why a warning does not apply to this text. Errors cannot be dismissed. Raises DeskError, Moved."""
    reason = without_controls(reason).strip()
    if not reason:
        raise DeskError(_("Say why this does not apply here."))
    bench = Bench.held(original, language)
    row = bench.row(path, digest)
    found = findings(original, row.segment, row.text, language.code)
    if not row.here or check not in {each.check for each in found if each.level == "warning"}:
        raise DeskError(_("There is no such warning."))
    row.here.dismissed = [*(pair for pair in row.here.dismissed if pair[0] != check), [check, reason[:300]]]
    bench.store(row, row.here, user, f"{check}: {reason[:200]}")
    return bench


@transaction.atomic
def keep(original: Original, language: Language, path: str, digest: str, user: models.Model) -> Bench:
    """The change of the source has no effect on the meaning: the earlier text, with its state, holds for it too.

    Raises Moved, and DeskError if there is no earlier text or it does not fit any more.
    """
    bench = Bench.held(original, language)
    row = bench.row(path, digest)
    if row.earlier is None:
        raise DeskError(_("There is no earlier translation of this segment."))
    _refuse_errors(original, row.segment, row.earlier.text, language.code)
    answered = not language.review_required or rights.may_publish(user, language.code)
    keep_for(bench, row, user, answered=answered)
    bench.refresh()
    return bench


def keep_for(bench: Bench, row: Row, user: models.Model, *, answered: bool = True) -> None:
    """Let the earlier text of an outdated row hold for the new wording; `answered` if the user may answer for that."""
    unit = bench.unit(row)
    for name in ("text", "state", "origin", "author", "dismissed"):
        setattr(unit, name, getattr(row.earlier, name))
    if unit.state == State.APPROVED:
        unit.state, unit.reviewer = (State.APPROVED, user) if answered else (State.REVIEW, None)
    bench.store(row, unit, user, _("No effect on the meaning"))


# All segments of a translation at once -----------------------------------------------------------


@transaction.atomic
def submit_all(original: Original, language: Language, user: models.Model) -> int:
    """Hand in every draft. Raises Refused, and nothing is handed in, if one of them has an error."""
    bench = Bench.held(original, language)
    return _give_all(bench, [row for row in bench.rows if row.standing is Standing.DRAFT], State.REVIEW, user)


@transaction.atomic
def approve_all(original: Original, language: Language, user: models.Model) -> int:
    """Approve what is handed in and not the user's own where a second pair of eyes is asked for."""
    bench = Bench.held(original, language)
    handed_in = [row for row in bench.rows if row.standing is Standing.REVIEW]
    return _give_all(
        bench, [row for row in handed_in if row.unit and bench.may_approve(row.unit, user)], State.APPROVED, user
    )


def _give_all(bench: Bench, rows: list[Row], act: Any, user: models.Model) -> int:
    code = bench.language.code
    terms, chips = glossary(code), chips_of([row.segment for row in rows], code)
    for row in rows:
        if found := errors(findings(bench.original, row.segment, row.text, code, terms, chips)):
            raise Refused(found)
    for row in rows:
        unit = bench.unit(row)
        if row.unit and unit is not row.unit:  # its text stands at the same words elsewhere in the page
            unit.text, unit.origin, unit.author = row.text, Origin.MEMORY, row.unit.author
        _give_state(bench, unit, act, user)
        bench.store(row, unit, user)
    bench.refresh()
    return len(rows)


@transaction.atomic
def pretranslate(original: Original, language: Language, user: models.Model) -> int:
    """Fill missing segments with what was written for the same words elsewhere, else with machine translation."""
    bench = Bench.held(original, language)
    missing = [row for row in bench.rows if row.standing is Standing.MISSING]
    known = memory.exact(language.code, [row.hash for row in missing], user)
    unknown = [row.segment for row in missing if row.hash not in known]
    made = dict(zip((s.path for s in unknown), machine_texts(unknown, language.code), strict=True))
    filled = 0
    for row in missing:
        same = known.get(row.hash)
        text = same.text if same else made[row.segment.path]
        if text:
            unit = bench.unit(row)
            unit.text, unit.origin = clean(row.segment, text), Origin.MEMORY if same else Origin.MACHINE
            unit.author = (same and same.author) or user
            bench.store(row, unit, user)
            filled += 1
    bench.refresh()
    return filled


def machine_texts(segments: Sequence[Segment], language: str) -> list[str | None]:
    """Of the first provider that offers the language; None for each if there is none."""
    for name in settings.TRANSLATION_PROVIDERS:
        engine = provider(name)
        if segments and engine.offers(language):
            return engine.translate(segments, language)
    return [None] * len(segments)


def write_back(bench: Bench, row: Row, text: str, user: models.Model, note: str) -> None:
    """Make a text that was published before the approved text of its segment again."""
    unit = bench.unit(row)
    if unit.pk and unit.text and unit.text != text:
        record(unit, unit.author)
    unit.text, unit.state, unit.reviewer, unit.author, unit.dismissed = text, State.APPROVED, user, user, []
    bench.store(row, unit, user, note)
