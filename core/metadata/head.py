"""The head of a public page for machines: meta tags, Open Graph, the tags of portals in China, structured data."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.core.paginator import Page
from django.http import HttpRequest
from django.templatetags.static import static
from django.utils.safestring import SafeString
from wagtail.images.models import Filter

from ..languages import TAGS, content_language
from ..models import BasePage, PortalImage
from ..rendering.preloading import with_renditions
from ..rendering.renditions import SHARE_SPEC
from ..templatetags.portal import breadcrumb, in_language, language_links, title_of
from ..text.traditional import Standard
from .addresses import exists, page_path, path_in
from .facts import Facts, Shown, chinese_minute, column_of, facts_of, feeds
from .json_ld import Node, breadcrumbs, image, organisation, script, website


Pairs = list[tuple[str, Any]]

# Open Graph's names of our languages: a language and a country that writes it so.
LOCALES = {
    "zh-hans": "zh_CN",
    "zh-hant": "zh_HK",
    "en": "en_GB",
    "fr": "fr_FR",
    "es": "es_ES",
    "ru": "ru_RU",
    "ar": "ar_AR",
    "ja": "ja_JP",
    "ko": "ko_KR",
}
LISTS = ("stories", "related", "schools", "programmes")  # of a context, whose pictures are loaded with the page's own


class Head:
    """What the head says of one request. Made inside `reading()`, of what the view and the masthead know already."""

    def __init__(self, context: Mapping[str, Any], site: Mapping[str, Any]) -> None:
        self.request: HttpRequest = context["request"]
        self.page: BasePage | None = context.get("page")
        self.site = site
        self.portal = site.get("settings")
        self.name: str = self.portal.name if self.portal else ""
        self.language = content_language()
        self.base = self.request.build_absolute_uri("/").rstrip("/")
        self.picture = self._share_picture(context)
        self.publisher = self._publisher()
        self.shown = Shown(
            request=self.request,
            context=context,
            language=self.language,
            url=self.request.build_absolute_uri(address(context, self.language)),
            base=self.base,
            publisher=self.publisher,
            image=self.picture,
        )
        self.facts = facts_of(self.page, self.shown) if self.page else Facts()
        self.section = next(
            (s for s in site.get("sections", []) if self.page and self.page.path.startswith(s.path)), None
        )

    def _publisher(self) -> Node:
        name = (self.portal.organiser if self.portal else "") or self.name
        return organisation(base=self.base, name=name, logo=self.request.build_absolute_uri(static("img/logo.svg")))

    def _share_picture(self, context: Mapping[str, Any]) -> Node:
        picture = self.page.picture if self.page else None
        if picture is None:
            return {}
        with_renditions([picture, *(each.picture for name in LISTS for each in _pages(context.get(name)))])
        made = share_rendition(picture)
        if made is None:
            return {}
        url = self.request.build_absolute_uri(made.url)
        return image(url=url, width=made.width, height=made.height, caption=picture.description or "")

    # Meta tags ---------------------------------------------------------------------------------

    def tags(self) -> Pairs:
        """(name, content) of the ordinary tags and of those of portals in China; only what is known."""
        facts = self.facts
        keywords = ",".join(facts.keywords)
        pairs = [("description", facts.description), ("keywords", keywords), *self._site_tags(), *self._column_tags()]
        if facts.is_article:
            pairs += [
                ("ArticleTitle", facts.title),
                ("PubDate", chinese_minute(facts.published) if facts.published else ""),
                ("ContentSource", facts.source),
                ("Author", " ".join(facts.authors)),
                ("Keywords", keywords),
            ]
        card = "summary_large_image" if self.picture else "summary"
        return _known([*pairs, ("twitter:card", card if self.page else "")])

    def _site_tags(self) -> Pairs:
        code = self.portal.site_code if self.portal else ""
        return [("SiteName", self.name), ("SiteDomain", self.request.get_host()), ("SiteIDCode", code)]

    def _column_tags(self) -> Pairs:
        if self.section is None:
            return []
        column = column_of(self.section)
        return [
            ("ColumnName", title_of(self.section)),
            ("ColumnDescription", self.section.standfirst),
            ("ColumnKeywords", ",".join(str(word) for word in column.keywords(self.shown.context))),
            ("ColumnType", column.type if self.portal and self.portal.site_code else ""),
        ]

    def graph(self) -> Pairs:
        """(property, content) of Open Graph."""
        facts, picture = self.facts, self.picture
        if self.page is None:
            return []
        others = [link["code"] for link in links(self.shown.context) if link["published"]]
        alt = facts.picture_alt or picture.get("caption", "")
        return _known(
            [
                ("og:site_name", self.name),
                ("og:type", facts.kind),
                ("og:title", facts.title),
                ("og:description", facts.description),
                ("og:url", self.shown.url),
                ("og:locale", self._locale(self.language)),
                *(("og:locale:alternate", self._locale(code)) for code in others if code != self.language),
                ("og:image", picture.get("url")),
                ("og:image:width", picture.get("width")),
                ("og:image:height", picture.get("height")),
                ("og:image:alt", alt if picture else ""),
                ("article:published_time", facts.published.isoformat() if facts.published else ""),
                ("article:modified_time", facts.modified.isoformat() if facts.is_article and facts.modified else ""),
            ]
        )

    def _locale(self, code: str) -> str:
        """Traditional Chinese is that of the region whose characters the site has chosen."""
        if code == "zh-hant" and self.portal:
            return Standard(self.portal.traditional_standard).locale
        return LOCALES[code]

    def feeds(self) -> list[tuple[str, str]]:
        return feeds(self.page, self.shown.context) if self.page else []

    # Structured data ---------------------------------------------------------------------------

    def structured(self) -> SafeString:
        if self.page is None or not self.site.get("home"):
            return script([])
        way = breadcrumbs(self._steps())
        return script([*self.facts.nodes, way, *([] if way else [self._website()]), self.publisher])

    def _website(self) -> Node:
        path = path_in("/search/", self.language)
        search = f"{self.request.build_absolute_uri(path)}?q={{search_term_string}}" if exists(path) else ""
        return website(
            base=self.base,
            url=self.shown.url,
            name=self.name,
            language=TAGS[self.language],
            publisher=self.publisher,
            search=search,
        )

    def _steps(self) -> Iterable[tuple[str, str]]:
        """The breadcrumb from the front page to this one, as (name, absolute address)."""
        home = self.site["home"]
        for above in breadcrumb(self.shown.context):
            name = self.name if above.pk == home.pk else title_of(above)
            yield name, self.shown.absolute(page_path(above, home, self.language))
        if self.facts.parent:
            yield self.facts.parent[0], self.shown.absolute(self.facts.parent[1])
        yield self.facts.title, self.shown.url


def _known(pairs: Pairs) -> Pairs:
    return [(name, content) for name, content in pairs if content]


def _pages(value: Any) -> list[Any]:
    """The pages with pictures among the items of a context's list."""
    if value is None or isinstance(value, str):
        return []
    return [each for each in value if isinstance(each, BasePage)]


