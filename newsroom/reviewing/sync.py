"""The workflows in the database are made equal to settings and to the table of roles; again and again, with the same result."""

import logging
from typing import Any

from django.apps import apps
from django.conf import settings
from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from wagtail.models import Workflow, WorkflowContentType, WorkflowMixin, WorkflowTask

from core.models import BasePage
from core.roles import Report

from ..models import ReviewTask
from .kinds import Needs, kind_of, name_of_step, needs
from .moving import hand_over, move_on


logger = logging.getLogger(__name__)


def sync(report: Report, **_kwargs: Any) -> None:
    """Follows `core.roles.synced`."""
    for kind in settings.REVIEWS:
        workflow = _workflow(kind, report)
        tasks = [_task(needs(kind), step, report) for step in range(1, needs(kind).steps + 1)]
        _put_in_order(workflow, tasks, report)
        report.changes += [f"= {name}: moved to another step" for name in move_on(needs(kind))]
        ReviewTask.objects.filter(kind=kind, step__gt=needs(kind).steps).update(active=False)
    _workflows_of_snippets(report)


def workflow_of(kind: str) -> Workflow | None:
    return Workflow.objects.filter(active=True, name=stored_name(kind)).first()


def kinds_without_workflow() -> list[str]:
    """Of which nothing can be submitted, as before the first `sync_roles`. One query."""
    names = set(Workflow.objects.filter(active=True).values_list("name", flat=True))
    return [kind for kind in settings.REVIEWS if stored_name(kind) not in names]


def say_what_is_to_be_done(verbosity: int = 1, **_kwargs: Any) -> None:
    """Follows `migrate`, which does not know of roles."""
    if settings.REVIEWS_REQUIRED and verbosity and (kinds := kinds_without_workflow()):
        logger.warning("Nothing of %s can be submitted or go live before: manage.py sync_roles", ", ".join(kinds))


def stored_name(kind: str) -> str:
    """The name of a workflow, as the database has it: the msgid."""
    return {"stories": "Review of stories", "figures": "Review of figures", "pages": "Review of pages"}.get(kind, kind)


def _workflow(kind: str, report: Report) -> Workflow:
    workflow, created = Workflow.objects.get_or_create(name=stored_name(kind))
    if created or not workflow.active:
        Workflow.objects.filter(pk=workflow.pk).update(active=True)
        report.changes.append(f"+ workflow {stored_name(kind)}")
    return workflow


def _task(needed: Needs, step: int, report: Report) -> ReviewTask:
    task, created = ReviewTask.objects.get_or_create(kind=needed.kind, step=step)
    name = name_of_step(step, needed.steps)
    if created or str.__str__(task.name) != name or not task.active:
        ReviewTask.objects.filter(pk=task.pk).update(name=name, active=True)
        report.changes.append(f"+ step {step} of {needed.kind}")
    groups = set(Group.objects.filter(name__in=needed.groups(step)))
    if set(task.groups.all()) != groups:
        task.groups.set(groups)
        hand_over(task)
    return task


def _put_in_order(workflow: Workflow, tasks: list[ReviewTask], report: Report) -> None:
    rows = WorkflowTask.objects.filter(workflow=workflow).order_by("sort_order", "pk")
    if [row.task_id for row in rows] == [task.pk for task in tasks]:
        return
    rows.delete()
    WorkflowTask.objects.bulk_create(
        WorkflowTask(workflow=workflow, task_id=task.pk, sort_order=order) for order, task in enumerate(tasks)
    )
    report.changes.append(f"= steps of {workflow.pk}: {len(tasks)}")


def _workflows_of_snippets(report: Report) -> None:
    """Those of pages are found by their types (`apps`)."""
    for model in apps.get_models():
        kind = kind_of(model)
        if issubclass(model, WorkflowMixin) and not issubclass(model, BasePage) and kind:
            WorkflowContentType.objects.update_or_create(
                content_type=ContentType.objects.get_for_model(model), defaults={"workflow": workflow_of(kind)}
            )
