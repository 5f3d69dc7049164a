"""What was written is compared once more with what was approved: at the end of an act, with the record locked, so that no
figure in it changes any more. What it was published by is used up: an old text is not brought back with it."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _

from core.publishing.acts import Act, Kind, NotPublishable
from core.publishing.canonical_forms import Hashes

from ..models import Allowance, Approval, Entry
from ..record.naming import Thing, thing_of
from .copies import is_same_as_live
from .events import approvals_used
from .kinds import needs_of
from .measuring import newest_correction
from .standing import allowed, enough, was_shown


@dataclass(frozen=True)
class Confirmed:
    """What the entry of an act says of its review: `kind` is none of its own if it was published as usual."""

    approvals: list[dict[str, Any]]
    kind: str = ""
    reason: str = ""

    def as_entry(self) -> dict[str, Any]:
        own = {"kind": self.kind, "reason": self.reason} if self.kind else {}
        return {"approvals": self.approvals, **own}


def confirm(act: Act, thing: Thing, hashes: Hashes, before: Entry | None) -> Confirmed:
    """By whose word it is live as it is now. Raises NotPublishable, and the act is undone."""
    needed, content_hash = needs_of(act.obj), hashes.newest
    if not settings.REVIEWS_REQUIRED or act.bypassed or needed is None:
        return Confirmed([])
    if act.kind in (Kind.COPY, Kind.ALIAS):
        return _of_copy(act, thing, content_hash)
    if act.kind != Kind.PUBLISH:
        return Confirmed([])
    if approvals := enough(thing, content_hash, needed):
        return _by_approvals(act, thing, approvals)
    if allowance := allowed(thing, content_hash):
        models.QuerySet(Allowance).filter(pk=allowance.pk).update(used_at=timezone.now())
        return Confirmed([allowance.said()], str(allowance.kind), allowance.reason)
    if "released" in act.details and was_shown(thing, hashes):
        return Confirmed([])
    if before is None or before.kind == Entry.Kind.WITHDRAWAL or not before.is_of(hashes):
        raise NotPublishable(_("Something that it shows was changed while it was published. Submit it again."))
    return Confirmed([])


def _by_approvals(act: Act, thing: Thing, approvals: list[Approval]) -> Confirmed:
    """They are used up, and make up for what was published urgently before. Their people are told."""
    now = timezone.now()
    models.QuerySet(Approval).filter(pk__in=[each.pk for each in approvals]).update(used_at=now)
    urgent = models.QuerySet(Allowance).filter(model=thing.model, object_id=thing.key, reviewed_at=None)
    urgent.filter(kind=Allowance.Kind.URGENT, used_at__isnull=False).update(reviewed_at=now)
    approvals_used.send(sender=Approval, obj=act.obj, approvals=approvals, by=act.user)
    return Confirmed([each.said() for each in approvals])


def _of_copy(act: Act, thing: Thing, content_hash: str) -> Confirmed:
    origin = act.origin or act.obj.alias_of
    if not is_same_as_live(act.obj, origin):
        raise NotPublishable(
            _("A copy that is live at once shows what readers see already. Make it a draft and submit it.")
        )
    shown = thing_of(origin)
    entry = models.QuerySet(Entry).filter(model=shown.model, object_id=shown.key).order_by("-number").first()
    correction = newest_correction(origin)  # what is measured from an earlier review goes on being so
    approvals = [correction.said()] if correction else entry.approvals if entry else []
    urgent = Allowance.objects.of(origin).without_review().first() if act.kind == Kind.COPY else None
    if urgent is None:
        return Confirmed(approvals)  # an alias goes with its origin, to its review too
    _make_up_for(act, thing, content_hash, urgent)
    return Confirmed(approvals, str(urgent.kind), urgent.reason)


def _make_up_for(act: Act, thing: Thing, content_hash: str, urgent: Allowance) -> None:
    """A copy of what was published urgently is as little reviewed as that, and as late."""
    urgent.pk, urgent.used_at = None, timezone.now()
    urgent.model, urgent.object_id, urgent.content_hash = thing.model, thing.key, content_hash
    urgent._state.adding = True
    urgent.save()
    if workflow := act.obj.get_workflow():
        workflow.start(act.obj, act.user)
