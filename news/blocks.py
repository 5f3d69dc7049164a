"""What a story is written with."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from core.rendering.blocks import FILE_BLOCKS, TEXT_BLOCKS, PageChooserBlock
from metrics.blocks import ChartBlock, FiguresBlock
from schools.blocks import SchoolCardsBlock


class ProgrammeCardBlock(blocks.StructBlock):
    programme = PageChooserBlock(page_type="news.ProgrammePage", label=_("Programme"))

    class Meta:
        icon = "clipboard-list"
        label = _("Programme card")
        template = "blocks/programme_card.html"


class RelatedStoriesBlock(blocks.StructBlock):
    heading = blocks.CharBlock(label=_("Heading"), max_length=80, required=False)
    stories = blocks.ListBlock(
        PageChooserBlock(page_type="news.StoryPage", label=_("Story")), min_num=1, max_num=6, label=_("Stories")
    )

    class Meta:
        icon = "link"
        label = _("Related stories")
        template = "blocks/related_stories.html"


def body_blocks() -> list[tuple[str, blocks.Block]]:
    """Every block of a story, in the order in which the editor's menu offers them."""
    return [
        *TEXT_BLOCKS,
        ("figures", FiguresBlock()),
        ("chart", ChartBlock()),
        ("schools", SchoolCardsBlock()),
        ("programme", ProgrammeCardBlock()),
        ("stories", RelatedStoriesBlock()),
        *FILE_BLOCKS,
    ]


def programme_blocks() -> list[tuple[str, blocks.Block]]:
    return [*TEXT_BLOCKS, ("figures", FiguresBlock()), ("chart", ChartBlock()), *FILE_BLOCKS]
