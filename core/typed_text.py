"""Every way in for a text, cleaned in one place for all models and forms (core/text/cleaning.py says how).

Django reads all that is typed with `forms.CharField.to_python`, blocks of a body included, and makes all that is
stored or looked for with the `to_python` and `get_prep_value` of three kinds of model fields. So whatever the way is
(a form, an import, a command, `update`, `bulk_create`), nothing else can be stored. `core.E007` (core/checks.py) names
a field of ours that does not do so.
"""

from collections.abc import Callable
from typing import Any

from django import forms
from django.db import models
from wagtail.fields import StreamField

from .text.cleaning import clean, clean_json


def install() -> None:
    """Once, before anything is read."""
    _clean_what_is_typed()
    for kind, multiline in ((models.CharField, False), (models.TextField, True)):
        _clean_what_is_stored(kind, multiline)
    for kind in (models.JSONField, StreamField):
        _clean_json(kind)


def _clean_what_is_typed() -> None:
    """Forms clean before they ask for a length or whether anything is there. Passwords are what they are."""
    stock = forms.CharField.to_python

    def to_python(field: forms.CharField, value: Any) -> Any:
        if isinstance(value, str) and not isinstance(field.widget, forms.PasswordInput):
            value = clean(value, multiline=isinstance(field.widget, forms.Textarea))
        return stock(field, value)

    forms.CharField.to_python = to_python


def _clean_what_is_stored(kind: type[models.Field], multiline: bool) -> None:
    """Both kinds make the value of a query by `to_python`, as validation does; reading from the database does not."""
    stock: Callable[[models.Field, Any], Any] = kind.to_python

    def to_python(field: models.Field, value: Any) -> Any:
        found = stock(field, value)
        return clean(found, multiline=multiline) if isinstance(found, str) else found

    kind.to_python = to_python


def _clean_json(kind: type[models.Field]) -> None:
    stock: Callable[[models.Field, Any], Any] = kind.get_prep_value

    def get_prep_value(field: models.Field, value: Any) -> Any:
        return clean_json(stock(field, value))

    kind.get_prep_value = get_prep_value
