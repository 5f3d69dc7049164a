"""What somebody typed is not lost where there is no form to show it in: logged out meanwhile, deleted, or not allowed.

The answer shows it as text. Where the form is still there, it can be sent again as it is after logging in.
"""

import json
import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.http import HttpRequest, HttpResponse, QueryDict
from django.middleware.csrf import CsrfViewMiddleware
from django.shortcuts import render
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from .loaded import LOADED, Loaded, is_carried


GetResponse = Callable[[HttpRequest], HttpResponse]
# What a form holds beside what is typed: counts, kinds and keys of blocks and rows.
_MACHINERY = re.compile(
    r"^(?:next|loaded_|overwrite_|saved_revision_)|-(?:count|type|order|deleted|id|ORDER|DELETE|\w+_FORMS)$"
)
_PLACE = re.compile(r"^(?P<name>[a-z]\w*?)(?:-(?P<number>\d+))?(?:-.*)?$")


class Typed(NamedTuple):
    label: str
    text: str


class KeepTypedMiddleware:
    """Stands below those of log-in and of forgery: it sees what they refuse."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.method != "POST" or response.status_code not in (302, 403, 404):
            return response
        if LOADED not in request.POST or not request.accepts("text/html"):
            return response
        return _answer(request, response) or response


def _answer(request: HttpRequest, response: HttpResponse) -> HttpResponse | None:
    """None if it is an ordinary answer."""
    if response.status_code == 404:
        return _shown(request, 404, _("It has been deleted since you opened it."))
    if getattr(request, "was_refused", False):
        return _shown(request, 403, _("You may not change it any more."))
    if response.status_code == 403:
        message = _("You have logged in again since you opened this form.")
        return _shown(request, 403, message, again=_is_of_this_site(request))
    if response.headers["Location"].startswith(reverse("wagtailadmin_login")):
        return _shown(request, 403, _("You are not logged in any more."), again=True)
    return None


def _is_of_this_site(request: HttpRequest) -> bool:
    """Whether the form was sent by a page of ours: another site must not have its own words sent for somebody."""
    return "HTTP_ORIGIN" in request.META and CsrfViewMiddleware(lambda _request: None)._origin_verified(request)


def _shown(request: HttpRequest, status: int, message: str, *, again: bool = False) -> HttpResponse:
    post = request.POST
    kept = [(key, value) for key, values in post.lists() if is_carried(key) for value in values]
    context = {
        "message": message,
        "typed": list(typed(post)),
        "kept": [*kept, (LOADED, post[LOADED])] if again else [],
        "action_url": request.get_full_path(),
        "login_url": "" if request.user.is_authenticated else reverse("wagtailadmin_login"),
    }
    return render(request, "core/admin/unsent.html", context, status=status)


def typed(post: QueryDict) -> Iterator[Typed]:
    """The texts of a form in its order, with what its fields are called, as far as that is known."""
    loaded = Loaded.read(post)
    try:
        model = apps.get_model(loaded.model) if loaded else None
    except LookupError:
        model = None
    for key, values in post.lists():
        text = "\n".join(filter(None, map(_text, values)))
        if text and is_carried(key) and not _MACHINERY.search(key):
            yield Typed(_label(model, key), text)


def _label(model: type[models.Model] | None, key: str) -> str:
    found = _PLACE.match(key)
    if found is None or model is None:
        return key
    try:
        name = str(getattr(model._meta.get_field(found["name"]), "verbose_name", key))
    except FieldDoesNotExist:
        return key
    return f"{capfirst(name)} {int(found['number']) + 1}" if found["number"] else capfirst(name)


def _text(value: str) -> str:
    """Of rich text, which the editor sends as JSON, its paragraphs."""
    if not value.startswith("{"):
        return value.strip()
    try:
        return "\n".join(block["text"] for block in json.loads(value)["blocks"])
    except (KeyError, RecursionError, TypeError, ValueError):
        return value
