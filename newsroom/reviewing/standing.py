"""Which approvals hold for a content, and why there are not enough of them."""

from typing import Any

from django.db import models
from django.utils.translation import gettext as _
from wagtail.models import WorkflowState

from core.publishing.canonical_forms import Hashes
from core.publishing.digest import digest

from ..models import Allowance, Approval, Entry, are_enough
from ..record.naming import Thing
from .content import said_by
from .kinds import Needs, needs_of


def enough(thing: Thing, content_hash: str, needed: Needs) -> list[Approval]:
    """The approvals that allow this content; [] if they do not. One query."""
    approvals = list(Approval.objects.of_thing(thing).standing())
    return approvals if are_enough(approvals, content_hash, needed) else []


def may_go_live(obj: Any) -> bool:
    """Whether the newest draft may be published as it is by the approvals that stand."""
    needed = needs_of(obj)
    if needed is None:
        return True
    approvals = list(Approval.objects.of(obj).standing())
    draft = obj.get_latest_revision_as_object()
    return bool(approvals) and are_enough(approvals, digest(said_by(draft)), needed)


def allowed(thing: Thing, content_hash: str) -> Allowance | None:
    """What one person lets go live without all approvals, and has not gone live yet."""
    found = models.QuerySet(Allowance).filter(model=thing.model, object_id=thing.key, used_at=None)
    return found.filter(content_hash=content_hash).order_by("-at").first()


def newest_entry(thing: Thing) -> Entry | None:
    found = models.QuerySet(Entry).filter(model=thing.model, object_id=thing.key)
    return found.order_by("-number").first()


def is_as_recorded(thing: Thing, hashes: Hashes) -> bool:
    """Whether readers see this already, as the record says."""
    entry = newest_entry(thing)
    return entry is not None and entry.kind != Entry.Kind.WITHDRAWAL and entry.is_of(hashes)


def was_shown(thing: Thing, hashes: Hashes) -> bool:
    """Whether this is what readers saw before it was withdrawn."""
    found = models.QuerySet(Entry).filter(model=thing.model, object_id=thing.key)
    newest = (
        found.exclude(kind=Entry.Kind.WITHDRAWAL).order_by("-number").only("number", "form", "content_hash").first()
    )
    return newest is not None and newest.is_of(hashes)


def what_is_lacking(obj: Any, content_hash: str) -> str:
    """In one sentence."""
    state = WorkflowState.objects.for_instance(obj).order_by("-pk").first()
    if state and state.status == WorkflowState.STATUS_IN_PROGRESS and state.current_task_state:
        return _("It waits for this step: {step}.").format(step=state.current_task_state.task.name)
    newest = Approval.objects.of(obj).order_by("-at", "-pk").first()
    if newest and newest.content_hash != content_hash:
        return _("It was changed after it was approved. Submit it again.")
    if gone := [each.name for each in Approval.objects.of(obj).standing() if not each.counts]:
        words = _("It was approved by somebody whose account is not active any more: {names}. Submit it again.")
        return words.format(names=", ".join(gone))
    if obj.get_workflow() is None:
        return _("Nothing can be approved yet: whoever runs the site has to run `manage.py sync_roles`.")
    return _("It was not approved. Submit it: it goes live when all have approved it who have to.")
