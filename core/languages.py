"""Which language is read and written now.

Three things that stock Django mixes are kept apart here (docs/adr/0003):

* the *interface* language, Django's own: an editor's admin may be English;
* the *content* language: which column `page.title` reads and writes. It is the source language
  everywhere but inside `reading()`, so a slip shows Chinese and never corrupts a translation;
* the *address* language: which prefix a page's URL gets, set once per public request.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from typing import Any

import modeltranslation.utils
from django.conf import settings
from django.db import models
from django.utils import translation
from modeltranslation.translator import NotRegistered, translator
from modeltranslation.utils import build_localized_fieldname

from . import cldr


SOURCE: str = settings.MODELTRANSLATION_DEFAULT_LANGUAGE
PROVISIONED: list[str] = [code for code, _name in settings.LANGUAGES]
TARGETS: list[str] = [code for code in PROVISIONED if code != SOURCE]
TAGS = {code: cldr.tag(code) for code in PROVISIONED}  # of BCP 47, for the `lang` attribute

_content: ContextVar[str] = ContextVar("content_language", default=SOURCE)
_address: ContextVar[str] = ContextVar("address_language", default=SOURCE)


def content_language() -> str:
    """The language whose columns are read and written now."""
    return _content.get()


def address_language() -> str:
    """The language that page URLs are made for now."""
    return _address.get()


def install() -> None:
    """Make modeltranslation ask us, not Django, for the current language (D1).

    `modeltranslation.utils.get_language` resolves this module global at each call, so one assignment
    covers fields, managers and the translator. A system check fails if the name has moved.
    """
    modeltranslation.utils._get_language = content_language


@contextmanager
def reading(code: str, *, address: bool = False) -> Iterator[None]:
    """Read content and speak in `code`; with `address`, make URLs for it as well.

    Raises ValueError if the language has no columns.
    """
    if code not in PROVISIONED:
        raise ValueError(f"{code!r} is not a provisioned language")
    content_token = _content.set(code)
    address_token = _address.set(code if address else _address.get())
    try:
        with translation.override(code):
            yield
    finally:
        _address.reset(address_token)
        _content.reset(content_token)


@contextmanager
def source_columns() -> Iterator[None]:
    """Read and write the source columns, leaving the interface language alone."""
    token = _content.set(SOURCE)
    try:
        yield
    finally:
        _content.reset(token)


def direction(code: str) -> str:
    """'rtl' or 'ltr', for the `dir` attribute."""
    return "rtl" if cldr.is_right_to_left(code) else "ltr"


@cache
def column(name: str, code: str) -> str:
    """The column that holds field `name` in language `code`: ('title', 'zh-hant') -> 'title_zh_hant'."""
    return build_localized_fieldname(name, code)


def translated_fields(model: type[models.Model]) -> list[str]:
    """Names of the model's translated fields in the model's own order; empty if it has none."""
    key: Any = model
    try:
        return list(_registered_fields(key))
    except NotRegistered:
        return []


@cache
def _registered_fields(model: type[models.Model]) -> tuple[str, ...]:
    """Raises NotRegistered, which is not kept: models are registered after they are made."""
    registered = translator.get_options_for_model(model).all_fields  # in no order of its own
    return tuple(field.name for field in model._meta.fields if field.name in registered)


def target_columns(model: type[models.Model]) -> list[str]:
    """Every column of the model that holds a translation: all languages but the source."""
    return [column(name, code) for name in translated_fields(model) for code in TARGETS]
