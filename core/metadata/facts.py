"""What search engines and other programs are told about each page: the facts behind its meta tags, structured data,
feeds and site maps.

core knows no page type. A page type or a view hands over a `Subject`; each app describes its subjects in its own
`metadata.py`, with the decorators below. A subject without a describer is described by what every page has.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils import timezone

from ..languages import TAGS
from ..models import BasePage
from .json_ld import Node, web_page
from .subject import Feed, Subject


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What is known of the page being shown, in the language that it is shown in. What is empty is left out."""

    title: str = ""
    description: str = ""
    kind: str = "website"  # as Open Graph calls it
    picture_alt: str = ""
    published: datetime | None = None
    modified: datetime | None = None
    authors: tuple[str, ...] = ()
    source: str = ""
    keywords: tuple[str, ...] = ()
    column_keywords: tuple[str, ...] = ()  # of a list, where what is in it says more than its column does
    is_article: bool = False
    nodes: tuple[Node, ...] = ()


@dataclass(frozen=True)
class Shown:
    """Where and how a subject is being shown: what describers need besides it."""

    request: HttpRequest
    language: str
    url: str
    base: str
    publisher: Node
    image: Node = field(default_factory=dict)

    @property
    def tag(self) -> str:
        return TAGS[self.language]

    def absolute(self, path: str) -> str:
        return self.request.build_absolute_uri(path)


@dataclass(frozen=True)
class Column:
    """栏目: what portals in China say of a list.

    `type` is one of the kinds of content of the guideline for government sites (国办发 2017 年 47 号): it is printed
    on sites that have a government's site code, and on no others.
    """

    type: str = ""
    keywords: Callable[[], Iterable[Any]] = tuple  # in the language being read


Describer = Callable[[Any, Shown], Facts]
Feeds = Callable[[Any], list[Feed]]
Groups = Callable[[Any, BasePage, str], Iterable[tuple[str, Iterable[tuple[str, str]]]]]

_describers: dict[type[Subject], Describer] = {}
_feeds: dict[type[models.Model], Feeds] = {}
_groups: dict[type[models.Model], Groups] = {}
_columns: dict[type[models.Model], Column] = {}


def describes(subject_type: type[Subject]) -> Callable[[Describer], Describer]:
    """Decorate the function that says what is known of these subjects: `(subject, shown) -> Facts`."""

    def register(function: Describer) -> Describer:
        _describers[subject_type] = function
        return function

    return register


def feeds_of(*page_types: type[BasePage]) -> Callable[[Feeds], Feeds]:
    """Decorate the function that names the feeds of these page types: `page -> [(title, path)]`."""

    def register(function: Feeds) -> Feeds:
        _feeds.update(dict.fromkeys(page_types, function))
        return function

    return register


def listed(*page_types: type[BasePage]) -> Callable[[Groups], Groups]:
    """Decorate the function that lists what is below a section: `(section, home, language) -> [(heading, [(name, path)])]`."""

    def register(function: Groups) -> Groups:
        _groups.update(dict.fromkeys(page_types, function))
        return function

    return register


def register_column(page_type: type[BasePage], column: Column) -> None:
    _columns[page_type] = column


def column_of(section: BasePage) -> Column:
    return _columns.get(section.specific_class, Column())


def feeds(page: BasePage) -> list[Feed]:
    """(title, path) of the feeds of a page."""
    named = _feeds.get(page.specific_class)
    return named(page) if named else []


def groups(section: BasePage, home: BasePage, language: str) -> list[tuple[str, list[tuple[str, str]]]]:
    """(heading, [(name, path)]) of what is below a section, for the site map that people read."""
    named = _groups.get(section.specific_class)
    return [(heading, list(links)) for heading, links in named(section, home, language)] if named else []


def facts_of(subject: Subject, shown: Shown) -> Facts:
    """What is known of a subject: by its own describer, completed by what every page has; nothing without a page."""
    if subject.page is None:
        return Facts()
    plain = _plain(subject.page, shown)
    describer = _describers.get(type(subject))
    if describer is None:
        return plain
    own = describer(subject, shown)
    names = ("title", "description", "modified", "nodes")
    return replace(own, **{name: getattr(own, name) or getattr(plain, name) for name in names})


def _plain(page: BasePage, shown: Shown) -> Facts:
    title = page.seo_title or page.title or ""
    kind = "CollectionPage" if type(page) in _columns else "WebPage"
    return Facts(
        title=title,
        description=page.search_description or page.standfirst or "",
        modified=page.last_published_at,
        nodes=(web_page(url=shown.url, name=title, language=shown.tag, description=page.standfirst, kind=kind),),
    )


def chinese_minute(moment: datetime) -> str:
    """2026-07-19 07:16, as portals in China write it, in their time."""
    return timezone.localtime(moment).strftime("%Y-%m-%d %H:%M")
