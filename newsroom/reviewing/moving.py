"""What waits at a step that the settings have removed goes on at one that there is."""

from collections.abc import Iterator
from contextlib import suppress

from django.db import transaction
from django.utils import timezone
from wagtail.models import TaskState, WorkflowState

from core.publishing.acts import NotPublishable
from core.publishing.digest import digest

from ..models import ReviewState, ReviewTask, are_enough, lacking_steps
from . import notice_kinds as kinds
from .content import latest_held, said_by
from .kinds import Needs
from .takers import takers
from .telling import label_of, tell, tell_moved


def move_on(needed: Needs) -> Iterator[str]:
    """Names of what was moved. Each goes to the first step that nobody has taken; what all have approved who have to by
    now goes live, or one more person reads it if it may not."""
    waiting = ReviewState.objects.filter(status=TaskState.STATUS_IN_PROGRESS, task__reviewtask__kind=needed.kind)
    for state in waiting.filter(task__reviewtask__step__gt=needed.steps).order_by("pk"):
        with transaction.atomic():
            _move(state, needed)
        yield label_of(state.object)


def _move(state: ReviewState, needed: Needs) -> None:
    obj = latest_held(state.workflow_state.content_object)
    TaskState.objects.filter(pk=state.pk).update(status=TaskState.STATUS_CANCELLED, finished_at=timezone.now())
    round_ = WorkflowState.objects.get(pk=state.workflow_state_id)
    approved = list(state.approved())
    if are_enough(approved, digest(said_by(obj)), needed):
        with suppress(NotPublishable), transaction.atomic():
            round_.finish()
            return
        round_.refresh_from_db()
    step = min(lacking_steps(approved, needed), default=needed.steps)
    round_.update(next_task=ReviewTask.objects.get(kind=needed.kind, step=step))
    tell_moved(round_, state)


def hand_over(task: ReviewTask) -> None:
    """A step is for other groups now: what waits there is nobody's own any more who may not take it, and the new are told."""
    for state in ReviewState.objects.filter(status=TaskState.STATUS_IN_PROGRESS, task=task).order_by("pk"):
        if state.assignee_id and state.assignee_id not in state.reviewers:
            ReviewState.objects.filter(pk=state.pk).update(assignee=None)
        tell([each.pk for each in takers(state)], kinds.TO_REVIEW, state.object)
