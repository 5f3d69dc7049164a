"""Whose work somebody sees in lists: of pages, what they work on; of figures, all if they work on figures."""

from typing import Any

from django.apps import apps
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models.functions import Cast
from wagtail.permissions import policy_registry

from core.editing.visibility import WORK_ON_PAGES, WORK_ON_RECORDS
from core.models import BasePage

from ..models import Entry, ReviewState
from ..record.things import recorded_models


def may_look(user: Any) -> bool:
    """Whether there can be anything for them in these lists."""
    return _policy().user_has_any_permission(user, WORK_ON_PAGES) or bool(_figures_of(user))


def states_seen_by(user: Any) -> models.QuerySet[ReviewState]:
    """Steps of reviews: of pages of the sections that they work in, and of figures."""
    key = Cast(models.OuterRef("workflow_state__object_id"), models.BigIntegerField())
    pages = _policy().instances_user_has_any_permission_for(user, WORK_ON_PAGES)
    of_pages = models.Q(workflow_state__base_content_type=ContentType.objects.get_for_model(BasePage))
    types = ContentType.objects.get_for_models(*_figures_of(user)).values()
    of_figures = models.Q(workflow_state__base_content_type__in=[each.pk for each in types])
    return ReviewState.objects.filter((of_pages & models.Exists(pages.filter(pk=key))) | of_figures)


def of_things_worked_on(user: Any) -> models.Q:
    """Of rows that name a thing as the record does: those of pages in their sections, and of figures."""
    return _named(user, _policy().instances_user_has_any_permission_for(user, WORK_ON_PAGES))


def entries_seen_by(user: Any) -> models.QuerySet[Entry]:
    """Of pages that they may edit, of figures if they work on those, and, for those who may publish, of pages that are gone."""
    policy = _policy()
    seen = _named(user, policy.instances_user_has_permission_for(user, "change"))
    if policy.user_has_permission(user, "publish"):
        there = models.Exists(models.QuerySet(BasePage).filter(pk=models.OuterRef("object_id")))
        seen |= models.Q(model__in=_labels_of_pages()) & ~there
    return Entry.objects.filter(seen)


def may_edit(user: Any, obj: Any) -> bool:
    """Whether a line about it leads to its form. No query once their rights are known."""
    if isinstance(obj, BasePage):
        return bool(_policy().user_has_permission_for_instance(user, "change", obj))
    return bool(policy_registry.get_by_type(type(obj)).user_has_permission(user, "change"))


def _named(user: Any, pages: models.QuerySet) -> models.Q:
    of_pages = models.Q(model__in=_labels_of_pages()) & models.Exists(pages.filter(pk=models.OuterRef("object_id")))
    return of_pages | models.Q(model__in=[model._meta.label_lower for model in _figures_of(user)])


def _labels_of_pages() -> list[str]:
    return [model._meta.label_lower for model in recorded_models() if issubclass(model, BasePage)]


def _figures_of(user: Any) -> list[type[models.Model]]:
    """Models that are reviewed and are no pages, which they work on."""
    reviewed = [apps.get_model(label) for label in settings.REVIEWED_AS]
    return [
        model
        for model in reviewed
        if not issubclass(model, BasePage)
        and policy_registry.get_by_type(model).user_has_any_permission(user, WORK_ON_RECORDS)
    ]


def _policy() -> Any:
    return policy_registry.get_by_type(BasePage)
