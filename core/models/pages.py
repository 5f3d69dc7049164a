from http import HTTPMethod
from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from wagtail.models import AbstractPage, DefaultBasePageMixin
from wagtail.models.pages import AbstractPageMeta, PageManager
from wagtail.query import PageQuerySet
from wagtail.search import index

from ..languages import SOURCE, TARGETS, address_language, column, content_language, target_columns, translated_fields
from ..search import translated_search_fields
from .language import Language
from .mixins import SourceRevisionsMixin, TranslatedMixin
from .previews import LanguagePreviewMixin


class BasePageQuerySet(PageQuerySet):
    def in_language(self, code: str) -> "BasePageQuerySet":
        """Pages published in the language: those whose title is there."""
        return self.filter(**{f"{column('title', code)}__gt": ""})

    def not_in_language(self, code: str) -> "BasePageQuerySet":
        """Pages that a reader of this language sees in Chinese."""
        title = column("title", code)
        return self.filter(models.Q(**{title: ""}) | models.Q(**{f"{title}__isnull": True}))

    def defer_other_languages(self) -> "BasePageQuerySet":
        """For lists: leave out the columns of languages that are not being read."""
        unread = [code for code in TARGETS if code != content_language()]
        return self.defer(*[column(name, code) for name in translated_fields(self.model) for code in unread])


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

    allowed_http_methods: ClassVar = [HTTPMethod.GET, HTTPMethod.HEAD, HTTPMethod.OPTIONS]
    private_page_options: ClassVar = ["groups", "login"]

    promote_panels = DefaultBasePageMixin.promote_panels
    search_fields = [
        field for field in AbstractPage.search_fields if getattr(field, "field_name", None) != "title"
    ] + [
        *translated_search_fields("title", boost=4, autocomplete=True),
        *translated_search_fields("standfirst"),
        index.FilterField("title"),
        index.FilterField("slug"),
        index.FilterField("show_in_menus"),
    ]

    class Meta(AbstractPageMeta):
        base_manager_name = "objects"

    @classmethod
    def name_field(cls) -> str:
        return "title"

    @property
    def exclude_fields_in_copy(self) -> list[str]:
        """A copy starts untranslated (D9)."""
        return target_columns(type(self))

    # Reading -----------------------------------------------------------------------------------

    def shown_in(self, code: str) -> str:
        """The language that a reader of `code` sees this page in."""
        return code if code == SOURCE or self.is_in(code) else SOURCE

    def languages(self) -> list[str]:
        """Open languages that this page is published in, in the order of the switcher."""
        open_codes = Language.objects.open().values_list("code", flat=True)
        return [code for code in open_codes if code == SOURCE or self.is_in(code)]

    def get_url_parts(self, *args: Any, **kwargs: Any) -> tuple | None:
        with translation.override(address_language()):
            return super().get_url_parts(*args, **kwargs)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        context["shown_in"] = self.shown_in(content_language())
        return context
