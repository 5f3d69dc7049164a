"""Indexing once at the end what was saved, not at every save: seeding saves most things three or four times."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import models
from django.db.models.signals import post_save
from wagtail.models import ReferenceIndex
from wagtail.signal_handlers import disable_reference_index_auto_update

from core.searching.indexing import indexed_once


@contextmanager
def indexed_at_the_end() -> Iterator[None]:
    """Defer the search index and the reference index, then update both for what was saved."""
    saved: dict[tuple[type[models.Model], Any], None] = {}

    def remember(sender: type[models.Model], instance: models.Model, **_kwargs: Any) -> None:
        if ReferenceIndex.is_indexed(sender):
            saved[sender, instance.pk] = None

    post_save.connect(remember, weak=False)
    try:
        with indexed_once(), disable_reference_index_auto_update():
            yield
    finally:
        post_save.disconnect(remember)
    for model, pk in saved:
        ReferenceIndex.create_or_update_for_object(model._default_manager.get(pk=pk))
