"""Which stories stand in a list, and which stand around a story: before it, after it, about the same things."""

from typing import Any, Self

from django.db.models import Case, Exists, IntegerField, OuterRef, Q, QuerySet, Value, When

from core.models import BasePageQuerySet
from core.rendering.walking import chosen_pages

from .links import StoryProgramme, StorySchool


CANDIDATES = 100  # of each kind of what is shared
SHARED_SCHOOL, SHARED_PROGRAMME, SHARED_TOPIC = 4, 2, 1


class StoryQuerySet(BasePageQuerySet):
    def newest_first(self) -> Self:
        return self.order_by("-first_published_at", "-pk")

    def for_listing(self, language: str) -> Self:
        """Live stories of a language, newest first, with what a list shows: one query."""
        return (
            self.readable()
            .without_aliases()
            .in_language(language)
            .select_related("picture")
            .defer("body")
            .defer_other_languages()
            .newest_first()
        )

    def for_serving(self) -> Self:
        return super().for_serving().select_related("issued_by")

    def before(self, story: Any) -> Self:
        """Those published before this one, the nearest first; none if it was never published."""
        moment = story.first_published_at
        if moment is None:
            return self.none()
        # The first bound is what an index serves; those of the same moment follow one another by their keys.
        earlier = self.filter(first_published_at__lte=moment).exclude(first_published_at=moment, pk__gte=story.pk)
        return earlier.newest_first()

    def after(self, story: Any) -> Self:
        """Those published after this one, the nearest first; none if it was never published."""
        moment = story.first_published_at
        if moment is None:
            return self.none()
        later = self.filter(first_published_at__gte=moment).exclude(first_published_at=moment, pk__lte=story.pk)
        return later.newest_first().reverse()

    def related_to(self, story: Any) -> Self:
        """Those about the same schools, then programmes, then topics, newest first; not those chosen in the body.

        One query. What shares nothing is not related. Of thousands that share a topic the newest CANDIDATES are compared.
        """
        shared = (
            (_sharing(StorySchool, "school", "story", story), "story", SHARED_SCHOOL),
            (_sharing(StoryProgramme, "programme", "story", story), "story", SHARED_PROGRAMME),
            (_sharing(self.model.topics.through, "topic", "storypage", story), "storypage", SHARED_TOPIC),
        )
        score, near = Value(0), Q()
        for rows, name, weight in shared:
            has = Exists(rows.filter(**{f"{name}_id": OuterRef("pk")}))
            score += Case(When(has, then=Value(weight)), default=Value(0), output_field=IntegerField())
            near |= Q(pk__in=self.filter(pk__in=rows.values(name)).newest_first().values("pk")[:CANDIDATES])
        others = self.filter(near).exclude(pk__in=[story.pk, *chosen_pages(story.body)])
        return others.annotate(score=score).filter(score__gt=0).order_by("-score", "-first_published_at", "-pk")


def _sharing(rows: Any, target: str, name: str, story: Any) -> QuerySet:
    """The rows of any story, which they call `name`, with a target of this story's rows."""
    own = rows._default_manager.filter(**{name: story.pk}).values(f"{target}_id")
    return rows._default_manager.filter(**{f"{target}_id__in": own})
