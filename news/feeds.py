"""Atom feeds of stories: all of them, of a topic, of a school, of a programme; each in the language of its address."""

from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid5

from django.contrib.syndication.views import Feed
from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.utils.xmlutils import SimplerXMLGenerator
from django.views.decorators.http import conditional_page, require_safe

from core.caching.parameters import depends_on
from core.languages import SOURCE, TAGS, column, content_language
from core.models import BasePage, PortalSettings
from core.queries.narrow import NarrowQuerySet
from core.text.cleaning import legal_xml
from schools.models import SchoolPage

from .choices import Role
from .labels import feed_title
from .models import ProgrammePage, StoryContributor, StoryIndexPage, StoryPage, Topic


NEWEST = 50
MAX_AGE = 300  # seconds
NEVER = datetime.fromtimestamp(0, UTC)


class _LegalXML(SimplerXMLGenerator):
    def characters(self, content: str) -> None:
        super().characters(legal_xml(content))

    def startElement(self, name: str, attrs: dict[str, str]) -> None:  # noqa: N802 (the name of SAX)
        super().startElement(name, {key: legal_xml(value) for key, value in attrs.items()})


class StoryAtom(Atom1Feed):
    """Atom with all authors of an entry, and with a constant date while the feed is empty.

    It is well-formed whatever is stored: Django's writer raises an error for some characters that XML cannot hold, and
    writes the others.
    """

    def write(self, outfile: Any, encoding: str) -> None:
        handler = _LegalXML(outfile, encoding, short_empty_elements=True)
        handler.startDocument()
        handler.startElement("feed", self.root_attributes())
        self.add_root_elements(handler)
        self.write_items(handler)
        handler.endElement("feed")

    def latest_post_date(self) -> Any:
        dates = [item["updateddate"] for item in self.items if item["updateddate"]]
        return max(dates, default=self.feed["since"])

    def add_item_elements(self, handler: Any, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, item)
        for name in item["authors"]:
            handler.startElement("author", {})
            handler.addQuickElement("name", name)
            handler.endElement("author")


class StoryFeed(Feed):
    """The newest stories, for one request. Subclasses narrow them to `obj`, which `get_object` finds."""

    feed_type = StoryAtom

    def __init__(self, request: HttpRequest) -> None:
        self.language = TAGS[content_language()]
        self.section = _or_404(StoryIndexPage.objects.readable())
        self.portal = PortalSettings.for_request(request)

    # The feed ----------------------------------------------------------------------------------

    def name(self, obj: Any) -> str:
        """What the stories are about; empty for all of them."""
        return _title(obj) if obj else ""

    def title(self, obj: Any) -> str:
        return f"{feed_title(self.name(obj))} · {self.portal.name}"

    def subtitle(self, obj: Any) -> str:
        return (getattr(obj or self.section, "standfirst", "") or getattr(obj, "description", "")) or ""

    def link(self, obj: Any) -> str:
        return (obj or self.section).url

    def feed_guid(self, obj: Any) -> str:
        return atom_id(obj or self.section, content_language())

    def author_name(self) -> str:
        return self.portal.organiser or self.portal.name

    def feed_copyright(self) -> str | None:
        return self.portal.copyright or None

    def feed_extra_kwargs(self, obj: Any) -> dict[str, Any]:
        return {"since": self.section.last_published_at or NEVER}

    # The entries -------------------------------------------------------------------------------

    def stories(self, obj: Any) -> QuerySet:
        return StoryPage.objects.child_of(self.section).for_listing(content_language())

    def items(self, obj: Any) -> list[StoryPage]:
        found = list(self.stories(obj)[:NEWEST])
        self.writers = by_story(_bylines(found), "story_id", "contributor")
        self.topics = by_story(_topics(found), "storypage_id", "topic")
        return found

    def item_title(self, item: StoryPage) -> str:
        return item.title

    def item_description(self, item: StoryPage) -> str | None:
        return escape(item.standfirst) if item.standfirst else None  # a summary is HTML

    def item_link(self, item: StoryPage) -> str:
        return item.url

    def item_guid(self, item: StoryPage) -> str:
        return atom_id(item, content_language())

    def item_pubdate(self, item: StoryPage) -> Any:
        return item.first_published_at

    def item_updateddate(self, item: StoryPage) -> Any:
        return item.last_published_at or item.first_published_at

    def item_categories(self, item: StoryPage) -> list[str]:
        return [item.get_kind_display(), *self.topics.get(item.pk, [])]

    def item_extra_kwargs(self, item: StoryPage) -> dict[str, Any]:
        return {"authors": self.writers.get(item.pk, [])}


class TopicFeed(StoryFeed):
    def get_object(self, request: HttpRequest, key: str) -> Topic:
        return _or_404(Topic.objects.filter(key=key))

    def link(self, obj: Topic) -> str:
        return f"{self.section.url}?topic={obj.key}"

    def stories(self, obj: Topic) -> QuerySet:
        return super().stories(obj).filter(topics=obj)


class SchoolFeed(StoryFeed):
    def get_object(self, request: HttpRequest, key: str) -> SchoolPage:
        return _or_404(SchoolPage.objects.readable().filter(key=key).defer("body"))

    def stories(self, obj: SchoolPage) -> QuerySet:
        return super().stories(obj).filter(pk__in=obj.story_links.values("story"))


class ProgrammeFeed(StoryFeed):
    def get_object(self, request: HttpRequest, key: str) -> ProgrammePage:
        return _or_404(ProgrammePage.objects.readable().filter(key=key).defer("body"))

    def stories(self, obj: ProgrammePage) -> QuerySet:
        return super().stories(obj).filter(pk__in=obj.story_links.values("story"))


def feed(kind: type[StoryFeed]) -> Callable[..., HttpResponse]:
    """The view of a kind of feed, with conditional requests and a cache time of some minutes."""

    @depends_on()
    @transaction.non_atomic_requests
    @require_safe
    @conditional_page
    def view(request: HttpRequest, **kwargs: str) -> HttpResponse:
        response = kind(request)(request, **kwargs)
        response.headers["Cache-Control"] = f"public, max-age={MAX_AGE}"
        return response

    view.view_class = kind
    return view


def atom_id(obj: Any, code: str) -> str:
    """A permanent id of a page or topic in one language, which does not change with its address."""
    namespace = getattr(obj, "translation_key", None) or uuid5(UUID(int=0), f"{obj._meta.label_lower}:{obj.key}")
    return uuid5(namespace, code).urn


def by_story(rows: Iterable[Any], story: str, name: str) -> dict[int, list[str]]:
    """Names of each story's rows, in their order."""
    found: dict[int, list[str]] = {}
    for row in rows:
        found.setdefault(getattr(row, story), []).append(str(getattr(row, name)))
    return found


def _bylines(stories: list[StoryPage]) -> QuerySet:
    rows = NarrowQuerySet(StoryContributor).filter(story__in=[s.pk for s in stories], role=Role.WRITER)
    return rows.select_related("contributor").order_by("sort_order")


def _topics(stories: list[StoryPage]) -> QuerySet:
    rows = NarrowQuerySet(StoryPage.topics.through).filter(storypage__in=[s.pk for s in stories])
    return rows.select_related("topic").order_by("topic__key")


def _or_404(found: QuerySet) -> Any:
    obj = found.first()
    if obj is None:
        raise Http404
    return obj


def _title(obj: Any) -> str:
    if isinstance(obj, BasePage):
        return obj.title or getattr(obj, column("title", SOURCE))
    return str(obj)
