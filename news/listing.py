"""The list of stories, filtered by the query of its address:
/news/?topic=…&kind=…&school=…&programme=…&year=…&page=…

The first pages have numbers. A page further down begins behind a story, `?before=…`: to get there by number, the database
would walk over all stories before it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cached_property
from hashlib import sha256
from typing import Any

from django.core.cache import cache
from django.core.paginator import InvalidPage, Paginator
from django.db import connection
from django.db.models import Case, Count, IntegerField, QuerySet, When
from django.http import Http404, QueryDict
from django.utils import timezone

from core.caching import stamp
from core.caching.kept import KeptValues
from core.caching.writes import has_moved
from core.keys import is_digits
from core.models import BasePage
from core.queries.narrow import reading_state
from core.rendering.facets import Facet, Value, is_sane, query_before, values

from .choices import StoryKind
from .labels import facet_labels
from .models.story import StoryPage
from .models.story_queries import keys_in_list, listed_stories
from .models.topics import Topic


PER_PAGE = 20
NUMBERED = 50  # pages that have a number
MAX_VALUES = 10  # of one facet; the commonest stand first
CACHED_FROM, CACHE_SECONDS = 5000, 3600  # stories whose counts are kept, and for how many seconds at most
FIRST_YEAR = 1949
BELOW_A_SECTION = 4  # a depth of the tree
LINKED = {"topic", "school", "programme"}  # a story may have several, and a school twice
FACETS = {
    "kind": "kind",
    "topic": "topics__key",
    "school": "school_links__school__key",
    "programme": "programme_links__programme__key",
    "year": "first_published_at__year",
}

_facets: KeptValues[list[Facet]] = KeptValues()
_totals: KeptValues[int] = KeptValues()


@dataclass(frozen=True)
class ListPage:
    """The stories on one page of a list, and the queries of the pages around it; None where there is none.

    A page that begins behind a story (`place`) has no number.
    """

    stories: list[Any]
    number: int | None = None
    place: str = ""
    previous: str | None = None
    next: str | None = None

    def __iter__(self) -> Iterator[Any]:
        return iter(self.stories)

    def __len__(self) -> int:
        return len(self.stories)


class MovedError(Exception):
    """A page that had a number once: pages so far down have none. `query` leads to the last one that has."""

    def __init__(self, query: str) -> None:
        super().__init__(query)
        self.query = query


class StoryList:
    """Stories of one language, all live and readable, filtered by the query of the address.

    The number of queries is the same however many stories there are: pages are found by their keys alone,
    then loaded. Raises Http404 for a page that is not there.
    """

    def __init__(self, section: BasePage, language: str, query: QueryDict) -> None:
        """`section` is the page that the stories stand below; the language is that being read."""
        self.section = section
        self.language = language
        self.chosen = {name: query[name] for name in FACETS if self._is_valid(name, query.get(name))}
        self.number = query.get("page") or "1"
        self.before = query.get("before") or ""
        self._counts: dict[str, list[tuple[str, int]]] = {}

    @staticmethod
    def _is_valid(name: str, value: str | None) -> bool:
        if value is None or not is_sane(value):
            return False
        if name == "kind":
            return value in StoryKind.values
        return name != "year" or (is_digits(value) and len(value) == 4)

    @cached_property
    def all(self) -> QuerySet:
        return StoryPage.objects.in_list(self.section.path, self.section.depth + 1)

    def filtered(self, except_for: str = "") -> QuerySet:
        """The stories that have every chosen value, except that of one facet."""
        stories = self.all
        for name, value in self.chosen.items():
            if name != except_for and name in LINKED:
                stories = stories.filter(pk__in=StoryPage.objects.filter(**{FACETS[name]: value}).values("pk"))
            elif name != except_for:
                stories = stories.filter(**{FACETS[name]: value})
        return stories

    @cached_property
    def total(self) -> int:
        """How many there are, kept as facets are: each story is of one kind, so the counts of kinds know it."""
        return _totals.get((self.section.pk, reading_state(), *sorted(self.chosen.items())), self._add_up)

    def _add_up(self) -> int:
        return sum(count for kind, count in self._kept_counts("kind") if self.chosen.get("kind") in (None, kind))

    @cached_property
    def paginator(self) -> Paginator:
        """Of the places in the list: which stories stand there is asked for one page."""
        return Paginator(range(self.total), PER_PAGE)

    def _keys(self, places: range) -> list[tuple[int, datetime]]:
        """(key, moment) of the stories at these places; of the whole list by a query that is ready."""
        if not self.chosen:
            return list(keys_in_list(StoryPage, self.section.path, self.section.depth + 1, places=places))
        return list(self.filtered().newest_first().values_list("pk", "first_published_at")[places.start : places.stop])

    def page(self) -> ListPage:
        return self._page_behind_a_story() if self.before else self._numbered_page()

    def _numbered_page(self) -> ListPage:
        try:
            page = self.paginator.page(self.number)
        except InvalidPage as error:
            raise Http404("There is no such page of the list.") from error
        if page.number > NUMBERED:
            raise MovedError(f"?{self.query}page={NUMBERED}")
        rows = self._keys(page.object_list)
        following = behind(rows[-1]) if page.number == NUMBERED and rows else f"page={page.number + 1}"
        return ListPage(
            self._load(rows),
            number=page.number,
            previous=f"page={page.number - 1}" if page.has_previous() else None,
            next=following if page.has_next() else None,
        )

    def _page_behind_a_story(self) -> ListPage:
        """Found by an index however far down it is, as are its neighbours."""
        keys, stories = _parsed(self.before), self.filtered()
        rows = list(stories.before(*keys).values_list("pk", "first_published_at")[: PER_PAGE + 1]) if keys else []
        if not rows:
            raise Http404("There is no such page of the list.")
        pk, moment = rows[0]
        above = list(stories.after(moment, pk).values_list("pk", "first_published_at")[: PER_PAGE + 1])
        return ListPage(
            self._load(rows[:PER_PAGE]),
            place=f"before={self.before}",
            previous=behind(above[PER_PAGE]) if len(above) > PER_PAGE else "page=1",
            next=behind(rows[PER_PAGE - 1]) if len(rows) > PER_PAGE else None,
        )

    def _load(self, rows: list[tuple[int, datetime]]) -> list[Any]:
        found = listed_stories(StoryPage, [pk for pk, _moment in rows])
        stories = {story.pk: story for story in found}
        return [stories[pk] for pk, _moment in rows if pk in stories]

    def facets(self) -> list[Facet]:
        """Each facet that has something to choose, kept until something changes."""
        return _facets.get((self.section.pk, reading_state(), *sorted(self.chosen.items())), self._make_facets)

    def _make_facets(self) -> list[Facet]:
        names = facet_labels()
        facets = [Facet(name, names[name], self._values(name)) for name in FACETS]
        return [facet for facet in facets if len(facet.values) > 1 or facet.name in self.chosen]

    def _values(self, name: str) -> list[Value]:
        pairs = sorted(self._kept_counts(name), key=lambda pair: (-pair[1], pair[0]))[:MAX_VALUES]
        if name == "year":
            pairs.sort(reverse=True)
        return values(name, pairs, self.labels(name, [key for key, _count in pairs]), self.chosen)

    def _kept_counts(self, name: str) -> list[tuple[str, int]]:
        if name not in self._counts:
            self._counts[name] = self._cached_counts(name)
        return self._counts[name]

    def _cached_counts(self, name: str) -> list[tuple[str, int]]:
        """The counts; those of thousands of stories are kept until something changes, so that not every reader waits."""
        if has_moved(connection):
            return self._count(name)
        others = sorted((other, value) for other, value in self.chosen.items() if other != name)
        digest = sha256(repr((stamp.current(), self.section.pk, self.language, name, others)).encode()).hexdigest()
        counts = cache.get(f"news.listing.{digest}")
        if counts is None:
            counts = self._count(name)
            if sum(count for _key, count in counts) >= CACHED_FROM:
                cache.set(f"news.listing.{digest}", counts, CACHE_SECONDS)
        return counts

    def _count(self, name: str) -> list[tuple[str, int]]:
        """(key, number of stories) of each value: one query."""
        path = FACETS[name]
        rows = self.filtered(except_for=name).order_by()
        if name == "year":
            rows, path = rows.annotate(year=_year_of("first_published_at")), "year"
        counted = rows.values_list(path).annotate(count=Count("pk", distinct=name in LINKED))
        return [(str(key), count) for key, count in counted if key is not None]

    def labels(self, name: str, keys: list[str]) -> dict[str, Any]:
        """What readers see for the keys of a facet; a key without one is not shown."""
        if name == "kind":
            return dict(StoryKind.choices)
        if name == "year":
            return {key: key for key in keys}
        if name == "topic":
            return {topic.key: topic for topic in Topic.objects.filter(key__in=keys)}
        return {page.slug: page for page in self._pages(keys) if page.depth == BELOW_A_SECTION}

    def _pages(self, keys: list[str]) -> QuerySet:
        """Schools and programmes: their key is the slug, and keys of the two never overlap in one section."""
        return BasePage.objects.readable().filter(slug__in=keys)

    @property
    def query(self) -> str:
        """The chosen values as the beginning of a query string: `topic=teachers&`."""
        return query_before(self.chosen)


def behind(row: tuple[int, datetime | None]) -> str | None:
    """The query of the page that begins behind a story: `before=20260131093000000000-123`; None if it has no date."""
    pk, moment = row
    if moment is None:
        return None
    return f"before={moment.astimezone(UTC).strftime('%Y%m%d%H%M%S%f').zfill(20)}-{pk}"


def _parsed(before: str) -> tuple[datetime, int] | None:
    """The moment and the key of the story behind which a page begins; None if nothing like that was asked."""
    found = re.fullmatch("([0-9]{20})-([0-9]{1,18})", before)
    try:
        return found and (datetime.strptime(found[1], "%Y%m%d%H%M%S%f").replace(tzinfo=UTC), int(found[2]))
    except ValueError:
        return None


def _year_of(name: str) -> Case:
    """The year of a moment by comparing it with the beginnings of years.

    SQLite has no time zones: Django's `ExtractYear` calls Python for each row, which takes seconds for many.
    """
    years = range(date.today().year + 1, FIRST_YEAR - 1, -1)
    beginnings = {year: timezone.make_aware(datetime(year, 1, 1)) for year in years}
    return Case(
        *[When(**{f"{name}__gte": begins}, then=year) for year, begins in beginnings.items()],
        output_field=IntegerField(),
    )
