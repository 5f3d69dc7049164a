"""What waits for whom: for the first page of the admin, the list of the work, and reminders. Each is a few queries, however much
there is."""

from datetime import datetime, timedelta
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils import timezone
from wagtail.admin.models import EditingSession
from wagtail.models import TaskState, WorkflowState

from core.models import BasePage

from ..models import Allowance, Approval, ReviewState, ReviewTask


def waiting() -> models.QuerySet[ReviewState]:
    """All that waits at a step, what waits longest first, with its task, round, revision and people."""
    found = ReviewState.objects.filter(status=TaskState.STATUS_IN_PROGRESS)
    related = ("task__reviewtask", "workflow_state__requested_by", "revision", "assignee")
    return found.select_related(*related).order_by("started_at", "pk")


def waiting_for(user: Any) -> models.QuerySet[ReviewState]:
    """What this person may take: at a step of their groups or given to them, and not given to somebody else; neither what they
    submitted themselves, nor what they took another step of or corrected last. What is due first comes first.

    (Who wrote some of it without submitting it finds it here, and is told when they open it: asking that of each would be a
    query for each.)
    """
    mine = models.Q(assignee=user) | (models.Q(assignee=None) & at_steps_of(user))
    taken = Approval.objects.filter(workflow_state=models.OuterRef("workflow_state"), person=user, voided_at=None)
    found = waiting().filter(mine).exclude(workflow_state__requested_by=user)
    later = Approval.objects.filter(workflow_state=models.OuterRef("workflow_state"), at__gt=models.OuterRef("at"))
    corrected = taken.filter(~models.Exists(later.filter(voided_at=None)))  # what waits for somebody else to read it
    found = found.filter(~models.Exists(taken) | (models.Q(is_confirmation=True) & ~models.Exists(corrected)))
    return found.order_by(models.F("due").asc(nulls_last=True), "started_at", "pk")


def at_steps_of(user: Any) -> models.Q:
    """At the steps of this person's groups; what was corrected in the last step is at any step."""
    kinds = _tasks_of(user).values("kind")
    return models.Q(task__in=_tasks_of(user).values("pk")) | models.Q(
        is_confirmation=True, task__reviewtask__kind__in=kinds
    )


def _tasks_of(user: Any) -> models.QuerySet[ReviewTask]:
    return ReviewTask.objects.filter(groups__in=user.groups.all())


def sent_back_to(user: Any) -> models.QuerySet[ReviewState]:
    """What they submitted or own and was sent back, the newest first; `comment` is the reason, `finished_by` who did."""
    rounds = WorkflowState.objects.filter(status=WorkflowState.STATUS_NEEDS_CHANGES, requested_by=user)
    found = ReviewState.objects.filter(pk__in=rounds.values("current_task_state"))
    return found.select_related("finished_by", "task", "workflow_state", "revision").order_by("-finished_at", "-pk")


def due_until(moment: datetime) -> models.QuerySet[ReviewState]:
    """What waits, and is due until then."""
    return waiting().filter(due__isnull=False, due__lte=moment)


def due_tomorrow(now: datetime | None = None) -> models.QuerySet[ReviewState]:
    """What is due within a day."""
    now = now or timezone.now()
    return due_until(now + timedelta(days=1)).filter(due__gt=now)


def urgent_without_review() -> models.QuerySet[Allowance]:
    """What went live urgently and waits for its reviews; what is due first comes first."""
    return Allowance.objects.without_review()


def objects_of(states: list[ReviewState]) -> dict[int, Any]:
    """{step that waits: what it is about, as a base page or a snippet}; one query for each kind of thing, none for each row.
    What is gone is not there."""
    by_type: dict[int, dict[str, list[int]]] = {}
    for state in states:
        of_type = by_type.setdefault(state.workflow_state.base_content_type_id, {})
        of_type.setdefault(state.workflow_state.object_id, []).append(state.pk)
    found: dict[int, Any] = {}
    for type_id, keys in by_type.items():
        for obj in _rows(type_id, list(keys)):
            found |= dict.fromkeys(keys[str(obj.pk)], obj)
    return found


def being_read_by(objs: list[Any], now: datetime | None = None) -> dict[int, list[Any]]:
    """{key of an object of one model: people who have it open in the editor}, as the editor reports. One query."""
    since = (now or timezone.now()) - EditingSession.IDLE_TIMEOUT
    types = {str(obj.pk): _type_of(obj) for obj in objs}
    found: dict[int, list[Any]] = {}
    sessions = EditingSession.objects.filter(last_seen_at__gte=since, object_id__in=list(types))
    for session in sessions.select_related("user").order_by("pk"):
        people = found.setdefault(int(session.object_id), [])
        if session.content_type_id == types[session.object_id] and session.user not in people:
            people.append(session.user)
    return {key: people for key, people in found.items() if people}


def _type_of(obj: Any) -> int:
    """A page at hand as a base page knows its own type."""
    return obj.content_type_id if isinstance(obj, BasePage) else ContentType.objects.get_for_model(obj).pk


def _rows(type_id: int, keys: list[str]) -> list[Any]:
    model = ContentType.objects.get_for_id(type_id).model_class()
    return list(models.QuerySet(model).filter(pk__in=keys)) if model else []
