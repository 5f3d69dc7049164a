"""The one announcement: readers now see what is written in Chinese.

Wagtail and Django signal it in three ways: pages in `page_published` (also copies, and aliases that are brought up to
date), snippets with drafts in `published`, everything else when it is saved. Pages are in `published` too, both signals
are also sent when a publish is only scheduled, and an alias is made in silence. All that ends here: `source_published`
is sent once for each publish, of a row that is live, and whatever follows from a publish listens to it.
"""

from collections.abc import Callable
from enum import IntEnum, auto
from typing import Any

from django.db import models
from django.db.models.signals import post_save
from django.dispatch import Signal
from wagtail.actions.create_alias import CreatePageAliasAction
from wagtail.models import DraftStateMixin
from wagtail.signals import page_published, published

from ..languages import target_columns, translated_fields
from ..models import BasePage
from ..searching.indexing import indexed_once


class Step(IntEnum):
    """What follows from a publish, in the order in which it is done, whichever app is loaded first."""

    LINKS = auto()  # rows that say what the text refers to
    AUTOMATIC = auto()  # languages that have a provider
    DESK = auto()  # what people have translated is shown in the new form of its source
    PICTURES = auto()  # the sizes that pages show, made once all is stored
    OTHERS = auto()  # whatever need not come before anything else
    RECORD = auto()  # what was done is written down, when all of it is


class SourcePublished:
    """`connect(receiver, step)`: receivers get `sender` (the model) and `instance` (the row that went live)."""

    def __init__(self) -> None:
        self._signals = {step: Signal() for step in Step}

    def connect(self, receiver: Callable[..., Any], step: Step = Step.OTHERS, **options: Any) -> None:
        """`options` are those of Django's `Signal.connect`."""
        self._signals[step].connect(receiver, **options)

    def disconnect(self, receiver: Callable[..., Any] | None = None, step: Step = Step.OTHERS, **options: Any) -> bool:
        return self._signals[step].disconnect(receiver, **options)

    def send(self, instance: models.Model) -> None:
        """What goes wrong in a receiver keeps the publish from being stored."""
        with indexed_once():
            for step in Step:
                self._signals[step].send(type(instance), instance=instance)


source_published = SourcePublished()


def connect() -> None:
    page_published.connect(on_page_published, dispatch_uid="core.page_published")
    published.connect(on_published, dispatch_uid="core.published")
    post_save.connect(on_saved, dispatch_uid="core.saved")
    _announce_new_aliases()


def on_page_published(sender: type[models.Model], instance: BasePage, **_kwargs: Any) -> None:
    if instance.live:
        source_published.send(instance)


def on_published(sender: type[models.Model], instance: Any, **_kwargs: Any) -> None:
    if instance.live and not issubclass(sender, BasePage):
        source_published.send(instance)


def on_saved(
    sender: type[models.Model], instance: models.Model, update_fields: Any = None, raw: bool = False, **_kwargs: Any
) -> None:
    """What has no drafts is live whenever it is saved; not if only its translations were written."""
    if raw or issubclass(sender, DraftStateMixin) or not translated_fields(sender):
        return
    if not (update_fields and set(update_fields) <= set(target_columns(sender))):
        source_published.send(instance)


def _announce_new_aliases() -> None:
    """Every way to make one, of a page or of a whole branch, makes each alias by this method."""
    stock = CreatePageAliasAction._create_alias

    def _create_alias(action: CreatePageAliasAction, page: BasePage, **options: Any) -> BasePage:
        with indexed_once():
            alias = stock(action, page, **options)
            on_page_published(type(alias), alias)
        return alias

    CreatePageAliasAction._create_alias = _create_alias
