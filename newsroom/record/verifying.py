"""Whether what is live is what was recorded, whether the record is whole, and whether an exported file says the same."""

import json
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from django.db import models

from core.publishing.digest import digest

from ..models import Entry
from ..models.record import BEGINNING
from . import chain, files
from .files import Line
from .things import Description, described, in_chunks, live_rows, recorded_models


AT_ONCE = 500  # lines of a file that are compared together
MOST = 2**63  # no entry has a number beyond


def problems(file: Path | None = None) -> Iterator[str]:
    """A line for each thing that differs, with its name. Nothing if all is as it was approved. What the scheduler has written
    is compared, too: of a chain whose end was cut off nothing else tells."""
    yield from of_chain()
    yield from of_live()
    for path in [*files.written_files(), *([file] if file else [])]:
        yield from of_file(path)


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
            for each in described(rows):
                live.add(each.thing.key)
                if problem := _problem(known.get(each.thing), each):
                    yield f"{label} {each.thing.key} ({each.values['key']} {each.values['title']}): {problem}"
        for thing, entry in known.items():
            if thing.model == label and entry.kind != Entry.Kind.WITHDRAWAL and thing.key not in live:
                yield f"{label} {thing.key} ({_named(entry)}): was taken away without an entry after {entry.number}"


def _problem(entry: Entry | None, now: Description) -> str:
    if entry is None:
        return "is live and was never recorded"
    if entry.kind == Entry.Kind.WITHDRAWAL:
        return f"is live and was withdrawn by entry {entry.number}"
    if not entry.is_of(now.hashes):
        return f"is not as entry {entry.number} says"
    return ""


def of_file(path: Path) -> Iterator[str]:
    """Lines that were changed, added or taken away; what the file says is compared with the record, byte by byte."""
    previous, there = None, set()
    for number, line, said, entry in _with_entries(files.read(path)):
        if said is None:
            yield f"{path.name}: line {number} is no entry"
            continue
        name = f"{path.name}: line {number} (entry {said['number']})"
        if previous and said.get("previous_hash") != previous:
            yield f"{name} does not follow the line before"
        if _sealed(said) != said.get("hash"):
            yield f"{name} is not as it was sealed"
        elif entry is None:
            yield f"{name} is not in the record"
        elif differing := _differing(said, line, entry):
            yield f"{name}: {differing}"
        previous = said.get("hash")
        there.add(_number_of(said))
    yield from _lacking(path, there)


def _with_entries(lines: Iterator[Line]) -> Iterator[tuple[int, str, dict | None, Entry | None]]:
    """Each line with the entry of its number, if there is one: a query for many."""
    while some := list(islice(lines, AT_ONCE)):
        numbers = {_number_of(said) for _number, _line, said in some if said} - {None}
        entries = models.QuerySet(Entry).in_bulk(numbers)
        for number, line, said in some:
            yield number, line, said, entries.get(_number_of(said)) if said else None


def _number_of(said: dict[str, Any]) -> int | None:
    number = said["number"]
    return number if isinstance(number, int) and 0 < number < MOST else None


def _lacking(path: Path, there: set[int | None]) -> Iterator[str]:
    """A file of a day, by its name, has all entries of that day; another one begins with the first."""
    day = files.day_of(path)
    numbers = files.entries(day).values_list("number", flat=True)
    last = max((each for each in there if each is not None), default=0)
    expected = numbers if day else numbers.filter(number__lte=last)
    for number in expected.iterator(chunk_size=2000):
        if number not in there:
            yield f"{path.name}: entry {number} is missing"


def _sealed(said: dict[str, Any]) -> str:
    return digest({name: value for name, value in said.items() if name != "hash"})


def _differing(said: dict[str, Any], line: str, entry: Entry) -> str:
    written = files.line_of(entry)
    if line == f"{written}\n":
        return ""
    stored = json.loads(written)
    names = sorted(name for name in stored.keys() | said.keys() if stored.get(name) != said.get(name))
    return f"differs from the record: {', '.join(names)}" if names else "is not written as the record is"


def _named(entry: Entry) -> str:
    return f"{entry.key} {entry.title}".strip() or entry.kind
