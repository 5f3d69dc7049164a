"""Tags of the public templates."""

from collections.abc import Iterable
from typing import Any

from django import template
from django.conf import settings
from django.db.models import Model
from django.template.base import Node, NodeList, Parser, Token
from django.urls import reverse
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from wagtail.admin.templatetags.wagtailuserbar import wagtailuserbar
from wagtail.blocks.stream_block import StreamValue

from ..languages import TAGS, content_language, direction, reading
from ..metadata.subject import subject_of
from ..models import BasePage, PortalImage
from ..rendering import navigation
from ..rendering.blocks import HeadingBlock
from ..rendering.dates import time_element
from ..rendering.navigation import LanguageLink, Masthead
from ..rendering.pictures import picture_html, with_renditions
from ..rendering.preloading import preloaded
from ..rendering.told_times import told_from
from ..rendering.walking import anchor
from ..text.fallback import if_chinese
from ..text.fallback import joined as joined_texts
from ..text.headlines import before_dot, title_classes
from ..text.reading_time import length


register = template.Library()


class ReadingNode(Node):
    def __init__(self, language: Any, nodelist: NodeList) -> None:
        self.language = language
        self.nodelist = nodelist

    def render(self, context: template.Context) -> SafeString:
        with reading(self.language.resolve(context) or content_language()):
            return self.nodelist.render(context)


@register.tag
def reading_in(parser: Parser, token: Token) -> ReadingNode:
    """`{% reading_in code %}…{% endreading_in %}`: everything inside is read and written in that language."""
    _name, expression = token.split_contents()
    nodelist = parser.parse(["endreading_in"])
    parser.delete_first_token()
    return ReadingNode(parser.compile_filter(expression), nodelist)


class BodyNode(Node):
    def __init__(self, value: Any, name: str = "") -> None:
        self.value = value
        self.name = name

    def render(self, context: template.Context) -> SafeString:
        html = self.html(context)
        if not self.name:
            return html
        context[self.name] = html
        return mark_safe("")

    def html(self, context: template.Context) -> SafeString:
        value: StreamValue = self.value.resolve(context)
        if not value:
            return mark_safe("")
        with preloaded([value]), told_from(getattr(context.get("page"), "told_on", None)):
            return mark_safe("".join(self.parts(value, context.flatten())))  # noqa: S308 (blocks escape)

    @staticmethod
    def parts(value: StreamValue, context: dict[str, Any]) -> Iterable[str]:
        """The blocks in HTML. `level` is that of the headings of a block: no level is left out (`with level=…`)."""
        level = context.get("level") or "2"
        for child in value:
            yield child.render_as_block(context | {"block_id": anchor(child.id), "level": level})
            level = "3" if isinstance(child.block, HeadingBlock) else level


@register.tag
def body(parser: Parser, token: Token) -> BodyNode:
    """`{% body page.body %}`: a stream, with everything that it refers to loaded in one pass; `as name` keeps it."""
    _name, expression, *rest = token.split_contents()
    return BodyNode(parser.compile_filter(expression), rest[1] if rest else "")


# Languages -------------------------------------------------------------------------------------


@register.filter
def tag(code: str) -> str:
    """The `lang` attribute of a language code: zh-hans -> zh-Hans."""
    return TAGS[code]


@register.filter
def dir(code: str) -> str:
    return direction(code)


@register.simple_tag
def language_read() -> str:
    """The language of the interface and of the page's address."""
    return content_language()


@register.simple_tag(takes_context=True)
def language_links(context: template.Context) -> list[LanguageLink]:
    """The open languages for the switcher: where each leads, and whether what is shown is published in it."""
    request, subject = context.get("request"), subject_of(context)
    return navigation.language_links(request, subject.is_in, subject.query) if request else []


# The site --------------------------------------------------------------------------------------


@register.simple_tag(takes_context=True)
def masthead(context: template.Context) -> Masthead:
    """The portal's own settings, the front page and the sections in the menu."""
    request = context.get("request")
    return navigation.masthead(request) if request else Masthead()


@register.simple_tag(takes_context=True)
def section_url(context: template.Context, slug: str) -> str:
    """Where a section of the menu is; empty if there is none with that slug."""
    return masthead(context).section_url(slug)


@register.simple_tag(takes_context=True)
def breadcrumb(context: template.Context) -> list[BasePage]:
    """The pages above this one, the front page first."""
    return navigation.breadcrumb(masthead(context), subject_of(context).page)


register.filter(navigation.title_of)
register.filter(title_classes)
register.filter(before_dot)
register.simple_tag(time_element, name="time")


# Pictures --------------------------------------------------------------------------------------


@register.simple_tag
def load_pictures(*groups: Any) -> str:
    """Load the sizes of all pictures of these pages (or lists of pages) with one query."""
    pages: list[Model] = []
    for group in groups:
        pages.extend(group if isinstance(group, Iterable) else [group] if group else [])
    with_renditions(page.picture for page in pages if page is not None)
    return ""


@register.simple_tag
def picture(
    image: PortalImage | None, alt: str = "", sizes: str = "text", css: str = "", eager: bool = False
) -> SafeString:
    """A responsive `<picture>`; `sizes` is one of the names in `pictures.PLACES`."""
    return mark_safe("") if image is None else picture_html(image, alt, sizes, css, eager)


@register.simple_tag
def picture_alt(image: PortalImage | None, own: str = "") -> str:
    return own or (image.description if image else "") or ""


# A text as a whole -----------------------------------------------------------------------------


@register.filter
def reading_minutes(html: str) -> int:
    return length(html).minutes


@register.simple_tag(takes_context=True)
def qr_code_url(context: template.Context) -> str:
    """Where the QR code of this page's address is; empty where there is no request."""
    request = context.get("request")
    return reverse("qr-code", args=[request.path.strip("/")]) if request else ""


@register.simple_tag(takes_context=True)
def absolute_url(context: template.Context) -> str:
    """The whole address of this page, without its query."""
    request = context.get("request")
    return request.build_absolute_uri(request.path) if request else ""


@register.simple_tag(takes_context=True)
def userbar(context: template.Context) -> str:
    """Wagtail's bar, with its checks, for who may use the admin. Nothing at all, and no query, for anonymous readers.

    Of previews only that of the editor has it: its checks panel asks the bar in there.
    """
    request = context.get("request")
    if request is None or settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return ""
    if getattr(request, "is_preview", False) and not getattr(request, "is_editing", False):
        return ""
    html = wagtailuserbar(context)
    request.is_for_editor = bool(html)
    return html


# Texts of another language or direction --------------------------------------------------------
# What falls back to Chinese is marked without a filter (core/text/fallback.py).

register.filter("chinese", if_chinese)


@register.filter
def said_in(text: str, code: str) -> str:
    """A text of a known language, marked unless that is the language being read."""
    if not text or code == content_language():
        return text
    return format_html('<bdi lang="{}" dir="{}">{}</bdi>', TAGS[code], direction(code), text)


@register.filter
def ltr(text: str) -> SafeString:
    """A telephone number or the number of a document: from left to right, whatever stands around it."""
    return format_html('<bdi dir="ltr">{}</bdi>', text)


@register.filter
def lines(text: str) -> SafeString:
    """A text with its line breaks. Django's `linebreaksbr` would lose what is known of its language."""
    return mark_safe(conditional_escape(text).replace("\n", "<br>"))  # noqa: S308 (escaped)


# Small things ----------------------------------------------------------------------------------


@register.filter
def joined(items: Iterable[Any]) -> str:
    """Names with the comma of the language."""
    return joined_texts(_(", "), items)
