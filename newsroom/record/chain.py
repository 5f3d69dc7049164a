"""Adding to the record: one writer at a time, and what is once in it stays."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection, models, transaction
from django.utils import timezone

from core.text.cleaning import clean_json

from ..models import Entry
from ..models.record import BEGINNING
from .naming import Thing


LOCK = 0x7265636F7264  # any number that nobody else locks: "record"


def lock() -> None:
    """Until the transaction ends nobody else adds an entry, and all that others have added is seen.

    It comes after the rows of what is recorded and of the desk, so nobody who holds it waits for those. On SQLite every
    transaction of ours has the whole database to itself (BEGIN IMMEDIATE).
    """
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("The record is locked within a transaction.")
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])


def append(rows: Sequence[dict[str, Any]]) -> list[Entry]:
    """Add entries with these values; numbers, time and hashes are set here. `lock` comes first."""
    last = Entry.objects.order_by("-number").values_list("number", "hash").first()
    number, previous = last or (0, BEGINNING)
    now = timezone.now()
    entries = []
    for values in rows:
        number += 1
        cleaned: Any = clean_json(values)
        entry = Entry(number=number, at=now, previous_hash=previous, **cleaned)
        entry.hash = previous = entry.sealed()
        entries.append(entry)
    models.QuerySet(Entry).bulk_create(entries, batch_size=500)
    return entries


def newest(things: Iterable[Thing] | None = None) -> dict[Thing, Entry]:
    """The last entry of each of these things, or of all: one query for each model."""
    entries = models.QuerySet(Entry).exclude(object_id=None).order_by("number").defer("by", "approvals", "details")
    if things is None:
        return {Thing(each.model, each.object_id): each for each in entries.iterator(chunk_size=2000)}
    by_model: dict[str, list[int]] = {}
    for thing in things:
        by_model.setdefault(thing.model, []).append(thing.key)
    found = {}
    for model, keys in by_model.items():
        for each in entries.filter(model=model, object_id__in=keys):
            found[Thing(each.model, each.object_id)] = each
    return found
