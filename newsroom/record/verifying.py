"""Whether what is live is what was recorded, whether the record is whole, and whether an exported file says the same."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.db import models

from core.publishing.digest import digest

from ..models import Entry
from ..models.record import BEGINNING
from . import chain, files
from .naming import Thing
from .things import described, in_chunks, live_rows, recorded_models


def problems(file: Path | None = None) -> Iterator[str]:
    """A line for each thing that differs, with its name. Nothing if all is as it was approved."""
    yield from of_chain()
    yield from of_live()
    if file:
        yield from of_file(file)


def of_chain() -> Iterator[str]:
    """Entries that were changed, added or taken away behind the portal's back."""
    previous, number = BEGINNING, 0
    for entry in models.QuerySet(Entry).order_by("number").iterator(chunk_size=2000):
        if entry.number != number + 1:
            yield f"record: entries {number + 1} to {entry.number - 1} are missing"
        elif entry.previous_hash != previous:
            yield f"record: entry {entry.number} ({_named(entry)}) does not follow entry {number}"
        if entry.sealed() != entry.hash:
            yield f"record: entry {entry.number} ({_named(entry)}) is not as it was sealed"
        previous, number = entry.hash, entry.number


def of_live() -> Iterator[str]:
    """Pages and snippets that are not what their newest entry says."""
    known = chain.newest()
    for model in recorded_models():
        label, live = model._meta.label_lower, set()
        for rows in in_chunks(live_rows(model)):
            for said in described(rows):
                live.add(said["object_id"])
                if problem := _problem(known.get(Thing(label, said["object_id"])), said):
                    yield f"{label} {said['object_id']} ({said['key']} {said['title']}): {problem}"
        for thing, entry in known.items():
            if thing.model == label and entry.kind != Entry.Kind.WITHDRAWAL and thing.key not in live:
                yield f"{label} {thing.key} ({_named(entry)}): was taken away without an entry after {entry.number}"


def _problem(entry: Entry | None, said: dict[str, Any]) -> str:
    if entry is None:
        return "is live and was never recorded"
    if entry.kind == Entry.Kind.WITHDRAWAL:
        return f"is live and was withdrawn by entry {entry.number}"
    if entry.content_hash != said["content_hash"]:
        return f"is not as entry {entry.number} says"
    return ""


def of_file(path: Path) -> Iterator[str]:
    """Lines that were changed, added or taken away; what the file says is compared with the record."""
    previous = None
    for line, said in files.read(path):
        if said is None:
            yield f"{path.name}: line {line} is no entry"
            continue
        name = f"{path.name}: line {line} (entry {said['number']})"
        if previous and said.get("previous_hash") != previous:
            yield f"{name} does not follow the line before"
        if _sealed(said) != said.get("hash"):
            yield f"{name} is not as it was sealed"
        elif differing := _differing(said):
            yield f"{name}: {differing}"
        previous = said.get("hash")


def _sealed(said: dict[str, Any]) -> str:
    return digest({name: value for name, value in said.items() if name != "hash"})


def _differing(said: dict[str, Any]) -> str:
    number = said["number"]
    entry = models.QuerySet(Entry).filter(number=number).first() if isinstance(number, int) else None
    if entry is None:
        return "is not in the record"
    stored = json.loads(files.line_of(entry))
    names = sorted(name for name in stored.keys() | said.keys() if stored.get(name) != said.get(name))
    return f"differs from the record: {', '.join(names)}" if names else ""


def _named(entry: Entry) -> str:
    return f"{entry.key} {entry.title}".strip() or entry.kind
