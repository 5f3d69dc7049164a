"""Who is told of what happens to reviews. Whatever way it happens, it is told here: by signals of Wagtail's and ours."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.contrib.admin.utils import quote
from django.contrib.auth import get_user_model
from django.db import models
from django.db.models.signals import post_save
from django.urls import reverse
from wagtail import signals
from wagtail.admin import signal_handlers
from wagtail.models import ModelLogEntry, PageLogEntry, Revision, TaskState, WorkflowState

from core.models import BasePage
from core.notices import mentioning
from core.notices.kinds import Kind
from core.notices.sending import notify
from core.text.differences import differences

from ..models import Approval, ReviewState
from . import notice_kinds as kinds
from .authors import authors, authors_ever, authors_of_round
from .content import changed_texts
from .events import approvals_used, approvals_voided
from .takers import takers


WORDS = 120  # characters of what was changed that a notice tells
TAKEN_FROM_READERS = {"newsroom.withdrawn": kinds.WITHDRAWN, "newsroom.released": kinds.RELEASED}
LOGGED = {"core.schedule.refused", *TAKEN_FROM_READERS}  # actions of which people are told
MAILS_OF_WAGTAIL = {  # the bell of the portal has its own, and its own mails
    signals.task_submitted: ("group_approval_task_submitted_email_notification", TaskState),
    signals.workflow_submitted: ("workflow_state_submitted_email_notification", WorkflowState),
    signals.workflow_rejected: ("workflow_state_rejected_email_notification", WorkflowState),
    signals.workflow_approved: ("workflow_state_approved_email_notification", WorkflowState),
}


def connect() -> None:
    _keep_wagtail_from_mailing()
    signals.task_submitted.connect(_on_submitted, sender=ReviewState, dispatch_uid="newsroom.submitted")
    signals.task_rejected.connect(_on_sent_back, sender=ReviewState, dispatch_uid="newsroom.sent_back")
    signals.task_approved.connect(_on_approved, sender=ReviewState, dispatch_uid="newsroom.approved")
    signals.workflow_approved.connect(_on_finished, dispatch_uid="newsroom.finished")
    approvals_voided.connect(_on_voided, dispatch_uid="newsroom.voided")
    approvals_used.connect(_on_used, dispatch_uid="newsroom.used")
    for model in (PageLogEntry, ModelLogEntry):
        post_save.connect(_on_logged, sender=model, dispatch_uid=f"newsroom.{model.__name__}")


def _keep_wagtail_from_mailing() -> None:
    """Whether its admin has connected its mails already, or is about to."""
    for signal, (uid, sender) in MAILS_OF_WAGTAIL.items():
        signal.disconnect(dispatch_uid=uid, sender=sender)
    signal_handlers.register_signal_handlers = lambda: None


def edit_url(obj: models.Model) -> str:
    if isinstance(obj, BasePage):
        return reverse("wagtailadmin_pages:edit", args=[obj.pk])
    viewset: Any = getattr(obj, "snippet_viewset", None)
    return reverse(viewset.get_url_name("edit"), args=[quote(obj.pk)]) if viewset else ""


def label_of(obj: Any) -> str:
    return obj.get_admin_display_title() if isinstance(obj, BasePage) else str(obj)


def tell(keys: Iterable[int | None], kind: Kind, obj: Any, **options: Any) -> None:
    people = get_user_model().objects.filter(pk__in={key for key in keys if key})
    notify(people, kind, subject=obj, label=label_of(obj), url=edit_url(obj), **options)


def tell_mentioned(text: str, by: Any, obj: models.Model, part: str, told: Iterable[int | None] = ()) -> None:
    """Those whom a reason or a remark mentions, but those who are `told` of it anyhow. `part` names the text."""
    keys = {key for key in told if key}
    mentioning.tell(text, by, obj, part=part, told=keys, label=label_of(obj), url=edit_url(obj))


def _on_submitted(instance: ReviewState, user: Any = None, **_kwargs: Any) -> None:
    tell([each.pk for each in takers(instance)], kinds.TO_REVIEW, instance.object, actor=user)


def _on_sent_back(instance: ReviewState, user: Any = None, **_kwargs: Any) -> None:
    """Who wrote it and asked for the review, and who approved earlier steps of it."""
    obj, state = instance.object, instance.workflow_state
    told = _writers(state, obj) | _approvers(state)
    tell(told, kinds.SENT_BACK, obj, actor=user, reason=instance.comment)
    tell_mentioned(instance.comment, user, obj, f"review {instance.pk}", told)


def _on_approved(instance: ReviewState, user: Any = None, **_kwargs: Any) -> None:
    obj = instance.object
    tell(_writers(instance.workflow_state, obj), kinds.APPROVED, obj, actor=user)
    tell_mentioned(instance.comment, user, obj, f"review {instance.pk}")


def _on_finished(instance: WorkflowState, user: Any = None, **_kwargs: Any) -> None:
    """Of what is live at once, `_on_used` tells."""
    found = instance.content_object
    obj = getattr(found, "specific", found)
    times = Revision.objects.for_instance(obj).filter(approved_go_live_at__isnull=False)
    if at := times.order_by("-approved_go_live_at").values_list("approved_go_live_at", flat=True).first():
        told = _writers(instance, obj) | _approvers(instance)
        tell(told, kinds.SCHEDULED, obj, actor=user, time=at.isoformat())


def _on_used(obj: Any, approvals: list[Approval], by: Any = None, **_kwargs: Any) -> None:
    told: set[int | None] = {each.person_id for each in approvals}
    if state := approvals[-1].workflow_state:
        told |= _writers(state, obj)
    tell(told, kinds.PUBLISHED, obj, actor=by)


def tell_moved(state: WorkflowState, before: ReviewState) -> None:
    """Those of the round, and who had it: its step is there no more."""
    obj, current = before.object, state.current_task_state
    told = _writers(state, obj) | _approvers(state) | {before.assignee_id}
    tell(told, kinds.MOVED, obj, step=str.__str__(current.task.name) if current else "")


def _on_voided(obj: Any, approvals: list[Approval], now: dict[str, Any], by: Any = None, **_kwargs: Any) -> None:
    words = words_changed(approvals[-1].seen, now)
    state = approvals[-1].workflow_state
    told = {each.person_id for each in approvals} | {state.requested_by_id if state else None}
    tell(told, kinds.CHANGED, obj, actor=by, words=words)


def _on_logged(instance: Any, created: bool = False, raw: bool = False, **_kwargs: Any) -> None:
    if raw or not created or instance.action not in LOGGED or not settings.REVIEWS_REQUIRED:
        return
    found: Any = instance.page.specific if isinstance(instance, PageLogEntry) else instance.object
    if found is None:
        return
    if instance.action in TAKEN_FROM_READERS:
        kind, reason = TAKEN_FROM_READERS[instance.action], instance.data.get("reason", "")
        tell(authors_ever(found), kind, found, actor=instance.user, reason=reason)
        return
    requested = Approval.objects.of(found).values_list("person", "workflow_state__requested_by")
    told = {key for pair in requested for key in pair} | authors(found) | {getattr(found, "owner_id", None)}
    tell(told, kinds.REFUSED, found, problem=instance.data.get("problem", ""))


def tell_corrected(obj: Any, by: Any) -> None:
    tell(authors_ever(obj), kinds.CORRECTED, obj, actor=by)


def _writers(state: WorkflowState, obj: Any) -> set[int | None]:
    """Who asked for the review, and who wrote what it reviews: also when it is live."""
    return {state.requested_by_id, *authors_of_round(state, obj)}


def _approvers(state: WorkflowState) -> set[int | None]:
    return set(Approval.objects.in_round(state).values_list("person", flat=True))


def words_changed(before: dict[str, Any], now: dict[str, Any]) -> str:
    """What is new and what is gone, in short: “开学” → “秋季开学”."""
    found = []
    for _name, old, new in changed_texts(before, now):
        pieces = list(differences(old, new))
        gone = "…".join(piece.text for piece in pieces if piece.kind == "gone").strip()
        added = "…".join(piece.text for piece in pieces if piece.kind == "new").strip()
        found.append(f"“{gone}” → “{added}”")
    said = "; ".join(found)
    return said if len(said) <= WORDS else f"{said[:WORDS]}…"
