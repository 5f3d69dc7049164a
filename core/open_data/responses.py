"""What every address for programs has in common: any site may read it, caches may keep it, nothing is written."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.cache import get_conditional_response, set_response_etag


MAX_AGE = 300  # seconds: what an editor corrects is right everywhere after five minutes
METHODS = "GET, HEAD, OPTIONS"
HEADERS = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "Content-Disposition, Content-Language, ETag, Link",
}
PREFLIGHT = {
    "Allow": METHODS,
    "Access-Control-Allow-Methods": METHODS,
    "Access-Control-Allow-Headers": "Accept, Accept-Language, Content-Language, Content-Type, If-None-Match",
    "Access-Control-Max-Age": "86400",
}

View = Callable[..., HttpResponse]


def open_data(view: View) -> View:
    """Make a view that only answers GET also answer HEAD and OPTIONS, with CORS, a cache time and an ETag.

    It reads outside a transaction. Errors (not found, method not allowed) are sent as JSON.
    """

    @transaction.non_atomic_requests
    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method == "OPTIONS":
            response = HttpResponse(status=204, headers=PREFLIGHT)
        elif request.method in {"GET", "HEAD"}:
            response = _read(view, request, *args, **kwargs)
        else:
            response = problem(405, f"This address can only be read: {METHODS}.")
            response.headers["Allow"] = METHODS
        for name, value in HEADERS.items():
            response.headers[name] = value
        return response

    return wrapped


def problem(status: int, message: str, **more: Any) -> JsonResponse:
    """An error as all addresses for programs send it: {"message": …}, in English."""
    return JsonResponse({"message": message, **more}, status=status, headers=HEADERS)


def _read(view: View, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
    method, request.method = request.method, "GET"  # the server leaves out the body of an answer to HEAD
    try:
        response = view(request, *args, **kwargs)
    except Http404:
        response = problem(404, "There is nothing public at this address.")
    finally:
        request.method = method
    if response.status_code != 200:
        response.headers.setdefault("Cache-Control", "no-store")
        return response
    response.headers["Cache-Control"] = f"public, max-age={MAX_AGE}"
    if not response.has_header("ETag"):
        set_response_etag(response)
    return get_conditional_response(request, etag=response.headers["ETag"], response=response)
