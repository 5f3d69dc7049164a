"""Texts that were stored before they were cleaned on every way in (core/typed_text.py)."""

from collections.abc import Iterator
from functools import partial
from typing import Any

from django.apps import apps
from django.db import models
from wagtail.blocks import StreamValue
from wagtail.fields import StreamField
from wagtail.models import Revision

from ..languages import SOURCE, column, translated_fields
from ..models import BasePage
from ..text.cleaning import clean_json
from .mending import Flaw, mender


# Made from other rows, or what once was: a revision is cleaned when somebody takes it up again.
LEFT_ALONE = {"contenttypes", "sessions", "modelsearch", "wagtailsearch"}
Texts = dict[str, Any]  # of one row, by the names of the fields


@mender("characters", is_safe=True)
def find_hidden_characters() -> Iterator[Flaw]:
    """Texts with control characters, or with invisible ones that part words for every search."""
    for model, names in _models_with_text():
        for key, texts in _rows(model, names):
            if wrong := {name: text for name, text in texts.items() if _cleaned(model, name, text) != text}:
                found = f"hidden characters in {', '.join(sorted(wrong))}"
                yield Flaw(
                    f"{model._meta.label} {key}", found, "take them away", partial(_store_again, model, key, wrong)
                )


def _models_with_text() -> Iterator[tuple[type[models.Model], list[str]]]:
    """Each model with the fields that are its own: those of a page are in two tables."""
    kinds = models.CharField | models.TextField | models.JSONField | StreamField
    for model in apps.get_models():
        names = [field.name for field in model._meta.local_concrete_fields if isinstance(field, kinds)]
        if names and model is not Revision and model._meta.app_label not in LEFT_ALONE and model._meta.managed:
            yield model, names


def _rows(model: type[models.Model], names: list[str]) -> Iterator[tuple[Any, Texts]]:
    """Without modeltranslation, which gives a field its text in another language where it has none."""
    rows = models.QuerySet(model).order_by("pk").values_list("pk", *names)
    for key, *texts in rows.iterator(chunk_size=500):
        yield key, {name: _stored(text) for name, text in zip(names, texts, strict=True)}


def _stored(value: Any) -> Any:
    return list(value.raw_data) if isinstance(value, StreamValue) else value


def _cleaned(model: type[models.Model], name: str, text: Any) -> Any:
    field = model._meta.get_field(name)
    return (
        field.to_python(text) if isinstance(text, str) and not isinstance(field, models.JSONField) else clean_json(text)
    )


def _store_again(model: type[models.Model], key: Any, wrong: Texts) -> None:
    """As an editor would, so that whatever follows from a text follows: the index, the translators' memo."""
    obj = models.QuerySet(model).get(pk=key)
    obj = obj.specific if isinstance(obj, BasePage) else obj
    shown = set(translated_fields(model))  # read and written through the column of Chinese
    for name in set(wrong) - shown:
        setattr(obj, name, _cleaned(model, name, wrong[name]))
    options = {"clean": False} if isinstance(obj, BasePage) else {}
    obj.save(update_fields={*wrong, *(name for name in shown if column(name, SOURCE) in wrong)}, **options)
