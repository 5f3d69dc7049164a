"""Blocks of a body that know no domain model."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail import blocks
from wagtail.admin.telepath import register
from wagtail.blocks.stream_block import StreamValue
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock, TypedTableBlockAdapter
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock

from .preloading import PreloadedChooserMixin
from .walking import walk


class PictureChooserBlock(PreloadedChooserMixin, ImageChooserBlock):
    pass


class FileChooserBlock(PreloadedChooserMixin, DocumentChooserBlock):
    pass


class PageChooserBlock(PreloadedChooserMixin, blocks.PageChooserBlock):
    pass


class HeadingBlock(blocks.StructBlock):
    """小标题, with an optional second line."""

    heading = blocks.CharBlock(label=_("Heading"), max_length=80)
    subheading = blocks.CharBlock(label=_("Subheading"), max_length=80, required=False)

    class Meta:
        icon = "title"
        label = _("Section heading")
        template = "blocks/heading.html"


class TextBlock(blocks.RichTextBlock):
    class Meta:
        icon = "pilcrow"
        label = _("Text")
        template = "blocks/text.html"


class ImageBlock(blocks.StructBlock):
    image = PictureChooserBlock(label=_("Picture"))
    caption = blocks.CharBlock(label=_("Caption"), max_length=200, required=False)
    credit = blocks.CharBlock(
        label=_("Credit"), max_length=120, required=False, help_text=_("If empty, the picture's own credit is shown.")
    )
    alt = blocks.CharBlock(
        label=_("Alternative text"),
        max_length=250,
        required=False,
        help_text=_("What the picture shows, for those who do not see it. Empty if the caption says it all."),
    )
    wide = blocks.BooleanBlock(label=_("Wider than the text"), required=False)

    class Meta:
        icon = "image"
        label = _("Picture")
        template = "blocks/image.html"


class GalleryBlock(blocks.StructBlock):
    heading = blocks.CharBlock(label=_("Heading"), max_length=80, required=False)
    images = blocks.ListBlock(ImageBlock(), min_num=2, max_num=12, label=_("Pictures"))

    class Meta:
        icon = "copy"
        label = _("Gallery")
        template = "blocks/gallery.html"


class PullQuoteBlock(blocks.StructBlock):
    """A sentence of the story itself, or somebody's words with who said them."""

    quote = blocks.TextBlock(label=_("Quotation"), rows=3, max_length=300)
    attribution = blocks.CharBlock(label=_("Who said it"), max_length=80, required=False)

    class Meta:
        icon = "openquote"
        label = _("Pull quote")
        template = "blocks/pull_quote.html"


class AsideBlock(blocks.StructBlock):
    heading = blocks.CharBlock(label=_("Heading"), max_length=80)
    text = blocks.RichTextBlock(label=_("Text"))

    class Meta:
        icon = "info-circle"
        label = _("Aside")
        template = "blocks/aside.html"


class CellsBlock(TypedTableBlock):
    """Wagtail's table, into which a range of a spreadsheet can be pasted."""


class CellsBlockAdapter(TypedTableBlockAdapter):
    js_constructor = "portal.TableBlock"

    @cached_property
    def media(self) -> forms.Media:
        return super().media + forms.Media(js=["js/admin/table-block.js"])


register(CellsBlockAdapter(), CellsBlock)


class TableBlock(blocks.StructBlock):
    caption = blocks.CharBlock(label=_("Title of the table"), max_length=120)
    table = CellsBlock(
        [("text", blocks.CharBlock(label=pgettext_lazy("table", "Text"), required=False))], label=_("Table")
    )
    note = blocks.CharBlock(label=_("Note"), max_length=200, required=False)

    class Meta:
        icon = "table"
        label = _("Table")
        template = "blocks/table.html"


class DocumentBlock(blocks.StructBlock):
    document = FileChooserBlock(label=_("Document"))
    title = blocks.CharBlock(label=_("Title"), max_length=120, required=False)

    class Meta:
        icon = "doc-full"
        label = _("Document")
        template = "blocks/document.html"


class VideoBlock(blocks.StructBlock):
    """A link to a video elsewhere: nothing is loaded from there before the reader clicks."""

    title = blocks.CharBlock(label=_("Title"), max_length=120)
    url = blocks.URLBlock(label=_("Address of the video"))
    poster = PictureChooserBlock(label=_("Picture"), required=False)
    transcript = blocks.TextBlock(label=_("Transcript"), required=False)

    class Meta:
        icon = "media"
        label = _("Video")
        template = "blocks/video.html"

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        if cleaned["url"] and not cleaned["url"].startswith("https://"):
            raise StructBlockValidationError({"url": ValidationError(_("The address must begin with https://."))})
        return cleaned


TEXT_BLOCKS: list[tuple[str, blocks.Block]] = [
    ("heading", HeadingBlock()),
    ("text", TextBlock()),
    ("image", ImageBlock()),
    ("gallery", GalleryBlock()),
    ("quote", PullQuoteBlock()),
    ("table", TableBlock()),
    ("aside", AsideBlock()),
]
FILE_BLOCKS: list[tuple[str, blocks.Block]] = [("document", DocumentBlock()), ("video", VideoBlock())]


def contents(body: StreamValue) -> list[tuple[str, str]]:
    """(anchor, heading) of a body's section headings; nothing is loaded before `{% body %}` loads all in one pass."""
    return [(found.anchor, found.raw["heading"]) for found in walk(body) if isinstance(found.block, HeadingBlock)]
