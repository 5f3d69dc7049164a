"""A withdrawn address is asked for once more through the cache in front of the portal, so that the answer (not found, or
where to log in) takes the place of the page that is kept there.

What is published needs nothing of the kind: a cache in front takes a page for current for one second. But while the
portal does not answer it may serve what it has, and that must be no page that was withdrawn.
"""

import logging
import threading
from collections.abc import Iterable
from http.client import HTTPException
from typing import Any
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

from django.conf import settings
from django.db import transaction
from django.db.models.signals import post_save
from wagtail.contrib.frontend_cache.backends import BaseBackend
from wagtail.contrib.frontend_cache.utils import PurgeBatch
from wagtail.models import PageViewRestriction, Site
from wagtail.signals import page_slug_changed, page_unpublished, post_page_move

from ..languages import SOURCE
from ..models import BasePage, Language


logger = logging.getLogger(__name__)

WAIT = 2.0  # seconds until what is kept in front is not taken for current any more
TIMEOUT = 10.0  # seconds


class AskAgain(BaseBackend):
    """A front-end cache backend of Wagtail's for caches that cannot be told anything, such as nginx: the address is asked
    for. `LOCATION` is where the cache answers: http://127.0.0.1."""

    def __init__(self, params: dict[str, Any]) -> None:
        super().__init__(params)
        self.location = params["LOCATION"].rstrip("/")
        self.wait = params.get("WAIT", WAIT)

    def purge(self, url: str) -> None:
        self.purge_batch([url])

    def purge_batch(self, urls: Iterable[str]) -> None:
        """Ask once the page in front has grown old, in a thread: nobody waits for it."""
        threading.Timer(self.wait, self.ask, [list(urls)]).start()

    def ask(self, urls: Iterable[str]) -> None:
        for url in urls:
            parts = urlsplit(url)
            request = Request(f"{self.location}{parts.path}", headers={"Host": parts.netloc})  # noqa: S310
            try:
                urlopen(request, timeout=TIMEOUT).close()  # noqa: S310 (the operator's own cache)
            except (OSError, HTTPException) as error:  # 404 and 410, which are what is hoped for, are among them
                logger.info("%s: %s", url, error)


def connect() -> None:
    page_unpublished.connect(_on_withdrawn, dispatch_uid="core.front_cache.unpublished")  # before a deletion, too
    post_save.connect(_on_restricted, sender=PageViewRestriction, dispatch_uid="core.front_cache.restricted")
    page_slug_changed.connect(_on_renamed, dispatch_uid="core.front_cache.renamed")
    post_page_move.connect(_on_moved, dispatch_uid="core.front_cache.moved")


def _on_withdrawn(instance: BasePage, **_kwargs: Any) -> None:
    forget([instance.url_path])


def _on_restricted(instance: PageViewRestriction, **_kwargs: Any) -> None:
    forget(instance.page.get_descendants(inclusive=True).live().values_list("url_path", flat=True))


def _on_renamed(instance: BasePage, instance_before: BasePage, **_kwargs: Any) -> None:
    _below(instance, instance_before.url_path)


def _on_moved(instance: BasePage, url_path_before: str, url_path_after: str, **_kwargs: Any) -> None:
    if url_path_before != url_path_after:
        _below(instance, url_path_before)


def _below(page: BasePage, before: str) -> None:
    """The old addresses of a page and of all below it."""
    now = page.get_descendants(inclusive=True).live().values_list("url_path", flat=True)
    forget([before + path.removeprefix(page.url_path) for path in now])


def forget(url_paths: Iterable[str]) -> None:
    """Once the transaction is complete, purge these pages in each open language from every cache in front."""
    if not getattr(settings, "WAGTAILFRONTENDCACHE", None):
        return
    urls = [url for path in url_paths for url in addresses(path)]
    if urls:
        transaction.on_commit(lambda: PurgeBatch(urls).purge(), robust=True)


def addresses(url_path: str) -> Iterable[str]:
    """The whole addresses of a page in each open language, on the sites that it belongs to."""
    for site in Site.objects.select_related("root_page"):
        root = site.root_page.url_path
        if url_path.startswith(root):
            path = url_path.removeprefix(root)
            for code in Language.objects.open().values_list("code", flat=True):
                yield f"{site.root_url}/{'' if code == SOURCE else f'{code}/'}{path}"
