"""The types of public pages, and addresses of each: in the demo one, in a database that has grown a sample of many."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import ceil
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count

from api.paging import NEWEST, Signer
from core.languages import SOURCE
from core.metadata.sitemaps import KeyRanges, LanguageSitemap
from core.models import BasePage
from metrics.models import Metric
from news.listing import NUMBERED, PER_PAGE, behind
from news.models import ProgrammePage, StoryPage, Topic
from schools.models import SchoolPage


SAMPLE = 10  # addresses of a type, from the newest to the oldest


@dataclass(frozen=True)
class PageType:
    """`aim`: how many times the processor time of a fresh Wagtail page it may take uncached. `is_kept`: whether whole
    pages are kept. `grown`: what is asked for in turn to see whether it stays as quick when there is more."""

    name: str
    demo: str
    aim: float | None = None
    is_kept: bool = True
    grown: Callable[[], Sequence[str]] | None = None

    @property
    def key(self) -> str:
        return self.name.replace(" ", "-").replace(",", "").replace("/", "")


def stories() -> Any:
    return StoryPage.objects.live().in_language(SOURCE).order_by("-first_published_at", "-pk")


def sample(pages: Any) -> list[str]:
    """Addresses from the first to the last."""
    keys = list(pages.values_list("pk", flat=True))
    chosen = [keys[(len(keys) - 1) * number // (SAMPLE - 1)] for number in range(SAMPLE)]
    return [page.url for page in pages.model.objects.filter(pk__in=chosen)]


def pages_of_the_list() -> list[str]:
    """The first, and some until the middle of those with a number; deeper ones are apart."""
    last = min(NUMBERED, ceil(stories().count() / PER_PAGE))
    return ["/news/", *(f"/news/?page={max(1, last * number // 10)}" for number in range(1, 6))]


def last_pages_of_the_list() -> list[str]:
    """Those with a number if there are no others."""
    last = ceil(stories().count() / PER_PAGE)
    if last <= NUMBERED:
        return [f"/news/?page={number}" for number in range(max(1, last - 4), last + 1)]
    rows = stories().reverse().values_list("pk", "first_published_at")
    return [f"/news/?{behind(row)}" for row in rows[PER_PAGE : 5 * PER_PAGE : PER_PAGE]]


def busiest(model: Any, rows: str) -> Any:
    """The one that most stories are about."""
    return model.objects.annotate(number=Count(rows)).order_by("-number", "pk").first()


def narrowed_lists() -> list[str]:
    topic, school = busiest(Topic, "stories").key, busiest(SchoolPage, "story_links").key
    year = stories().last().first_published_at.year
    return [
        "/news/?kind=news", f"/news/?topic={topic}", f"/news/?school={school}", f"/news/?topic={topic}&kind=news",
        f"/news/?year={year}",
    ]  # fmt: skip


def parts_of_the_sitemap() -> list[str]:
    keys = BasePage.objects.live().values_list("pk", flat=True)
    parts = KeyRanges(keys.order_by, lambda begins, ends: keys, LanguageSitemap.limit).num_pages
    return [f"/sitemap-pages.xml?p={number}" for number in {1, parts}]


def deep_cursors() -> list[str]:
    """Addresses that the API gives for pages deep in the list of stories."""
    path, known = "/api/v1/stories", stories()
    made = []
    for share in (0.5, 0.9):
        at, key = known.values_list("first_published_at", "pk")[int(known.count() * share)]
        cursor = Signer(salt=f"api.{path}.{NEWEST.name}").sign_object([at.isoformat(), key])
        made.append(f"{path}?cursor={cursor}")
    return made


def found(path: str, words: str) -> str:
    return f"{path}?{urlencode({'q': words})}"


PAGE_TYPES = [
    PageType("short story", "/news/kindergarten-places/", 4, grown=lambda: sample(stories())),
    PageType("long feature", "/news/jiangjin-education-autumn-2023/", 8),
    PageType("front page", "/", 5),
    PageType("list of news", "/news/", 4, grown=pages_of_the_list),
    PageType("school profile", "/schools/shuangfu-liuxiao/", 4, grown=lambda: sample(SchoolPage.objects.live())),
    PageType("school directory", "/schools/"),
    PageType(
        "metric", "/data/student-aid/", 4, grown=lambda: [m.get_absolute_url() for m in Metric.objects.live()[:10]]
    ),
    PageType("figures by theme", "/data/"),
    PageType(
        "programme", "/programmes/putong-gaozhong-cujin/", grown=lambda: [busiest(ProgrammePage, "story_links").url]
    ),
    PageType("search", found("/search/", "学校"), 5, is_kept=False),
    PageType("suggestions", found("/search/suggest", "学校"), is_kept=False),
    PageType("API, stories", "/api/v1/stories", is_kept=False),
    PageType("feed", "/news/feed.xml"),
    PageType("sitemap", "/sitemap.xml"),
]


@dataclass(frozen=True)
class More:
    """What is only looked at when there is much of it."""

    name: str
    grown: Callable[[], Sequence[str]]


MORE = [
    More("list of news, the last pages", last_pages_of_the_list),
    More("list of news, narrowed", narrowed_lists),
    More("list of news, English", lambda: ["/en/news/"]),
    More("search, rare words", lambda: [found("/search/", "双福六小"), found("/search/", "麒麟")]),
    More("search, one character", lambda: [found("/search/", "生")]),
    More("API, stories, deep", deep_cursors),
    More("API, stories of a topic", lambda: [f"/api/v1/stories?topic={busiest(Topic, 'stories').key}"]),
    More("feed of a topic", lambda: [f"/news/topic/{busiest(Topic, 'stories').key}/feed.xml"]),
    More("sitemap, its parts", parts_of_the_sitemap),
    More("site map for people", lambda: ["/sitemap/"]),
]
