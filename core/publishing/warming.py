"""After a deploy the pages that are asked for most are made before the first reader asks: the front page, the sections."""

import logging
import threading
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler, WSGIRequest
from django.db import connections
from wagtail.models import Site

from ..languages import SOURCE
from ..models import BasePage
from ..models.language import open_languages
from ..models.pages import TOP


logger = logging.getLogger(__name__)


def warm() -> list[str]:
    """Make them in this process (and for all, with a Redis), in each open language; the addresses that were made."""
    handler = WSGIHandler()
    made = []
    for site in Site.objects.select_related("root_page"):
        for path in _paths(site):
            response = handler.get_response(WSGIRequest(_environ(site, path)))
            if response.status_code == 200:
                made.append(path)
    return made


def warm_in_background() -> threading.Thread:
    """The same in a thread of its own, which nobody waits for."""

    def run() -> None:
        try:
            logger.info("Warmed: %s", ", ".join(warm()))
        except Exception:
            logger.exception("The pages could not be made in advance")
        finally:
            connections.close_all()

    thread = threading.Thread(target=run, name="warming", daemon=True)
    thread.start()
    return thread


def _paths(site: Site) -> Iterator[str]:
    root = site.root_page
    pages = BasePage.objects.readable().filter(depth__in=TOP, path__startswith=root.path).order_by("path")
    for page in pages.only("url_path"):
        for language in open_languages():
            prefix = "/" if language.code == SOURCE else f"/{language.code}/"
            yield prefix + page.url_path.removeprefix(root.url_path)


def _environ(site: Site, path: str) -> dict[str, Any]:
    """What a web server would hand over (PEP 3333)."""
    is_safe = settings.SECURE_SSL_REDIRECT
    host = site.hostname if site.port in (80, 443) else f"{site.hostname}:{site.port}"
    return {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": path,
        "SERVER_NAME": site.hostname,
        "SERVER_PORT": str(site.port),
        "SERVER_PROTOCOL": "HTTP/1.1",
        "HTTP_HOST": host,
        "HTTP_X_FORWARDED_PROTO": "https" if is_safe else "http",
        "wsgi.url_scheme": "http",
        "wsgi.input": BytesIO(),
    }
