"""What was live before there was a record is recorded as it was, once."""

from collections.abc import Callable, Iterator
from typing import Any

from django.db import transaction

from ..models import Entry
from . import chain
from .naming import Thing
from .things import described, in_chunks, live_rows, recorded_models


KEYS = 500  # that one statement names


class AlreadySealed(Exception):
    """What is live without an entry after that was not there when the record was sealed: nobody answers for it."""

    def __init__(self, entry: Entry) -> None:
        self.entry = entry
        super().__init__(entry)


def sealed() -> Entry | None:
    return Entry.objects.filter(kind=Entry.Kind.SEAL).order_by("number").first()


@transaction.atomic
def seal_existing(reason: str) -> int:
    """Record all that is live and has no entry, and that this was done. Returns how many. Raises AlreadySealed."""
    chain.lock()
    if entry := sealed():
        raise AlreadySealed(entry)
    count = _record_what_lacks(lambda said: {"kind": str(Entry.Kind.SEALED), "reason": reason, **said})
    chain.append([{"kind": str(Entry.Kind.SEAL), "reason": reason, "details": {"recorded": count}}])
    return count


@transaction.atomic
def record_generated(reason: str) -> int:
    """Record what was written past the gate on purpose, in bulk, as published. Returns how many."""
    chain.lock()
    return _record_what_lacks(lambda said: {"kind": str(Entry.Kind.PUBLICATION), "reason": reason, **said})


def _record_what_lacks(as_entry: Callable[[dict[str, Any]], dict[str, Any]]) -> int:
    known, count = set(chain.newest()), 0
    for rows in _lacking(known):
        count += len(chain.append([as_entry(each.values) for each in described(rows)]))
    return count


def _lacking(known: set[Thing]) -> Iterator[list[Any]]:
    for model in recorded_models():
        label = model._meta.label_lower
        keys = [pk for pk in live_rows(model).values_list("pk", flat=True) if Thing(label, pk) not in known]
        for start in range(0, len(keys), KEYS):
            yield from in_chunks(live_rows(model, keys[start : start + KEYS]))
