from functools import lru_cache
from http import HTTPMethod
from typing import Any, ClassVar, Self

from django.db import models
from django.http import Http404, HttpRequest
from django.urls import get_script_prefix
from django.utils import translation
from django.utils.encoding import iri_to_uri
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.models import AbstractPage, DefaultBasePageMixin, PageViewRestriction, Site
from wagtail.models.pages import AbstractPageMeta, PageManager, ShowInMenusMixin
from wagtail.models.sites import SiteRootPath
from wagtail.query import PageQuerySet
from wagtail.search import index
from wagtail.url_routing import RouteResult

from ..caching.parameters import declare
from ..languages import SOURCE, address_language, column, content_language, target_columns
from ..queries.narrow import NarrowQuerySet
from ..queries.prepared import prepared
from ..searching.fields import translated_search_fields
from ..text.fallback import in_source
from .forms import PortalPageForm
from .language import Language
from .mixins import SourceRevisionsMixin, TranslatedMixin
from .previews import LanguagePreviewMixin


MAX_DEPTH = 12  # parts of an address; no page of ours lies deeper
TOP = (2, 3)  # depths of the front page and of the sections below it
CITED = ("path", "depth", "title", "slug", "url_path", "content_type", "live")


def _is_restricted() -> models.Q:
    """Whether a page, or one above it, is kept from anonymous readers.

    A site without any restriction checks that once, not for each page; else the few restricted pages are looked up by
    their keys. As a join, SQLite may go through all pages for each page (docs/performance.md).
    """
    restrictions = PageViewRestriction.objects.all()
    path = models.ExpressionWrapper(models.OuterRef("path"), output_field=models.CharField())
    kept = BasePage.objects.filter(pk__in=restrictions.values("page")).annotate(asked=path)
    return models.Q(models.Exists(restrictions)) & models.Q(
        models.Exists(kept.filter(asked__startswith=models.F("path")))
    )


class BasePageQuerySet(NarrowQuerySet, PageQuerySet):
    def in_language(self, code: str) -> Self:
        """Pages published in the language: those whose title is there."""
        return self.filter(**{f"{column('title', code)}__gt": ""})

    def readable(self) -> Self:
        """Live pages that everybody may read: `live().public()` without a query of its own.

        Not for searching: a search understands `live().public()` only.
        """
        return self.live().exclude(_is_restricted())

    def without_aliases(self) -> Self:
        """Each page once: no alias of a page that readers find under its own address."""
        originals = BasePage.objects.readable().filter(pk=models.OuterRef("alias_of"))
        return self.filter(models.Q(alias_of=None) | ~models.Exists(originals))

    def for_serving(self) -> Self:
        """With the relations that a page shows, page types add theirs; and the languages that it is published in."""
        return self.select_related("picture").with_languages()

    def not_in_language(self, code: str) -> Self:
        """Pages that a reader of this language sees in Chinese."""
        title = column("title", code)
        return self.filter(models.Q(**{title: ""}) | models.Q(**{f"{title}__isnull": True}))


BasePageManager = PageManager.from_queryset(BasePageQuerySet)


