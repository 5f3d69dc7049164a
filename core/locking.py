"""Locking a row until the transaction ends, always in one order: two people who publish never deadlock."""

from typing import Any

from django.db import models


def held(model: type[models.Model], pk: Any) -> models.QuerySet:
    """The rows of `model` with this key, one or none, which nobody else can write until the transaction ends.

    A page is kept in several tables. Django writes the one of the oldest parent first, so that one is held. Others may
    still refer to the row (PostgreSQL's FOR NO KEY UPDATE). Raises TransactionManagementError outside a transaction.
    """
    oldest = (model, *model._meta.all_parents)[-1]
    models.QuerySet(oldest).select_for_update(no_key=True).filter(pk=pk).values_list("pk").first()
    return models.QuerySet(model).filter(pk=pk)
