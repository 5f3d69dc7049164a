"""Public pages and data are sent compressed, also where no web server in front of the portal does it."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.middleware.gzip import GZipMiddleware

from .middleware import NOT_PUBLIC


TEXT = (
    "text/",
    "application/json",
    "application/atom+xml",
    "application/xml",
    "application/manifest+json",
    "image/svg",
)


class PublicGZipMiddleware(GZipMiddleware):
    """Compress what everybody may read, and nothing else.

    The length of a compressed answer that holds both a secret and something the asker chose tells about the secret
    (BREACH). Public pages hold none: no session, no CSRF token. The admin does, and so may whatever is answered to
    somebody who is logged in: both stay as they are.
    """

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        if not is_public(request) or response.cookies or not is_text(response):
            return response
        return super().process_response(request, response)


def is_public(request: HttpRequest) -> bool:
    """Whether an unknown reader only wants to see something that everybody may see."""
    known = settings.SESSION_COOKIE_NAME in request.COOKIES
    return request.method in ("GET", "HEAD") and not known and not request.path_info.startswith(NOT_PUBLIC)


def is_text(response: HttpResponse) -> bool:
    return response.headers.get("Content-Type", "").startswith(TEXT)
