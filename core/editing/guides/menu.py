"""The help menu leads to our guides, and not to Wagtail's own, which are about another admin and in English only."""

from django.http import HttpRequest
from django.urls import reverse
from wagtail.admin.menu import MenuItem

from .registry import all_guides


def name_our_guides(request: HttpRequest, items: list[MenuItem]) -> None:
    """For the hook `construct_help_menu`. Titles are lazy: each request reads them in its own language."""
    items[:] = [item for item in items if not is_wagtails_own(item)]
    items += [
        MenuItem(
            guide.title, reverse("guide", args=[guide.name]), name=f"guide-{guide.name}", icon_name="help", order=place
        )
        for place, guide in enumerate(all_guides())
        if guide.concerns(request) and guide.may_read(request)
    ]


def is_wagtails_own(item: MenuItem) -> bool:
    """Its news for developers, and its guide; both named in the language of whoever asked first."""
    return item.name == "editor-guide" or item.name.startswith("whats-new-in-wagtail")
