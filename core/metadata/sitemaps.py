"""The sitemap for search engines: every published page in each open language that it is published in."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from django.contrib.sitemaps import Sitemap
from django.core.paginator import EmptyPage, PageNotAnInteger
from django.db import models
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.html import format_html, format_html_join
from django.utils.timezone import localtime
from wagtail.models import Site

from ..keys import is_digits
from ..languages import SOURCE, TAGS, column
from ..models import BasePage
from ..queries.prepared import prepared
from .addresses import path_in


@dataclass(frozen=True)
class Entry:
    """Something with an address in one or several languages; `path` is the Chinese one."""

    path: str
    codes: list[str]
    modified: datetime | None


class KeyRanges:
    """Parts by number as Django's sitemaps ask for them, but by the keys of the rows: nothing is counted, and no part takes
    longer than another. A part whose rows are gone is empty.

    `keys` says which keys there are in an order, of which the first is taken; `rows` has those from one key to another.
    """

    def __init__(
        self, keys: Callable[[str], models.QuerySet], rows: Callable[[int, int], models.QuerySet], limit: int
    ) -> None:
        self.keys = keys
        self.rows = rows
        self.limit = limit

    @cached_property
    def _ends(self) -> tuple[int, int]:
        """The first and the last key: the ends of an index."""
        first, last = (next(iter(self.keys(order)), 0) for order in ("pk", "-pk"))
        return first, last

    @property
    def num_pages(self) -> int:
        first, last = self._ends
        return (last - first) // self.limit + 1

    def page(self, number: int | str) -> models.QuerySet:
        """Raises PageNotAnInteger or EmptyPage, as a paginator does."""
        if not is_digits(str(number)):
            raise PageNotAnInteger
        if len(str(number)) > 9 or not 1 <= int(number) <= self.num_pages:
            raise EmptyPage
        begins = self._ends[0] + (int(number) - 1) * self.limit
        return self.rows(begins, begins + self.limit)


class LanguageSitemap(Sitemap):
    """Entries from the rows of a queryset, a few thousand at a time: only those of the asked page are read.

    An entry becomes an address for each of its languages, and each of these names all others. With nine languages
    open, 2000 rows stay below the 50,000 addresses and 50 MB that a sitemap may have.
    """

    limit = 2000

    def __init__(self, home: BasePage, languages: list[str]) -> None:
        self.home = home
        self.languages = languages

    @classmethod
    def queryset(cls, path: str, languages: Sequence[str]) -> models.QuerySet:
        """What there is below the front page at this path of the tree, by its key."""
        raise NotImplementedError

    def entries(self, rows: Iterable[Any]) -> Iterator[Entry]:
        raise NotImplementedError

    @cached_property
    def paginator(self) -> KeyRanges:
        about: dict[str, Any] = {"path": self.home.path, "languages": tuple(self.languages)}
        keys, rows = partial(_keys, type(self), **about), partial(_part, type(self), **about)
        return KeyRanges(lambda order: keys(order=order), rows, self.limit)

    def get_latest_lastmod(self) -> datetime | None:
        """The newest, from the end of an index."""
        return next(iter(_changes(type(self), path=self.home.path, languages=tuple(self.languages))), None)

    def get_urls(self, page: int | str = 1, site: Any = None, protocol: str | None = None) -> list[dict[str, Any]]:
        origin = f"{protocol}://{site.domain}"
        found = list(self.entries(self.paginator.page(page)))
        self.latest_lastmod = max((entry.modified for entry in found if entry.modified), default=None)
        return [url for entry in found for url in _urls(entry, origin)]


@prepared
def _keys(sitemap: Any, *, path: str, languages: tuple[str, ...], order: str) -> models.QuerySet:
    return sitemap.queryset(path, languages).order_by(order).values_list("pk", flat=True)[:1]


@prepared
def _part(sitemap: Any, begins: int, ends: int, *, path: str, languages: tuple[str, ...]) -> models.QuerySet:
    return sitemap.queryset(path, languages).filter(pk__gte=begins, pk__lt=ends)


@prepared
def _changes(sitemap: Any, *, path: str, languages: tuple[str, ...]) -> models.QuerySet:
    dated = sitemap.queryset(path, languages).filter(last_published_at__isnull=False).order_by("-last_published_at")
    return dated.values_list("last_published_at", flat=True)[:1]


def _urls(entry: Entry, origin: str) -> Iterator[dict[str, Any]]:
    """The addresses of an entry; what stands beside each is the same, and written once."""
    places = [(TAGS[code], origin + path_in(entry.path, code)) for code in entry.codes]
    alternates = [*places, *([("x-default", origin + entry.path)] if SOURCE in entry.codes else [])]
    links = format_html_join("", '\n<xhtml:link rel="alternate" hreflang="{}" href="{}"/>', alternates)
    modified = localtime(entry.modified).isoformat() if entry.modified else ""
    beside = format_html("<lastmod>{}</lastmod>{}", modified, links) if modified else links
    for _tag, url in places:
        yield {"location": url, "beside": beside}


class PageSitemap(LanguageSitemap):
    """Every live page that nobody is kept from."""

    @classmethod
    def queryset(cls, path: str, languages: Sequence[str]) -> models.QuerySet:
        names = [column("title", code) for code in languages]
        below = BasePage.objects.readable().without_aliases().filter(path__startswith=path)
        return below.order_by("pk").values("url_path", "last_published_at", *names)

    def entries(self, rows: Iterable[dict[str, Any]]) -> Iterator[Entry]:
        root = self.home.url_path
        for row in rows:
            codes = [code for code in self.languages if code == SOURCE or row[column("title", code)]]
            yield Entry(f"/{row['url_path'].removeprefix(root)}", codes, row["last_published_at"])


_sitemaps: dict[str, type[LanguageSitemap]] = {"pages": PageSitemap}


def register_sitemap(name: str, sitemap: type[LanguageSitemap]) -> None:
    """Add what is published and is no page of the tree."""
    _sitemaps[name] = sitemap


@prepared
def _readable(pk: int) -> models.QuerySet:
    return BasePage.objects.readable().filter(pk=pk)


def sitemaps(request: HttpRequest) -> dict[str, LanguageSitemap]:
    """The parts of the sitemap of this request's site, in its open languages; none as long as the site is empty."""
    site = Site.find_for_request(request)
    home = next(iter(_readable(site.root_page_id)), None) if site else None
    codes = [language.code for language in getattr(request, "open_languages", [])]
    return {name: sitemap(home, codes) for name, sitemap in _sitemaps.items()} if home else {}