class BasePage(LanguagePreviewMixin, SourceRevisionsMixin, TranslatedMixin, AbstractPage, DefaultBasePageMixin):
    """The one page model that every page type extends; its text fields have a column per language."""

    standfirst = models.TextField(
        _("standfirst"), blank=True, help_text=_("What the page is about, in one or two sentences; lists show it too.")
    )
    picture = models.ForeignKey(
        "core.PortalImage", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("picture")
    )

    objects = BasePageManager()

    cited: ClassVar[tuple[str, ...] | None] = CITED
    contact_fields: ClassVar[tuple[str, ...]] = ()
    """Its fields for telephones and the like, which are there for everybody to see."""
    query_parameters: ClassVar[tuple[str, ...]] = ()
    """What of the query the page depends on: it sees no other parameter."""

    allowed_http_methods: ClassVar = [HTTPMethod.GET, HTTPMethod.HEAD, HTTPMethod.OPTIONS]
    private_page_options: ClassVar = ["groups", "login"]

    # Wagtail's own panel of a title makes the address from what it holds of Latin letters and digits.
    address_panel: ClassVar = FieldPanel(
        "slug",
        help_text=_(
            "The end of the page's address. Left empty, it is proposed from the title, and follows it until the page is"
            " published."
        ),
    )
    content_panels: ClassVar = [FieldPanel("title", classname="title"), address_panel]
    promote_panels: ClassVar = [
        MultiFieldPanel([FieldPanel("seo_title"), FieldPanel("search_description")], heading=_("For search engines")),
        *ShowInMenusMixin.promote_panels,
    ]
    search_fields = [field for field in AbstractPage.search_fields if getattr(field, "field_name", None) != "title"] + [
        *translated_search_fields("title", boost=4, autocomplete=True),
        *translated_search_fields("standfirst", autocomplete=True),
        index.FilterField("title"),
        index.FilterField("slug"),
        index.FilterField("show_in_menus"),
    ]

    class Meta(AbstractPageMeta):
        base_manager_name = "objects"
        # The page of an address; the sections, and what is below one by its time; the last change; drafts; what expires.
        indexes: ClassVar = [
            models.Index(fields=["url_path"], name="page_url_path"),
            models.Index(fields=["depth", "first_published_at", "id"], name="page_depth_published"),
            models.Index(fields=["last_published_at"], name="page_last_published"),
            models.Index(
                fields=["latest_revision_created_at"],
                condition=models.Q(has_unpublished_changes=True),
                name="page_drafts",
            ),
            models.Index(
                fields=["expire_at"], condition=models.Q(live=True, expire_at__isnull=False), name="page_expires"
            ),
        ]

    def get_admin_display_title(self) -> str:
        """The root of the tree has no title of its own that people should read."""
        return gettext("All pages") if self.depth == 1 else super().get_admin_display_title()

    def __str__(self) -> str:
        return self.text("title")

    def text(self, name: str) -> str:
        """A translated text of the page; of a page that is not published in the language being read, the Chinese."""
        return getattr(self, name) or ("" if self.title else in_source(getattr(self, column(name, SOURCE)) or ""))

    def __init_subclass__(cls, **kwargs: Any) -> None:
        """Wagtail's admin gives the page model, which is this, a form of its own when it is ready; not its page types."""
        super().__init_subclass__(**kwargs)
        cls.base_form_class = PortalPageForm

    @classmethod
    def name_field(cls) -> str:
        return "title"

    @property
    def exclude_fields_in_copy(self) -> list[str]:
        """A copy starts without translations (D9)."""
        return target_columns(type(self))

    def update_aliases(self, *, _updated_ids: list[int] | None = None, **options: Any) -> None:
        """Aliases follow what is live. Wagtail also calls this when a page is only scheduled, and would show it there.

        Aliases of an alias are updated by a call on the alias as it was before; it tells what is updated already.
        """
        if self.live or _updated_ids is not None:
            super().update_aliases(_updated_ids=_updated_ids, **options)

    update_aliases.alters_data = True  # type: ignore[attr-defined]

    @cached_property
    def scheduled_revision(self) -> Any:
        """Lists of the admin ask for all their pages at once whether something is scheduled; Wagtail asks again for each."""
        return None if getattr(self, "_approved_schedule", None) is False else super().scheduled_revision

    # Reading -----------------------------------------------------------------------------------

    def shown_in(self, code: str) -> str:
        """The language that a reader of `code` sees this page in."""
        return code if code == SOURCE or self.is_in(code) else SOURCE

    def languages(self) -> list[str]:
        """Open languages that this page is published in, in the order of the switcher."""
        open_codes = Language.objects.open().values_list("code", flat=True)
        return [code for code in open_codes if code == SOURCE or self.is_in(code)]

    @cached_property
    def original(self) -> "BasePage":
        """What this is an alias of, if readers find that under its own address; else the page itself."""
        above = BasePage.objects.readable().filter(pk=self.alias_of_id).first() if self.alias_of_id else None
        return above.original if above else self

    @staticmethod
    def route_for_request(request: HttpRequest, path: str) -> RouteResult | None:
        """Find the page of an address with three queries, however deep it is; None if there is none."""
        if not hasattr(request, "_wagtail_route_for_request"):
            try:
                request._wagtail_route_for_request = _route(request, [part for part in path.split("/") if part])
            except Http404:
                request._wagtail_route_for_request = None
            if request._wagtail_route_for_request:
                declare(request, request._wagtail_route_for_request.page.query_parameters)
        return request._wagtail_route_for_request

    def get_url_parts(self, request: HttpRequest | None = None) -> tuple | None:
        """(site, its address, path) in the language that addresses are made for.

        A page names dozens of others: their addresses are put together here, where Wagtail has each found by Django.
        """
        sites = self._get_relevant_site_root_paths(request)
        if len(sites) != 1:  # it belongs to none, or Wagtail chooses
            with translation.override(address_language()):
                return super().get_url_parts(request)
        return sites[0].site_id, sites[0].root_url, self._path_in(sites[0])

    def get_url(self, request: HttpRequest | None = None, current_site: Site | None = None) -> str | None:
        """Where the page is; without the host if there is one site only, as Wagtail does."""
        sites = self._get_site_root_paths(request)
        if len(sites) == 1 and self.url_path.startswith(sites[0].root_path):
            return self._path_in(sites[0])
        return super().get_url(request, current_site)

    url = property(get_url)

    def _path_in(self, site: SiteRootPath) -> str:
        code, below = address_language(), self.url_path.removeprefix(site.root_path)
        return _quoted(f"{get_script_prefix()}{below}" if code == SOURCE else f"{get_script_prefix()}{code}/{below}")

    def get_view_restrictions(self) -> models.QuerySet[PageViewRestriction]:
        """Those of this page and of the pages above it (and of what any of them is an alias of): one query; none where
        the way to it has told that there are none at all."""
        if getattr(self, "_is_site_open", False):
            return PageViewRestriction.objects.none()
        return _restrictions_of([self.path[:end] for end in range(self.steplen, len(self.path) + 1, self.steplen)])

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        context["shown_in"] = self.shown_in(content_language())
        return context


