"""Rich text as the public page shows it.

Wagtail's rewriter replaces a link's opening tag and leaves its words. Ours decide about the whole link: a link to
something that is gone is its words alone, and a link without words gets the words of what it points to. A translator's
words for a figure are marked with what it said when they were checked (`says`); if it says something else now, the
link gets the figure's own words again, so no reader sees a number that was corrected. So `render` takes each link
together with its words (`ObjectLinkHandler.expand`) and gives the rest to Wagtail. Wagtail's own `richtext` filter still
works: it shows the same links, without these rules.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from typing import NamedTuple

from django.db import models
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe
from wagtail.documents import get_document_model
from wagtail.rich_text import expand_db_html, features

from ..languages import content_language, reading
from ..models import BasePage
from ..text.markup import SAYS
from ..text.tags import Piece, pieces, plain
from ..typed_markup import cleaned
from .preloading import PreloadedLinkHandler
from .told_times import day_told_from, with_times


MOST = 512  # texts whose links each process remembers


@dataclass(frozen=True)
class Link:
    """A link of stored rich text: its tags, and the markup between them."""

    opening: Piece
    closing: Piece
    words: str

    @cached_property
    def attributes(self) -> dict[str, str]:
        return self.opening.attributes

    @cached_property
    def is_bare(self) -> bool:
        """Whether it has no words of its own."""
        return not plain(self.words).strip()

    @property
    def says(self) -> str:
        """What the thing said when the words were checked; '' if nobody has marked them."""
        return self.attributes.get(SAYS, "")

    def words_now(self, handler: type["ObjectLinkHandler"], obj: models.Model | None) -> str:
        """Its own words; '' if it has none, or if they were checked against something else than what is said now."""
        is_old = obj is not None and self.says and self.says != handler.stamp(obj)
        return "" if is_old or self.is_bare else self.words


class ObjectLinkHandler(PreloadedLinkHandler):
    """A link to an object of ours. Subclasses say its address, its name, and what surrounds the words."""

    css_class = ""

    @classmethod
    def expand(cls, obj: models.Model | None, words: str) -> str:
        """The whole link in the language being read; `words` is markup, '' if there are none, and so is the result."""
        if obj is None:
            return words
        url = cls.url(obj)
        inner = cls.wrap(obj, words or conditional_escape(cls.words(obj)))
        return f"{cls._tag_to(obj, url)}{inner}</a>" if url else inner

    @classmethod
    def open_tag(cls, obj: models.Model) -> SafeString:
        return cls._tag_to(obj, cls.url(obj))

    @classmethod
    def _tag_to(cls, obj: models.Model, url: str | None) -> SafeString:
        attributes = {"class": cls.css_class, "href": url, "title": cls.description(obj)}
        given = [f' {name}="{conditional_escape(value)}"' for name, value in attributes.items() if value]
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
    def stated(cls, obj: models.Model) -> str:
        """The number that it states, in Chinese with its unit: 8660个; '' if it states none."""
        return ""

    @classmethod
    def contradicts(cls, obj: models.Model, words: str) -> bool:
        """Whether Chinese words say another number than it states."""
        return False

    @classmethod
    def stamp(cls, obj: models.Model) -> str:
        """What it states in a few characters (core.text.markup), to tell whether it has changed since; '' if nothing."""
        return ""

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


class Parsed(NamedTuple):
    """Stored rich text, cleaned, and the links in it. `is_ours`: Wagtail has nothing to rewrite."""

    html: str
    links: tuple[Link, ...]
    is_ours: bool


@lru_cache(MOST)
def _parsed(html: str, code: str, day: date | None) -> Parsed:
    """`code` and `day`: in which language and from which day times are told, if they are to be marked."""
    text = with_times(cleaned(html), code, day) if day else cleaned(html)
    links = tuple(link for link in _links(text) if _handler_of(link))
    return Parsed(text, links, len(links) == text.count("<a") and "<embed" not in text)


def render(html: str) -> SafeString:
    """Stored rich text as HTML in the language being read.

    Inside of `preloaded` no link asks the database; outside, one query for each kind of link.
    """
    day = day_told_from()
    parsed = _parsed(html, content_language() if day else "", day)
    found = [(link, handler.expand(obj, link.words_now(handler, obj))) for link, handler, obj in _linked(parsed.links)]
    shown = _replaced(parsed.html, {link.opening.start: (link.closing.end, text) for link, text in found})
    return mark_safe(shown if parsed.is_ours else expand_db_html(shown))  # noqa: S308 (cleaned)


def with_words(html: str) -> str:
    """Stored rich text in which links without words have those of what they point to, in the language being read."""
    return all_with_words([(content_language(), html)])[0]


def all_with_words(texts: Sequence[tuple[str, str]]) -> list[str]:
    """As `with_words`, for many texts, each with its language: one query for each kind of link that has no words."""
    unsure = [
        (number, link)
        for number, (_code, html) in enumerate(texts)
        for link in _links(html)
        if link.is_bare or link.says
    ]
    numbers = {id(link): number for number, link in unsure}
    found: dict[int, dict[int, tuple[int, str]]] = defaultdict(dict)
    for link, handler, obj in _linked(link for _number, link in unsure):
        if obj and not link.words_now(handler, obj):
            number = numbers[id(link)]
            with reading(texts[number][0]):
                words = conditional_escape(handler.words(obj))
            found[number][link.opening.end] = link.closing.start, words
    return [_replaced(html, found[number]) for number, (_code, html) in enumerate(texts)]


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
    for link in links:
        if handler := _handler_of(link):
            groups[handler].append(link)
    for handler, of_kind in groups.items():
        objects = handler.get_many([link.attributes for link in of_kind])
        yield from ((link, handler, obj) for link, obj in zip(of_kind, objects, strict=True))


def _handler_of(link: Link) -> type[ObjectLinkHandler] | None:
    """None if it does not lead to an object of ours."""
    handler = features.get_link_types().get(link.attributes.get("linktype"))
    return handler if isinstance(handler, type) and issubclass(handler, ObjectLinkHandler) else None


def _replaced(html: str, texts: dict[int, tuple[int, str]]) -> str:
    """`html` with {start: (end, text)} instead of what stands from each start to its end."""
    done, cursor = [], 0
    for start in sorted(texts):
        end, text = texts[start]
        done += [html[cursor:start], text]
        cursor = end
    return "".join([*done, html[cursor:]])
