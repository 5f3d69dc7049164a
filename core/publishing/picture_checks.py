"""What pictures of a page should have before it goes live: words for those who do not see them, a caption, a credit."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _
from wagtail.blocks import StreamValue, StructValue
from wagtail.blocks.list_block import ListValue
from wagtail.fields import StreamField

from ..models import BasePage, PortalImage
from ..rendering.blocks import ImageBlock
from .checklist import Finding, publish_check


@publish_check("core.lead-picture-words", BasePage)
def check_lead_picture(page: BasePage) -> Iterator[Finding]:
    """A page type may have fields of its own for the picture's words; without one for it, no caption is asked for."""
    if page.picture is None:
        return
    lacking, places = _lacking(page.picture, alt=getattr(page, "picture_alt", "")), {"credit": "picture"}
    for name in ("alt", "caption"):
        places[name] = f"picture_{name}" if hasattr(page, f"picture_{name}") else "picture"
    if getattr(page, "picture_caption", "-"):
        lacking.pop("caption")
    yield from _findings(page.picture, lacking, places)


@publish_check("core.picture-words", BasePage)
def check_pictures_of_body(page: BasePage) -> Iterator[Finding]:
    for field in page._meta.get_fields():
        if isinstance(field, StreamField) and not hasattr(field, "translated_field"):
            for place, block in _image_blocks(getattr(page, field.name), field.name):
                if image := block["image"]:
                    lacking = _lacking(image, block["alt"], block["caption"], block["credit"])
                    yield from _findings(image, lacking, {name: f"{place}.{name}" for name in lacking})


def _lacking(image: PortalImage, alt: str = "", caption: str = "", credit: str = "") -> dict[str, str]:
    """What a picture has neither here nor by itself: name -> word for it."""
    words = {"alt": _("alternative text"), "caption": _("caption"), "credit": _("credit")}
    present = {"alt": alt or image.description, "caption": caption, "credit": credit or image.credit}
    return {name: word for name, word in words.items() if not present[name]}


def _findings(image: PortalImage, lacking: dict[str, str], places: dict[str, str]) -> Iterator[Finding]:
    """One for all that is lacking, at the first of it."""
    if image.lacks_sizes:
        text = _("The picture “{title}” cannot be shown to readers: put another file in its place.")
        yield Finding(text.format(title=image.title), places.get("credit", ""), f"{image.pk} sizes")
    if lacking:
        text = _("The picture “{title}” lacks: {things}.")
        words = _(", ").join(lacking.values())
        yield Finding(
            text.format(title=image.title, things=words), places[next(iter(lacking))], f"{image.pk} {[*lacking]}"
        )


def _image_blocks(value: Any, place: str) -> Iterator[tuple[str, StructValue]]:
    """The image blocks in a body, however deep, with their content paths in the form."""
    if isinstance(value, StructValue) and isinstance(value.block, ImageBlock):
        yield place, value
        return
    children: list[tuple[Any, Any]] = []
    if isinstance(value, StructValue):
        children = list(value.items())
    elif isinstance(value, StreamValue | ListValue):
        children = [(child.id, child.value) for child in getattr(value, "bound_blocks", value)]
    for name, child in children:
        yield from _image_blocks(child, f"{place}.{name}")