_quoted = lru_cache(4096)(iri_to_uri)


@prepared
def _restrictions_of(paths: list[str]) -> models.QuerySet[PageViewRestriction]:
    """The restrictions of the pages at these places in the tree, and of what they are aliases of."""
    own = models.Q(page__path__in=paths) | models.Q(page__aliases__path__in=paths)
    return PageViewRestriction.objects.filter(own).distinct()


@prepared
def _served(model: Any, pk: int) -> models.QuerySet[BasePage]:
    return model.objects.for_serving().filter(pk=pk)


@prepared
def _pages_on_the_way(addresses: list[str]) -> models.QuerySet[BasePage]:
    """The pages at these addresses, the front page and the sections; each says whether it `is_restricted`, and whether
    there `are_restrictions` of any page."""
    wanted = models.Q(url_path__in=addresses) | models.Q(depth__in=TOP)
    any_of_them = models.Exists(PageViewRestriction.objects.all())
    pages = BasePage.objects.filter(wanted).annotate(is_restricted=_is_restricted(), are_restrictions=any_of_them)
    return pages.defer_other_languages()


def _route(request: HttpRequest, parts: list[str]) -> RouteResult | None:
    """The deepest page on the way takes the rest of the address; raises Http404 if it does not know it.

    The same query brings the front page and the sections, which every page shows: `request.top_pages`.
    """
    site = Site.find_for_request(request)
    if site is None or len(parts) > MAX_DEPTH:
        return None
    root = site.root_page.url_path
    rests = {root + "".join(f"{part}/" for part in parts[:count]): parts[count:] for count in range(len(parts) + 1)}
    pages = list(_pages_on_the_way(list(rests)))
    request.top_pages = [page for page in pages if page.depth in TOP and page.live and not page.is_restricted]
    found = max((page for page in pages if page.url_path in rests), key=lambda page: page.depth, default=None)
    if found is None:
        return None
    page = next(iter(_served(found.specific_class, found.pk)), None)
    if page is None:
        return None
    page._is_site_open = not found.are_restrictions
    return page.route(request, rests[found.url_path])
