"""Whole pages that are kept, in tests."""

from contextlib import contextmanager

from core.caching import stamp
from core.caching.kept import forget_all
from core.caching.stores import memory


@contextmanager
def keeping_pages(settings, monkeypatch, interval=0.0):
    """What a test writes counts as committed; the stamp is asked for after so many seconds."""
    settings.PAGE_CACHE = True
    monkeypatch.setattr(stamp, "INTERVAL", interval)
    monkeypatch.setattr("core.caching.writes.has_moved", lambda _connection: False)
    stamp.forget()
    memory.clear()
    yield
    memory.clear()
    forget_all()
