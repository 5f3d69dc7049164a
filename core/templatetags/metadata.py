"""Tags of a page's head and edges: what programs read, and the notices of the whole site."""

from typing import Any

from django import template

from ..languages import content_language
from ..metadata.head import Head, address
from ..metadata.subject import subject_of
from ..models import BasePage, SiteNotice
from ..rendering.navigation import LanguageLink, in_language
from .portal import language_links, masthead


register = template.Library()


@register.simple_tag(takes_context=True)
def page_head(context: template.Context) -> Head | None:
    """What the head tells programs; None where there is no request, as in a mail."""
    request = context.get("request")
    return Head(request, masthead(context), subject_of(context)) if request else None


@register.simple_tag(takes_context=True)
def alternates(context: template.Context) -> list[LanguageLink]:
    """The open languages that what is shown is published in, each with its absolute address.

    A later page of a list has none: lists are not equally long in all languages.
    """
    subject = subject_of(context)
    is_later = subject.number > 1 or subject.place
    return [] if is_later else [link for link in language_links(context) if link.published]


@register.simple_tag(takes_context=True)
def canonical(context: template.Context, language: str) -> str:
    """The canonical address of what is shown, in the language that it is shown in. Empty for what has none."""
    subject = subject_of(context)
    return address(context["request"], subject, language) if subject.has_address else ""


@register.simple_tag(takes_context=True)
def site_notices(context: template.Context) -> list[dict[str, Any]]:
    """The notices to show now: text in the reader's language, else in Chinese. One query if there are any, else
    none."""
    portal = masthead(context).settings
    if portal is None or not getattr(portal, "has_notices", True):  # settings made just now do not know yet
        return []
    return [_notice(notice, content_language()) for notice in SiteNotice.objects.current()]


def _notice(notice: SiteNotice, code: str) -> dict[str, Any]:
    local = notice.link.startswith("/")
    return {
        "level": notice.level,
        "label": notice.get_level_display(),
        "text": notice.text,
        "url": in_language(notice.link, code) if local else notice.link,
        "is_external": bool(notice.link) and not local,
    }


@register.simple_tag(takes_context=True)
def accessibility_page(context: template.Context) -> BasePage | None:
    """The accessibility statement, if it is set and anybody may read it."""
    site = masthead(context)
    chosen = site.settings.accessibility_page_id if site.settings else None
    return next((page for page in site.pages if page.pk == chosen), None) if chosen else None
