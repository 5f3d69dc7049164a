"""Rich text as the public page shows it.

Wagtail's rewriter replaces a link's opening tag and leaves its words. Ours decide about the whole link: a link to
something that is gone is its words alone, and a link without words gets the words of what it points to. So `render`
takes each link together with its words (`ObjectLinkHandler.expand`) and gives the rest to Wagtail. Wagtail's own
`richtext` filter still works: it shows the same links, without these two rules.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from django.db import models
from django.utils.html import escape, format_html, strip_tags
from django.utils.safestring import SafeString, mark_safe
from wagtail.documents import get_document_model
from wagtail.rich_text import expand_db_html, features
from wagtail.rich_text.rewriters import extract_attrs

from ..languages import SOURCE, column
from ..models import BasePage, TranslatedMixin
from .preloading import PreloadedLinkHandler


# Stored attributes hold no bare "<" or ">", so each character is looked at once however odd the text is.
_TAG = re.compile(r"<a(\b[^<>]*)>|</a>")


def name_of(obj: models.Model) -> str:
    """An object's name in the language being read, else in Chinese: pages do not fall back by themselves."""
    return str(obj) or (getattr(obj, column(obj.name_field(), SOURCE)) if isinstance(obj, TranslatedMixin) else "")


class Link(NamedTuple):
    start: int
    end: int
    attrs: dict[str, str]
    words: str


class ObjectLinkHandler(PreloadedLinkHandler):
    """A link to an object of ours. Subclasses say its address, its name, and what surrounds the words."""

    css_class = ""

    @classmethod
    def expand(cls, obj: models.Model | None, words: str) -> str:
        """The link with its words, in the language being read; `words` is markup, and so is the result."""
        if obj is None:
            return words
        inner = cls.wrap(obj, words if strip_tags(words).strip() else escape(cls.words(obj)))
        return f"{cls.open_tag(obj)}{inner}</a>" if cls.url(obj) else inner

    @classmethod
    def open_tag(cls, obj: models.Model) -> SafeString:
        attributes = {"class": cls.css_class, "href": cls.url(obj), "title": cls.description(obj)}
        given = [format_html(' {}="{}"', name, value) for name, value in attributes.items() if value]
        return mark_safe(f"<a{''.join(given)}>")  # noqa: S308 (escaped above)

    @classmethod
    def wrap(cls, obj: models.Model, inner: str) -> str:
        """The words, which are safe markup, with what stands around them inside the link."""
        return inner

    @classmethod
    def words(cls, obj: models.Model) -> str:
        """What a link without words of its own says."""
        return name_of(obj)

    @classmethod
    def description(cls, obj: models.Model) -> str:
        """What assistive technology and a mouse pointer say beside the words."""
        return ""

    @classmethod
    def label(cls, obj: models.Model) -> str:
        """What an editor is told that the link points to."""
        return cls.words(obj)

    @classmethod
    def url(cls, obj: models.Model) -> str | None:
        """The address for the language that addresses are made for; None if the object has no page."""
        return obj.url


class PageLinkHandler(ObjectLinkHandler):
    """Wagtail's page links, from what is preloaded for the page being rendered."""

    identifier = "page"

    @staticmethod
    def get_model() -> type[models.Model]:
        return BasePage


class DocumentLinkHandler(ObjectLinkHandler):
    identifier = "document"

    @staticmethod
    def get_model() -> type[models.Model]:
        return get_document_model()


def render(html: str) -> SafeString:
    """Stored rich text as HTML in the language being read.

    Inside of `preloaded` no link asks the database; outside, one query for each kind of link.
    """
    return mark_safe(expand_db_html(_expand_links(html)))  # noqa: S308 (stored rich text was cleaned when it was saved)


def _expand_links(html: str) -> str:
    groups: dict[type[ObjectLinkHandler], list[Link]] = defaultdict(list)
    handlers = features.get_link_types()
    for link in _links(html):
        handler = handlers.get(link.attrs.get("linktype"))
        if isinstance(handler, type) and issubclass(handler, ObjectLinkHandler):
            groups[handler].append(link)
    expanded: dict[int, tuple[int, str]] = {}
    for handler, links in groups.items():
        objects = handler.get_many([link.attrs for link in links])
        expanded |= {
            link.start: (link.end, handler.expand(obj, link.words)) for link, obj in zip(links, objects, strict=True)
        }
    return _replaced(html, expanded)


def _links(html: str) -> Iterator[Link]:
    """Each link with its end tag. An opening tag without one is left alone."""
    opened: re.Match | None = None
    for tag in _TAG.finditer(html):
        if tag[1] is not None:
            opened = tag
        elif opened:
            yield Link(opened.start(), tag.end(), extract_attrs(opened[1]), html[opened.end() : tag.start()])
            opened = None


def _replaced(html: str, pieces: dict[int, tuple[int, str]]) -> str:
    """`html` with the text from each start to its end replaced."""
    done, cursor = [], 0
    for start in sorted(pieces):
        end, text = pieces[start]
        done += [html[cursor:start], text]
        cursor = end
    return "".join([*done, html[cursor:]])
