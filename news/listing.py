"""The list of stories, narrowed by the query of its address: /news/?topic=…&kind=…&school=…&programme=…&year=…&page=…"""

from typing import Any

from django.core.paginator import InvalidPage, Page, Paginator
from django.db.models import Count, QuerySet
from django.db.models.functions import ExtractYear
from django.http import Http404, QueryDict

from core.facets import Facet, Value, is_sane, query_before, values
from core.models import BasePage

from .choices import StoryKind
from .labels import facet_labels
from .models.topics import Topic


PER_PAGE = 20
MOST_VALUES = 10  # of one facet; the commonest stand first
FACETS = {
    "kind": "kind",
    "topic": "topics__key",
    "school": "school_links__school__key",
    "programme": "programme_links__programme__key",
    "year": "first_published_at__year",
}


class StoryList:
    """Stories of one language, all live and readable, narrowed by what the address asks for.

    The number of queries is the same however many stories there are: pages are found by their keys alone,
    then loaded. Raises Http404 for a page that is not there.
    """

    def __init__(self, stories: QuerySet, language: str, query: QueryDict) -> None:
        self.all = stories.readable().in_language(language)
        self.language = language
        self.chosen = {name: query[name] for name in FACETS if self._is_sane(name, query.get(name))}
        self.number = query.get("page") or "1"

    @staticmethod
    def _is_sane(name: str, value: str | None) -> bool:
        if value is None or not is_sane(value):
            return False
        if name == "kind":
            return value in StoryKind.values
        return name != "year" or (value.isascii() and value.isdecimal() and len(value) == 4)

    def narrowed(self, but: str = "") -> QuerySet:
        """The stories that have every chosen value, but for one facet's."""
        stories = self.all
        for name, value in self.chosen.items():
            if name != but:
                stories = stories.filter(pk__in=self.all.model.objects.filter(**{FACETS[name]: value}).values("pk"))
        return stories

    def page(self) -> Page:
        found = self.narrowed().newest_first()
        try:
            page = Paginator(found.values_list("pk", flat=True), PER_PAGE).page(self.number)
        except InvalidPage as error:
            raise Http404("There is no such page of the list.") from error
        rows = {story.pk: story for story in found.model.objects.for_listing(self.language).filter(pk__in=list(page))}
        page.object_list = [rows[pk] for pk in page.object_list if pk in rows]
        return page

    def facets(self) -> list[Facet]:
        """Each facet that has something to choose."""
        names = facet_labels()
        facets = [Facet(name, names[name], self._values(name)) for name in FACETS]
        return [facet for facet in facets if len(facet.values) > 1 or facet.name in self.chosen]

    def _values(self, name: str) -> list[Value]:
        path = FACETS[name]
        rows = self.narrowed(but=name).order_by()
        if name == "year":
            rows, path = rows.annotate(year=ExtractYear("first_published_at")), "year"
        counted = rows.values_list(path).annotate(count=Count("pk", distinct=True)).exclude(**{path: None})
        pairs = sorted(((str(key), count) for key, count in counted), key=lambda pair: (-pair[1], pair[0]))[
            :MOST_VALUES
        ]
        if name == "year":
            pairs.sort(reverse=True)
        return values(name, pairs, self.labels(name, [key for key, _count in pairs]), self.chosen)

    def labels(self, name: str, keys: list[str]) -> dict[str, Any]:
        """What readers see for the keys of a facet; a key without one is not shown."""
        if name == "kind":
            return dict(StoryKind.choices)
        if name == "year":
            return {key: key for key in keys}
        if name == "topic":
            return {topic.key: topic for topic in Topic.objects.filter(key__in=keys)}
        return {page.slug: page.title for page in self._pages(keys)}

    def _pages(self, keys: list[str]) -> QuerySet:
        """Schools and programmes: their key is the slug, and keys of the two never overlap in one section."""
        pages = BasePage.objects.readable().in_language(self.language)
        return pages.filter(slug__in=keys, depth=4).defer_other_languages()

    @property
    def query(self) -> str:
        """The chosen values as the beginning of a query that goes on: `topic=teachers&`."""
        return query_before(self.chosen)
