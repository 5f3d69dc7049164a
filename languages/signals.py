"""What the desk does when originals are published, saved, moved, unpublished and deleted."""

from typing import Any

from django.core.cache import cache
from django.db import models
from django.db.models.signals import post_delete, post_save
from wagtail.signals import post_page_move, unpublished

from core.languages import TARGETS, translated_fields
from core.models import BasePage
from core.publishing.announcement import Step, source_published
from core.segments import Segment

from .desk.originals import original_of
from .desk.rows import match
from .desk.unit_findings import glossary_key
from .models import Original, Phrase, Term, TermTarget, Unit, UnitState
from .publishing.follow import follow_source
from .reconversion import rewrite


def connect() -> None:
    source_published.connect(on_source_published, Step.DESK, dispatch_uid="languages.published")
    unpublished.connect(on_unpublished, dispatch_uid="languages.unpublished")
    post_delete.connect(on_deleted, dispatch_uid="languages.deleted")
    post_page_move.connect(on_moved, dispatch_uid="languages.moved")
    for signal in (post_save, post_delete):
        signal.connect(on_phrase, sender=Phrase, dispatch_uid=f"languages.phrase.{signal}")
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
    for words in {instance.simplified, getattr(instance, "before", "")} - {""}:
        rewrite(words)


def on_term(**_kwargs: Any) -> None:
    cache.delete_many(map(glossary_key, TARGETS))


def corrections(obj: models.Model, code: str, segments: list[Segment]) -> dict[str, str]:
    """What people wrote for an automatic language: it takes precedence, as long as the Chinese has not changed."""
    originals = Original.objects.for_object(obj)
    units = Unit.objects.filter(original__in=originals, language=code, state=UnitState.APPROVED)
    return {row.segment.path: row.text for row in match(segments, units) if row.unit}
