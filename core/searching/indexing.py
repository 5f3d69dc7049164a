"""Writing an object's row of the search index once for all that is saved of it together.

The library writes the row at every save, and a publish saves an object several times: as it is published, and for each
language that is written after it. Within `indexed_once` saves are remembered, and what is stored at its end is indexed.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.db import models
from django.db.models.signals import post_save
from modelsearch import index
from modelsearch.signal_handlers import post_save_signal_handler as stock
from modelsearch.tasks import insert_or_update_object_task
from wagtail.models import COMMENTS_RELATION_NAME


OF_DRAFTS = frozenset(
    {COMMENTS_RELATION_NAME, "draft_title", "has_unpublished_changes", "latest_revision", "latest_revision_created_at"}
)
"""What Wagtail writes of an object when a draft of it is saved: nothing that is searched."""

_saved: ContextVar[dict[tuple[type[models.Model], Any], None] | None] = ContextVar("saved", default=None)


def install() -> None:
    """Put our receiver in the place of the library's, which must have been connected before."""
    for model in index.get_indexed_models():
        if post_save.disconnect(stock, sender=model):
            post_save.connect(on_saved, sender=model)


@contextmanager
def indexed_once() -> Iterator[None]:
    """Index what is saved here at the end, each object once. Within another one, that one's end counts.

    If an exception leaves it, nothing is indexed: the transaction is expected to be undone.
    """
    if _saved.get() is not None:
        yield
        return
    saved: dict[tuple[type[models.Model], Any], None] = {}
    token = _saved.set(saved)
    try:
        yield
    finally:
        _saved.reset(token)
    for model, pk in saved:
        _index(model, pk)


def on_saved(
    sender: type[models.Model],
    instance: models.Model,
    raw: bool = False,
    update_fields: frozenset[str] | None = None,
    **_kwargs: Any,
) -> None:
    if raw or (update_fields is not None and update_fields <= OF_DRAFTS):
        return
    saved = _saved.get()
    if saved is None:
        _index(sender, instance.pk)
    else:
        saved[sender, instance.pk] = None


def _index(model: type[models.Model], pk: Any) -> None:
    insert_or_update_object_task.enqueue(model._meta.app_label, model._meta.model_name, str(pk))
