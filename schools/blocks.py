"""Blocks about schools."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from core.rendering.blocks import TEXT_BLOCKS, PageChooserBlock


class SchoolCardsBlock(blocks.StructBlock):
    heading = blocks.CharBlock(label=_("Heading"), max_length=80, required=False)
    schools = blocks.ListBlock(
        PageChooserBlock(page_type="schools.SchoolPage", label=_("School")), min_num=1, max_num=8, label=_("Schools")
    )

    class Meta:
        icon = "group"
        label = _("School cards")
        template = "blocks/school_cards.html"


def profile_blocks() -> list[tuple[str, blocks.Block]]:
    """What a school's profile is written with."""
    return list(TEXT_BLOCKS)
