"""The stories around a story: the one before, the one after, and those about the same things."""

from typing import TYPE_CHECKING, Any

from django.db.models import Case, Exists, IntegerField, OuterRef, Q, QuerySet, Value, When

from .models.links import StoryProgramme, StorySchool


if TYPE_CHECKING:
    from .models import StoryPage

RELATED = 3
SHARED_SCHOOL, SHARED_PROGRAMME, SHARED_TOPIC = 4, 2, 1


def neighbours(story: "StoryPage", language: str) -> tuple["StoryPage | None", "StoryPage | None"]:
    """(the story published before this one, the one published after it), of those in the language."""
    if story.first_published_at is None:
        return None, None
    stories = type(story).objects.for_listing(language)
    moment, pk = story.first_published_at, story.pk
    before = stories.filter(Q(first_published_at__lt=moment) | Q(first_published_at=moment, pk__lt=pk)).first()
    after = stories.filter(Q(first_published_at__gt=moment) | Q(first_published_at=moment, pk__gt=pk)).reverse().first()
    return before, after


def related(story: "StoryPage", language: str) -> "QuerySet[StoryPage]":
    """Stories about the same schools, then programmes, then topics, newest first; not those chosen in the body.

    One query. What shares nothing is not related.
    """
    school = _shares(StorySchool, "school", story)
    programme = _shares(StoryProgramme, "programme", story)
    through = type(story).topics.through
    topic = _shares(through, "topic", story, "storypage")
    score = sum(
        (Case(When(shared, then=Value(weight)), default=Value(0), output_field=IntegerField()))
        for shared, weight in ((school, SHARED_SCHOOL), (programme, SHARED_PROGRAMME), (topic, SHARED_TOPIC))
    )
    others = type(story).objects.for_listing(language).exclude(pk__in=[story.pk, *chosen_in(story)])
    return others.annotate(score=score).filter(score__gt=0).order_by("-score", "-first_published_at", "-pk")[:RELATED]


def _shares(rows: Any, target: str, story: "StoryPage", name: str = "story") -> Exists:
    """Whether another story has a row with a target of this story's rows."""
    own = rows._default_manager.filter(**{name: story.pk}).values(f"{target}_id")
    return Exists(rows._default_manager.filter(**{f"{name}_id": OuterRef("pk"), f"{target}_id__in": own}))


def chosen_in(story: "StoryPage") -> list[int]:
    """The stories that an editor has put into the body already, read from its stored form."""
    chosen = []
    for raw in story.body.raw_data:
        if raw["type"] == "stories":
            chosen += [item["value"] if isinstance(item, dict) else item for item in raw["value"]["stories"]]
    return [pk for pk in chosen if pk]
