"""The shortest way to a kept page: an answer that went out is given again before Django sees the request.

What Django does for each request (its own request, twelve middlewares, their headers) costs more than finding the page.
A reader who asks for the same address at the same host in the same encodings, and sends nothing else that an answer
depends on, gets the same bytes with the same headers as the one before, as long as the content stamp is the same. Once
the stamp is due to be asked for (`stamp.INTERVAL`), the request takes the long way, where that is done.
"""

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from django.conf import settings
from django.http import HttpResponse

from . import stamp


Environ = dict[str, Any]
Application = Callable[[Environ, Callable[..., Any]], Iterable[bytes]]

PLACE = ("wsgi.url_scheme", "HTTP_HOST", "SERVER_NAME", "SERVER_PORT", "SCRIPT_NAME", "PATH_INFO")
ASKED_FOR = ("HTTP_ACCEPT_ENCODING",)
CONDITIONS = ("HTTP_IF_NONE_MATCH", "HTTP_IF_MODIFIED_SINCE", "HTTP_IF_MATCH", "HTTP_IF_UNMODIFIED_SINCE")
NOT_PLAIN = ("QUERY_STRING", "HTTP_COOKIE", *CONDITIONS, "HTTP_RANGE")
"""Whoever sends one of these takes the long way."""
MOST = 2000  # answers that are known; there is room for as many bytes as for the pages that are kept, which share them
LONGEST = 300  # characters of a key: an address, a host, names of encodings


class Known(NamedTuple):
    status: str
    headers: list[tuple[str, str]]
    body: bytes
    stamp: str
    until: float


class QuickAnswers:
    """A WSGI application before Django's. A response with `kept`, (stamp, until), may be given again."""

    def __init__(self, application: Application) -> None:
        self.application = application
        self._known: OrderedDict[tuple[str, ...], Known] = OrderedDict()
        self._size = 0  # bytes of all bodies
        self._lock = threading.Lock()
        proxy = settings.SECURE_PROXY_SSL_HEADER
        self._names = (
            *PLACE,
            *ASKED_FOR,
            "HTTP_X_FORWARDED_HOST",
            "HTTP_X_FORWARDED_PORT",
            *([proxy[0]] if proxy else []),
        )

    def __call__(self, environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        key = self._key(environ)
        if key is None:
            return self.application(environ, start_response)
        known = self._known.get(key)
        if known is not None and known.stamp == stamp.known() and time.time() < known.until:
            start_response(known.status, list(known.headers))
            return [known.body]
        return self._the_long_way(key, environ, start_response)

    def _key(self, environ: Environ) -> tuple[str, ...] | None:
        if environ["REQUEST_METHOD"] != "GET" or not settings.PAGE_CACHE or any(map(environ.get, NOT_PLAIN)):
            return None
        key = tuple([environ.get(name, "") for name in self._names])
        return key if sum(map(len, key)) <= LONGEST else None

    def _the_long_way(
        self, key: tuple[str, ...], environ: Environ, start_response: Callable[..., Any]
    ) -> Iterable[bytes]:
        said: dict[str, Any] = {}

        def note(status: str, headers: list[tuple[str, str]], *args: Any) -> Any:
            said.update(status=status, headers=list(headers))
            return start_response(status, headers, *args)

        answer = self.application(environ, note)
        kept = getattr(answer, "kept", None)
        if kept is not None and isinstance(answer, HttpResponse) and answer.status_code == 200:
            self._remember(key, said["status"], said["headers"], answer.content, kept)
        return answer

    def _remember(
        self, key: tuple[str, ...], status: str, headers: list[tuple[str, str]], body: bytes, kept: tuple[str, float]
    ) -> None:
        with self._lock:
            self._forget(key)
            self._known[key] = Known(status, headers, body, *kept)
            self._size += len(body)
            while len(self._known) > MOST or self._size > settings.PAGE_CACHE_BYTES:
                self._forget(next(iter(self._known)))

    def _forget(self, key: tuple[str, ...]) -> None:
        gone = self._known.pop(key, None)
        if gone is not None:
            self._size -= len(gone.body)
