"""Translated fields that say when they fall back to the source language.

modeltranslation gives the Chinese of a field that the language being read lacks, and nobody can tell any more. Here it
comes as a `FallbackText`, which is marked as Chinese wherever a page shows it (docs/adr/0014).
"""

from typing import Any

from django.db import models
from modeltranslation.fields import TranslationFieldDescriptor
from modeltranslation.translator import translator

from .languages import SOURCE, column, content_language
from .text.fallback import in_source


class FallbackDescriptor(TranslationFieldDescriptor):
    """Reads a field as modeltranslation does; a text of another language than the one being read knows that it is."""

    def __get__(self, instance: models.Model | None, owner: type[models.Model]) -> Any:
        value = super().__get__(instance, owner)
        code = content_language()
        if code == SOURCE or type(value) is not str or not value:
            return value
        return value if getattr(instance, column(self.field.name, code)) else in_source(value)


def install() -> None:
    """Put these descriptors in the place of modeltranslation's own."""
    for model in translator.get_registered_models():
        for name, descriptor in list(vars(model).items()):
            if type(descriptor) is TranslationFieldDescriptor:
                setattr(model, name, _ours(descriptor))


def _ours(stock: TranslationFieldDescriptor) -> FallbackDescriptor:
    return FallbackDescriptor(
        stock.field,
        fallback_languages=stock.fallback_languages,
        fallback_value=stock.fallback_value,
        fallback_undefined=stock.fallback_undefined,
    )
