"""What the front page is made of: blocks that editors put in any order, and the stories shared out among them."""

from collections.abc import Iterable
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.snippets.blocks import SnippetChooserBlock

from core.languages import content_language, reading
from core.queries.prepared import prepared
from core.rendering.blocks import PageChooserBlock, TextBlock
from core.rendering.preloading import PreloadedChooserMixin
from metrics.blocks import FiguresBlock
from schools.models import SchoolPage

from .models.programmes import ProgrammePage
from .models.story import StoryPage
from .models.story_queries import newest_stories


MAX_BESIDE, MAX_LATEST, MAX_CHOSEN = 10, 9, 6
SCHOOLS, PROGRAMMES = 30, 3


class Front:
    """The content of one front page in one language. Each story is shown in one block only."""

    def __init__(self, language: str) -> None:
        self.language = language
        self._newest: list[StoryPage] | None = None
        self._shown: set[int] = set()

    @property
    def newest(self) -> list[StoryPage]:
        if self._newest is None:
            with reading(self.language):
                self._newest = list(newest_stories(StoryPage))
        return self._newest

    def lead(self, chosen: int | None) -> StoryPage | None:
        """The chosen story if it is published in this language, else the newest that is not shown yet."""
        story = next((story for story in self.newest if story.pk == chosen), None)
        if story is None and chosen:
            story = StoryPage.objects.for_listing(self.language).filter(pk=chosen).first()
        if story is None:
            return next(iter(self.next_stories(1)), None)
        self._shown.add(story.pk)
        return story

    def next_stories(self, count: int, topic: int | None = None) -> list[StoryPage]:
        """The newest stories that no block has shown yet, of one topic if asked."""
        stories: Iterable[StoryPage] = self.newest
        if topic:
            stories = StoryPage.objects.for_listing(self.language).filter(topics=topic)[: count + len(self._shown)]
        found = [story for story in stories if story.pk not in self._shown][:count]
        self._shown.update(story.pk for story in found)
        return found


def chosen_ids(pages: Iterable[Any]) -> list[int]:
    return [page.pk for page in pages if page is not None]


def in_order(found: Iterable[Any], ids: list[int]) -> list[Any]:
    """These pages in the order in which they were chosen; those that are not found are left out."""
    by_pk = {page.pk: page for page in found}
    return [by_pk[pk] for pk in ids if pk in by_pk]


@prepared
def _first_schools() -> models.QuerySet[SchoolPage]:
    return SchoolPage.objects.for_listing()[:SCHOOLS]


@prepared
def _programmes(ids: list[int]) -> models.QuerySet[ProgrammePage]:
    return ProgrammePage.objects.in_language(content_language()).for_listing().filter(pk__in=ids)


@prepared
def _first_programmes() -> models.QuerySet[ProgrammePage]:
    return ProgrammePage.objects.in_language(content_language()).for_listing()[:PROGRAMMES]


class TopicChooserBlock(PreloadedChooserMixin, SnippetChooserBlock):
    pass


class FrontBlock(blocks.StructBlock):
    """A block that takes its content from the page's Front."""

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        context = super().get_context(value, parent_context)
        front = context.get("front")
        return context | (self.content(value, front) if front else {})

    def content(self, value: Any, front: Front) -> dict[str, Any]:
        raise NotImplementedError


class LeadBlock(FrontBlock):
    story = PageChooserBlock(
        page_type="news.StoryPage", label=_("Story"), required=False, help_text=_("If empty, the newest story leads.")
    )
    beside = blocks.IntegerBlock(
        label=_("Newest stories beside it"), default=7, min_value=0, max_value=MAX_BESIDE, required=False
    )

    def content(self, value: Any, front: Front) -> dict[str, Any]:
        lead = front.lead(value["story"].pk if value["story"] else None)
        return {"lead": lead, "latest": front.next_stories(value["beside"] or 0)}

    class Meta:
        icon = "home"
        label = _("Lead story")
        template = "blocks/front_lead.html"


class LatestBlock(FrontBlock):
    heading = blocks.CharBlock(label=_("Heading"), max_length=80, required=False)
    topic = TopicChooserBlock("news.Topic", label=_("Topic"), required=False)
    count = blocks.IntegerBlock(label=_("How many"), default=3, min_value=1, max_value=MAX_LATEST)

    def content(self, value: Any, front: Front) -> dict[str, Any]:
        topic = value["topic"]
        return {"stories": front.next_stories(value["count"] or 3, topic.pk if topic else None)}

    class Meta:
        icon = "doc-full-inverse"
        label = _("More stories")
        template = "blocks/front_latest.html"


class SchoolsBlock(FrontBlock):
    heading = blocks.CharBlock(label=_("Heading"), max_length=80, required=False)
    schools = blocks.ListBlock(
        PageChooserBlock(page_type="schools.SchoolPage", label=_("School")),
        max_num=MAX_CHOSEN,
        default=[],
        label=_("Schools in focus"),
        help_text=_("With pictures; below them stand the names of all schools by stage."),
    )

    def content(self, value: Any, front: Front) -> dict[str, Any]:
        """Those in Chinese only among them, by their Chinese names."""
        with reading(front.language):
            schools = list(_first_schools())
        ids = chosen_ids(value["schools"])
        missing = set(ids) - {school.pk for school in schools}
        more = SchoolPage.objects.for_listing().filter(pk__in=missing) if missing else []
        return {"schools": schools, "in_focus": in_order([*schools, *more], ids)}

    class Meta:
        icon = "group"
        label = _("Schools")
        template = "blocks/front_schools.html"


class ProgrammesBlock(FrontBlock):
    heading = blocks.CharBlock(label=_("Heading"), max_length=80, required=False)
    programmes = blocks.ListBlock(
        PageChooserBlock(page_type="news.ProgrammePage", label=_("Programme")),
        max_num=MAX_CHOSEN,
        default=[],
        label=_("Programmes"),
        help_text=_("If empty, the first three of the list."),
    )

    def content(self, value: Any, front: Front) -> dict[str, Any]:
        ids = chosen_ids(value["programmes"])
        with reading(front.language):
            found = in_order(_programmes(ids), ids) if ids else []
            return {"programmes": found or list(_first_programmes())}

    class Meta:
        icon = "clipboard-list"
        label = _("Programmes")
        template = "blocks/front_programmes.html"


class KeyFiguresBlock(FiguresBlock):
    class Meta:
        icon = "order"
        label = _("Key figures")
        template = "blocks/front_figures.html"


class WordsBlock(TextBlock):
    class Meta:
        icon = "pilcrow"
        label = _("Text")
        template = "blocks/front_text.html"


def front_blocks() -> list[tuple[str, blocks.Block]]:
    return [
        ("lead", LeadBlock()),
        ("figures", KeyFiguresBlock()),
        ("latest", LatestBlock()),
        ("schools", SchoolsBlock()),
        ("programmes", ProgrammesBlock()),
        ("text", WordsBlock()),
    ]


# What a front page shows before an editor has composed it.
DEFAULT = [
    {"type": "lead", "value": {"story": None, "beside": 7}, "id": "lead"},
    {"type": "schools", "value": {"heading": "", "schools": []}, "id": "schools"},
    {"type": "programmes", "value": {"heading": "", "programmes": []}, "id": "programmes"},
]
