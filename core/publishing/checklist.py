"""What an editor is told before something is published: one list, whichever way it is asked for.

Apps add what they know with `@publish_check`. A check reads the draft as it stands, in the source language, writes
nothing, and has a stable name and one level. Errors stop publishing by every way (`gate`), warnings wait for a tick with
a reason (`ticks`), notes are only said.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from enum import IntEnum
from itertools import islice
from typing import Any, TypeVar

from django.conf import settings
from django.db import models

from ..languages import source_columns
from ..rendering.remembering import remembering
from .digest import digest


MOST = 50  # findings of one check that are shown


class Level(IntEnum):
    """An error is for what must not go live; a warning for what somebody has to answer for; a note asks for nothing."""

    ERROR = 1
    WARNING = 2
    NOTE = 3


@dataclass(frozen=True)
class Mend:
    """What one click does: `apply` changes the object that was checked, in memory."""

    label: str
    apply: Callable[[], None]


@dataclass(frozen=True)
class Choice:
    """A thing that words may be linked to: the kind of link, its key, and what the editor shows of it. `detail` tells it from
    others; `warning` says why it may be the wrong one."""

    kind: str
    key: str
    label: str
    url: str | None = None
    detail: str = ""
    warning: str = ""


@dataclass(frozen=True)
class Offer:
    """Words of a rich text that one click links to one of the `choices`, the likeliest first (`offers`).

    They begin at `start` in the paragraph with this number and with this key of the editor, for which it is `offset`.
    `form_url` leads to a form in which a thing is made that is not there yet, for those who have the right `form_right`.
    """

    words: str
    before: str
    after: str
    place: str
    paragraph: str
    number: int
    start: int
    offset: int
    choices: tuple[Choice, ...] = ()
    form_url: str = ""
    form_label: str = ""
    form_right: str = ""


@dataclass(frozen=True)
class Quote:
    """A sentence that a finding is about, and where it stands."""

    where: str
    sentence: str
    url: str = ""


@dataclass(frozen=True)
class Finding:
    """`place` is where it can be put right: the content path of a field or block in the form, "body.<block>.alt".
    `about` is what it is about, in no language of the interface: a tick holds for exactly this. The registry sets `check`,
    the name of the check, and `level`. `quotes` and `offers` are shown below it."""

    message: str
    place: str = ""
    about: str = ""
    mend: Mend | None = None
    check: str = ""
    level: Level = Level.WARNING
    quotes: tuple[Quote, ...] = ()
    offers: tuple[Offer, ...] = ()

    @property
    def key(self) -> str:
        """64 hex digits that stay the same as long as it says the same of the same place."""
        return digest([self.check, self.place, self.about])

    @property
    def offered(self) -> list[Offer]:
        return [each for each in self.offers if each.choices]

    @property
    def unlikely(self) -> list[Offer]:
        """Those that there is nothing to link to yet."""
        return [each for each in self.offers if not each.choices]


@dataclass(frozen=True)
class PublishCheck:
    name: str
    model: type[models.Model]
    strictest: Level
    function: Callable[[Any], Iterable[Finding]]

    @property
    def level(self) -> Level:
        """A newsroom may only be told of what others answer for (the setting CHECKS_ONLY_SAID); never of errors."""
        is_said = self.strictest == Level.WARNING and self.name in settings.CHECKS_ONLY_SAID
        return Level.NOTE if is_said else self.strictest

    def findings(self, obj: models.Model) -> list[Finding]:
        """The first of them: who has put these right is told of the others."""
        found = islice(self.function(obj), MOST)
        return [replace(each, check=self.name, level=self.level) for each in found]


T = TypeVar("T")
Check = Callable[[Any], Iterable[Finding]]
_checks: list[PublishCheck] = []
_shared: ContextVar[dict[Any, tuple[Any, Any]] | None] = ContextVar("shared_by_checks", default=None)


def publish_check(name: str, model: type[models.Model], level: Level = Level.WARNING) -> Callable[[Check], Check]:
    """Decorate a function that yields findings about an object of this model, or of one that extends it.

    Raises ValueError if a check has this name, "news.lead-picture", already: ticks are kept by it.
    """

    def register(check: Check) -> Check:
        if any(each.name == name for each in _checks):
            raise ValueError(f"There is a check {name!r} already.")
        _checks.append(PublishCheck(name, model, level, check))
        return check

    return register


def findings_for(obj: models.Model, *levels: Level) -> list[Finding]:
    """Those of these levels, or all: the worst first; those of one level in the order of their checks."""
    asked = [each for each in _checks if isinstance(obj, each.model) and (not levels or each.level in levels)]
    with sharing(), source_columns(), remembering():
        return [found for check in sorted(asked, key=lambda each: each.level) for found in check.findings(obj)]


@contextmanager
def sharing() -> Iterator[None]:
    """What checks share is made once, also if the list is made several times; nobody changes the object meanwhile. Within
    another one, that one goes on."""
    if _shared.get() is not None:
        yield
        return
    token = _shared.set({})
    try:
        yield
    finally:
        _shared.reset(token)


def shared(obj: Any, make: Callable[[Any], T]) -> T:
    """What `make` returns for the object: checks that are run together ask for it once."""
    known = _shared.get()
    if known is None:
        return make(obj)
    key = make, id(obj)
    if key not in known:
        known[key] = obj, make(obj)  # the object is kept: another one could get its id
    return known[key][1]


def check_names() -> list[str]:
    return [each.name for each in _checks]
