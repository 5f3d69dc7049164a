"""Views that are not pages: errors, health, and files."""

from collections.abc import Callable
from pathlib import PurePosixPath

from csp.decorators import csp_replace
from django.conf import settings
from django.db import connection, transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe
from django.views.static import serve

from .languages import SOURCE, reading


admin_csp = csp_replace(settings.ADMIN_CSP)


def only_read(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A view of Wagtail's that readers get files from: unsafe methods answer 405, and no transaction is begun."""
    return transaction.non_atomic_requests(csrf_exempt(require_safe(view)))  # a token would not make it more welcome


@require_safe
@transaction.non_atomic_requests
@cache_control(no_store=True)
def live(request: HttpRequest) -> HttpResponse:
    """The process is running."""
    return HttpResponse("ok", content_type="text/plain")


@require_safe
@transaction.non_atomic_requests
@cache_control(no_store=True)
def ready(request: HttpRequest) -> HttpResponse:
    """The database is reachable; the cache does not matter."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok", content_type="text/plain")


@require_safe
@transaction.non_atomic_requests
@cache_control(public=True, max_age=31_536_000, immutable=True)
def media(request: HttpRequest, path: str) -> HttpResponse:
    """Renditions only: originals and documents are not served from here. In production the web server does this."""
    parts = PurePosixPath(path).parts
    if parts[:1] != ("images",) or ".." in parts or "\\" in path:
        raise Http404
    return serve(request, path, document_root=settings.MEDIA_ROOT)


def page_not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """A page that needs no database and no request; if even its style sheets are missing, plain words."""
    with reading(SOURCE):
        try:
            return HttpResponse(render_to_string("500.html"), status=500)
        except ValueError:  # static files were not collected
            return HttpResponse(_("Something went wrong"), status=500, content_type="text/plain; charset=utf-8")
