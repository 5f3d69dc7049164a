"""An act that a rule refuses is said where it was asked for; its transaction is undone already.

Buttons that publish what was typed keep it as a draft and say so themselves (core/wagtail_hooks.py). This is for all
other ways through the admin: copying, an alias, moving, withdrawing, a task of a workflow, the admin's API.
"""

from collections.abc import Callable
from http import HTTPStatus

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from ..caching.readers import ADMIN
from ..publishing.acts import NotPublishable, reasons


class RefusalMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, NotPublishable) or not request.path_info.startswith(ADMIN):
            return None
        said = reasons(exception)
        if not request.accepts("text/html") or request.path_info.startswith(f"{ADMIN}api/"):
            return JsonResponse({"message": said}, status=HTTPStatus.CONFLICT)
        messages.error(request, said)
        return HttpResponseRedirect(_back(request))


def _back(request: HttpRequest) -> str:
    """The page that it was asked for on, but not the address that was posted to if that shows nothing."""
    before = request.META.get("HTTP_REFERER", "")
    if url_has_allowed_host_and_scheme(before, {request.get_host()}, require_https=request.is_secure()):
        return before
    return reverse("wagtailadmin_home")
