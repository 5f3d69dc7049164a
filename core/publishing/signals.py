"""What follows from a save: automatic translations, picture sizes, and rows for new languages."""

from typing import Any

from django.conf import settings
from django.db import models, transaction
from django.db.models.signals import post_migrate, post_save
from wagtail.models import DraftStateMixin, ReferenceIndex
from wagtail.signals import page_published, published

from .. import languages


def connect() -> None:
    published.connect(on_published, dispatch_uid="core.published")
    page_published.connect(on_page_published, dispatch_uid="core.aliases")
    post_save.connect(on_saved, dispatch_uid="core.saved")
    post_save.connect(on_picture_saved, sender="core.PortalImage", dispatch_uid="core.pictures")
    post_migrate.connect(make_languages, dispatch_uid="core.languages")


def on_published(sender: type[models.Model], instance: models.Model, **_kwargs: Any) -> None:
    """A page or snippet with drafts went live."""
    from ..rendering.renditions import make_renditions_of
    from .projection import project_automatic

    instance._was_heard_of = True
    if languages.translated_fields(sender):
        project_automatic(instance)
    # After the transaction: a large picture takes seconds, and on SQLite nobody else could write meanwhile.
    transaction.on_commit(lambda: make_renditions_of(instance), robust=True)


def on_page_published(sender: type[models.Model], instance: models.Model, alias: bool = False, **_kwargs: Any) -> None:
    """An alias follows its page in the source language, and is translated like any other page. A published copy tells
    of itself in this way only; any other page has told already."""
    from .projection import project_automatic, withdraw

    if not alias and not getattr(instance, "_was_heard_of", False):
        project_automatic(instance)
    if alias:
        for code in languages.TARGETS:
            withdraw(instance, code)
        project_automatic(instance)


def on_saved(
    sender: type[models.Model], instance: models.Model, update_fields: Any = None, raw: bool = False, **_kwargs: Any
) -> None:
    """A translated thing without drafts is live whenever it is saved."""
    from .projection import project_automatic

    if raw or issubclass(sender, DraftStateMixin) or not languages.translated_fields(sender):
        return
    if update_fields and set(update_fields) <= set(languages.target_columns(sender)):
        return
    project_automatic(instance)


def on_picture_saved(sender: type[models.Model], instance: models.Model, raw: bool = False, **_kwargs: Any) -> None:
    """A picture that is in use got another file or focal point: its sizes are made again, once all is saved."""
    from ..rendering.renditions import make_renditions

    if not raw and ReferenceIndex.get_references_to(instance).exists():
        transaction.on_commit(lambda: make_renditions([instance]), robust=True)


def make_languages(sender: Any, using: str, **_kwargs: Any) -> None:
    """A row for each provisioned language; a new one starts closed."""
    from ..models import Language

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
