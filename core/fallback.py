"""Translated fields that say when they fall back to the source language.

modeltranslation gives the Chinese of a field that the language being read lacks, and nobody can tell any more. Here it
comes as a `FallbackText`, which is marked as Chinese wherever a page shows it (docs/adr/0014).
"""

from functools import cached_property
from typing import Any

from django.db import models
from modeltranslation.fields import NONE, TranslationFieldDescriptor
from modeltranslation.translator import translator

from .languages import SOURCE, column, content_language
from .text.fallback import in_source


class FallbackDescriptor(TranslationFieldDescriptor):
    """Reads a field as modeltranslation does; a text of another language than the one being read knows that it is.

    A page reads hundreds: what is there in the language being read is taken from its column without further questions.
    """

    @cached_property
    def undefined(self) -> Any:
        """What counts as no text: the field's default, unless the field says otherwise."""
        return self.field.get_default() if self.fallback_undefined is NONE else self.fallback_undefined

    def __get__(self, instance: models.Model | None, owner: type[models.Model]) -> Any:
        code = content_language()
        own = instance.__dict__.get(column(self.field.name, code)) if instance is not None else None
        if type(own) is str and own and own != self.undefined:
            return own
        value = super().__get__(instance, owner)
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
