"""What is recorded: pages and snippets, by the model and key that an entry names."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.apps import apps
from django.db import models
from wagtail.models import DraftStateMixin
from wagtail.snippets.models import get_snippet_models

from core.languages import SOURCE, column, translated_fields
from core.models import BasePage
from core.publishing.canonical import embedded_hashes, hashes
from core.publishing.canonical_forms import Hashes
from core.queries.narrow import unread_columns

from .naming import Thing, thing_of


AT_ONCE = 200  # things that are read and hashed together
NAMES = ("title", "name", "label", "symbol", "text")


@cache
def recorded_models() -> tuple[type[models.Model], ...]:
    """Every page type, and every snippet with texts of its own."""
    pages = {model for model in apps.get_models() if issubclass(model, BasePage) and model is not BasePage}
    snippets = {
        model for model in get_snippet_models() if translated_fields(model) or issubclass(model, DraftStateMixin)
    }
    return tuple(sorted(pages | snippets, key=lambda model: model._meta.label_lower))


def is_recorded(model: type[models.Model]) -> bool:
    return model in recorded_models()


def live_rows(model: Any, keys: Any = None) -> models.QuerySet:
    """Those that readers can see, without their translations, which are no content of theirs; of these keys, or all."""
    rows = models.QuerySet(model).order_by("pk").defer(*unread_columns(model, (), frozenset()))
    rows = rows.filter(live=True) if issubclass(model, DraftStateMixin) else rows
    return rows if keys is None else rows.filter(pk__in=keys)


def in_chunks(rows: models.QuerySet) -> Iterator[list[models.Model]]:
    rest = rows
    while chunk := list(rest[:AT_ONCE]):
        yield chunk
        if len(chunk) < AT_ONCE:
            return
        rest = rows.filter(pk__gt=chunk[-1].pk)


@dataclass(frozen=True)
class Description:
    """Of a row: what an entry says of it, and the hashes of its content by all forms."""

    values: dict[str, Any]
    hashes: Hashes

    @property
    def thing(self) -> Thing:
        return Thing(self.values["model"], self.values["object_id"])


def described(objs: list[Any]) -> list[Description]:
    """Each of these rows, of one model."""
    return [
        Description(
            {
                "model": thing_of(obj).model,
                "object_id": obj.pk,
                "key": key_of(obj),
                "title": title_of(obj),
                "content_hash": content.newest,
                "form": content.form,
                "shown_hash": shown,
            },
            content,
        )
        for obj, content, shown in zip(objs, hashes(objs), embedded_hashes(objs), strict=True)
    ]


def key_of(obj: Any) -> str:
    return getattr(obj, "url_path", "") or getattr(obj, "key", "")


def title_of(obj: Any) -> str:
    """Its name in Chinese, without a query for what is beside it; of a figure, which has none, its key."""
    names = [getattr(obj, column(name, SOURCE)) for name in NAMES if name in translated_fields(type(obj))]
    return next(filter(None, names), "") or getattr(obj, "key", "") or str(obj.pk)
