from typing import Any

from django.http import HttpRequest
from wagtail import hooks

from core.editing.views import MAY_CHECK

from .home.pages import edits_pages
from .home.panels import PAGE_PANELS, NothingPanel, SelfCheckPanel


@hooks.register("construct_homepage_panels", order=100)  # after those of other apps
def show_what_concerns_one(request: HttpRequest, panels: list[Any]) -> None:
    if edits_pages(request.user):
        panels += [panel() for panel in PAGE_PANELS]
    if request.user.has_perm(MAY_CHECK):
        panels.append(SelfCheckPanel(request))
    if all(type(panel).__module__.startswith("wagtail.") for panel in panels):  # those are empty without workflows
        panels.append(NothingPanel())
