"""The rows of what live stories say follow what is published."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction

from core.publishing.announcement import Step, source_published
from metrics.models import Observation
from news.models import StoryPage

from ..models import Statement
from .reading import statements


NAMES = ("figure_id", "words", "sentence", "is_linked")


def connect() -> None:
    source_published.connect(_on_source_published, Step.OTHERS, sender=StoryPage, dispatch_uid="newsroom.statements")


def _on_source_published(sender: type[StoryPage], instance: StoryPage, **_kwargs: Any) -> None:
    store(instance)


def store(story: StoryPage) -> None:
    """Make the rows say what the live story says; an alias says nothing of its own. Nothing is written if they do."""
    said = [] if story.alias_of_id else statements(story)
    wanted = [(each.figure, each.words, each.sentence, each.is_linked) for each in said]
    stored = list(Statement.objects.filter(story=story).order_by("pk").values_list(*NAMES))
    if wanted == stored:
        return
    with transaction.atomic(savepoint=False):
        Statement.objects.filter(story=story).delete()
        there = _there({each.figure for each in said})
        Statement.objects.bulk_create(
            Statement(story_id=story.pk, **dict(zip(NAMES, row, strict=True))) for row in wanted if row[0] in there
        )


def _there(keys: Iterable[int]) -> set[int]:
    return set(Observation.objects.filter(pk__in=keys).values_list("pk", flat=True))


def store_all() -> int:
    """For all live stories, one by one; how many there are."""
    keys = list(StoryPage.objects.live().order_by("pk").values_list("pk", flat=True))
    for key in keys:
        if story := StoryPage.objects.live().filter(pk=key).first():
            store(story)
    return len(keys)
