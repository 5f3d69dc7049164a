"""Findings that somebody has judged: they do not apply to this text, and the reason is on record.

A judgement is of one finding, not of its check, and of exactly these two texts: it is kept with the unit, which belongs to
one wording of the Chinese, and is dropped when the unit gets another text. An error is dismissed by those who may publish
the language. A translator asks them to: such an error may be handed in, and stops the text from being approved or
published until it is dismissed. What breaks a link, a tag or a placeholder cannot be dismissed.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from typing import Any

from django.db import models, transaction
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from core.models import Language

from ..checks import ERROR, WARNING, Finding
from ..models import Original, Unit
from . import rights
from .errors import DeskError
from .locked_rows import LockedRows, record
from .rows import Row
from .seen import Seen, check_seen
from .texts import cleaned_reason
from .unit_findings import findings


@dataclass(frozen=True)
class Judgement:
    """`finding` is the key of what was judged, `by` the key of who did it, `name` the name of that person then.

    With `is_asked` a translator says that an error does not apply, and somebody who may publish has to agree.
    """

    finding: str
    level: str
    reason: str
    by: int | None
    name: str
    at: str
    is_asked: bool = False

    @property
    def time(self) -> datetime | None:
        return parse_datetime(self.at) if self.at else None

    def covers(self, finding: Finding, key: str) -> bool:
        """One from before findings were told apart is of every warning of its check."""
        is_of_check = self.level == WARNING and self.finding == finding.check
        return (self.finding == key or is_of_check) and (self.level == ERROR or finding.level == WARNING)


@dataclass(frozen=True)
class JudgedFinding:
    """A finding with what was said of it. `key` tells it from others of the same text, also from one that says the same."""

    finding: Finding
    key: str
    judgement: Judgement | None = None

    @property
    def is_dismissed(self) -> bool:
        return self.judgement is not None and not self.judgement.is_asked

    @property
    def is_asked(self) -> bool:
        return self.judgement is not None and self.judgement.is_asked

    @property
    def stops_publishing(self) -> bool:
        return self.finding.level == ERROR and not self.is_dismissed

    @property
    def stops_review(self) -> bool:
        """An error that nobody has spoken for: it stops a text from being handed in."""
        return self.finding.level == ERROR and self.judgement is None


def judged(found: Iterable[Finding], unit: Unit | None) -> list[JudgedFinding]:
    """The findings of a text, with the judgements that are kept with its unit, if it has one for this wording."""
    judgements = judgements_of(unit) if unit else []
    counted: Counter[str] = Counter()
    done = []
    for finding in found:
        counted[finding.key] += 1
        number = counted[finding.key]
        key = finding.key if number == 1 else f"{finding.key} ({number})"
        judgement = next((each for each in judgements if each.covers(finding, key)), None)
        done.append(JudgedFinding(finding, key, judgement if finding.is_dismissible else None))
    return done


def judgements_of(unit: Unit) -> list[Judgement]:
    names = {field.name for field in fields(Judgement)}
    return [Judgement(**{name: each[name] for name in names if name in each}) for each in unit.dismissed]


def stopping(found: Iterable[Finding], unit: Unit | None) -> list[Finding]:
    """The errors that stop a text from being approved and published."""
    return [each.finding for each in judged(found, unit) if each.stops_publishing]


def unanswered(found: Iterable[Finding], unit: Unit | None) -> list[Finding]:
    """The errors that stop a text from being handed in."""
    return [each.finding for each in judged(found, unit) if each.stops_review]


def may_dismiss(finding: Finding, user: models.Model, language: str) -> bool:
    """Of an error, those who may publish: others ask them to. Everybody may ask, and dismiss a warning."""
    return finding.level == WARNING or rights.may_publish(user, language)


@transaction.atomic
def dismiss(
    original: Original,
    language: Language,
    path: str,
    digest: str,
    key: str,
    reason: str,
    user: models.Model,
    *,
    seen: Seen | None = None,
) -> LockedRows:
    """Say why a finding does not apply to this text; of an error, by those who may not publish, ask for it.

    The text needs its second pair of eyes all the same. Raises DeskError without a reason, for a finding that the text
    does not have or that cannot be dismissed; SourceChanged; and ChangedMeanwhile if the text is not as it was seen.
    """
    reason = cleaned_reason(reason)
    locked, row, unit = _locked(original, language, path, digest, seen)
    this = _find(locked, row, key)
    if not this.finding.is_dismissible:
        raise DeskError(_("This cannot be dismissed: it has to be put right."))
    is_asked = not may_dismiss(this.finding, user, language.code)
    if this.is_dismissed:
        raise DeskError(_("This has been dismissed already."))
    judgement = Judgement(
        key, this.finding.level, reason, user.pk, str(user), timezone.now().isoformat(), is_asked=is_asked
    )
    others = [each for each in judgements_of(unit) if each != this.judgement]
    message = _("Asked to dismiss “%(finding)s”: %(reason)s") if is_asked else _("Dismissed “%(finding)s”: %(reason)s")
    locked.keep_judgements(row, unit, [asdict(each) for each in [*others, judgement]])
    record(unit, user, message % {"finding": this.finding.message, "reason": reason})
    if this.finding.level == ERROR and not is_asked:
        _log("languages.dismiss", locked, row, this.finding, user, reason)
    return locked


@transaction.atomic
def take_back(
    original: Original,
    language: Language,
    path: str,
    digest: str,
    key: str,
    user: models.Model,
    *,
    seen: Seen | None = None,
) -> LockedRows:
    """The finding applies after all. An error that was dismissed, only by those who may dismiss it. Raises as
    `dismiss`."""
    locked, row, unit = _locked(original, language, path, digest, seen)
    this = _find(locked, row, key)
    if this.judgement is None:
        raise DeskError(_("This has not been dismissed."))
    if this.is_dismissed and not may_dismiss(this.finding, user, language.code):
        raise DeskError(_("Somebody who may publish this language dismissed this, and only they can take it back."))
    kept = [each for each in judgements_of(unit) if each != this.judgement]
    locked.keep_judgements(row, unit, [asdict(each) for each in kept])
    record(unit, user, _("Not dismissed any more: %(finding)s") % {"finding": this.finding.message})
    if this.finding.level == ERROR and this.is_dismissed:
        _log("languages.take_back", locked, row, this.finding, user)
    return locked


def _locked(
    original: Original, language: Language, path: str, digest: str, seen: Seen | None
) -> tuple[LockedRows, Row, Unit]:
    """The row, and the unit whose text it shows, which may be one of another place."""
    locked = LockedRows.lock(original, language)
    row = locked.row(path, digest)
    check_seen([row], seen)
    if row.unit is None:
        raise DeskError(_("Write a text for this wording of the Chinese first."))
    return locked, row, row.unit


def _find(locked: LockedRows, row: Row, key: str) -> JudgedFinding:
    found = findings(locked.original, row.segment, row.text, locked.language.code)
    for each in judged(found, row.unit):
        if each.key == key:
            return each
    raise DeskError(_("The text has no such error or warning any more."))


def _log(action: str, locked: LockedRows, row: Row, finding: Finding, user: models.Model, reason: str = "") -> None:
    data: dict[str, Any] = {
        "language": locked.language.code,
        "segment": str(row.segment.label),
        "text": finding.text,
        "values": dict(finding.values),
    }
    log(instance=locked.original.live(), action=action, user=user, data=data | ({"reason": reason} if reason else {}))
