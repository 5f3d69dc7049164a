"""What a language of the settings has here, and what it still lacks: every page works without it, but not as well.

Each of these has a fallback (`core.cldr`, signs, digits), so nothing is blocked: `manage.py check` warns, and the desk
says what concerns translators.
"""

import pkgutil
from collections.abc import Iterator
from enum import StrEnum
from functools import cache
from importlib import import_module
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.checks import CheckMessage, Warning, register
from django.db.migrations.operations import AddField, CreateModel
from django.utils.translation import gettext as _
from django.utils.translation import to_locale

from core import cldr
from core.languages import PROVISIONED, SOURCE, column, translated_fields
from core.metadata.head import LOCALES
from core.numbers import LANGUAGES as WITH_HEDGES

from .checks.numbers import has_grammar


MSGIDS = "en"  # the language of the messages in the code needs no catalogue


class Lack(StrEnum):
    """What a language may lack; the value is for operators."""

    COLUMNS = "columns in the database: run makemigrations and migrate"
    CATALOGUE = "a catalogue of the interface's texts in locale/: run `make messages`"
    COUNTRY = "Open Graph's name of it in core/metadata/head.py: CLDR knows no country that writes it"
    HEDGES = (
        "its words for more than, about and nearly in core/numbers/writing.py: figures have the signs > ≈ < instead"
    )
    NUMBERS = "a grammar of its numbers in languages/checks/numbers/: numbers are only compared as digits"


def lacks(code: str) -> list[Lack]:
    """What a language lacks, in the order in which it is mended. The source needs a catalogue and its columns only."""
    return list(_lacks(code))


def _lacks(code: str) -> Iterator[Lack]:
    if not _is_migrated(code):
        yield Lack.COLUMNS
    if code != MSGIDS and not _has_catalogue(code):
        yield Lack.CATALOGUE
    if code not in LOCALES and "_" not in cldr.language_and_territory(code):
        yield Lack.COUNTRY
    if code not in WITH_HEDGES:
        yield Lack.HEDGES
    if code != SOURCE and not has_grammar(code):
        yield Lack.NUMBERS


def notes(code: str) -> list[str]:
    """What translators into the language should know of this."""
    found = []
    if not has_grammar(code):
        found.append(_("Numbers are only compared as digits."))
    if code not in WITH_HEDGES:
        found.append(_("Figures have the signs > ≈ < for more than, about and nearly."))
    return found


def _has_catalogue(code: str) -> bool:
    return any((folder / to_locale(code) / "LC_MESSAGES" / "django.po").exists() for folder in settings.LOCALE_PATHS)


def _is_migrated(code: str) -> bool:
    """Whether the migrations make any column of the language. A single one that is new is makemigrations' affair."""
    columns = {
        (model._meta.app_label, column(name, code)) for model in apps.get_models() for name in translated_fields(model)
    }
    return bool(columns & _migrated())


@cache
def _migrated() -> set[tuple[str, str]]:
    """(app, field) of all that the migrations of translated models make."""
    labels = {model._meta.app_label for model in apps.get_models() if translated_fields(model)}
    return {(label, name) for label in labels for name in _fields_of(label)}


def _fields_of(label: str) -> Iterator[str]:
    package = import_module(f"{apps.get_app_config(label).name}.migrations")
    for module in pkgutil.iter_modules(package.__path__):
        migration = getattr(import_module(f"{package.__name__}.{module.name}"), "Migration", None)
        for operation in getattr(migration, "operations", ()):
            if isinstance(operation, CreateModel):
                yield from (name for name, _field in operation.fields)
            elif isinstance(operation, AddField):
                yield operation.name


@register
def check_languages_are_complete(**_kwargs: Any) -> list[CheckMessage]:
    """One warning for each language that lacks something. What is meant to stay so is silenced by its id."""
    names = dict(settings.LANGUAGES)
    return [
        Warning(
            f"{names[code]} ({code}) lacks:" + "".join(f"\n  - {lack}" for lack in found),
            hint="docs/operations.md, Adding a tenth language. If it is to stay so, add the id to SILENCED_SYSTEM_CHECKS.",
            id=f"languages.W001.{code}",
        )
        for code in PROVISIONED
        if (found := lacks(code))
    ]
