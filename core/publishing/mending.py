"""What was stored before a rule existed: found by registered menders, and corrected one row at a time.

A mender finds flaws and does not write. Each flaw says what is wrong, what would be done, and holds the function that
does it, so a dry run cannot change anything. `manage.py mend_stored` runs them; apps register theirs when they are ready.
"""

import logging
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from enum import Enum

from django.db import transaction


logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Flaw:
    """Something stored that breaks a rule. Without `mend` it needs a person, and `remedy` tells them what to do."""

    thing: str  # what it is about, so that it can be found: "news.StoryPage 12, title"
    found: str
    remedy: str
    mend: Callable[[], object] | None = None


Finder = Callable[[], Iterator[Flaw]]


@dataclass(frozen=True)
class Mender:
    """`is_safe`: it needs no judgement and loses nothing, so every deployment may run it unasked."""

    name: str
    find: Finder
    is_safe: bool = False


class Outcome(Enum):
    PLANNED = "would"
    DONE = "done"
    LEFT = "left"
    FAILED = "failed"


_menders: dict[str, Mender] = {}


def mender(name: str, is_safe: bool = False) -> Callable[[Finder], Finder]:
    """Decorate a function that yields flaws. It is read to its end before the first is mended."""

    def register(find: Finder) -> Finder:
        _menders[name] = Mender(name, find, is_safe)
        return find

    return register


def names() -> list[str]:
    return list(_menders)


def mend(
    dry_run: bool = False, only_safe: bool = False, only: Collection[str] = ()
) -> Iterator[tuple[Mender, Flaw, Outcome]]:
    """Find and put right, each flaw in a transaction of its own: one that fails is logged and stops none of the others."""
    for each in _menders.values():
        if (only and each.name not in only) or (only_safe and not each.is_safe):
            continue
        for flaw in list(each.find()):
            yield each, flaw, Outcome.PLANNED if dry_run and flaw.mend else _mended(flaw)


def _mended(flaw: Flaw) -> Outcome:
    if flaw.mend is None:
        return Outcome.LEFT
    try:
        with transaction.atomic():
            flaw.mend()
    except Exception:  # whatever is wrong with one row, the others are still to be mended
        logger.exception("Could not mend %s", flaw.thing)
        return Outcome.FAILED
    return Outcome.DONE
