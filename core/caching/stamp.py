"""The content stamp as this process knows it: a word that changes with everything that readers see.

It says how many rows the table of stamps has, the first and the last (`core.ContentStamp`), and which code makes the
pages. The number of the last alone would not do: a transaction that began earlier may end later. The count moves at
every commit, and no two publishers wait for one another, as they would for a counter.
"""

import threading
import time

from django.db import DatabaseError, connection

from .unseen import STAMPS
from .version import version


INTERVAL = 0.5  # seconds for which what was asked is taken for current

TRUSTED = 60.0  # seconds before a failure of the database for which the stamp of then is taken for the last one

_lock = threading.Lock()
_known = ""
_asked_at = float("-inf")
_failed_at: float | None = None  # the first failure since it was last known


def current() -> str:
    """The stamp, at most `INTERVAL` seconds old. Whoever comes while it is asked for waits for the answer: a process
    that nobody has asked for an hour would else serve what it had then. Raises DatabaseError."""
    global _known, _asked_at, _failed_at
    with _lock:
        now = time.monotonic()
        if now - _asked_at >= INTERVAL:
            try:
                _known, _failed_at = f"{version()}.{ask()}", None
            except DatabaseError:
                _failed_at = _failed_at or now
                raise
            _asked_at = now
        return _known


def known() -> str:
    """The stamp if it need not be asked for now; else an empty word, which is no stamp."""
    return _known if time.monotonic() - _asked_at < INTERVAL else ""


def before_failure() -> str:
    """The stamp from just before the database failed: as nobody can have written since, it still holds. Empty if it is
    not known, since nobody had asked for long."""
    with _lock:
        return _known if _failed_at is not None and _failed_at - _asked_at <= TRUSTED else ""


def forget() -> None:
    """Ask again at the next occasion: this process has changed something."""
    global _asked_at
    with _lock:  # not in the middle of somebody's asking
        _asked_at = float("-inf")


def ask() -> str:
    """The rows of the table: how many, the first, the last. One query."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT COUNT(*), MIN(id), MAX(id) FROM {STAMPS}")  # noqa: S608
        return "-".join(str(number or 0) for number in cursor.fetchone())
