"""Writing the link rows of a story from what is live: what its body refers to, and what editors added."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.db import models, transaction
from wagtail.models import ReferenceIndex

from core.publishing.announcement import Step, source_published

from .choices import Origin
from .models import StoryPage
from .models.links import LINK_MODELS, StoryLink


Row = tuple[str, int, int | None]  # its origin, the key of its target, its place in the order


def connect() -> None:
    source_published.connect(on_source_published, Step.LINKS, sender=StoryPage, dispatch_uid="news.links")


def on_source_published(sender: type[StoryPage], instance: StoryPage, **_kwargs: Any) -> None:
    derive_links(instance)


@transaction.atomic
def derive_links(story: StoryPage) -> None:
    """Make the rows say what the live body refers to, in its order, and what the editors of the live version added."""
    referred = list(_body_references(story))
    for model in LINK_MODELS:
        _replace(model, story, [*_in_body(model, referred), *_added(model, story)])


def _body_references(story: StoryPage) -> Iterator[tuple[int, str]]:
    field = story._meta.get_field("body")
    for model, pk, *_path in field.extract_references(story.body):
        yield ReferenceIndex._get_base_content_type(model).pk, pk


def _in_body(model: type[StoryLink], referred: Sequence[tuple[int, str]]) -> Iterator[Row]:
    """What the body refers to, each thing once, if it is still there."""
    target = model._meta.get_field(model.target).related_model
    base = ReferenceIndex._get_base_content_type(target).pk
    ids = list(dict.fromkeys(int(pk) for type_id, pk in referred if type_id == base))
    existing = set(models.QuerySet(target).filter(pk__in=ids).values_list("pk", flat=True))
    for order, pk in enumerate(pk for pk in ids if pk in existing):
        yield Origin.BODY, pk, order


def _added(model: type[StoryLink], story: StoryPage) -> Iterator[Row]:
    rows = model.added._default_manager.filter(story=story.pk)
    for pk, order in rows.values_list(f"{model.target}_id", "sort_order"):
        yield Origin.EDITOR, pk, order


def _replace(model: type[StoryLink], story: StoryPage, wanted: Sequence[Row]) -> None:
    """At most one DELETE and one INSERT; neither if nothing has changed."""
    names = ("origin", f"{model.target}_id", "sort_order")
    found = model.objects.filter(story=story).values_list("pk", *names)
    stored = {(origin, target, order): pk for pk, origin, target, order in found}
    model.objects.filter(pk__in=[pk for row, pk in stored.items() if row not in wanted]).delete()
    model.objects.bulk_create(
        model(story_id=story.pk, **dict(zip(names, row, strict=True))) for row in wanted if row not in stored
    )
