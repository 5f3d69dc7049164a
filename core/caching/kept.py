"""Values that are the same on every page, kept by each process until the content stamp moves."""

import threading
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import update_wrapper
from typing import Any, Generic, ParamSpec, TypeVar

from django.db import DatabaseError, connection

from . import stamp, writes


P = ParamSpec("P")
T = TypeVar("T")
K = TypeVar("K", bound=Hashable)

MOST = 256  # values of one kind

_keeping: ContextVar[bool] = ContextVar("keeping_values", default=False)
_all: "list[KeptValues[Any]]" = []


@contextmanager
def keeping() -> Iterator[None]:
    """Inside, an unknown reader is answered: what is kept may be used.

    Elsewhere (in the admin, in commands) everything is asked for anew: an editor sees at once what was saved.
    """
    token = _keeping.set(True)
    try:
        yield
    finally:
        _keeping.reset(token)


def is_on() -> bool:
    """Whether what is kept may be used now: an unknown reader is answered, and nothing is written that may be undone."""
    return _keeping.get() and not writes.has_moved(connection)


def _stamp_now() -> str:
    """Empty if nothing may be kept now."""
    if not is_on():
        return ""
    try:
        return stamp.current()
    except DatabaseError:
        return stamp.before_failure()


class KeptValues(Generic[T]):
    """Values by keys, which are hashable. Nobody may change a value.

    The stamp is read before a value is made: what is changed meanwhile moves the stamp, and the value is made again.
    A transaction that has changed something sees its own change, and keeps nothing that may yet be undone.
    """

    def __init__(self) -> None:
        self._values: dict[Hashable, tuple[str, T]] = {}
        self._lock = threading.Lock()
        _all.append(self)

    def get(self, key: Hashable, make: Callable[[], T]) -> T:
        """The value of this key: the kept one, or what `make` returns."""
        now = _stamp_now()
        if not now:
            return make()
        found = self._values.get(key)
        if found is not None and found[0] == now:
            return found[1]
        value = make()
        self._keep(now, {key: value})
        return value

    def get_many(self, keys: Iterable[K], make: Callable[[list[K]], Mapping[K, T]]) -> dict[K, T]:
        """The values of these keys: the kept ones, and what `make` returns for the others, which it makes together."""
        now, wanted = _stamp_now(), list(keys)
        known = {key: self._values.get(key, ("", None)) for key in wanted} if now else {}
        found: dict[Any, Any] = {key: value for key, (seen, value) in known.items() if seen == now}
        if missing := [key for key in wanted if key not in found]:
            made = make(missing)
            if now:
                self._keep(now, made)
            found |= made
        return found

    def _keep(self, now: str, values: Mapping[Any, T]) -> None:
        """`now` is the stamp from before they were made."""
        with self._lock:
            if len(self._values) + len(values) > MOST:
                self._values.clear()
            self._values.update({key: (now, value) for key, value in values.items()})

    def forget(self) -> None:
        with self._lock:
            self._values.clear()


class Kept(Generic[P, T]):
    """A function whose values are kept, by its arguments, which are hashable."""

    def __init__(self, function: Callable[P, T]) -> None:
        self.function = function
        self.values: KeptValues[T] = KeptValues()
        update_wrapper(self, function)

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> T:
        key = (args, tuple(sorted(kwargs.items())))
        return self.values.get(key, lambda: self.function(*args, **kwargs))


def kept(function: Callable[P, T]) -> Kept[P, T]:
    """Keep the values of this function while the content stamp stays (see `KeptValues`)."""
    return Kept(function)


def forget_all() -> None:
    """Nothing is kept, and the stamp is asked for again: for tests, whose rows come and go."""
    for each in _all:
        each.forget()
    stamp.forget()
