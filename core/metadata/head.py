"""The head of a public page for programs: meta tags, Open Graph, the tags of portals in China, JSON-LD."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.utils.safestring import SafeString
from wagtail.images.models import Filter

from ..cldr import language_and_territory
from ..languages import TAGS, content_language
from ..models import BasePage, PortalImage
from ..rendering.navigation import Masthead, breadcrumb, in_language, language_links, title_of
from ..rendering.pictures import Size, with_renditions
from ..rendering.renditions import SHARE_SPEC
from ..text.traditional import Standard
from .addresses import exists, page_path, path_in
from .facts import Shown, chinese_minute, column_of, facts_of, feeds
from .json_ld import Node, breadcrumbs, image, organisation, script, website
from .subject import Feed, Subject


Pairs = list[tuple[str, Any]]

# Open Graph's names of languages, where another country than the largest one is meant.
LOCALES = {"zh-hant": "zh_HK", "en": "en_GB", "ar": "ar_AR"}
# The portal's mark, for what has no picture of its own.
CARD, CARD_SIZE = "img/share.png", (1200, 630)


class Head:
    """What the head says of one request. Made inside `reading()`, of what the view and the masthead know already."""

    def __init__(self, request: HttpRequest, site: Masthead, subject: Subject) -> None:
        self.request = request
        self.subject = subject
        self.page = subject.page
        self.site = site
        self.portal = site.settings
        self.name: str = self.portal.name if self.portal else ""
        self.language = content_language()
        self.base = self.request.build_absolute_uri("/").rstrip("/")
        self.picture = self._share_picture()
        self.publisher = self._publisher()
        self.shown = Shown(
            request=self.request,
            language=self.language,
            url=address(request, subject, self.language),
            base=self.base,
            publisher=self.publisher,
            image=self.picture,
        )
        self.facts = facts_of(subject, self.shown)
        self.section = site.section_of(self.page) if self.page else None

    def _publisher(self) -> Node:
        name = (self.portal.organiser if self.portal else "") or self.name
        return organisation(base=self.base, name=name, logo=self.request.build_absolute_uri(static("img/logo.svg")))

    def _share_picture(self) -> Node:
        picture = self.page.picture if self.page else None
        if picture is None:
            return {}
        with_renditions([picture, *(each.picture for pages in self.subject.listed for each in pages)])
        made = share_rendition(picture)
        if made is None:
            return {}
        url = self.request.build_absolute_uri(made.url)
        return image(url=url, width=made.width, height=made.height, caption=picture.description or "")

    def _card(self) -> Node:
        width, height = CARD_SIZE
        url = self.request.build_absolute_uri(static(CARD))
        return image(url=url, width=width, height=height, caption=self.name)

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
        keywords = self.facts.column_keywords or column.keywords()
        return [
            ("ColumnName", title_of(self.section)),
            ("ColumnDescription", self.section.standfirst),
            ("ColumnKeywords", ",".join(str(word) for word in keywords)),
            ("ColumnType", column.type if self.portal and self.portal.site_code else ""),
        ]

    def graph(self) -> Pairs:
        """(property, content) of Open Graph. What is no page, such as the site map, has a picture and no more."""
        if self.page is None:
            return self._graph_of_picture("") if self.subject.has_address else []
        facts = self.facts
        links = language_links(self.request, self.subject.is_in)
        others = [link.code for link in links if link.published and link.code != self.language]
        return _known(
            [
                ("og:site_name", self.name),
                ("og:type", facts.kind),
                ("og:title", facts.title),
                ("og:description", facts.description),
                ("og:url", self.shown.url),
                ("og:locale", self._locale(self.language)),
                *(("og:locale:alternate", self._locale(code)) for code in others),
                *self._graph_of_picture(facts.picture_alt),
                ("article:published_time", facts.published.isoformat() if facts.published else ""),
                ("article:modified_time", facts.modified.isoformat() if facts.is_article and facts.modified else ""),
            ]
        )

    def _graph_of_picture(self, alt: str) -> Pairs:
        """Of the page's own picture, with the words that the page has for it; else of the portal's."""
        picture = self.picture or self._card()
        return _known(
            [
                ("og:image", picture["url"]),
                ("og:image:width", picture["width"]),
                ("og:image:height", picture["height"]),
                ("og:image:alt", (alt if self.picture else "") or picture["caption"]),
            ]
        )

    def _locale(self, code: str) -> str:
        """Traditional Chinese is that of the region whose characters the site has chosen."""
        if code == "zh-hant" and self.portal:
            return Standard(self.portal.traditional_standard).locale
        return LOCALES.get(code) or language_and_territory(code)

    def feeds(self) -> list[Feed]:
        return [*(feeds(self.page) if self.page else ()), *self.subject.feeds]

    # JSON-LD -----------------------------------------------------------------------------------

    def json_ld(self) -> SafeString:
        if self.page is None or self.site.home is None:
            return script([])
        way = breadcrumbs(self._steps(self.page, self.site.home))
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

    def _steps(self, page: BasePage, home: BasePage) -> Iterable[tuple[str, str]]:
        """The breadcrumb from the front page to what is shown, as (name, absolute address)."""
        for above in breadcrumb(self.site, page):
            name = self.name if above.pk == home.pk else title_of(above)
            yield name, self.shown.absolute(page_path(above, home, self.language))
        if self.subject.thing:
            yield title_of(page), self.shown.absolute(page.url)
        yield self.facts.title, self.shown.url


def _known(pairs: Pairs) -> Pairs:
    return [(name, content) for name, content in pairs if content]


def share_rendition(picture: PortalImage) -> Size | None:
    """The stored size for sharing; None if it was not made (nothing is made while reading)."""
    key = Filter(spec=SHARE_SPEC).get_cache_key(picture)
    stored = (SHARE_SPEC, key)
    return next((r for r in picture.made_sizes if (r.filter_spec, r.focal_point_key) == stored), None)


def address(request: HttpRequest, subject: Subject, code: str) -> str:
    """The absolute address of what is being shown, in a language, with the number or the place of its page in a list. An alias is
    known by the address of its original."""
    page = subject.page
    path = in_language(page.original.url if page and page.alias_of_id else request.path, code)
    which = subject.place or (f"page={subject.number}" if subject.number > 1 else "")
    return request.build_absolute_uri(f"{path}?{which}" if which else path)
