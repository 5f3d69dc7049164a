"""Filling in what is missing: with the same words from the memory, else with what a machine translator writes."""

from dataclasses import dataclass
from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext as _

from core.models import Language

from ..models import Origin, Original
from . import memory
from .locked_rows import LockedRows
from .machine import Machine
from .rows import Row, SegmentStatus, rows_of
from .texts import clean


@dataclass
class Filled:
    """How many segments were filled in, and how many were not because of the machine translator."""

    memory: int = 0
    machine: int = 0
    unanswered: int = 0  # it did not answer
    unusable: int = 0  # what it answered lacks the segment's links

    @property
    def count(self) -> int:
        return self.memory + self.machine

    def __add__(self, other: "Filled") -> "Filled":
        return Filled(
            self.memory + other.memory,
            self.machine + other.machine,
            self.unanswered + other.unanswered,
            self.unusable + other.unusable,
        )

    def summary(self) -> str:
        """For the translator: who wrote what was filled in."""
        message = _(
            "Filled in as drafts: %(memory)d from memory, %(machine)d by machine translation. Read each of them."
        )
        return message % {"memory": self.memory, "machine": self.machine}

    def problems(self) -> list[str]:
        """For the translator: what was not filled in, and why."""
        unanswered = _(
            "%(number)d not filled in, because the machine translator did not answer in time. Try again in a minute."
        )
        unusable = _("%(number)d not filled in, because the machine translator lost their links.")
        counted = [(self.unanswered, unanswered), (self.unusable, unusable)]
        return [message % {"number": number} for number, message in counted if number]


def fill(original: Original, language: Language, user: models.Model, machine: Machine | None = None) -> Filled:
    """Fill missing segments as drafts. Nothing is locked while the machine writes."""
    machine = machine or Machine(language.code)
    missing = [row for row in rows_of(original, language.code) if row.status is SegmentStatus.MISSING]
    known = memory.exact(language.code, [row.hash for row in missing], user)
    unknown = [row.segment for row in missing if row.hash not in known]
    unusable = machine.unusable
    made = machine.texts(unknown) if unknown else {}
    filled = Filled(unusable=machine.unusable - unusable)
    if machine.failed:
        filled.unanswered = len(unknown) - len(made) - filled.unusable
    hashes = {row.segment.path: row.hash for row in missing}
    with transaction.atomic():
        locked = LockedRows.lock(original, language)
        for row in list(locked.rows):
            if row.status is not SegmentStatus.MISSING or hashes.get(row.segment.path) != row.hash:
                continue  # somebody else was faster
            same = known.get(row.hash)
            if text := same.text if same else made.get(row.segment.path):
                _store(
                    locked, row, text, Origin.MEMORY if same else Origin.MACHINE, (same and same.author) or user, user
                )
                filled.memory += bool(same)
                filled.machine += not same
        locked.refresh()
    return filled


def _store(locked: LockedRows, row: Row, text: str, origin: Any, author: models.Model, user: models.Model) -> None:
    unit = locked.unit(row)
    unit.set_text(clean(row.segment, text), origin, author)
    locked.store(row, unit, user)
