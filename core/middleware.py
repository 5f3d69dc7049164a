"""What happens to every request before it reaches a view."""

from collections.abc import Callable
from contextlib import nullcontext
from http import HTTPStatus
from urllib.parse import unquote_to_bytes, urlsplit

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.core.handlers.exception import response_for_exception
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBadRequest,
    HttpResponsePermanentRedirect,
    HttpResponseRedirect,
)
from django.middleware.security import SecurityMiddleware
from django.urls import resolve
from django.utils import translation
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.utils.translation import gettext as _
from wagtail.contrib.redirects.middleware import get_redirect
from wagtail.contrib.redirects.models import Redirect

from . import display
from .caching.kept import keeping
from .caching.page_cache import PageCache
from .caching.readers import ADMIN, NOT_PUBLIC, READING, is_unknown
from .editing.visibility import seen_by
from .languages import SOURCE, reading
from .models import BasePage
from .models.language import open_languages
from .models.site import LOCAL_NAMES, find_site
from .open_data.responses import problem
from .queries.narrow import narrow_reads
from .text import fallback


GetResponse = Callable[[HttpRequest], HttpResponse]
API = "/api/v1/"
WEB_PORTS = (80, 443)


class AllowedHostMiddleware:
    """Refuses a host that is not ours, with the headers that SecurityMiddleware gives every other answer: it asks for
    the host itself before it can add any."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response
        self.security = SecurityMiddleware(get_response)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        try:
            request.get_host()
        except DisallowedHost as error:
            return self.security.process_response(request, response_for_exception(request, error))
        return self.get_response(request)


class SiteHostMiddleware:
    """Public pages are addressed at the site's host, whichever host they were asked for at.

    Canonical links, feeds, site maps and files with addresses take the host of the request, which may be that of a
    mirror, a test or a proxy. A site that only has this machine's own name, as a new one does, is at the request's; so
    is one with a name that this server is not set to answer to (ALLOWED_HOSTS), such as a copy of the portal elsewhere.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method in READING and not request.path_info.startswith(NOT_PUBLIC):
            host = request.get_host()
            with keeping() if is_unknown(request) else nullcontext():
                site = find_site(request)
            if site and site.hostname not in LOCAL_NAMES and host.partition(":")[0] != site.hostname:
                _move(request, site.hostname + ("" if site.port in WEB_PORTS else f":{site.port}"))
        return self.get_response(request)


def _move(request: HttpRequest, host: str) -> None:
    asked = request.META.copy()
    request.META["HTTP_HOST"] = host
    request.META.pop("HTTP_X_FORWARDED_HOST", None)
    try:
        request.get_host()
    except DisallowedHost:
        request.META.pop("HTTP_HOST")
        request.META.update(asked)


class BadInputMiddleware:
    """A NUL, or a query that is not UTF-8, gets 400, never a database error."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "\x00" in request.path_info or not _is_text(unquote_to_bytes(request.META.get("QUERY_STRING", ""))):
            if request.path_info.startswith(API):
                return problem(400, "This address holds characters that no address has: NUL, or what is no UTF-8.")
            return HttpResponseBadRequest(_("This address holds characters that no page has."))
        return self.get_response(request)


def _is_text(raw: bytes) -> bool:
    """Whether these bytes are UTF-8 without NUL, which PostgreSQL cannot take."""
    try:
        return "\x00" not in raw.decode()
    except UnicodeDecodeError:
        return False


class DisplayMiddleware:
    """Every page is shown as the reader chose, and tells caches that it depends on that one cookie.

    HTTP can only name them all: `Vary: Cookie`. A public page sets no other and most readers have none, so a shared
    cache still keeps one copy for them. What is not a page (feeds, data, files) is the same for everybody.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.display = display.chosen(request)
        response = self.get_response(request)
        if response.headers.get("Content-Type", "").startswith("text/html"):
            patch_vary_headers(response, ["Cookie"])
        return response


class EditorMiddleware:
    """A page with the bar for editors (the tag `userbar`) is kept by nobody but the editor who asked for it."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if getattr(request, "is_for_editor", False):
            patch_cache_control(response, private=True, no_store=True)
        return response


class FallbackMiddleware:
    """Texts in Chinese on a page of another language are marked as such, wherever a template has put them."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if not response.streaming and fallback.START.encode() in response.content:
            is_page = response.headers.get("Content-Type", "").startswith("text/html")
            finished = fallback.marked if is_page else fallback.bare
            response.content = finished(response.content.decode()).encode()
        return response


