"""Every act by which something comes to readers or leaves them, whichever way it is asked for.

`ways` turns each of Wagtail's actions into an act here. Before anything is written, the rules are asked (`register_rule`);
when the outermost act is done, still in its transaction, the recorders are told of all acts in it (`register_recorder`).
With no rule and no recorder nothing is different from Wagtail alone.

`bypass_review` is for what nobody has to approve: a new site, generated content, mended rows. It is logged, and in
production it is refused but in the commands that settings name.
"""

import logging
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from contextvars import ContextVar
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from wagtail.log_actions import get_active_log_context


logger = logging.getLogger(__name__)


class Kind(StrEnum):
    PUBLISH = "publish"  # a draft becomes what readers see
    SCHEDULE = "schedule"  # it is to do so later; what is live stays as it is
    COPY = "copy"  # a copy that is live at once
    ALIAS = "alias"  # a page that shows what another one shows: made, or brought up to date
    MOVE = "move"  # the same content at another address
    WITHDRAW = "withdraw"  # readers see it no more
    SAVE = "save"  # stored without a draft: what has none, and what a command mends


@dataclass(frozen=True)
class Act:
    """`obj` holds the content as readers would see it: of a publish, what its revision says; of a copy or a new alias,
    what is copied, for rules, and what was made, for recorders. `origin` is that which an alias or a copy is made of.
    """

    kind: Kind
    obj: Any
    user: Any = None
    revision: Any = None
    origin: Any = None
    bypassed: str = ""  # why no review was asked for
    key: Any = None  # of `obj`, which loses it when it is deleted
    reason: str = ""  # why it is done, in the words of who does it
    details: Mapping[str, Any] = field(default_factory=dict, hash=False)  # what else the record says of it


class NotPublishable(ValidationError):
    """What is not ready for readers; `messages` say why, each with the name of its field."""


class BypassRefused(PermissionDenied):
    """In production, reviews are bypassed by certain commands only."""


Rule = Callable[[Act], None]
Recorder = Callable[[Sequence[Act]], None]

_rules: list[Rule] = []
_recorders: list[Recorder] = []
_reason: ContextVar[str] = ContextVar("bypass_reason", default="")
_open: ContextVar[list[Act] | None] = ContextVar("acts_to_record", default=None)
_explanation: ContextVar[tuple[str, Mapping[str, Any]]] = ContextVar("acts_explained", default=("", {}))


def register_rule(rule: Rule) -> Rule:
    """Decorate a function that raises NotPublishable for an act that must not be. It is not asked under a bypass."""
    _rules.append(rule)
    return rule


def register_recorder(recorder: Recorder) -> Recorder:
    """Decorate a function that is told of acts that were done. What it raises undoes them."""
    _recorders.append(recorder)
    return recorder


@contextmanager
def performed(act: Act) -> Iterator[Callable[[Any], None]]:
    """Ask the rules, let it be done, have it recorded. Yields a function that is given what was made, if that is not
    `act.obj`. Raises NotPublishable, and nothing is written then."""
    reason, details = _explanation.get()
    act = replace(act, reason=reason, details=details)
    made = [act.obj]
    undone_alone = nullcontext() if _open.get() is None else transaction.atomic()
    with undone_alone, together() as acts:
        before = len(acts)
        try:
            ask(act)
            yield made.append
        except BaseException:
            del acts[before:]  # what others do together goes on without it
            raise
        acts.append(replace(act, obj=made[-1], key=made[-1].pk, bypassed=_reason.get()))


@contextmanager
def together() -> Iterator[list[Act]]:
    """One transaction, whose acts are recorded at its end, after all that they write: what everybody who publishes has to
    wait for is locked last."""
    if (outer := _open.get()) is not None:
        yield outer
        return
    with transaction.atomic():
        acts: list[Act] = []
        token = _open.set(acts)
        try:
            yield acts
        finally:
            _open.reset(token)
        if acts:
            for recorder in _recorders:
                recorder(acts)


def note(kind: Kind, obj: Any, user: Any = None) -> None:
    """What was done already, to be recorded: a row that has no draft was saved. In the admin, by whoever is logged in."""
    act = Act(kind, obj, user or get_active_log_context().user, bypassed=_reason.get(), key=obj.pk)
    if (acts := _open.get()) is not None:
        acts.append(act)
        return
    for recorder in _recorders:
        recorder([act])


@contextmanager
def bypass_review(reason: str) -> Iterator[None]:
    """Ask for no review inside. `reason` is logged, and kept with whatever is recorded.

    Raises ValueError without a reason, BypassRefused where the settings do not allow it (`REVIEW_BYPASSED_BY`).
    """
    if not reason.strip():
        raise ValueError("Say why no review is asked for.")
    allowed = settings.REVIEW_BYPASSED_BY
    command = _command()
    if allowed is not None and command not in allowed:
        logger.error("Bypassing reviews was refused (%s): %s", command or "no command", reason)
        raise BypassRefused(f"Reviews are bypassed only by: {', '.join(sorted(allowed))}.")
    logger.warning("Reviews are bypassed: %s", reason)
    token = _reason.set(reason)
    try:
        yield
    finally:
        _reason.reset(token)


@contextmanager
def explained(reason: str, **details: Any) -> Iterator[None]:
    """Acts inside are done for this reason; rules and recorders are told. `details` are values that JSON knows."""
    token = _explanation.set((reason, details))
    try:
        yield
    finally:
        _explanation.reset(token)


def ask(act: Act) -> None:
    """Raises NotPublishable if a rule refuses the act, which may be asked about before it is done, and then again."""
    if reason := _reason.get():
        logger.info("Without review: %s %s %s (%s)", act.kind, act.obj._meta.label, act.obj.pk, reason)
        return
    for rule in _rules:
        rule(act)


def _command() -> str:
    """The command of manage.py that this process was started for; of a server, nothing."""
    return sys.argv[1] if len(sys.argv) > 1 and sys.argv[0].endswith(("manage.py", "django-admin")) else ""


def reasons(error: ValidationError) -> str:
    """What is wrong, in one line for a message or a log."""
    return " ".join(error.messages)
