"""The record of a day as a file: one entry a line, as JSON. Its last hash can be kept elsewhere: on paper, with a notary."""

import json
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import models, transaction
from django.utils import timezone

from core.publishing.digest import canonical_json
from core.publishing.schedule import Outcome

from ..models import Entry
from . import chain


Line = tuple[int, str, dict | None]

DAYS = 31  # of the record that are written where no file is there


def lines(day: date | None = None) -> Iterator[str]:
    """The entries of a day, or all, in their order."""
    for entry in entries(day).iterator(chunk_size=2000):
        yield line_of(entry)


def entries(day: date | None = None) -> models.QuerySet:
    """In their order: all, or those of a day of the portal's time zone."""
    found = models.QuerySet(Entry).order_by("number")
    if day is None:
        return found
    start = timezone.make_aware(datetime.combine(day, datetime.min.time()))
    return found.filter(at__gte=start, at__lt=start + timedelta(days=1))


def line_of(entry: Entry) -> str:
    return canonical_json(entry.said() | {"hash": entry.hash})


def write(path: Path, day: date | None = None) -> int:
    """Write the file whole or not at all. Returns the number of entries."""
    found = list(lines(day))
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f"{path.name}.part")
    part.write_text("".join(f"{line}\n" for line in found), encoding="utf-8")
    part.replace(path)
    return len(found)


def path_of(day: date) -> Path:
    return Path(settings.RECORD_DIR) / f"record-{day.isoformat()}.jsonl"


def write_days(now: datetime) -> list[Outcome]:
    """A job of the scheduler, if `RECORD_DIR` is set: a file for each day that is over and comes after the newest that is
    there, so that none is missing where the scheduler stood still. Where there is none: for the last days, DAYS at most."""
    if not settings.RECORD_DIR:
        return []
    yesterday = timezone.localtime(now).date() - timedelta(days=1)
    written = [day for path in written_files() if (day := day_of(path))]
    first = (
        max(written) + timedelta(days=1)
        if written
        else max(_first_day(yesterday), yesterday - timedelta(days=DAYS - 1))
    )
    done: list[Outcome] = []
    if first <= yesterday:
        _wait_for_writers()
    for number in range(max(0, (yesterday - first).days + 1)):
        path = path_of(first + timedelta(days=number))
        done.append(Outcome(f"{path.name}, {write(path, first + timedelta(days=number))} entries", "written"))
    return done


def written_files() -> list[Path]:
    """Those of days, in their order; none if `RECORD_DIR` is not set."""
    found = Path(settings.RECORD_DIR).glob("record-*.jsonl") if settings.RECORD_DIR else ()
    return sorted(path for path in found if day_of(path))


def _wait_for_writers() -> None:
    """An entry has its time before its transaction ends. Who held the record at midnight has stored what is of that day
    when we get it."""
    with transaction.atomic():
        chain.lock()


def _first_day(yesterday: date) -> date:
    """Of the record."""
    at = models.QuerySet(Entry).order_by("number").values_list("at", flat=True).first()
    return min(timezone.localtime(at).date(), yesterday) if at else yesterday


def day_of(path: Path) -> date | None:
    """Whose entries a file of the scheduler has."""
    try:
        return date.fromisoformat(path.stem.removeprefix("record-"))
    except ValueError:
        return None


def read(path: Path) -> Iterator[Line]:
    """(number of the line, the line as it is, what it says; None if it is no entry)."""
    with path.open(encoding="utf-8", errors="replace", newline="\n") as file:
        for number, line in enumerate(file, 1):
            try:
                said = json.loads(line)
            except ValueError:
                said = None
            yield number, line, said if isinstance(said, dict) and "number" in said else None
