"""What stands around every public page: the masthead, the breadcrumb, the links to other languages.

Plain functions from a request and a page, for the tags of templates, for the head and for views that are for programs.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import translation
from wagtail.models import Site

from ..languages import SOURCE
from ..models import BasePage, PortalSettings
from ..models.pages import TOP
from ..queries.prepared import prepared


@dataclass(frozen=True)
class Masthead:
    """The portal's own settings, the front page and what is directly below it; empty where there is no request."""

    settings: PortalSettings | None = None
    home: BasePage | None = None
    sections: tuple[BasePage, ...] = ()  # those in the menu
    others: tuple[BasePage, ...] = ()  # those that are not
    pages: tuple[BasePage, ...] = ()  # all that everybody may read, the front page first

    def section_of(self, page: BasePage) -> BasePage | None:
        """The section that a page is, or is in."""
        return next((section for section in self.sections if page.path.startswith(section.path)), None)

    def section_url(self, slug: str) -> str:
        """Where the section with this slug is; empty if there is none in the menu."""
        return next((section.url for section in self.sections if section.slug == slug), "")


@dataclass(frozen=True)
class LanguageLink:
    """Where what is being shown is in one language, and whether it is published in it."""

    code: str
    name: str
    url: str
    absolute: str
    published: bool


def masthead(request: HttpRequest) -> Masthead:
    """One query, or two; once for each request."""
    if not hasattr(request, "_masthead"):
        request._masthead = _masthead(request)
    return request._masthead


def _masthead(request: HttpRequest) -> Masthead:
    pages = getattr(request, "top_pages", None)
    if pages is None:
        pages = list(_top_pages())
    site = Site.find_for_request(request)
    home = next((page for page in pages if site and page.pk == site.root_page_id), None)
    rest = sorted((page for page in pages if page != home), key=lambda page: page.path)
    below = [page for page in rest if home and page.path.startswith(home.path)]
    return Masthead(
        settings=PortalSettings.for_request(request),
        home=home,
        sections=tuple(page for page in below if page.show_in_menus),
        others=tuple(page for page in below if not page.show_in_menus),
        pages=tuple(page for page in (home, *rest) if page),
    )


@prepared
def _top_pages() -> QuerySet[BasePage]:
    """The front page and the sections."""
    return BasePage.objects.filter(depth__in=TOP).readable().defer_other_languages()


def breadcrumb(site: Masthead, page: BasePage | None) -> list[BasePage]:
    """The pages above this one, the front page first; those of the masthead are not asked for again."""
    if page is None or page.depth <= 2:
        return []
    above = [p for p in site.pages if page.path.startswith(p.path) and p.pk != page.pk]
    return above if len(above) == page.depth - 2 else list(page.get_ancestors().filter(depth__gte=2))


def language_links(request: HttpRequest, is_in: Callable[[str], bool], query: str = "") -> list[LanguageLink]:
    """The open languages in their order. `is_in` says whether what is shown is published in one of them; `query`
    (`?q=…`) is kept when a reader changes to another language."""
    links = []
    for language in getattr(request, "open_languages", []):
        url = in_language(request.path, language.code) + query
        absolute = request.build_absolute_uri(url)
        links.append(LanguageLink(language.code, str(language), url, absolute, is_in(language.code)))
    return links


def in_language(path: str, code: str) -> str:
    """The same address under another language's prefix: ('/en/news/', 'zh-hant') -> '/zh-hant/news/'."""
    known = translation.get_language_from_path(path)
    bare = path[len(known) + 1 :] if known and path.startswith(f"/{known}/") else path
    return bare if code == SOURCE else f"/{code}{bare}"


def title_of(page: BasePage) -> str:
    """A page's title in the language being read, else in Chinese."""
    return str(page)
