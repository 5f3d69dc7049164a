"""Drafts that are saved while approvals of them stand: autosave writes every half second into the same row."""

from typing import Any

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models.signals import post_save
from wagtail.models import Revision, WorkflowState

from core.locking import held
from core.publishing.digest import digest

from ..models import Approval, ReviewState
from ..models.reviews import void
from ..record.naming import Thing
from .content import said_by


def connect() -> None:
    post_save.connect(_on_saved, sender=Revision, dispatch_uid="newsroom.revision")


def _on_saved(instance: Revision, raw: bool = False, **_kwargs: Any) -> None:
    if raw or not settings.REVIEWS_REQUIRED:
        return
    if approvals := _standing(instance):
        with transaction.atomic():
            held(instance.base_content_type.model_class(), instance.object_id)
            _compare(instance, approvals)


def _standing(revision: Revision) -> list[Approval]:
    """Approvals that hold for what the revision is of, in their order."""
    model = ContentType.objects.get_for_id(revision.content_type_id).model_class()
    thing = Thing(model._meta.label_lower, int(revision.object_id))
    return list(Approval.objects.of_thing(thing).standing().select_related("workflow_state"))


def _compare(revision: Revision, approvals: list[Approval]) -> None:
    """What reviewers write at their step waits for their approval. What an author mends after it was sent back is compared
    when it is submitted again. Anything else ends the approvals."""
    obj = revision.as_object()
    state = approvals[-1].workflow_state
    status = state.status if state else WorkflowState.STATUS_CANCELLED
    if status == WorkflowState.STATUS_NEEDS_CHANGES:
        return
    said = said_by(obj)
    if digest(said) == approvals[-1].content_hash:
        return
    waiting = _waiting(state) if status == WorkflowState.STATUS_IN_PROGRESS else None
    if waiting:
        if waiting.back_to_first(obj, said, revision.user):
            _begin_with(state, revision, said)
    else:
        void(approvals, obj, said, revision.user)


def _begin_with(state: WorkflowState, revision: Revision, said: dict[str, Any]) -> None:
    """The page does not name this revision as its newest yet."""
    state.refresh_from_db()
    started = ReviewState.objects.filter(pk=state.current_task_state_id)
    for each in started:
        each.revision, each.content_hash, each.seen = revision, digest(said), said
        each.save(update_fields=["revision", "content_hash", "seen"])


def _waiting(state: WorkflowState) -> ReviewState | None:
    current = state.current_task_state
    specific = current.specific if current else None
    return specific if isinstance(specific, ReviewState) else None
