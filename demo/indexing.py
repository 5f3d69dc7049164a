"""Indexing once at the end what was saved, not at every save: seeding saves most things three or four times."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import models
from django.db.models.signals import post_save
from modelsearch import index
from modelsearch.signal_handlers import post_save_signal_handler as index_on_save
from wagtail.models import ReferenceIndex
from wagtail.signal_handlers import disable_reference_index_auto_update


@contextmanager
def indexed_at_the_end() -> Iterator[None]:
    """Defer the search index and the reference index, then update both for what was saved."""
    saved: dict[tuple[type[models.Model], Any], None] = {}

    def remember(sender: type[models.Model], instance: models.Model, **_kwargs: Any) -> None:
        saved[sender, instance.pk] = None

    senders = [model for model in index.get_indexed_models() if post_save.disconnect(index_on_save, sender=model)]
    post_save.connect(remember, weak=False)
    try:
        with disable_reference_index_auto_update():
            yield
    finally:
        post_save.disconnect(remember)
        for model in senders:
            post_save.connect(index_on_save, sender=model)
    for model, pk in saved:
        _index(model, pk)


def _index(model: type[models.Model], pk: Any) -> None:
    is_searched, is_referring = index.class_is_indexed(model), ReferenceIndex.is_indexed(model)
    if is_searched or is_referring:
        obj = model._default_manager.get(pk=pk)
        if is_searched:
            index.insert_or_update_object(obj)
        if is_referring:
            ReferenceIndex.create_or_update_for_object(obj)
