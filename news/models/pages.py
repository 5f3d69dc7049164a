from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel

from core.fields import ContentField
from core.languages import SOURCE, reading
from core.metadata.subject import Feed, Subject
from core.models import BasePage
from core.rendering.blocks import contents
from core.rendering.facets import Facet
from core.searching.fields import translated_search_fields

from ..blocks import body_blocks
from ..front import DEFAULT, Front, front_blocks
from ..labels import feed_title
from ..listing import FACETS, MovedError, StoryList
from .story import StoryPage
from .story_queries import stories_elsewhere


MAX_IN_CHINESE = 20


class HomePage(BasePage):
    """The front page, composed of blocks in any order; an empty one has a good default."""

    body = ContentField(front_blocks(), blank=True, verbose_name=_("front page"))

    max_count = 1
    parent_page_types: ClassVar = ["core.BasePage"]
    content_panels = [*BasePage.content_panels, FieldPanel("standfirst"), FieldPanel("body")]

    class Meta:
        verbose_name = _("front page")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        context["front"] = Front(context["shown_in"])
        with reading(context["shown_in"]):
            context["parts"] = self.body or self.body.stream_block.to_python(DEFAULT)
        return context


class StoryIndexPage(BasePage):
    """All stories, newest first, and filtered by the query of the address: /news/."""

    max_count = 1
    parent_page_types: ClassVar = ["news.HomePage"]
    subpage_types: ClassVar = ["news.StoryPage"]
    query_parameters: ClassVar = (*FACETS, "page", "before")
    content_panels = [*BasePage.content_panels, FieldPanel("standfirst")]
    show_in_menus_default = True

    class Meta:
        verbose_name = _("news")

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return super().serve(request, *args, **kwargs)
        except MovedError as error:
            return HttpResponseRedirect(f"{request.path}{error.query}")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        language = context["shown_in"]
        with reading(language):
            stories = StoryList(self, language, request.GET)
            page = stories.page()
            is_whole = page.number == 1 and not stories.chosen and language != SOURCE
            elsewhere = stories_elsewhere(StoryPage, self.path, self.depth + 1, most=MAX_IN_CHINESE) if is_whole else ()
            context |= {"stories": page, "listing": stories, "facets": stories.facets()}
            context["in_chinese_only"] = list(elsewhere)
            feeds = _topic_feeds(context["facets"])
        number, place = (1, "") if stories.chosen else (page.number or 1, page.place)
        context["subject"] = Subject(page=self, number=number, place=place, listed=(page,), feeds=feeds)
        with reading(SOURCE, address=True):
            context["chinese_url"] = self.get_url(request)
        return context


def _topic_feeds(facets: list[Facet]) -> tuple[Feed, ...]:
    """The feed of the topic that a list is narrowed to."""
    topics = [value for facet in facets if facet.name == "topic" for value in facet.values if value.is_chosen]
    return tuple((feed_title(str(topic.label)), reverse("topic-feed", args=[topic.key])) for topic in topics)


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
