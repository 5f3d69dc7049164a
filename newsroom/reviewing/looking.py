"""What a reviewer had before them when they decided. An approval is of that, not of what was written meanwhile.

The edit form takes it along (`taken_along`), the views of a step say it to whatever decides (`looking_at`).
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Self

from core.publishing.digest import digest

from .authors import savers
from .content import said_by


FIELD = "review_seen"
_seen: ContextVar["Seen | None"] = ContextVar("review_seen", default=None)


@dataclass(frozen=True)
class Seen:
    """The hash of the content, the hash of each thing that it embeds by its name, and when the draft was saved, if ever."""

    content_hash: str
    embedded: dict[str, str]
    saved_at: datetime | None

    @classmethod
    def read(cls, text: str) -> Self | None:
        """None of what is not ours. Nobody gains by forging it: who wants to approve unread may do so."""
        try:
            content_hash, embedded, saved_at = json.loads(text)
            return cls(str(content_hash), dict(embedded), datetime.fromisoformat(saved_at) if saved_at else None)
        except (TypeError, ValueError):
            return None

    def is_still_there(self, obj: Any, said: dict[str, Any], user: Any) -> bool:
        """Whether a draft says what was seen, but for what its reader has written since."""
        if digest(said) == self.content_hash:
            return True
        since = [person for at, person in savers(obj, self.saved_at) if self.saved_at is None or at > self.saved_at]
        now = _embedded(said)
        is_shown_the_same = all(now[name] == known for name, known in self.embedded.items() if name in now)
        return set(since) == {user.pk} and is_shown_the_same


def taken_along(obj: Any, saved_at: datetime | None) -> str:
    """What a form that shows this draft takes along; `saved_at` is when its revision was saved."""
    said = said_by(obj)
    return json.dumps([digest(said), _embedded(said), saved_at.isoformat() if saved_at else None])


def _embedded(said: dict[str, Any]) -> dict[str, str]:
    return {name: digest({"value": value})[:16] for name, value in said.get("embedded", {}).items()}


@contextmanager
def looking_at(text: str) -> Iterator[None]:
    """Decisions inside are of what a form took along; "" if it took nothing."""
    token = _seen.set(Seen.read(text))
    try:
        yield
    finally:
        _seen.reset(token)


def seen() -> Seen | None:
    return _seen.get()
