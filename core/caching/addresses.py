"""What a kept page is known by: where it was asked for, and how it is to be shown. Nothing else reaches who makes it."""

from collections.abc import Iterable
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from django.conf import settings
from django.core.handlers.wsgi import WSGIRequest
from django.http import HttpRequest

from .. import display
from .parameters import canonical_query


# Of an environment (PEP 3333): what says where a page was asked for. Headers are not among them.
PLACE = ("SCRIPT_NAME", "PATH_INFO", "QUERY_STRING", "SERVER_NAME", "SERVER_PORT", "SERVER_PROTOCOL", "wsgi.url_scheme")


@dataclass(frozen=True)
class Address:
    """Host and path, and with the path the language; and the word of the cookie `display`."""

    origin: str
    path: str
    display: str

    @classmethod
    def of(cls, request: HttpRequest) -> "Address":
        return cls(f"{request.scheme}://{request.get_host()}", request.path, str(display.chosen(request)))

    @property
    def plain(self) -> str:
        """The key of the page without any query."""
        return "\n".join([self.origin, self.path, self.display, ""])

    def key(self, request: HttpRequest, declared: Iterable[str]) -> str:
        """The key of the page with those parameters of the request that it declares."""
        return self.plain + (canonical_query(request.GET, declared) if request.META.get("QUERY_STRING") else "")


def bare(request: HttpRequest) -> WSGIRequest:
    """The same request of a reader of whom nothing is known but the place and the way of display: what is made for it
    cannot hold anything of the one who happened to ask."""
    environ: dict[str, Any] = {name: request.META[name] for name in PLACE if name in request.META}
    environ |= {
        "REQUEST_METHOD": "GET",
        "HTTP_HOST": request.get_host(),
        "wsgi.input": BytesIO(),
        "wsgi.url_scheme": request.META.get("wsgi.url_scheme", "http"),
    }
    if settings.SECURE_PROXY_SSL_HEADER and (name := settings.SECURE_PROXY_SSL_HEADER[0]) in request.META:
        environ[name] = request.META[name]
    chosen = display.chosen(request)
    if chosen != display.DEFAULT:
        environ["HTTP_COOKIE"] = f"{display.COOKIE}={chosen}"
    made = WSGIRequest(environ)
    made.display = chosen
    if hasattr(request, "_wagtail_site"):
        made._wagtail_site = request._wagtail_site
    return made
