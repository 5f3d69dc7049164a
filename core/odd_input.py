"""Odd values in a request to the admin are errors of who sent them: 400, not 500, in stock Wagtail's views too.

Our own views read keys with `core.keys`. Wagtail's take what comes: `chosen/<30 digits>/`, `?id=x`, `?next=x`. What they
then raise is answered with 400 if, and only if, it is about a value that the request holds; any other error stays one.
"""

import logging
import re
from collections.abc import Callable, Iterator

from django.core.exceptions import BadRequest
from django.core.paginator import InvalidPage
from django.db import DataError
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBadRequest
from django.urls import NoReverseMatch
from django.utils.datastructures import MultiValueDictKeyError
from django.utils.translation import gettext as _

from .models import BasePage


logger = logging.getLogger(__name__)

ADMIN = "/admin/"
BELOW_A_PAGE = {f"wagtailadmin_pages:{name}" for name in ("lock", "unlock", "set_page_position")}
DEEP = 100  # brackets inside one another, more than any form of ours has
BEYOND = re.compile(
    r"\s*[+-]?(?:\d{19,}\s*$"  # numbers of which a database takes not all
    r"|9999-12-31|0001-01-01)"  # days that may be in no year of the calendar when the clock is set to UTC
)


class OddInputMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, _view: object, args: object, kwargs: dict[str, object]) -> None:
        """The root of the tree is no page: what Wagtail does to a page below another cannot be done to it."""
        name = request.resolver_match.view_name
        if name in BELOW_A_PAGE:
            roots = BasePage.objects.filter(depth=1).values_list("pk", flat=True)
            if not {*kwargs.values(), *args}.isdisjoint(roots):
                raise Http404

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if not request.path_info.startswith(ADMIN) or not is_about_what_was_sent(request, error):
            return None
        logger.warning("Odd input: %s %s", request.method, request.path_info, exc_info=error)
        return HttpResponseBadRequest(_("This request holds a value that cannot be read."))


def is_about_what_was_sent(request: HttpRequest, error: Exception) -> bool:
    """Whether the request holds the value that the error names, or one of the kind that it is about."""
    match error:
        case InvalidPage() | BadRequest() | MultiValueDictKeyError():
            return True
        case RecursionError():
            return any(_depth(value) > DEEP for value in (*sent(request), _json(request)))
        case OverflowError() | DataError():
            return any(BEYOND.match(value) for value in sent(request))
        case ValueError() | NoReverseMatch():
            said = str(error)
            return any(repr(part) in said for value in sent(request) for part in (value, value.partition(":")[0]))
        case KeyError():
            return _is_of_form(error)
    return False


def _is_of_form(error: KeyError) -> bool:
    """Whether a form's own check takes a field for granted that was sent wrong, or not at all."""
    frame = error.__traceback__
    while frame is not None and frame.tb_next is not None:
        frame = frame.tb_next
    form = frame.tb_frame.f_locals.get("self") if frame else None
    return isinstance(form, BaseForm) and error.args[0] in form.errors


def sent(request: HttpRequest) -> Iterator[str]:
    """Every value of the address and of the form, but empty ones."""
    match = request.resolver_match
    yield from (str(value) for value in (*match.args, *match.kwargs.values()) if value != "")
    for data in (request.GET, request.POST):
        yield from (value for _name, values in data.lists() for value in values if value)


def _json(request: HttpRequest) -> str:
    return request.body.decode(errors="replace") if request.content_type == "application/json" else ""


def _depth(text: str) -> int:
    """The brackets open at once, at most; those in strings count too."""
    depth = deepest = 0
    for bracket in re.findall(r"[\[{}\]]", text):
        depth += 1 if bracket in "[{" else -1
        deepest = max(deepest, depth)
    return deepest
