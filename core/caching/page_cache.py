"""Pages from what is kept, made once for all who ask at the same time.

A page is current while the content stamp is the one that was read before it was made. So what is changed while it is
made makes it old, too, and nothing has to be deleted anywhere.
"""

import logging
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, patch_cache_control, patch_vary_headers

from . import moments, stamp
from .addresses import Address, bare
from .entries import Entry, etag, is_text
from .kept import keeping
from .parameters import declared_by
from .stores import memory, shared


logger = logging.getLogger(__name__)

GetResponse = Callable[[HttpRequest], HttpResponse]
ERROR = 500
STALE_IF_ERROR = 86_400  # seconds for which a cache in front may serve a page while the portal does not answer
LEADING_ON = {301, 302}
REPLACEABLE = {200, *LEADING_ON, 404, 410}  # answers that take the place of what a cache in front has at their address
LONGEST_WAIT = 10.0  # seconds that a request waits for the one that makes its page

StillThere = Callable[[HttpRequest], bool]


class Turns:
    """One thread at a time makes a page; the others wait for it."""

    def __init__(self) -> None:
        self._under_way: dict[str, threading.Event] = {}
        self._lock = threading.Lock()

    @contextmanager
    def turn(self, key: str) -> Iterator[bool]:
        """Whether it is this thread's turn; else another one has had it by now."""
        with self._lock:
            done = self._under_way.get(key)
            mine = done is None
            if done is None:
                done = self._under_way[key] = threading.Event()
        if not mine:
            done.wait(LONGEST_WAIT)
            yield False
            return
        try:
            yield True
        finally:
            with self._lock:
                del self._under_way[key]
            done.set()


class PageCache:
    """`still_there` says, without rendering anything, whether readers may still see what is at an address."""

    def __init__(self, get_response: GetResponse, still_there: StillThere) -> None:
        self.get_response = get_response
        self.still_there = still_there
        self.turns = Turns()

    def answer(self, request: HttpRequest) -> HttpResponse:
        address = Address.of(request)
        try:
            now = stamp.current()
        except DatabaseError:
            logger.exception("The content stamp could not be read")
            return self._without_database(request, address)
        known, declared = self._recipe(address, now)
        if known and declared is None:
            return finished(self._make(request)[0])
        entry = self._find(request, address, now, declared)
        if entry is None or not entry.is_current(now, time.time()):
            return self._make_once(request, address, now, entry)
        return entry.response(request)

    def make(self, request: HttpRequest) -> HttpResponse:
        """Without keeping anything: as it would be answered the first time."""
        with keeping():
            response = finished(self.get_response(request))
        if declared_by(request) is None or not may_be_kept(response):
            return response
        response.headers["ETag"] = etag(response.content)
        patch_vary_headers(response, ["Accept-Encoding"])
        return get_conditional_response(request, etag=response.headers["ETag"], response=response)

    def _recipe(self, address: Address, now: str) -> tuple[bool, tuple[str, ...] | None]:
        """(whether it is known what the address depends on, its parameters)."""
        seen, declared = memory.recipes.get(address.plain, ("", None))
        if seen == now:
            return True, declared
        return False, None

    def _find(
        self, request: HttpRequest, address: Address, now: str | None, declared: tuple[str, ...] | None
    ) -> Entry | None:
        """The entry for this request, current or not. An entry knows best what it depends on: that has the last word."""
        if not request.META.get("QUERY_STRING"):
            return _load(address.plain, now)
        if declared is None:
            plain = _load(address.plain, now)
            if plain is None:
                return None
            declared = plain.parameters
        entry = _load(address.key(request, declared), now)
        return entry if entry is not None and entry.parameters == declared else None

    # Making a page ----------------------------------------------------------------------------

    def _make_once(self, request: HttpRequest, address: Address, now: str, last: Entry | None) -> HttpResponse:
        """Make it, if nobody else does so now; else wait. `last` is the page as it was."""
        turn = address.key(request, sorted(request.GET))
        with self.turns.turn(turn) as mine:
            if not mine:
                entry = self._find(request, address, now, self._recipe(address, now)[1])
                if entry is not None and entry.is_current(now, time.time()):
                    return entry.response(request)
            with shared.turn(turn, now) as ours:
                if mine and not ours:
                    entry = shared.wait_for(address.key(request, last.parameters if last else ()), now)
                    if entry is not None and entry.is_current(now, time.time()):
                        memory.set(address.key(request, entry.parameters), entry)
                        return entry.response(request)
                return self._make_and_keep(request, address, now, last)

    def _make_and_keep(self, request: HttpRequest, address: Address, now: str, last: Entry | None) -> HttpResponse:
        began = datetime.now(UTC)
        response, declared = self._make(request)
        if response.status_code >= ERROR and last is not None and self._is_still_there(request):
            logger.error("%s could not be made: the page is served as it last was", request.path)
            return last.response(request)
        if response.status_code < ERROR:
            memory.learn(address.plain, now, declared)
        response = finished(response)
        if declared is None or not may_be_kept(response):
            return response
        with keeping():
            until = moments.next_moment(began).timestamp()
        entry = Entry.of(response, stamp=now, until=until, parameters=declared)
        key = address.key(request, declared)
        memory.set(key, entry)
        shared.set(key, entry)
        return entry.response(request)

    def _make(self, request: HttpRequest) -> tuple[HttpResponse, tuple[str, ...] | None]:
        """The page as it is made for a reader of whom nothing is known, and what of the query it depends on."""
        asked = bare(request)
        with keeping():
            response = self.get_response(asked)
        return response, declared_by(asked)

    # When something is out of order -------------------------------------------------------------

    def _is_still_there(self, request: HttpRequest) -> bool:
        try:
            return self.still_there(bare(request))
        except Exception:
            logger.exception("It cannot be said whether %s is still public", request.path)
            return False

    def _without_database(self, request: HttpRequest, address: Address) -> HttpResponse:
        """The page as it last was, if as far as is known nothing has changed since."""
        entry = self._find(request, address, None, None)
        if entry is not None and entry.stamp == stamp.before_failure():
            return entry.response(request)
        return self._make(request)[0]


def _load(key: str, now: str | None) -> Entry | None:
    """From memory; else, or if that is old, from what all share."""
    entry = memory.get(key)
    if now is None or (entry is not None and entry.is_current(now, time.time())):
        return entry
    found = shared.get(key)
    if found is None:
        return entry
    memory.set(key, found)
    return found


def may_be_kept(response: HttpResponse) -> bool:
    control = response.headers.get("Cache-Control", "")
    return (
        response.status_code == 200
        and not response.streaming
        and not response.cookies
        and is_text(response)
        and "no-store" not in control
        and "private" not in control
    )


def finished(response: HttpResponse) -> HttpResponse:
    """Say how long caches may have an answer for everybody: those in front of the portal one second, and while it does
    not answer a day; those of readers ask again each time, unless the view said for how long they need not."""
    if response.status_code in LEADING_ON and not response.cookies:  # the login's says that nobody may keep it
        response.headers.pop("Cache-Control", None)
        response.headers.pop("Expires", None)
    control = response.headers.get("Cache-Control", "")
    if response.status_code in REPLACEABLE and "no-store" not in control and "private" not in control:
        if "max-age" not in control:
            patch_cache_control(response, max_age=0)
        patch_cache_control(response, s_maxage=1, stale_if_error=STALE_IF_ERROR)
    return response
