"""Objects made of rows, without what a constructor does for new ones.

Django makes an object of a row by calling its constructor with a value, or a mark for "not loaded", for every column that
the model has; a model of ours has each text in nine languages. What modeltranslation and modelcluster add to constructors
is for values that are given by name, and a row has none. Here only the columns that were loaded are set. This was a third
of the processor time of a long page (docs/performance.md).
"""

import inspect
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple, Self

from django.db import models
from django.db.models.base import ModelState
from django.db.models.fields.files import FileDescriptor
from django.db.models.fields.related_descriptors import ForeignKeyDeferredAttribute
from django.db.models.query import RelatedPopulator
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


def sharing_rows(queryset: models.QuerySet, chunked_fetch: bool, chunk_size: int) -> Iterator[models.Model]:
    """The rows of a query as Django's `ModelIterable` makes them, but what several have by select_related is one object.

    Of sixty figures in a story a few have each unit, period and metric.
    """
    compiler = queryset.query.get_compiler(using=queryset.db)
    results = compiler.execute_sql(chunked_fetch=chunked_fetch, chunk_size=chunk_size)
    info, annotations = compiler.klass_info, (compiler.annotation_col_map or {}).items()
    model, fields = info["model"], info["select_fields"]
    first, end = fields[0], fields[-1] + 1
    names = [column[0].target.attname for column in compiler.select[first:end]]
    related = _shared(info, compiler.select, queryset.db)
    for row in compiler.results_iter(results):
        obj = model.from_db(queryset.db, names, row[first:end])
        for each in related:
            each.populate(row, obj)
        for name, place in annotations:
            setattr(obj, name, row[place])
        yield obj


class SharedObjects(RelatedPopulator):
    """Makes each related object once, by its key."""

    def __init__(self, info: dict[str, Any], select: Sequence[Any], db: str) -> None:
        super().__init__(info, select, db)
        self.related_populators = _shared(info, select, db)
        self.known: dict[Any, models.Model] = {}

    def populate(self, row: Sequence[Any], from_obj: models.Model) -> None:
        if self.reorder_for_init:  # the parent or the child of an object: each has its own
            return super().populate(row, from_obj)
        values = row[self.cols_start : self.cols_end]
        key = values[self.pk_idx]
        obj = None if key is None else self.known.get(key)
        if obj is None and key is not None:
            obj = self.known[key] = self.model_cls.from_db(self.db, self.init_list, values)
            for each in self.related_populators:
                each.populate(row, obj)
        self.local_setter(from_obj, obj)
        if obj is not None:
            self.remote_setter(obj, from_obj)
        return None


def _shared(info: dict[str, Any], select: Sequence[Any], db: str) -> list[SharedObjects]:
    return [SharedObjects(each, select, db) for each in info.get("related_klass_infos", [])]
