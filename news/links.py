"""Deriving the link rows of a story from its live body."""

from collections.abc import Iterable
from typing import Any

from django.db import models, transaction
from wagtail.models import ReferenceIndex

from core.publishing.announcement import Step, source_published

from .choices import Origin
from .models import StoryPage
from .models.links import LINK_MODELS, StoryLink


def connect() -> None:
    source_published.connect(on_source_published, Step.LINKS, sender=StoryPage, dispatch_uid="news.links")


def on_source_published(sender: type[StoryPage], instance: StoryPage, **_kwargs: Any) -> None:
    derive_links(instance)


@transaction.atomic
def derive_links(story: StoryPage) -> None:
    """Make the rows with `origin=body` say what the live body refers to, in its order."""
    referred = list(_body_references(story))
    for model in LINK_MODELS:
        target = model._meta.get_field(model.target).related_model
        base = ReferenceIndex._get_base_content_type(target).pk
        ids = [int(pk) for type_id, pk in referred if type_id == base]
        existing = set(models.QuerySet(target).filter(pk__in=ids).values_list("pk", flat=True))
        _replace(model, story, [pk for pk in dict.fromkeys(ids) if pk in existing])


def _body_references(story: StoryPage) -> Iterable[tuple[int, str]]:
    field = story._meta.get_field("body")
    for model, pk, *_path in field.extract_references(story.body):
        yield ReferenceIndex._get_base_content_type(model).pk, pk


def _replace(model: type[StoryLink], story: StoryPage, ids: list[int]) -> None:
    rows = model.objects.filter(story=story, origin=Origin.BODY)
    rows.exclude(**{f"{model.target}_id__in": ids}).delete()
    known = set(rows.values_list(f"{model.target}_id", flat=True))
    model.objects.bulk_create(
        model(**{"story_id": story.pk, f"{model.target}_id": pk, "origin": Origin.BODY, "sort_order": order})
        for order, pk in enumerate(ids)
        if pk not in known
    )
