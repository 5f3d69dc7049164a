"""Warnings wait for a tick with a reason: without it nobody publishes, schedules or submits, by whichever way.

Who runs a command, the schedule, and what is published under a bypass are not asked; a scheduled page was asked for when
it was scheduled. `settings.ASKS_FOR_TICKS` switches it off, in tests for example.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from ..models import Tick
from .acts import Act, Kind, NotPublishable, register_rule
from .canonical import base_of
from .checklist import Finding, Level, findings_for


ASKED = (Kind.PUBLISH, Kind.SCHEDULE, Kind.COPY)
TICKED, TAKEN_BACK = "core.checklist.ticked", "core.checklist.taken_back"

Exemption = Callable[[Act], bool]
_exemptions: list[Exemption] = []


@dataclass(frozen=True)
class Judged:
    finding: Finding
    tick: Tick | None = None

    @property
    def is_open(self) -> bool:
        """Whether it is in the way: an error, or a warning that nobody has answered for."""
        return self.finding.level == Level.ERROR or (self.finding.level == Level.WARNING and self.tick is None)


class NoReason(ValueError):
    """A tick says why."""


def judged(obj: models.Model, findings: Sequence[Finding]) -> list[Judged]:
    """Each with its tick, if it has one: at most one query."""
    ticks = _ticks_of(obj) if any(each.level == Level.WARNING for each in findings) else {}
    return [Judged(each, ticks.get(each.key) if each.level == Level.WARNING else None) for each in findings]


def unanswered(obj: models.Model) -> list[Finding]:
    """The warnings about it that nobody has answered for."""
    return [each.finding for each in judged(obj, findings_for(obj, Level.WARNING)) if each.is_open]


def in_the_way(obj: models.Model) -> list[Finding]:
    """What keeps it from being submitted for review: errors, and if ticks are asked for, warnings without one."""
    errors = findings_for(obj, Level.ERROR)
    return [*errors, *(unanswered(obj) if settings.ASKS_FOR_TICKS else [])]


def tick(obj: models.Model, finding: Finding, user: Any, reason: str) -> Tick:
    """Answer for a warning. Raises NoReason without a reason."""
    said = " ".join(reason.split())
    if not said:
        raise NoReason
    values = {
        "check_name": finding.check,
        "place": finding.place,
        "message": finding.message,
        "reason": said[: Tick._meta.get_field("reason").max_length],
        "user": user,
        "name": user.get_full_name() or user.get_username(),
    }
    row, _is_new = Tick.objects.update_or_create(values, **_thing(obj), key=finding.key)
    log(instance=obj, action=TICKED, user=user, data={"warning": finding.message, "reason": row.reason})
    return row


def take_back(obj: models.Model, key: str, user: Any) -> None:
    """Whether it was there or not: afterwards the warning is open again."""
    for row in Tick.objects.filter(**_thing(obj), key=key):
        row.delete()
        log(instance=obj, action=TAKEN_BACK, user=user, data={"warning": row.message, "reason": row.reason})


def ticks_for(obj: models.Model) -> list[dict[str, str]]:
    """Which warnings hold of it now that somebody has answered for: check, warning, reason, by whom (name, account), when.

    For the record of its publication, which everybody waits for: what the gate has found of this object is not looked for
    again.
    """
    if not settings.ASKS_FOR_TICKS:
        return []
    if (known := getattr(obj, "_ticks_found", None)) is not None:
        return known
    return _said(obj, list(_ticks_of(obj).values()))


def register_exemption(exemption: Exemption) -> Exemption:
    """Decorate a function that says whether somebody answers for this act otherwise. It is asked only if something is open."""
    _exemptions.append(exemption)
    return exemption


@register_rule
def ask_for_ticks(act: Act) -> None:
    """Raises NotPublishable that names the warnings nobody has answered for."""
    if act.kind not in ASKED or not settings.ASKS_FOR_TICKS:
        return
    if not act.user:
        act.obj._ticks_found = _said(act.obj, list(_ticks_of(act.obj).values()))
        return
    pairs = judged(act.obj, findings_for(act.obj, Level.WARNING))
    act.obj._ticks_found = [_described(each.tick) for each in pairs if each.tick]
    left = [each.finding.message for each in pairs if each.is_open]
    if left and not any(exemption(act) for exemption in _exemptions):
        raise NotPublishable([asking(), *left])


def asking() -> str:
    return _("In the list “Before publishing” each of these needs a tick with a reason, or to be put right:")


def _said(obj: models.Model, ticks: list[Tick]) -> list[dict[str, str]]:
    if not ticks:
        return []
    keys = {each.key for each in findings_for(obj, Level.WARNING)}
    return [_described(each) for each in ticks if each.key in keys]


def _described(row: Tick) -> dict[str, str]:
    return {
        "check": row.check_name,
        "warning": row.message,
        "reason": row.reason,
        "by": row.name,
        "at": row.at.isoformat(timespec="seconds"),
    }


def _ticks_of(obj: models.Model) -> dict[str, Tick]:
    return {each.key: each for each in Tick.objects.filter(**_thing(obj))} if obj.pk else {}


def _thing(obj: models.Model) -> dict[str, Any]:
    return {"model": base_of(type(obj))._meta.label_lower, "object_id": obj.pk}
