"""What people can be told of: each app registers its kinds, and knows who may see what they are about."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.functional import Promise

from ..models import MailTime, Notice


ALWAYS_NAMED = frozenset({"actor", "subject"})  # in a message, besides the parameters of its kind


def everybody(_user: models.Model) -> bool:
    return True


def as_they_are(parameters: Mapping[str, Any]) -> Mapping[str, Any]:
    return parameters


@dataclass(frozen=True)
class Kind:
    """One thing that people are told of.

    `message` is translated text with named placeholders: `actor`, `subject` (its label) and `parameters`, which
    `words` puts into the language that is active when somebody reads it. `visible` is called with a person and notices
    of this kind, and returns the keys of those whose subject the person may still see; the others say nothing. `mail` is
    when it is mailed unless the person wants it otherwise; `concerns` whom it is offered to in the settings of accounts.
    """

    id: str
    label: Promise
    message: Promise
    visible: Callable[[models.Model, Sequence[Notice]], Collection[int]]
    icon: str = "bell"
    mail: Any = MailTime.AT_ONCE
    parameters: tuple[str, ...] = ()
    words: Callable[[Mapping[str, Any]], Mapping[str, Any]] = as_they_are
    concerns: Callable[[models.Model], bool] = everybody

    def text(self, **values: Any) -> str:
        return str(self.message) % values


_kinds: dict[str, Kind] = {}


def register(kind: Kind) -> Kind:
    """Offer a kind. Raises ValueError if its id is taken."""
    if kind.id in _kinds:
        raise ValueError(f"There is a kind of notice {kind.id} already.")
    _kinds[kind.id] = kind
    return kind


def kind_of(notice: Notice) -> Kind | None:
    """None if its app is not there any more."""
    return _kinds.get(notice.kind)


def all_kinds() -> list[Kind]:
    return list(_kinds.values())


def problems(kind: Kind) -> list[str]:
    """What is wrong with how a kind is declared: for the system check."""
    found = []
    if not kind.id.isascii() or kind.id.count(".") != 1 or not all(kind.id.split(".")):
        found.append("its id is not <app>.<name>")
    if not str(kind.label).strip():
        found.append("it has no label")
    if not isinstance(kind.label, Promise) or not isinstance(kind.message, Promise):
        found.append("its label and message are not translated lazily")
    try:
        named = placeholders(str(kind.message))
    except ValueError as error:
        return [*found, f"its message cannot be filled in ({error})"]
    if not named:
        found.append("its message names nothing")
    if strange := named - ALWAYS_NAMED - set(kind.parameters):
        found.append(f"its message names what no notice has: {', '.join(sorted(strange))}")
    return found


def placeholders(message: str) -> set[str]:
    """The names in '%(actor)s …'. Raises ValueError for a message that is none."""

    class Asked(dict):
        def __missing__(self, name: str) -> str:
            self[name] = ""
            return ""

    asked = Asked()
    try:
        message % asked
    except (TypeError, ValueError) as error:
        raise ValueError(str(error)) from error
    return set(asked)
