"""The stories around a story: the one before, the one after, and those about the same things."""

from typing import TYPE_CHECKING, Any

from django.db.models import Case, Exists, IntegerField, OuterRef, Q, QuerySet, Value, When

from core.rendering.walking import chosen_pages

from .models.links import StoryProgramme, StorySchool


if TYPE_CHECKING:
    from .models import StoryPage

RELATED = 3
CANDIDATES = 100  # of each kind of what is shared
SHARED_SCHOOL, SHARED_PROGRAMME, SHARED_TOPIC = 4, 2, 1


def neighbours(story: "StoryPage", language: str) -> tuple["StoryPage | None", "StoryPage | None"]:
    """(the story published before this one, the one published after it), of those in the language."""
    if story.first_published_at is None:
        return None, None
    stories = type(story).objects.for_listing(language)
    moment, pk = story.first_published_at, story.pk
    earlier, later = stories.filter(first_published_at__lte=moment), stories.filter(first_published_at__gte=moment)
    before = earlier.exclude(first_published_at=moment, pk__gte=pk).first()  # the bounds above are what an index serves
    after = later.exclude(first_published_at=moment, pk__lte=pk).reverse().first()
    return before, after


def related(story: "StoryPage", language: str) -> "QuerySet[StoryPage]":
    """Stories about the same schools, then programmes, then topics, newest first; not those chosen in the body.

    One query. What shares nothing is not related. Of thousands that share a topic the newest CANDIDATES are compared.
    """
    school = _shares(StorySchool, "school", story)
    programme = _shares(StoryProgramme, "programme", story)
    through = type(story).topics.through
    topic = _shares(through, "topic", story, "storypage")
    score = sum(
        (Case(When(shared, then=Value(weight)), default=Value(0), output_field=IntegerField()))
        for shared, weight in ((school, SHARED_SCHOOL), (programme, SHARED_PROGRAMME), (topic, SHARED_TOPIC))
    )
    listed = type(story).objects.for_listing(language)
    near = Q()
    for rows, target, name in (
        (StorySchool, "school", "story"),
        (StoryProgramme, "programme", "story"),
        (through, "topic", "storypage"),
    ):
        near |= Q(
            pk__in=listed.filter(pk__in=_sharing(rows, target, story, name).values(name)).values("pk")[:CANDIDATES]
        )
    others = listed.filter(near).exclude(pk__in=[story.pk, *chosen_pages(story.body)])
    return others.annotate(score=score).filter(score__gt=0).order_by("-score", "-first_published_at", "-pk")[:RELATED]


def _shares(rows: Any, target: str, story: "StoryPage", name: str = "story") -> Exists:
    """Whether another story has a row with a target of this story's rows."""
    return Exists(_sharing(rows, target, story, name).filter(**{f"{name}_id": OuterRef("pk")}))


def _sharing(rows: Any, target: str, story: "StoryPage", name: str) -> QuerySet:
    """The rows of any story with a target of this story's rows."""
    own = rows._default_manager.filter(**{name: story.pk}).values(f"{target}_id")
    return rows._default_manager.filter(**{f"{target}_id__in": own})
