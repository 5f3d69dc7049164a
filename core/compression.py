"""Public pages and data are sent compressed, also where no web server in front of the portal does it."""

import brotli
from django.http import HttpRequest, HttpResponse
from django.middleware.gzip import GZipMiddleware
from django.utils.cache import patch_vary_headers

from .caching.entries import BROTLI_QUALITY, is_text
from .caching.readers import is_unknown
from .encodings import preferred


SHORT = 200  # bytes: what is shorter would hardly shrink


class PublicCompressionMiddleware(GZipMiddleware):
    """Compress what everybody may read, and nothing else. What is kept is compressed already.

    The length of a compressed answer that holds both a secret and something the asker chose tells about the secret
    (BREACH). Public pages hold none: no session, no CSRF token. The admin does, and so may whatever is answered to
    somebody who is logged in: both stay as they are.
    """

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        if not is_unknown(request) or response.cookies or not is_text(response):
            return response
        if response.has_header("Content-Encoding") or (not response.streaming and len(response.content) < SHORT):
            return response
        encoding = preferred(request)
        if encoding == "gzip" or response.streaming:
            return super().process_response(request, response)
        patch_vary_headers(response, ("Accept-Encoding",))
        if not encoding:
            return response
        response.content = brotli.compress(response.content, quality=BROTLI_QUALITY)
        response.headers["Content-Encoding"] = "br"
        response.headers["Content-Length"] = str(len(response.content))
        etag = response.headers.get("ETag", "")
        if etag.startswith('"'):
            response.headers["ETag"] = f"W/{etag}"
        return response
