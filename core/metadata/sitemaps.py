"""The sitemap for search engines: every published page in each open language that it is published in."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.sitemaps import Sitemap
from django.core.paginator import EmptyPage, PageNotAnInteger
from django.db import models
from django.http import HttpRequest
from django.utils.functional import cached_property
from wagtail.models import Site

from ..keys import is_digits
from ..languages import SOURCE, TAGS, column
from ..models import BasePage
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
    """

    def __init__(self, rows: models.QuerySet, limit: int) -> None:
        self.rows = rows
        self.limit = limit

    @cached_property
    def _ends(self) -> tuple[int, int]:
        """The first and the last key: the ends of an index."""
        first, last = (self.rows.order_by(order).values_list("pk", flat=True).first() for order in ("pk", "-pk"))
        return first or 0, last or 0

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
        return self.rows.filter(pk__gte=begins, pk__lt=begins + self.limit)


class LanguageSitemap(Sitemap):
    """Entries from the rows of a queryset, a few thousand at a time: only those of the asked page are read.

    An entry becomes an address for each of its languages, and each of these names all others. With nine languages
    open, 2000 rows stay below the 50,000 addresses and 50 MB that a sitemap may have.
    """

    limit = 2000

    def __init__(self, home: BasePage, languages: list[str]) -> None:
        self.home = home
        self.languages = languages

    def queryset(self) -> models.QuerySet:
        raise NotImplementedError

    def entries(self, rows: Iterable[Any]) -> Iterator[Entry]:
        raise NotImplementedError

    @cached_property
    def paginator(self) -> KeyRanges:
        return KeyRanges(self.queryset(), self.limit)

    def get_latest_lastmod(self) -> datetime | None:
        """The newest, from the end of an index."""
        dated = self.queryset().filter(last_published_at__isnull=False).order_by("-last_published_at")
        return dated.values_list("last_published_at", flat=True).first()

    def get_urls(self, page: int | str = 1, site: Any = None, protocol: str | None = None) -> list[dict[str, Any]]:
        origin = f"{protocol}://{site.domain}"
        found = list(self.entries(self.paginator.page(page)))
        self.latest_lastmod = max((entry.modified for entry in found if entry.modified), default=None)
        return [url for entry in found for url in _urls(entry, origin)]


def _urls(entry: Entry, origin: str) -> Iterator[dict[str, Any]]:
    places = [(TAGS[code], origin + path_in(entry.path, code)) for code in entry.codes]
    alternates = [{"lang_code": tag, "location": url} for tag, url in places]
    if SOURCE in entry.codes:
        alternates.append({"lang_code": "x-default", "location": origin + entry.path})
    for _tag, url in places:
        yield {"location": url, "lastmod": entry.modified, "alternates": alternates}


class PageSitemap(LanguageSitemap):
    """Every live page that nobody is kept from."""

    def queryset(self) -> models.QuerySet:
        names = [column("title", code) for code in self.languages]
        below = BasePage.objects.readable().without_aliases().filter(path__startswith=self.home.path)
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


def sitemaps(request: HttpRequest) -> dict[str, LanguageSitemap]:
    """The parts of the sitemap of this request's site, in its open languages; none as long as the site is empty."""
    site = Site.find_for_request(request)
    home = BasePage.objects.readable().filter(pk=site.root_page_id).first() if site else None
    codes = [language.code for language in getattr(request, "open_languages", [])]
    return {name: sitemap(home, codes) for name, sitemap in _sitemaps.items()} if home else {}
