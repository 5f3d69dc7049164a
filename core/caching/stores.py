"""Where entries are kept: in the memory of each process, within a bound, and, if there is a Redis, there for all."""

import threading
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import blake2b
from time import monotonic, sleep

from django.conf import settings
from django.core.cache import cache

from .entries import Entry
from .version import version


LONGEST = 86_400  # seconds that an entry lies in Redis
PATIENCE, LOOK_AGAIN = 3.0, 0.05  # seconds that a process waits for another one's page, and between two looks
RECIPES = 20_000  # addresses of which is known what they depend on


class Memory:
    """The entries asked for last, as many as there is room for. For any number of threads.

    `recipes` says what each address depends on, as of a stamp: its parameters; None if it is not kept.
    """

    def __init__(self, room: int) -> None:
        self.room = room
        self.size = 0
        self.recipes: dict[str, tuple[str, tuple[str, ...] | None]] = {}
        self._entries: OrderedDict[str, Entry] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: str) -> Entry | None:
        with self._lock:
            entry = self._entries.get(key)
            if entry is not None:
                self._entries.move_to_end(key)
            return entry

    def set(self, key: str, entry: Entry) -> None:
        with self._lock:
            self._take_away(key)
            self._entries[key] = entry
            self.size += entry.size
            while self.size > self.room and self._entries:
                self._take_away(next(iter(self._entries)))

    def delete(self, key: str) -> None:
        with self._lock:
            self._take_away(key)

    def learn(self, address: str, stamp: str, declared: tuple[str, ...] | None) -> None:
        with self._lock:
            if len(self.recipes) >= RECIPES:
                self.recipes.clear()
            self.recipes[address] = (stamp, declared)

    def clear(self) -> None:
        with self._lock:
            self._entries.clear()
            self.recipes.clear()
            self.size = 0

    def __len__(self) -> int:
        return len(self._entries)

    def _take_away(self, key: str) -> None:
        gone = self._entries.pop(key, None)
        if gone is not None:
            self.size -= gone.size


class Shared:
    """Entries in the cache of all processes. Whatever becomes of it, there is an answer: it then knows nothing."""

    def get(self, key: str) -> Entry | None:
        found = cache.get(_name(key))
        return Entry(**found) if isinstance(found, dict) else None

    def set(self, key: str, entry: Entry) -> None:
        cache.set(_name(key), vars(entry), LONGEST)

    def delete(self, key: str) -> None:
        cache.delete(_name(key))

    @contextmanager
    def turn(self, key: str, stamp: str) -> Iterator[bool]:
        """Whether it is this process's turn to make the page; else another one has just made it, or makes it."""
        name = f"{_name(key)}.{stamp}"
        mine = cache.add(name, 1, PATIENCE) is not False
        try:
            yield mine
        finally:
            if mine:
                cache.delete(name)

    def wait_for(self, key: str, stamp: str) -> Entry | None:
        """The page that another process makes; None if it does not come, or is none that is kept."""
        until = monotonic() + PATIENCE
        while monotonic() < until:
            sleep(LOOK_AGAIN)
            entry = self.get(key)
            if entry is not None and entry.stamp == stamp:
                return entry
            if cache.get(f"{_name(key)}.{stamp}") is None:
                return self.get(key)
        return None


class Nowhere(Shared):
    """Without a Redis."""

    def get(self, key: str) -> Entry | None:
        return None

    def set(self, key: str, entry: Entry) -> None: ...

    def delete(self, key: str) -> None: ...

    @contextmanager
    def turn(self, key: str, stamp: str) -> Iterator[bool]:
        yield True


def _name(key: str) -> str:
    return f"page.{version()}.{blake2b(key.encode(), digest_size=16).hexdigest()}"


memory = Memory(settings.PAGE_CACHE_BYTES)
shared: Shared = Shared() if settings.PAGE_CACHE_IS_SHARED else Nowhere()
