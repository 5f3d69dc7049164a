"""What an editor is told before something is published. Apps add what they know with `@publish_check`.

A check reads the draft as it stands in the form, in the source language, and writes nothing.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

from django.db import models

from ..languages import source_columns


class Level(IntEnum):
    """A warning leaves it to the editor; an error is for what must not go live."""

    ERROR = 1
    WARNING = 2


@dataclass(frozen=True)
class Finding:
    """`place` is where it can be put right: the content path of a field or block in the form, "body.<block>.alt"."""

    message: str
    place: str = ""
    level: Level = Level.WARNING


Check = Callable[[Any], Iterable[Finding]]
_checks: list[tuple[type[models.Model], Check]] = []


def publish_check(model: type[models.Model]) -> Callable[[Check], Check]:
    """Decorate a function that yields findings about an object of this model, or of one that extends it."""

    def register(check: Check) -> Check:
        _checks.append((model, check))
        return check

    return register


def findings_for(obj: models.Model) -> list[Finding]:
    """The worst first; those of one level in the order of their checks."""
    with source_columns():
        found = [each for model, check in _checks if isinstance(obj, model) for each in check(obj)]
    return sorted(found, key=lambda each: each.level)
