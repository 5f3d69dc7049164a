"""Which stories stand in a list, and which stand around a story: before it, after it, about the same things."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any, NamedTuple, Self

from django.db.models import Case, Exists, IntegerField, OuterRef, QuerySet, Value, When

from core.languages import content_language
from core.models import BasePage, BasePageQuerySet
from core.queries.combined import keys_of_any
from core.queries.prepared import prepared

from .links import StoryProgramme, StorySchool


CANDIDATES = 30  # of each kind of what is shared: few enough that a database walks to them from the newest
RELATED = 3  # stories named below the text
NEWEST = 30  # stories of one query that the blocks of the front page share
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
            .newest_first()
        )

    def in_list(self, path: str, depth: int) -> Self:
        """The stories of the list below a page (where it stands in the tree) in the language that is read; each once."""
        below = self.filter(path__startswith=path, depth=depth)
        return below.readable().without_aliases().in_language(content_language())

    def for_serving(self) -> Self:
        return super().for_serving().select_related("issued_by")

    def before(self, moment: datetime, pk: int) -> Self:
        """Those published before the story with this key, which was published at this moment; the nearest first."""
        # The first bound is what an index serves; those of the same moment follow one another by their keys.
        earlier = self.filter(first_published_at__lte=moment).exclude(first_published_at=moment, pk__gte=pk)
        return earlier.newest_first()

    def after(self, moment: datetime, pk: int) -> Self:
        """Those published after the story with this key, which was published at this moment; the nearest first."""
        later = self.filter(first_published_at__gte=moment).exclude(first_published_at=moment, pk__lte=pk)
        return later.newest_first().reverse()

    def related_to(
        self, pk: int, schools: Sequence[int], programmes: Sequence[int], topics: Sequence[int], chosen: Sequence[int]
    ) -> Self:
        """Those about the same schools as the story with this key, then programmes, then topics, newest first; not those
        `chosen` in its body.

        One query. What shares nothing is not related. Of thousands that share a topic the newest CANDIDATES are compared.
        """
        score: Any = Value(0)
        near = []
        for rows, target, story, keys, weight in (
            (StorySchool, "school", "story", schools, SHARED_SCHOOL),
            (StoryProgramme, "programme", "story", programmes, SHARED_PROGRAMME),
            (self.model.topics.through, "topic", "storypage", topics, SHARED_TOPIC),
        ):
            if not keys:
                continue
            sharing = rows._default_manager.filter(**{f"{target}__in": keys})
            has = Exists(sharing.filter(**{f"{story}_id": OuterRef("pk")}))
            score += Case(When(has, then=Value(weight)), default=Value(0), output_field=IntegerField())
            near.append(self.filter(pk__in=sharing.values(story)).newest_first().values("pk")[:CANDIDATES])
        if not near:
            return self.none()
        others = self.filter(pk__in=keys_of_any(near)).exclude(pk=pk).exclude(pk__in=chosen)
        return others.annotate(score=score).order_by("-score", "-first_published_at", "-pk")


@prepared
def keys_in_list(model: Any, path: str, depth: int, *, places: range) -> QuerySet:
    """(key, moment) of the stories at these places of a list, newest first."""
    rows = model.objects.in_list(path, depth).newest_first().values_list("pk", "first_published_at")
    return rows[places.start : places.stop]


@prepared
def stories_elsewhere(model: Any, path: str, depth: int, *, most: int) -> QuerySet:
    """The newest stories of a list that are not published in the language that is read, for their titles."""
    below = model.objects.filter(path__startswith=path, depth=depth).readable()
    return below.not_in_language(content_language()).defer("body").newest_first()[:most]


@prepared
def story_before(model: Any, moment: datetime, pk: int) -> QuerySet:
    """The story published before one, in the language that is read, for its title: at most one row. So is `story_after`."""
    return model.objects.for_listing(content_language()).select_related(None).before(moment, pk)[:1]


@prepared
def story_after(model: Any, moment: datetime, pk: int) -> QuerySet:
    return model.objects.for_listing(content_language()).select_related(None).after(moment, pk)[:1]


class Targets(NamedTuple):
    """Keys of what a story is linked to."""

    schools: list[int]
    programmes: list[int]
    topics: list[int]


def targets_of(model: Any, story: int) -> Targets:
    """What a live story is linked to: one query. Known by number they let the database see which are common, and choose
    between picking the few stories that share them and walking from the newest."""
    found = Targets([], [], [])
    for place, key in _targets(model, story):
        found[place].append(key)
    return found


@prepared
def _targets(model: Any, story: int) -> QuerySet:
    rows = (
        StorySchool.objects.filter(story=story).values_list(Value(0), "school_id"),
        StoryProgramme.objects.filter(story=story).values_list(Value(1), "programme_id"),
        model.topics.through.objects.filter(storypage=story).values_list(Value(2), "topic_id"),
    )
    first, *others = (each.order_by() for each in rows)
    return first.union(*others)


@prepared
def _related(
    model: Any,
    pk: int,
    schools: Sequence[int],
    programmes: Sequence[int],
    topics: Sequence[int],
    chosen: Sequence[int],
) -> QuerySet:
    stories = model.objects.for_listing(content_language())
    return stories.related_to(pk, schools, programmes, topics, chosen)[:RELATED]


def stories_related_to(model: Any, pk: int, chosen: Collection[int]) -> QuerySet:
    """The few stories that are named below one, in the language that is read: two queries."""
    return _related(model, pk, *targets_of(model, pk), chosen)


@prepared
def pages_about(pk: int, chosen: Sequence[int]) -> QuerySet:
    """The schools and programmes that a story is linked to; not those `chosen` in its body."""
    schools = StorySchool.objects.filter(story=pk).values("school")
    programmes = StoryProgramme.objects.filter(story=pk).values("programme")
    linked = keys_of_any([schools, programmes])  # with an OR, PostgreSQL looks at every page
    return BasePage.objects.readable().exclude(pk__in=chosen).filter(pk__in=linked).order_by("path")


@prepared
def newest_stories(model: Any) -> QuerySet:
    """The newest stories in the language that is read: as many as the front page shares out."""
    return model.objects.for_listing(content_language())[:NEWEST]


@prepared
def listed_stories(model: Any, ids: Sequence[int]) -> QuerySet:
    """The stories with these keys, in the language that is read, with what a list shows."""
    return model.objects.for_listing(content_language()).filter(pk__in=ids)
