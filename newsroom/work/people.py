"""Whom the lists can be narrowed to."""

from typing import Any

from django.contrib.auth import get_user_model
from django.db import models
from wagtail.models import WorkflowState

from core.notices.reading import name_of
from core.roles import reviewing_groups

from ..reviewing.kinds import WORKFLOWS


def who_may_have_it() -> list[tuple[int, str]]:
    """(key, name) of reviewers, and of those who have handed something in: what was sent back is theirs again."""
    groups = {name for kind in WORKFLOWS for name in reviewing_groups(kind)}
    return _named(models.Q(groups__name__in=groups) | models.Q(pk__in=_requested()))


def who_handed_in() -> list[tuple[int, str]]:
    return _named(models.Q(pk__in=_requested()))


def _named(which: models.Q) -> list[tuple[int, str]]:
    people: Any = get_user_model()
    keys = people.objects.filter(which, is_active=True).values("pk")
    return sorted(((each.pk, name_of(each)) for each in people.objects.filter(pk__in=keys)), key=lambda pair: pair[1])


def _requested() -> models.QuerySet:
    return WorkflowState.objects.exclude(requested_by=None).values("requested_by")
