"""What readers get at the address of what was withdrawn, in every open language: found only where nothing else is.

| Kind | The page's address | Its feed | Open data |
|---|---|---|---|
| published in error | 410 and a notice | 410 | 410 |
| replaced | 301 to what replaces it, in the same language; 410 and a notice if that is gone | 410 | 410 |
| withdrawn for checking | 200 and a notice alone | 404 | 404 |

The notice names no title: that may be what is wrong.
"""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.utils import translation
from wagtail.contrib.redirects.models import Redirect
from wagtail.contrib.routable_page.models import RoutablePageMixin

from core.caching.parameters import declare
from core.caching.readers import NOT_PUBLIC, READING
from core.languages import SOURCE
from core.models import BasePage
from core.models.pages import MAX_DEPTH
from core.models.site import find_site
from core.open_data.responses import problem

from ..models import Withdrawal


GetResponse = Callable[[HttpRequest], HttpResponse]
Kind = Withdrawal.Kind

API = "/api/v1/"
OF_PROGRAMS = {"story": "news.storypage", "school": "schools.schoolpage", "programme": "news.programmepage"}
"""The name of an address for programs: the model of what is there."""
SAID_TO_PROGRAMS = {
    Kind.ERROR: "This was withdrawn: it was published in error.",
    Kind.REPLACED: "This was withdrawn: something else replaces it.",
    Kind.CHECKING: "This is withdrawn while it is being checked. It returns when that is done.",
}


class WithdrawnMiddleware:
    """Stands before that of redirects: what an editor has redirected is found there."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        is_missing = response.status_code == HTTPStatus.NOT_FOUND and request.method in READING
        if not is_missing or request.path_info.startswith(NOT_PUBLIC):
            return response
        found = _for_programs(request) if request.path_info.startswith(API) else _for_readers(request)
        return found or response


# Readers -----------------------------------------------------------------------------------------


def _for_readers(request: HttpRequest) -> HttpResponse | None:
    site = find_site(request)
    parts = _parts(request.path_info)
    if site is None or len(parts) > MAX_DEPTH:
        return None
    root = site.root_page.url_path
    found = _withdrawn(root, parts) or _renamed(request, "/".join(parts))
    if found is None:
        return None
    withdrawal, is_its_page = found
    end = _end(withdrawal)
    if isinstance(end, Withdrawal):
        return _notice(request, end, is_its_page)
    url = end.get_url(request) if is_its_page else None
    if not url:
        return _notice(request, withdrawal, is_its_page)
    return HttpResponsePermanentRedirect(url, headers={"Cache-Control": "max-age=0"})


def _parts(path: str) -> list[str]:
    """Of an address without its language."""
    code = translation.get_language_from_path(path) or SOURCE
    bare = path if code == SOURCE else path.removeprefix(f"/{code}")
    return [part for part in bare.split("/") if part]


def _withdrawn(root: str, parts: list[str]) -> tuple[Withdrawal, bool] | None:
    """(what was withdrawn at this address, whether the address is that of the page, not of something of it)."""
    rests = {root + "".join(f"{part}/" for part in parts[:count]): parts[count:] for count in range(len(parts) + 1)}
    rows = Withdrawal.objects.in_effect().in_short().filter(url_path__in=rests).select_related("page__content_type")
    for each in sorted(rows, key=lambda row: (len(row.url_path), row.at), reverse=True):
        rest = rests[each.url_path]
        if not rest:
            return each, True
        if (len(rest) == 1 and "." in rest[0]) or _has_addresses_below(each):  # a feed; one metric of all figures
            return each, False
    return None


def _has_addresses_below(withdrawal: Withdrawal) -> bool:
    page = withdrawal.page
    return page is not None and issubclass(page.specific_class or BasePage, RoutablePageMixin)


def _renamed(request: HttpRequest, path: str) -> tuple[Withdrawal, bool] | None:
    """An address that the page had before it was withdrawn."""
    moved = Redirect.objects.filter(old_path=Redirect.normalise_path(f"/{path}/"), redirect_page__isnull=False)
    withdrawal = Withdrawal.objects.in_effect().in_short().filter(page__in=moved.values("redirect_page")).first()
    return (withdrawal, True) if withdrawal else None


def _end(withdrawal: Withdrawal) -> BasePage | Withdrawal:
    """Where a chain of replacements ends: at a page that readers can see, or at what was withdrawn last."""
    seen = {withdrawal.pk}
    while withdrawal.kind == Kind.REPLACED and withdrawal.replacement_id:
        if page := BasePage.objects.readable().filter(pk=withdrawal.replacement_id).first():
            return page
        after = Withdrawal.objects.in_effect().in_short().filter(page=withdrawal.replacement_id).first()
        if after is None or after.pk in seen:
            break
        seen.add(after.pk)
        withdrawal = after
    return withdrawal


def _notice(request: HttpRequest, withdrawal: Withdrawal, is_its_page: bool) -> HttpResponse:
    is_being_checked = withdrawal.kind == Kind.CHECKING
    status = HTTPStatus.GONE
    if is_being_checked:
        status = HTTPStatus.OK if is_its_page else HTTPStatus.NOT_FOUND
    if status == HTTPStatus.OK:
        declare(request, ())  # it may be kept like any page, until something is published or withdrawn
    context: dict[str, Any] = {"withdrawal": withdrawal, "above": _above(withdrawal), "status": int(status)}
    response = render(request, "newsroom/withdrawn.html", context, status=status)
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _above(withdrawal: Withdrawal) -> BasePage | None:
    """The nearest page above it that readers can see, below the front page."""
    parts = withdrawal.url_path.strip("/").split("/")[:-1]
    paths = [f"/{'/'.join(parts[:count])}/" for count in range(1, len(parts) + 1)]
    return BasePage.objects.readable().filter(url_path__in=paths, depth__gt=2).order_by("-depth").first()


# Programs ----------------------------------------------------------------------------------------


def _for_programs(request: HttpRequest) -> HttpResponse | None:
    match = request.resolver_match
    model = OF_PROGRAMS.get(match.url_name or "") if match else None
    if match is None or model is None or "key" not in match.kwargs:
        return None
    rows = Withdrawal.objects.in_effect().in_short().filter(model=model, url_path__endswith=f"/{match.kwargs['key']}/")
    withdrawal = rows.first()
    if withdrawal is None:
        return None
    end = _end(withdrawal)
    more = {"replaced_by": request.build_absolute_uri(end.get_url(request))} if isinstance(end, BasePage) else {}
    kind = withdrawal.kind if more else getattr(end, "kind", withdrawal.kind)
    status = HTTPStatus.NOT_FOUND if kind == Kind.CHECKING else HTTPStatus.GONE
    response = problem(status, SAID_TO_PROGRAMS[Kind(kind)], **more)
    response.headers["Cache-Control"] = "no-store"
    return response
