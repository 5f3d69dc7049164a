"""Giving a step to somebody, and when it has to be done."""

from datetime import datetime
from typing import Any

from django.apps import apps
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.db.models.functions import Cast
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import TaskState
from wagtail.permissions import policy_registry

from core.locking import held
from core.models import BasePage
from core.notices.reading import name_of
from core.publishing.acts import NotPublishable

from ..models import ReviewState
from . import notice_kinds as kinds
from .queries import at_steps_of
from .takers import takers
from .telling import tell


def may_assign(user: Any, state: ReviewState) -> bool:
    return givable_by(user).filter(pk=state.pk).exists()


def givable_by(user: Any) -> models.QuerySet[ReviewState]:
    """What waits, and this person may give to somebody: those who take the step, and those who may publish what it is about.
    Somebody has to when a reviewer leaves."""
    waiting = ReviewState.objects.filter(status=TaskState.STATUS_IN_PROGRESS)
    return waiting if user.is_superuser else waiting.filter(at_steps_of(user) | _published_by(user))


def _published_by(user: Any) -> models.Q:
    """Of what they may publish."""
    key = Cast(models.OuterRef("workflow_state__object_id"), models.BigIntegerField())
    pages = policy_registry.get_by_type(BasePage).instances_user_has_permission_for(user, "publish")
    of_pages = models.Q(workflow_state__base_content_type=ContentType.objects.get_for_model(BasePage))
    types = ContentType.objects.get_for_models(*publishable_snippets(user)).values()
    of_snippets = models.Q(workflow_state__base_content_type__in=[each.pk for each in types])
    return (of_pages & models.Exists(pages.filter(pk=key))) | of_snippets


def publishable_snippets(user: Any) -> list[type[models.Model]]:
    """Models that are reviewed, are no pages, and which this person may publish."""
    reviewed = [apps.get_model(label) for label in settings.REVIEWED_AS]
    return [
        model
        for model in reviewed
        if not issubclass(model, BasePage) and policy_registry.get_by_type(model).user_has_permission(user, "publish")
    ]


def candidates(state: ReviewState) -> models.QuerySet:
    """Those who may take the step."""
    return get_user_model().objects.filter(pk__in=[each.pk for each in takers(state)]).order_by("username")


@transaction.atomic
def assign(state: ReviewState, person: Any, due: datetime | None, by: Any) -> None:
    """Give what waits to one person, or to all who may take it (None), who are told; the history of the text says so. Raises
    NotPublishable if nothing waits any more, or if this person may not take it."""
    held(ReviewState, state.pk)
    if not TaskState.objects.filter(pk=state.pk, status=TaskState.STATUS_IN_PROGRESS).exists():
        raise NotPublishable(_("This step was taken already."))
    if person is not None and (problem := state.why_not(person)):
        raise NotPublishable(problem)
    before = ReviewState.objects.select_related("assignee").get(pk=state.pk).assignee
    ReviewState.objects.filter(pk=state.pk).update(assignee=person, due=due, reminded=False)
    if person == before:
        return
    data = {"before": before and name_of(before), "now": person and name_of(person)}
    log(instance=state.object, action="newsroom.review.given", user=by, data=data | _step_of(state))
    if person is not None:
        tell([person.pk], kinds.ASSIGNED, state.object, actor=by)
    else:
        tell([each.pk for each in takers(state)], kinds.TO_REVIEW, state.object, actor=by)


def _step_of(state: ReviewState) -> dict[str, Any]:
    """Its name as the database has it, to be shown in the language of whoever reads it."""
    return {"step": str.__str__(state.task.name)}
