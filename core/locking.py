"""Locking a row until the transaction ends, always in one order: two people who publish never deadlock."""

from typing import Any

from django.db import models


def held(model: type[models.Model], pk: Any) -> models.QuerySet:
    """The rows of `model` with this key, one or none, which nobody else can write until the transaction ends.

    A page is kept in several tables. Django writes the one of the oldest parent first, so that one is held. Others may
    still refer to the row (PostgreSQL's FOR NO KEY UPDATE). Raises TransactionManagementError outside a transaction.
    """
    held_values(model, pk, "pk")
    return models.QuerySet(model).filter(pk=pk)


def held_values(model: type[models.Model], pk: Any, *names: str) -> tuple | None:
    """The same in one query, with these columns of the oldest parent; None if there is no such row."""
    oldest = (model, *model._meta.all_parents)[-1]
    return models.QuerySet(oldest).select_for_update(no_key=True).filter(pk=pk).values_list(*names).first()