def share_rendition(picture: PortalImage) -> Any:
    """The stored size for sharing; None if it was not made (nothing is made while reading)."""
    key = Filter(spec=SHARE_SPEC).get_cache_key(picture)
    stored = (SHARE_SPEC, key)
    return next((r for r in picture.prefetched_renditions if (r.filter_spec, r.focal_point_key) == stored), None)


def address(context: Mapping[str, Any], code: str) -> str:
    """The address of what is being shown, in a language, with the number of its page in a list."""
    path = in_language(context["request"].path, code)
    number = page_number(context)
    return f"{path}?page={number}" if number > 1 else path


def page_number(context: Mapping[str, Any]) -> int:
    """Which page of a list is shown. A list narrowed or ordered by its query has the whole list as its canonical page.

    The list is the context's `listing`, and its page in that or in the context itself.
    """
    listing = context.get("listing")
    if getattr(listing, "asked", None) or getattr(listing, "chosen", None):
        return 1
    pages = (getattr(listing, "page", None), *(context.get(name) for name in LISTS))
    return next((page.number for page in pages if isinstance(page, Page)), 1)


def links(context: Any) -> list[dict[str, Any]]:
    """The open languages, and whether what is being shown is published in each.

    A view that is no page of the tree says with `in_every_language` that it speaks all of them.
    """
    found = language_links(context)
    return [link | {"published": True} for link in found] if context.get("in_every_language") else found
