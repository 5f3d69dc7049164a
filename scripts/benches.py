"""What `make bench` measures: one entry for each thing somebody waits for.

To add some: write functions that take a World and return what is to be timed (called again and again, so it must be
repeatable), and add Bench entries for them to BENCHES. `prepare` runs before the clock does.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from math import ceil
from typing import Any

from django.conf import settings
from django.db.models import Count
from django.test import Client
from django.urls import reverse

from api.paging import NEWEST, Signer
from core.languages import SOURCE
from core.metadata.sitemaps import LanguageSitemap
from core.models import BasePage, User
from core.segments import extract
from languages.desk.originals import original_of
from languages.desk.rows import rows_of
from languages.models import LanguageWork
from languages.publishing.loading import load
from languages.publishing.publish import publish
from metrics.models import Metric
from news.listing import PER_PAGE
from news.models import ProgrammePage, StoryIndexPage, StoryPage, Topic
from schools.models import SchoolPage


@dataclass
class World:
    """The database that is being measured, and a reader."""

    client: Client

    @property
    def stories(self) -> Any:
        return StoryPage.objects.live().in_language(SOURCE).order_by("-first_published_at", "-pk")

    def get(self, path: str) -> Callable[[], Any]:
        """Ask for an address; raises RuntimeError if it is not answered."""

        def ask() -> None:
            response = self.client.get(path)
            if response.status_code != 200:
                raise RuntimeError(f"{path} answers {response.status_code}")

        return ask


@dataclass(frozen=True)
class Bench:
    group: str
    name: str
    prepare: Callable[[World], Callable[[], Any]]


def page(group: str, name: str, path: str | Callable[[World], str]) -> Bench:
    """A request for one address, which may depend on what is there."""
    return Bench(group, name, lambda world: world.get(path if isinstance(path, str) else path(world)))


def from_cache(name: str, path: str | Callable[[World], str]) -> Bench:
    """The same from what is kept (`PAGE_CACHE`), in Brotli as browsers ask for it."""

    def prepare(world: World) -> Callable[[], Any]:
        reader = World(Client(HTTP_HOST="localhost", HTTP_ACCEPT_ENCODING="br"))
        ask = reader.get(path if isinstance(path, str) else path(world))

        def ask_cached() -> None:
            settings.PAGE_CACHE = True
            try:
                ask()
            finally:
                settings.PAGE_CACHE = False

        return ask_cached

    return Bench("cached", name, prepare)


def last_page(world: World) -> int:
    return ceil(world.stories.count() / PER_PAGE)


def deep(share: float) -> Callable[[World], str]:
    """A page of the list: 0.5 is in the middle, 1 the last one."""
    return lambda world: f"/news/?page={max(1, ceil(last_page(world) * share))}"


def busiest(model: Any, rows: str) -> Any:
    """The one that most stories are about."""
    return model.objects.annotate(number=Count(rows)).order_by("-number", "pk").first()


def by_topic(pages: str = "") -> Callable[[World], str]:
    return lambda world: f"/news/?topic={busiest(Topic, 'stories').key}{pages}"


def sitemap_parts() -> int:
    return ceil(BasePage.objects.live().count() / LanguageSitemap.limit)


def story(share: float) -> Callable[[World], str]:
    """0 is the newest story, 1 the oldest."""
    return lambda world: world.stories[int((world.stories.count() - 1) * share)].url


def deep_cursor(world: World) -> str:
    """The address that the API gives for a page deep in the list."""
    path, stories = "/api/v1/stories", world.stories
    position = [*stories.values_list("first_published_at", "pk")[int(stories.count() * 0.9)]]
    position[0] = position[0].isoformat()
    return f"{path}?cursor={Signer(salt=f'api.{path}.{NEWEST.name}').sign_object(position)}"


# The translators' desk ----------------------------------------------------------------------------


LANGUAGES = ("en", "fr", "es")
SEGMENTS = 600


def at_the_desk(world: World) -> Client:
    """A client of somebody who may translate and publish; the languages are taken up."""
    for code in LANGUAGES:
        LanguageWork.objects.get_or_create(language=code)
    client = Client(HTTP_HOST="localhost")
    client.force_login(User.objects.get(username="admin"))
    return client


def long_story(world: World) -> StoryPage:
    """A story of 600 segments, which is made once."""
    found = StoryPage.objects.filter(slug="bench-segments").first()
    if found:
        return found
    rows = range(SEGMENTS - 1)
    body = [{"type": "text", "value": f'<p data-block-key="k{n}">{n}</p>', "id": f"bench-{n}"} for n in rows]
    made = StoryPage(title="bench", slug="bench-segments", standfirst="", body=body, live=False)
    StoryIndexPage.objects.get().add_child(instance=made)
    made.save_revision().publish()
    return StoryPage.objects.get(pk=made.pk)


def matrix(world: World) -> Callable[[], Any]:
    return World(at_the_desk(world)).get(reverse("languages_matrix"))


def open_long(world: World) -> Callable[[], Any]:
    client, original = at_the_desk(world), original_of(long_story(world))
    return World(client).get(reverse("languages_workbench", args=[original.pk, "fr"]))


def save_one(world: World) -> Callable[[], Any]:
    client, original = at_the_desk(world), original_of(long_story(world))
    address, row = reverse("languages_save", args=[original.pk, "fr"]), rows_of(original, "fr")[5]
    known = {"path": row.segment.path, "hash": row.hash, "version": row.version}

    def save() -> None:
        data = known | {"text": f"{row.segment.text} ({known['version']})"}
        response = client.post(address, json.dumps(data), content_type="application/json")
        if response.status_code != 200:
            raise RuntimeError(f"{address} answers {response.status_code}")
        known["version"] = response.json()["version"]

    return save


def publish_long(world: World) -> Callable[[], Any]:
    story = long_story(world)
    original = load(story, "es", {segment.path: segment.text for segment in extract(story)}, publish=False)
    return lambda: publish(original, "es", None)


BENCHES = [
    Bench("desk", "matrix of all texts, three languages", matrix),
    Bench("desk", "opening a page of 600 segments", open_long),
    Bench("desk", "saving one of 600 segments", save_one),
    Bench("desk", "publishing a page of 600 segments", publish_long),
    from_cache("front page", "/"),
    from_cache("story, the newest", story(0)),
    from_cache("list, page 1", "/news/"),
    page("pages", "front page", "/"),
    page("pages", "front page, English", "/en/"),
    page("pages", "story, the newest", story(0)),
    page("pages", "story, half-way", story(0.5)),
    page("pages", "school with most stories", lambda world: busiest(SchoolPage, "story_links").url),
    page("pages", "programme with most stories", lambda world: busiest(ProgrammePage, "story_links").url),
    page("pages", "directory", "/schools/"),
    page("pages", "metric", lambda world: Metric.objects.live().order_by("pk").first().get_absolute_url()),
    page("list", "page 1", "/news/"),
    page("list", "page 2, or 1 if there is one", lambda world: f"/news/?page={min(2, last_page(world))}"),
    page("list", "half-way", deep(0.5)),
    page("list", "the last page", deep(1)),
    page("list", "English, page 1", "/en/news/"),
    page("list", "of a kind", "/news/?kind=news"),
    page("list", "of a topic", by_topic()),
    page("list", "of a school", lambda world: f"/news/?school={busiest(SchoolPage, 'story_links').key}"),
    page("list", "of a kind and a topic", by_topic("&kind=news")),
    page("list", "of a year", lambda world: f"/news/?year={world.stories.last().first_published_at.year}"),
    page("search", "a word in all stories", "/search/?q=报道"),
    page("search", "a rare word", "/search/?q=双福六小"),
    page("search", "one character", "/search/?q=生"),
    page("search", "the beginning of a word", "/search/?q=gen"),
    page("search", "nothing found", "/search/?q=麒麟"),
    page("search", "suggestions, a common word", "/search/suggest?q=报道"),
    page("search", "suggestions, one letter", "/search/suggest?q=s"),
    page("programs", "feed", "/news/feed.xml"),
    page("programs", "feed of a topic", lambda world: f"/news/topic/{busiest(Topic, 'stories').key}/feed.xml"),
    page("programs", "sitemap.xml", "/sitemap.xml"),
    page("programs", "sitemap, its last part", lambda world: f"/sitemap-pages.xml?p={sitemap_parts()}"),
    page("programs", "llms.txt", "/llms.txt"),
    page("programs", "site map for people", "/sitemap/"),
    page("programs", "API: stories", "/api/v1/stories"),
    page("programs", "API: stories, deep", deep_cursor),
    page("programs", "API: stories of a topic", lambda world: f"/api/v1/stories?topic={busiest(Topic, 'stories').key}"),
]
