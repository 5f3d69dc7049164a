"""Which changes of an address leave a redirect: those of an address that readers may know.

Wagtail's own receivers are off (WAGTAILREDIRECTS_AUTO_CREATE): they make one for a draft that was never public, too,
and its old address then tells everybody the new one.
"""

from collections.abc import Iterator
from typing import Any

from wagtail.contrib.redirects.models import Redirect
from wagtail.contrib.redirects.signal_handlers import create_redirects
from wagtail.models import Site
from wagtail.signals import page_slug_changed, post_page_move

from ..models import BasePage
from .mending import Flaw, mender


def connect() -> None:
    page_slug_changed.connect(on_slug_changed, dispatch_uid="core.redirects.slug_changed")
    post_page_move.connect(on_moved, dispatch_uid="core.redirects.moved")


def on_slug_changed(sender: type[BasePage], instance: BasePage, instance_before: BasePage, **_kwargs: Any) -> None:
    _redirect(instance, instance_before)


def on_moved(
    sender: type[BasePage], instance: BasePage, url_path_before: str, url_path_after: str, **_kwargs: Any
) -> None:
    if url_path_before != url_path_after:
        page = instance.specific
        before = type(page)()
        before.__dict__.update(page.__dict__)
        before.url_path = url_path_before
        _redirect(page, before)


def _redirect(page: BasePage, before: BasePage) -> None:
    """From where a page and what is live below it were to where they are."""
    if page.first_published_at:
        ids = {site.site_id for site in page._get_relevant_site_root_paths(cache_object=page)}
        create_redirects(page, before, Site.objects.filter(pk__in=ids).exclude(root_page=page))


@mender("redirects-of-drafts", is_safe=True)
def find_redirects_of_drafts() -> Iterator[Flaw]:
    """Made by Wagtail for a page that was never public: nobody knows its old address."""
    made = Redirect.objects.filter(automatically_created=True, redirect_page__isnull=False)
    for redirect in made.filter(redirect_page__first_published_at=None):
        name = f"redirects.Redirect {redirect.pk}, {redirect.old_path}"
        yield Flaw(name, "leads to a page that was never published", "delete it", redirect.delete)
