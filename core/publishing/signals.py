"""What core itself does when something goes live: automatic translations and picture sizes; and rows for languages."""

from typing import Any

from django.conf import settings
from django.db import models, transaction
from django.db.models.signals import post_migrate, post_save
from wagtail.models import ReferenceIndex

from .. import languages
from ..models import Language
from ..rendering.renditions import make_renditions, make_renditions_of
from . import announcement
from .announcement import Step, source_published
from .projection import project_automatic, withdraw


def connect() -> None:
    announcement.connect()
    source_published.connect(translate, Step.AUTOMATIC, dispatch_uid="core.translate")
    source_published.connect(make_pictures, Step.PICTURES, dispatch_uid="core.pictures")
    post_save.connect(on_picture_saved, sender="core.PortalImage", dispatch_uid="core.picture_saved")
    post_migrate.connect(make_languages, dispatch_uid="core.languages")


def translate(sender: type[models.Model], instance: Any, **_kwargs: Any) -> None:
    """Write the languages that have a provider. An alias follows its page in the source language, and has no
    translations but these."""
    if not languages.translated_fields(sender):
        return
    if getattr(instance, "alias_of_id", None):
        for code in filter(instance.is_in, languages.TARGETS):
            withdraw(instance, code)
    project_automatic(instance)


def make_pictures(sender: type[models.Model], instance: models.Model, **_kwargs: Any) -> None:
    """After the transaction: a large picture takes seconds, and on SQLite nobody else could write meanwhile."""
    transaction.on_commit(lambda: make_renditions_of(instance), robust=True)


def on_picture_saved(sender: type[models.Model], instance: models.Model, raw: bool = False, **_kwargs: Any) -> None:
    """A picture that is in use got another file or focal point: its sizes are made again, once all is saved."""
    if not raw and ReferenceIndex.get_references_to(instance).exists():
        transaction.on_commit(lambda: make_renditions([instance]), robust=True)


def make_languages(sender: Any, using: str, **_kwargs: Any) -> None:
    """A row for each provisioned language; a new one starts closed."""
    if sender.name != "core":
        return
    for order, code in enumerate(languages.PROVISIONED):
        defaults = {
            "order": order,
            "is_open": code in settings.LANGUAGES_OPEN_AT_FIRST,
            "provider": "opencc" if code == "zh-hant" else "",
            "review_required": code not in (languages.SOURCE, "zh-hant"),
        }
        Language.objects.using(using).get_or_create(code=code, defaults=defaults)
