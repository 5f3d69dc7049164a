"""All objects that a body refers to, loaded in one pass.

A body may hold forty links and choosers; asking for each would be forty queries. `preloaded(values)` walks
the stored JSON and the rich text once, loads what is referred to with one query per kind of object, and
keeps it while the block is rendered. Chooser blocks (`PreloadedChooserMixin`) and link handlers
(`PreloadedLinkHandler`) ask here first; outside of `preloaded` they simply query.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from typing import Any

from django.db import models
from wagtail import blocks
from wagtail.blocks.stream_block import StreamValue
from wagtail.models import AbstractPage
from wagtail.rich_text import LinkHandler, extract_references_from_rich_text

from ..keys import parse_key, parse_keys
from ..models import BasePage, PortalImage
from ..queries.prepared import prepared
from .pictures import with_renditions
from .remembering import RememberedChooserMixin
from .walking import walk


Loader = Callable[[set[int]], Iterable[models.Model]]
Reference = tuple[type[models.Model], str]

_preloaded: ContextVar[dict[Reference, models.Model] | None] = ContextVar("preloaded", default=None)
_loaders: dict[type[models.Model], Loader] = {}


def register_loader(model: type[models.Model], loader: Loader) -> None:
    """Say how objects of this model are loaded for a page: with everything that is shown of them."""
    _loaders[model] = loader


@prepared
def _pages(ids: Iterable[int]) -> models.QuerySet[BasePage]:
    return BasePage.objects.filter(pk__in=ids).readable().select_related("picture")


@prepared
def _pictures(ids: Iterable[int]) -> models.QuerySet[PortalImage]:
    return PortalImage.objects.filter(pk__in=ids)


@prepared
def _others(model: Any, ids: Iterable[int]) -> models.QuerySet:
    """Of a model that nobody has said more of."""
    return model._default_manager.filter(pk__in=ids)


register_loader(BasePage, _pages)
register_loader(PortalImage, _pictures)


def kind(model: type[models.Model]) -> type[models.Model]:
    """The model that objects are loaded as: every page type as the base page."""
    return BasePage if issubclass(model, AbstractPage) else model


def references(value: StreamValue) -> Iterator[Reference]:
    """(model, primary key) of everything a stream value refers to, read from its stored form."""
    for found in walk(value):
        if isinstance(found.block, blocks.ChooserBlock):
            yield kind(found.block.model_class), str(found.raw)
        elif isinstance(found.block, blocks.RichTextBlock):
            yield from _references_of(found.raw)


@lru_cache(512)
def _references_of(html: str) -> tuple[Reference, ...]:
    """What stored rich text refers to."""
    return tuple((kind(model), str(pk)) for model, pk, *_path in extract_references_from_rich_text(html))


@contextmanager
def preloaded(values: Iterable[StreamValue], objects: Iterable[models.Model] = ()) -> Iterator[None]:
    """Load everything that these stream values refer to; `objects` are loaded already."""
    found: dict[Reference, models.Model] = {(kind(type(o)), str(o.pk)): o for o in objects}
    wanted: dict[type[models.Model], set[str]] = defaultdict(set)
    for value in values:
        for model, pk in references(value):
            if (model, pk) not in found:
                wanted[model].add(pk)
    for model, ids in wanted.items():
        found.update({(model, str(o.pk)): o for o in _load(model, ids)})
    pictures = [o if isinstance(o, PortalImage) else getattr(o, "picture", None) for o in found.values()]
    with_renditions(pictures)
    token = _preloaded.set(found)
    try:
        yield
    finally:
        _preloaded.reset(token)


def get_many(model: type[models.Model], ids: Iterable[Any]) -> list[models.Model | None]:
    """The objects in the order of their ids; None for one that is gone or not live."""
    keys = [str(pk) for pk in ids]
    found = _preloaded.get()
    if found is None:
        found = {(kind(model), str(o.pk)): o for o in _load(kind(model), set(keys))}
    return [found.get((kind(model), key)) for key in keys]


def _load(model: type[models.Model], ids: set[str]) -> Iterable[models.Model]:
    """What is stored may be no key: rich text holds what an import put there."""
    keys = set(parse_keys(ids))
    if not keys:
        return []
    return _loaders[model](keys) if model in _loaders else _others(model, keys)


class PreloadedChooserMixin(RememberedChooserMixin):
    """A chooser block that takes its objects from what is preloaded for the page being rendered."""

    def bulk_to_python(self, values: list[Any]) -> list[models.Model | None]:
        return super().bulk_to_python(values) if _preloaded.get() is None else get_many(self.model_class, values)

    def to_python(self, value: Any) -> models.Model | None:
        if value is None or _preloaded.get() is None:
            return super().to_python(value)
        return get_many(self.model_class, [value])[0]


class PreloadedLinkHandler(LinkHandler):
    """A link type of ours in rich text; subclasses say which model it points to and what it becomes."""

    @classmethod
    def get_many(cls, attrs_list: list[dict]) -> list[models.Model | None]:
        return get_many(cls.get_model(), [attrs.get("id") for attrs in attrs_list])

    @classmethod
    def expand_db_attributes(cls, attrs: dict) -> str:
        return cls.expand_db_attributes_many([attrs])[0]

    @classmethod
    def expand_db_attributes_many(cls, attrs_list: list[dict]) -> list[str]:
        return [cls.open_tag(obj) if obj else "<a>" for obj in cls.get_many(attrs_list)]

    @classmethod
    def extract_references(cls, attrs: dict) -> Iterator[tuple[type[models.Model], str, str, str]]:
        if parse_key(attrs.get("id")) is not None:
            yield cls.get_model(), attrs["id"], "", ""

    @staticmethod
    def open_tag(obj: models.Model) -> str:
        """The opening tag for this object, already safe."""
        raise NotImplementedError
