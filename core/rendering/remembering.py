"""What the choosers of a form refer to, asked for once while the form is saved.

Saving a page reads its blocks many times: from what was posted, to see what has changed, as they are checked, by the
gate, for the search index and the index of references. Within `remembering()` a chooser block asks for each object
once; outside of it, it asks as Wagtail does. It is for one request: what others change meanwhile is not seen.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from copy import copy
from typing import Any

from django.db import models

from ..keys import parse_keys
from ..queries.prepared import prepared


Key = tuple[type[models.Model], int]

_remembered: ContextVar[dict[Key, models.Model | None] | None] = ContextVar("remembered", default=None)


@contextmanager
def remembering() -> Iterator[None]:
    """Within another one, that one goes on."""
    if _remembered.get() is not None:
        yield
        return
    token = _remembered.set({})
    try:
        yield
    finally:
        _remembered.reset(token)


@prepared
def _of(model: Any, ids: Iterable[int]) -> models.QuerySet:
    return model._default_manager.filter(pk__in=ids)


def _ask(model: type[models.Model], values: Iterable[Any]) -> list[models.Model | None] | None:
    """The objects with these keys, each a copy of its own; None if nothing is remembered now, or one is no key."""
    known, wanted = _remembered.get(), list(values)
    keys = parse_keys(wanted)
    if known is None or len(keys) != len(wanted):
        return None
    missing = {key for key in keys if (model, key) not in known}
    if missing:
        known.update({(model, key): None for key in missing} | {(model, each.pk): each for each in _of(model, missing)})
    return [copy(known[model, key]) for key in keys]


class RememberedChooserMixin:
    """A chooser block that asks for each object once within `remembering()`."""

    def bulk_to_python(self, values: list[Any]) -> list[models.Model | None]:
        found = _ask(self.model_class, values)
        return super().bulk_to_python(values) if found is None else found

    def to_python(self, value: Any) -> models.Model | None:
        found = None if value is None else _ask(self.model_class, [value])
        return super().to_python(value) if found is None else found[0]

    def value_from_form(self, value: Any) -> models.Model | None:
        is_key = value is not None and not isinstance(value, self.model_class)
        found = _ask(self.model_class, [value]) if is_key else None
        return super().value_from_form(value) if found is None else found[0]

    def clean(self, value: Any) -> models.Model | None:
        """What the field would ask for again: whether there is such an object."""
        found = _ask(self.model_class, [value.pk]) if isinstance(value, self.model_class) else None
        if not found or found[0] is None:
            return super().clean(value)
        self.field.run_validators(value)
        return value
