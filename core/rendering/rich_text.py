"""Rich text as the public page shows it.

Wagtail's rewriter replaces a link's opening tag and leaves its words. Ours decide about the whole link: a link to
something that is gone is its words alone, and a link without words gets the words of what it points to. So `render`
takes each link together with its words (`ObjectLinkHandler.expand`) and gives the rest to Wagtail. Wagtail's own
`richtext` filter still works: it shows the same links, without these two rules.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from django.db import models
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from wagtail.documents import get_document_model
from wagtail.rich_text import expand_db_html, features

from ..models import BasePage
from ..text.tags import Piece, pieces, plain
from ..typed_markup import cleaned
from .preloading import PreloadedLinkHandler


class Link(NamedTuple):
    """A link of stored rich text: its tags, and the markup between them."""

    opening: Piece
    closing: Piece
    words: str

    @property
    def is_bare(self) -> bool:
        """Whether it has no words of its own."""
        return not plain(self.words).strip()


class ObjectLinkHandler(PreloadedLinkHandler):
    """A link to an object of ours. Subclasses say its address, its name, and what surrounds the words."""

    css_class = ""

    @classmethod
    def expand(cls, obj: models.Model | None, words: str) -> str:
        """The whole link in the language being read; `words` is markup, and so is the result."""
        if obj is None:
            return words
        inner = cls.wrap(obj, words if plain(words).strip() else conditional_escape(cls.words(obj)))
        return f"{cls.open_tag(obj)}{inner}</a>" if cls.url(obj) else inner

    @classmethod
    def open_tag(cls, obj: models.Model) -> SafeString:
        attributes = {"class": cls.css_class, "href": cls.url(obj), "title": cls.description(obj)}
        given = [format_html(' {}="{}"', name, value) for name, value in attributes.items() if value]
        return mark_safe(f"<a{''.join(given)}>")  # noqa: S308 (escaped above)

    @classmethod
    def wrap(cls, obj: models.Model, inner: str) -> str:
        """The words, which are safe markup, with what surrounds them inside the link."""
        return inner

    @classmethod
    def words(cls, obj: models.Model) -> str:
        """What a link without words of its own says."""
        return str(obj)

    @classmethod
    def description(cls, obj: models.Model) -> str:
        """The title of the link, for assistive technology and mouse pointers."""
        return ""

    @classmethod
    def label(cls, obj: models.Model) -> str:
        """What the editor shows as the target of the link."""
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
    return mark_safe(expand_db_html(_expand_links(cleaned(html))))  # noqa: S308 (cleaned)


def with_words(html: str) -> str:
    """Stored rich text in which links without words have those of what they point to, in the language being read."""
    bare = (link for link in _links(html) if link.is_bare)
    found = [(link, handler.words(obj)) for link, handler, obj in _linked(bare) if obj]
    return _replaced(html, {link.opening.end: (link.closing.start, conditional_escape(words)) for link, words in found})


def _expand_links(html: str) -> str:
    found = [(link, handler.expand(obj, link.words)) for link, handler, obj in _linked(_links(html))]
    return _replaced(html, {link.opening.start: (link.closing.end, text) for link, text in found})


def _links(html: str) -> Iterator[Link]:
    """Each link with its end tag. An opening tag without one is left alone."""
    opening: Piece | None = None
    for piece in pieces(html):
        if piece.name == "a" and piece.is_start:
            opening = piece
        elif piece.name == "a" and opening:
            yield Link(opening, piece, html[opening.end : piece.start])
            opening = None


def _linked(links: Iterable[Link]) -> Iterator[tuple[Link, type[ObjectLinkHandler], models.Model | None]]:
    """The links to objects of ours with what they point to, None if it is gone: one query for each kind of link."""
    groups: dict[type[ObjectLinkHandler], list[Link]] = defaultdict(list)
    handlers = features.get_link_types()
    for link in links:
        handler = handlers.get(link.opening.attributes.get("linktype"))
        if isinstance(handler, type) and issubclass(handler, ObjectLinkHandler):
            groups[handler].append(link)
    for handler, of_kind in groups.items():
        objects = handler.get_many([link.opening.attributes for link in of_kind])
        yield from ((link, handler, obj) for link, obj in zip(of_kind, objects, strict=True))


def _replaced(html: str, texts: dict[int, tuple[int, str]]) -> str:
    """`html` with {start: (end, text)} instead of what stands from each start to its end."""
    done, cursor = [], 0
    for start in sorted(texts):
        end, text = texts[start]
        done += [html[cursor:start], text]
        cursor = end
    return "".join([*done, html[cursor:]])
