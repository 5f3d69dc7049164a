"""What the desk does when originals are published, saved, moved, unpublished and deleted."""

from typing import Any

from django.core.cache import cache
from django.db import models
from django.db.models.signals import post_delete, post_save
from wagtail.signals import post_page_move, unpublished

from core.languages import SOURCE, TARGETS, column, translated_fields
from core.models import BasePage, Language, PortalSettings
from core.publishing.announcement import Step, source_published

from .conversion import LANGUAGE, forget, has_names, is_special
from .desk import telling
from .desk.events import sent_back
from .desk.originals import original_of
from .desk.unit_findings import glossary_key
from .models import Original, Phrase, Term, TermTarget, Unit
from .publishing.follow import follow_source
from .publishing.token_words import recheck
from .reconversion import rewrite


def connect() -> None:
    source_published.connect(on_source_published, Step.DESK, dispatch_uid="languages.published")
    unpublished.connect(on_unpublished, dispatch_uid="languages.unpublished")
    post_delete.connect(on_deleted, dispatch_uid="languages.deleted")
    post_page_move.connect(on_moved, dispatch_uid="languages.moved")
    for signal in (post_save, post_delete):
        signal.connect(on_phrase, sender=Phrase, dispatch_uid=f"languages.phrase.{signal}")
    post_save.connect(on_portal_settings, sender=PortalSettings, dispatch_uid="languages.portal_settings")
    source_published.connect(on_name_published, Step.LINKS, dispatch_uid="languages.name")
    source_published.connect(after_name_published, Step.OTHERS, dispatch_uid="languages.name_written")
    post_delete.connect(on_name_gone, dispatch_uid="languages.name_gone")
    source_published.connect(on_figure_published, Step.OTHERS, dispatch_uid="languages.figure")
    post_save.connect(on_unit, sender=Unit, dispatch_uid="languages.unit")
    sent_back.connect(on_sent_back, dispatch_uid="languages.sent_back")
    for model in (Term, TermTarget):
        for signal in (post_save, post_delete):
            signal.connect(on_term, sender=model, dispatch_uid=f"languages.term.{model.__name__}.{signal}")


def on_source_published(sender: type[models.Model], instance: Any, **_kwargs: Any) -> None:
    if translated_fields(sender) and not getattr(instance, "alias_of_id", None):
        follow_source(instance, original_of(instance))


def on_unpublished(sender: type[models.Model], instance: Any, **_kwargs: Any) -> None:
    Original.objects.for_object(getattr(instance, "specific", instance)).update(is_live=False)


def on_deleted(sender: type[models.Model], instance: Any, **_kwargs: Any) -> None:
    if translated_fields(sender):
        Original.objects.for_object(instance).update(is_gone=True, released=None)


def on_moved(sender: type[models.Model], **_kwargs: Any) -> None:
    """The pages below it move with it, and its siblings may: each Original records its place."""
    here = BasePage.objects.filter(pk=models.OuterRef("object_id"))
    originals = Original.objects.exclude(path="").filter(models.Exists(here), is_gone=False)
    originals.update(path=models.Subquery(here.values("path")[:1]))


def on_phrase(instance: Phrase, **_kwargs: Any) -> None:
    forget()
    for words in {instance.simplified, getattr(instance, "before", "")} - {""}:
        rewrite(words)


def on_portal_settings(instance: PortalSettings, **_kwargs: Any) -> None:
    """Other characters were chosen: everything is written again."""
    if instance.is_rewritten:
        forget()
        rewrite("")


def on_name_published(sender: type[models.Model], **_kwargs: Any) -> None:
    """A name of the site is a phrase by itself: before anything is written that has it."""
    if has_names(sender):
        forget()


def after_name_published(sender: type[models.Model], instance: Any, **_kwargs: Any) -> None:
    """Texts that have the name follow, if it is written otherwise than its characters one by one."""
    for field in getattr(sender, "proper_names", ()):
        name = getattr(instance, column(field, SOURCE)) or ""
        if is_special(name):
            rewrite(name)


def on_figure_published(sender: type[models.Model], instance: Any, **_kwargs: Any) -> None:
    recheck(instance)


def on_name_gone(sender: type[models.Model], **_kwargs: Any) -> None:
    if has_names(sender):
        forget()


def on_unit(instance: Unit, raw: bool = False, **_kwargs: Any) -> None:
    """A name was corrected: it is written so wherever it stands."""
    if raw or instance.language != LANGUAGE:
        return
    if instance.path in getattr(instance.original.model, "proper_names", ()):
        forget()
        rewrite(instance.source_text)


def on_sent_back(
    original: Original, language: Language, units: list[Unit], by: models.Model, reason: str, **_kwargs: Any
) -> None:
    telling.sent_back(original, language, units, by, reason)


def on_term(**_kwargs: Any) -> None:
    cache.delete_many(map(glossary_key, TARGETS))
