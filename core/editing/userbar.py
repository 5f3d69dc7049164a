"""What Wagtail's checks look at in a page, in its bar for editors and in the panel beside the form."""

from collections.abc import Iterator
from typing import Any, ClassVar

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin.userbar import BaseItem, ContentCheckerItem

from ..fields import ContentField
from ..languages import content_language, reading, translated_fields
from ..models import BasePage
from ..rendering.preloading import preloaded
from ..templatetags.portal import BodyNode
from ..text.reading_time import Length, length


class PictureChecks(ContentCheckerItem):
    """Wagtail's, and pictures of the text that say nothing to those who do not see them.

    axe's own rule takes an empty text as "decorative", which the pictures of lists are and those of a text are not.
    """

    RULE = "picture-without-text"
    axe_run_only: ClassVar = [*ContentCheckerItem.axe_run_only, RULE]
    axe_custom_rules: ClassVar = [
        *ContentCheckerItem.axe_custom_rules,
        {
            "id": RULE,
            "impact": "serious",
            "selector": "main figure.picture img",
            "tags": ["best-practice"],
            "any": ["non-empty-alt"],
            "enabled": True,
        },
    ]
    axe_messages: ClassVar = ContentCheckerItem.axe_messages | {
        RULE: {
            "error_name": gettext_lazy("Picture without alternative text"),
            "help_text": gettext_lazy("Say what the picture shows, for those who do not see it"),
        }
    }


class TextLength(BaseItem):
    """How long the text of the previewed page is, counted as for the reading time that readers see."""

    template_name = "core/admin/text_length.html"

    def __init__(self, page: BasePage) -> None:
        self.page = page

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        with reading(self.page.shown_in(content_language())):
            counted = length("".join(_streams_in_html(self.page, parent_context.flatten())))
        minutes = ngettext("%(minutes)s minute", "%(minutes)s minutes", counted.minutes) % {"minutes": counted.minutes}
        return super().get_context_data(parent_context) | {"length": in_words(counted), "minutes": minutes}


def _streams_in_html(page: BasePage, context: dict[str, Any]) -> Iterator[str]:
    names = translated_fields(type(page))
    streams = [getattr(page, name) for name in names if isinstance(page._meta.get_field(name), ContentField)]
    streams = [stream for stream in streams if stream]
    with preloaded(streams):
        for stream in streams:
            yield from BodyNode.parts(stream, context)


def in_words(counted: Length) -> str:
    """'1,204 characters, 12 words', without what there is none of, but for a text of neither."""
    characters = ngettext("%(count)s character", "%(count)s characters", counted.characters)
    words = ngettext("%(count)s word", "%(count)s words", counted.words)
    parts = [(characters, counted.characters), (words, counted.words)]
    shown = [text % {"count": f"{count:,}"} for text, count in parts if count] or [characters % {"count": 0}]
    return _(", ").join(shown)


def set_up(request: HttpRequest, items: list[BaseItem], page: Any) -> None:
    """For the hook `construct_wagtail_userbar`, which the panel beside the form calls as well."""
    items[:] = [PictureChecks(item.in_editor) if isinstance(item, ContentCheckerItem) else item for item in items]
    if getattr(request, "in_preview_panel", False) and isinstance(page, BasePage):
        items.append(TextLength(page))
