from typing import Any, ClassVar

from django.core.paginator import Paginator
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, PageChooserPanel

from core.fields import ContentField
from core.languages import SOURCE, reading
from core.models import BasePage
from core.search import translated_search_fields
from metrics.blocks import FiguresBlock
from schools.models import SchoolPage

from ..blocks import body_blocks
from .programmes import ProgrammePage
from .story import StoryPage, contents


LATEST, SCHOOLS = 6, 30


class HomePage(BasePage):
    """The front page. Editors choose its lead and its figures; the rest is the latest."""

    lead_story = models.ForeignKey(
        "news.StoryPage",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("lead story"),
        help_text=_("If empty, the newest story leads."),
    )
    figures = ContentField([("figures", FiguresBlock())], blank=True, max_num=1, verbose_name=_("key figures"))

    max_count = 1
    parent_page_types: ClassVar = ["core.BasePage"]
    content_panels = [
        *BasePage.content_panels,
        FieldPanel("standfirst"),
        PageChooserPanel("lead_story", "news.StoryPage"),
        FieldPanel("figures"),
    ]

    class Meta:
        verbose_name = _("front page")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        language = context["shown_in"]
        newest = list(StoryPage.objects.for_listing(language)[: LATEST + 1])
        lead = (
            next((s for s in newest if s.pk == self.lead_story_id), None)
            or self._chosen_lead(language)
            or (newest or [None])[0]
        )
        context["lead"] = lead
        context["latest"] = [story for story in newest if story != lead][:LATEST]
        context["schools"] = SchoolPage.objects.in_language(language).for_listing()[:SCHOOLS]
        context["programmes"] = ProgrammePage.objects.in_language(language).for_listing()[:LATEST]
        return context

    def _chosen_lead(self, language: str) -> StoryPage | None:
        if not self.lead_story_id:
            return None
        return StoryPage.objects.for_listing(language).filter(pk=self.lead_story_id).first()


class StoryIndexPage(BasePage):
    """All stories, newest first: /news/."""

    PER_PAGE = 20

    max_count = 1
    parent_page_types: ClassVar = ["news.HomePage"]
    subpage_types: ClassVar = ["news.StoryPage"]
    content_panels = [*BasePage.content_panels, FieldPanel("standfirst")]
    show_in_menus_default = True

    class Meta:
        verbose_name = _("news")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        language = context["shown_in"]
        stories = StoryPage.objects.child_of(self)
        page = Paginator(stories.for_listing(language), self.PER_PAGE).get_page(request.GET.get("page"))
        context["stories"] = page
        with reading(SOURCE, address=True):
            context["chinese_url"] = self.get_url(request)
        context["in_chinese_only"] = (
            stories.readable().not_in_language(language).newest_first()[: self.PER_PAGE] if page.number == 1 else []
        )
        return context


class StandardPage(BasePage):
    """A page of plain text: about, contact, accessibility."""

    body = ContentField(body_blocks(), blank=True, verbose_name=_("body"))

    parent_page_types: ClassVar = ["news.HomePage", "news.StandardPage"]
    subpage_types: ClassVar = ["news.StandardPage"]
    content_panels = [*BasePage.content_panels, FieldPanel("standfirst"), FieldPanel("picture"), FieldPanel("body")]
    search_fields = [*BasePage.search_fields, *translated_search_fields("body")]

    class Meta:
        verbose_name = _("standard page")
        verbose_name_plural = _("standard pages")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        with reading(context["shown_in"]):
            context["contents"] = contents(self.body)
        return context