class LanguageMiddleware:
    """Public pages use the language of their address; the admin speaks its user's language and edits Chinese.

    A closed language answers 404 everywhere.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path_info.startswith(NOT_PUBLIC):
            return self._behind_the_scenes(request)
        code = translation.get_language_from_path(request.path_info) or SOURCE
        request.LANGUAGE_CODE = code
        request.open_languages = list(open_languages())
        if code not in {language.code for language in request.open_languages}:
            request.LANGUAGE_CODE = SOURCE
            raise Http404
        with reading(code, address=True), narrow_reads():
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", code)
        return response

    def _behind_the_scenes(self, request: HttpRequest) -> HttpResponse:
        wanted = translation.get_language_from_request(request)
        permitted = dict(settings.WAGTAILADMIN_PERMITTED_LANGUAGES)
        with translation.override(wanted if wanted in permitted else SOURCE):
            request.LANGUAGE_CODE = translation.get_language()
            response = self.get_response(request)
        if request.path_info.startswith(ADMIN):  # previews are pages like those of readers
            response.headers.setdefault("X-Robots-Tag", "noindex, nofollow")
        return response


class ViewerMiddleware:
    """The admin names pages as the person may know them."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path_info.startswith(ADMIN):
            return self.get_response(request)
        with seen_by(request.user):
            return self.get_response(request)


class RedirectMiddleware:
    """What has moved is found under its old address in every language, if readers may see where it is now."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        asked = request.get_full_path()  # the view may leave less of it
        response = self.get_response(request)
        if response.status_code != HTTPStatus.NOT_FOUND or request.path_info.startswith(NOT_PUBLIC):
            return response
        redirect = _redirect(request, asked)
        if redirect is None or not redirect.link:
            return response
        kind = HttpResponsePermanentRedirect if redirect.is_permanent else HttpResponseRedirect
        return kind(_link(redirect, request.LANGUAGE_CODE))


def _redirect(request: HttpRequest, asked: str) -> Redirect | None:
    """By the whole address, without its query, and without its language: whichever is known first."""
    whole = Redirect.normalise_path(asked, decode_unicode=False)
    bare = urlsplit(whole).path
    prefix = f"/{translation.get_language_from_path(request.path_info) or SOURCE}/"
    in_source = [f"/{path.removeprefix(prefix)}" for path in (whole, bare) if path.startswith(prefix)]
    for path in dict.fromkeys((whole, bare, *in_source)):
        redirect = get_redirect(request, path)
        if redirect is not None and _is_readable(redirect):
            return redirect
    return None


def _link(redirect: Redirect, code: str) -> str:
    """Where it leads, in the language being read. What somebody typed for all languages is a Chinese address."""
    link = redirect.link
    is_of_all = code != SOURCE and not redirect.old_path.startswith(f"/{code}/")
    is_page = link.startswith("/") and not link.startswith((*NOT_PUBLIC, API)) and "." not in urlsplit(link).path
    if redirect.redirect_page_id or not (is_of_all and is_page) or translation.get_language_from_path(link):
        return link
    return f"/{code}{link}"


def _is_readable(redirect: Redirect) -> bool:
    if redirect.redirect_page_id is None:
        return bool(redirect.redirect_link)
    return BasePage.objects.readable().filter(pk=redirect.redirect_page_id).exists()


class PageCacheMiddleware:
    """Readers whom the portal does not know get pages from what is kept (docs/adr/0013). Whoever has a session never
    does, and nothing that is answered to them is kept by anybody else. `PAGE_CACHE=off` makes every page anew."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response
        self.pages = PageCache(get_response, is_public)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if is_unknown(request):
            return self.pages.answer(request) if settings.PAGE_CACHE else self.pages.make(request)
        response = self.get_response(request)
        if request.method in READING and not request.path_info.startswith(NOT_PUBLIC):
            patch_cache_control(response, private=True)
        return response


def is_public(request: HttpRequest) -> bool:
    """Whether readers may see the page at an address, without making it. False for what is no page."""
    code = translation.get_language_from_path(request.path_info) or SOURCE
    if code not in {language.code for language in open_languages()}:
        return False
    with reading(code, address=True):
        found = resolve(request.path_info)
        if found.url_name != "wagtail_serve":
            return False
        route = BasePage.route_for_request(request, found.args[0] if found.args else found.kwargs.get("path", ""))
        return route is not None and route.page.live and not route.page.get_view_restrictions().exists()
