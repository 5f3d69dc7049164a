"""Rules that nobody should have to remember: `manage.py check` fails when one is broken."""

from typing import Any

import modeltranslation.utils
from django.apps import apps
from django.conf import settings
from django.core.checks import CheckMessage, Error, register
from django.db import models
from modelcluster.fields import ParentalKey
from modeltranslation.translator import NotRegistered, translator
from wagtail.models import DraftStateMixin, RevisionMixin, get_page_models

from . import languages
from .files.documents import RULES
from .models import SourceRevisionsMixin
from .notices import kinds


@register
def check_content_language_hook(**_kwargs: Any) -> list[CheckMessage]:
    """modeltranslation must take its current language from us (D1)."""
    with languages.reading("en"):
        answers = modeltranslation.utils.get_language()
    if modeltranslation.utils._get_language is languages.content_language and answers == "en":
        return []
    return [
        Error(
            "modeltranslation does not ask core.languages for the current language.",
            hint="The private name modeltranslation.utils._get_language has moved: see core/languages.py.",
            id="core.E001",
        )
    ]


@register
def check_revisions_hold_the_source(**_kwargs: Any) -> list[CheckMessage]:
    """A translated model with revisions needs SourceRevisionsMixin before RevisionMixin (D2)."""
    return [
        Error(
            f"{model._meta.label} has revisions and translations but not SourceRevisionsMixin first.",
            obj=model,
            id="core.E002",
        )
        for model in apps.get_models()
        if issubclass(model, RevisionMixin) and languages.translated_fields(model) and not _mixin_first(model)
    ]


@register
def check_what_saves_by_itself_has_drafts(**_kwargs: Any) -> list[CheckMessage]:
    """Wagtail's forms of models with revisions save by themselves, every half second: into a draft, or into the live row."""
    return [
        Error(
            f"{model._meta.label} has revisions but no drafts: its form would publish while somebody types.",
            hint="Add DraftStateMixin before RevisionMixin, or do without revisions.",
            obj=model,
            id="core.E006",
        )
        for model in apps.get_models()
        if issubclass(model, RevisionMixin) and not issubclass(model, DraftStateMixin)
    ]


def _mixin_first(model: type[models.Model]) -> bool:
    order = model.__mro__
    return SourceRevisionsMixin in order and order.index(SourceRevisionsMixin) < order.index(RevisionMixin)


@register
def check_every_page_type_is_registered(**_kwargs: Any) -> list[CheckMessage]:
    """An unregistered page type silently discards `page.title = …` (D3)."""
    return [
        Error(f"{model._meta.label} is not registered with modeltranslation.", obj=model, id="core.E003")
        for model in get_page_models()
        if not _is_registered(model)
    ]


def _is_registered(model: type[models.Model]) -> bool:
    try:
        return translator.get_options_for_model(model).registered
    except NotRegistered:
        return False


@register
def check_child_rows_are_not_translated(**_kwargs: Any) -> list[CheckMessage]:
    """Rows of an InlinePanel live inside their page's revision, where translations would be lost (D2)."""
    return [
        Error(
            f"{model._meta.label} is a child row and translated: put its text into the body.", obj=model, id="core.E004"
        )
        for model in apps.get_models()
        if languages.translated_fields(model) and any(isinstance(f, ParentalKey) for f in model._meta.get_fields())
    ]


@register
def check_translated_streams_are_content_fields(**_kwargs: Any) -> list[CheckMessage]:
    """References are the source's only: each language's own column must yield none (D12)."""
    return [
        Error(f"{model._meta.label}.{name} counts references twice.", obj=model, id="core.E005")
        for model in apps.get_models()
        for name in languages.target_columns(model)
        if _yields_references(model._meta.get_field(name))
    ]


def _yields_references(field: models.Field) -> bool:
    return hasattr(field, "extract_references") and "extract_references" not in vars(field)


@register
def check_every_kind_of_document_has_a_rule(**_kwargs: Any) -> list[CheckMessage]:
    """A document is refused if its content is not what its name says; without a rule nobody could upload that kind."""
    return [
        Error(f"core.files.documents has no rule for .{ending} (WAGTAILDOCS_EXTENSIONS).", id="core.E006")
        for ending in settings.WAGTAILDOCS_EXTENSIONS
        if ending not in RULES
    ]


@register
def check_every_kind_of_notice_can_be_read(**_kwargs: Any) -> list[CheckMessage]:
    """A notice is written when somebody reads it: by then it is too late to learn that its kind has no words for it."""
    return [
        Error(f"The kind of notice {kind.id}: {problem}.", hint="See core/notices/kinds.py.", id="core.E008")
        for kind in kinds.all_kinds()
        for problem in kinds.problems(kind)
    ]


TYPED = "a\u200b\x0bb"
TEXTUAL = {"CharField", "TextField", "SlugField", "JSONField", "FilePathField"}


@register
def check_every_text_is_cleaned(**_kwargs: Any) -> list[CheckMessage]:
    """What is typed loses control and invisible characters on its way into any text of ours (core/typed_text.py)."""
    ours = {config.name for config in apps.get_app_configs() if (settings.BASE_DIR / config.name).is_dir()}
    return [
        Error(
            f"{model._meta.label}.{field.name} stores control characters and invisible ones as they are typed.",
            hint="Its class goes its own way past core.typed_text: let get_prep_value clean as core.text.cleaning does.",
            obj=model,
            id="core.E007",
        )
        for model in apps.get_models()
        if model._meta.app_label in ours
        for field in model._meta.local_concrete_fields
        if field.get_internal_type() in TEXTUAL and TYPED in str(field.get_prep_value(TYPED))
    ]
