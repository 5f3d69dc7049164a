"""Giving a step to somebody, and when it has to be done."""

from datetime import datetime
from typing import Any

from django.contrib.auth import get_user_model
from django.db import models, transaction
from django.utils.translation import gettext as _
from wagtail.models import TaskState

from core.locking import held
from core.publishing.acts import NotPublishable

from ..models import ReviewState
from . import notice_kinds as kinds
from .takers import takers
from .telling import tell


def may_assign(user: Any, state: ReviewState) -> bool:
    """Those who take the step, and those who may publish: somebody has to when a reviewer leaves."""
    obj = state.object
    if state.is_for(user) or user.is_superuser:
        return True
    if hasattr(obj, "permissions_for_user"):
        return bool(obj.permissions_for_user(user).can_publish())
    return bool(user.has_perm(f"{obj._meta.app_label}.publish_{obj._meta.model_name}"))


def candidates(state: ReviewState) -> models.QuerySet:
    """Those who may take the step."""
    return get_user_model().objects.filter(pk__in=[each.pk for each in takers(state)]).order_by("username")


@transaction.atomic
def assign(state: ReviewState, person: Any, due: datetime | None, by: Any) -> None:
    """Give what waits to one person, or to all who may take it (None). Raises NotPublishable if nothing waits any more, or if
    this person may not take it."""
    held(ReviewState, state.pk)
    if not TaskState.objects.filter(pk=state.pk, status=TaskState.STATUS_IN_PROGRESS).exists():
        raise NotPublishable(_("This step was taken already."))
    if person is not None and (problem := state.why_not(person)):
        raise NotPublishable(problem)
    before = ReviewState.objects.values_list("assignee", flat=True).get(pk=state.pk)
    ReviewState.objects.filter(pk=state.pk).update(assignee=person, due=due, reminded=False)
    if person is not None and person.pk != before:
        tell([person.pk], kinds.ASSIGNED, state.object, actor=by)
