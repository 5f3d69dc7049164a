"""Objects made of rows, without what a constructor does for new ones.

Django makes an object of a row by calling its constructor with a value, or a mark for "not loaded", for every column that
the model has; a model of ours has each text in nine languages. What modeltranslation and modelcluster add to constructors
is for values that are given by name, and a row has none. Here only the columns that were loaded are set. This was a third
of the processor time of a long page (docs/performance.md).
"""

import inspect
from collections.abc import Sequence
from typing import Any, NamedTuple, Self

from django.db import models
from django.db.models.base import ModelState
from django.db.models.fields.files import FileDescriptor
from django.db.models.fields.related_descriptors import ForeignKeyDeferredAttribute
from django.db.models.signals import post_init, pre_init
from modeltranslation.fields import TranslationFieldDescriptor
from modeltranslation.translator import delete_mt_init


CONSTRUCTORS = frozenset(
    {"django.db.models.base", "modeltranslation.translator", "modelcluster.models", "wagtail.models.pages"}
)
"""Modules whose constructors do nothing to an object that is made of a row."""
PLAIN = (ForeignKeyDeferredAttribute, FileDescriptor, TranslationFieldDescriptor)
"""Descriptors that put the value of a new object where it is looked for, and do nothing else."""


class Plan(NamedTuple):
    """How columns are set, in the order in which they are loaded: as they are, but for the `converted` ones."""

    names: tuple[str, ...]
    converted: tuple[tuple[int, str], ...]


class RowsMixin(models.Model):
    """For models with many columns that are seldom loaded."""

    class Meta:
        abstract = True

    @classmethod
    def from_db(cls, db: str | None, field_names: Sequence[str], values: Sequence[Any]) -> Self:
        key = tuple(field_names)
        plans = cls.__dict__.get("_row_plans")
        if plans is None:
            plans = cls._row_plans = {}
        if key not in plans:
            plans[key] = _plan(cls, key)
        plan = plans[key]
        if plan is None:
            return super().from_db(db, field_names, values)
        new = cls.__new__(cls)
        new._state = state = ModelState()
        state.adding, state.db = False, db
        new.__dict__.update(zip(plan.names, values, strict=True))
        for place, name in plan.converted:
            setattr(new, name, values[place])
        return new


def _plan(model: type[models.Model], names: tuple[str, ...]) -> Plan | None:
    """None if objects of this model must be made by its constructor."""
    constructors = {each.__init__.__module__ for each in model.__mro__[:-1] if "__init__" in each.__dict__}
    if constructors - CONSTRUCTORS:
        return None
    heard = [*pre_init._live_receivers(model)[0], *post_init._live_receivers(model)[0]]
    if any(receiver is not delete_mt_init for receiver in heard):
        return None
    return Plan(names, tuple((place, name) for place, name in enumerate(names) if not _is_plain(model, name)))


def _is_plain(model: type[models.Model], name: str) -> bool:
    descriptor = inspect.getattr_static(model, name)
    return isinstance(descriptor, PLAIN) or not hasattr(type(descriptor), "__set__")
