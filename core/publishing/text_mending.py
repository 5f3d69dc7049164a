"""Texts that were stored before they were cleaned on every way in (core/typed_text.py, core/typed_markup.py)."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from django.apps import apps
from django.db import models
from wagtail.blocks import StreamValue
from wagtail.contrib.redirects.models import Redirect
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Revision

from ..languages import SOURCE, column, translated_fields
from ..models import BasePage
from ..text.cleaning import clean_json
from ..text.links import is_plain
from ..typed_markup import cleaned, cleaned_blocks
from .acts import Kind, note
from .mending import Flaw, mender


# Made from other rows, or what once was: a revision is cleaned when somebody takes it up again.
LEFT_ALONE = {"contenttypes", "sessions", "modelsearch", "wagtailsearch"}
Texts = dict[str, Any]  # of one row, by the names of the fields
Clean = Callable[[models.Field, Any], Any]


@mender("characters", is_safe=True)
def find_hidden_characters() -> Iterator[Flaw]:
    """Texts with control characters, or with invisible ones that part words for every search."""
    texts = models.CharField | models.TextField | models.JSONField | StreamField
    yield from _to_be_cleaned(texts, _without_hidden, "hidden characters", "take them away")


@mender("markup", is_safe=True)
def find_strange_markup() -> Iterator[Flaw]:
    """Rich texts with what the editor does not make: scripts, attributes, tags in no order, links to //host."""
    what = "markup that the editor does not make"
    yield from _to_be_cleaned(RichTextField | StreamField, _as_edited, what, "store what readers see of it")


@mender("redirects")
def find_strange_redirects() -> Iterator[Flaw]:
    """Redirects to an address that leads elsewhere than it says: they lead nowhere now."""
    for redirect in Redirect.objects.exclude(redirect_link="").order_by("pk"):
        if not is_plain(redirect.redirect_link):
            found = f"leads to {redirect.redirect_link!r}"
            yield Flaw(f"redirect {redirect.pk} ({redirect.old_path})", found, "delete it, or give it a whole address")


def _without_hidden(field: models.Field, text: Any) -> Any:
    return field.to_python(text) if isinstance(field, models.CharField | models.TextField) else clean_json(text)


def _as_edited(field: models.Field, text: Any) -> Any:
    if isinstance(field, StreamField):
        return cleaned_blocks(field.stream_block, text)
    return cleaned(text) if text else text


def _to_be_cleaned(kinds: Any, clean: Clean, what: str, remedy: str) -> Iterator[Flaw]:
    for model, fields in _models_with(kinds):
        for key, texts in _rows(model, fields):
            kept = {field.name: clean(field, texts[field.name]) for field in fields}
            if wrong := {name: text for name, text in kept.items() if text != texts[name]}:
                found = f"{what} in {', '.join(sorted(wrong))}"
                yield Flaw(f"{model._meta.label} {key}", found, remedy, partial(_store_again, model, key, wrong))


def _models_with(kinds: Any) -> Iterator[tuple[type[models.Model], list[models.Field]]]:
    """Each model with the fields that are its own: those of a page are in two tables."""
    for model in apps.get_models():
        fields = [field for field in model._meta.local_concrete_fields if isinstance(field, kinds)]
        if fields and model is not Revision and model._meta.app_label not in LEFT_ALONE and model._meta.managed:
            yield model, fields


def _rows(model: type[models.Model], fields: list[models.Field]) -> Iterator[tuple[Any, Texts]]:
    """Without modeltranslation, which gives a field its text in another language where it has none."""
    names = [field.name for field in fields]
    for key, *texts in models.QuerySet(model).order_by("pk").values_list("pk", *names).iterator(chunk_size=500):
        yield key, {name: _stored(text) for name, text in zip(names, texts, strict=True)}


def _stored(value: Any) -> Any:
    return list(value.raw_data) if isinstance(value, StreamValue) else value


def _store_again(model: type[models.Model], key: Any, texts: Texts) -> None:
    """As an editor would, so that whatever follows from a text follows: the index, the translators' memo."""
    obj = models.QuerySet(model).get(pk=key)
    obj = obj.specific if isinstance(obj, BasePage) else obj
    shown = set(translated_fields(model))  # read and written through the column of Chinese
    for name in set(texts) - shown:
        setattr(obj, name, texts[name])
    options = {"clean": False} if isinstance(obj, BasePage) else {}
    obj.save(update_fields={*texts, *(name for name in shown if column(name, SOURCE) in texts)}, **options)
    note(Kind.SAVE, obj)
