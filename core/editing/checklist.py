"""The list of what to look at before publishing: beside the form, kept up to date by autosave, and said after publishing."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.admin.ui.components import MediaContainer
from wagtail.admin.ui.side_panels import BaseSidePanel
from wagtail.admin.views.pages.create import CreateView
from wagtail.admin.views.pages.edit import EditView

from ..models import BasePage
from ..publishing.checklist import findings_for


class ChecklistSidePanel(BaseSidePanel):
    """Wagtail draws the panel again after each autosave; the number at its button comes along in the panel."""

    class SidePanelToggle(BaseSidePanel.SidePanelToggle):
        aria_label = gettext_lazy("Toggle the list of what to look at before publishing")
        icon_name = "tasks"
        counter_classname = "w-bg-warning-100"

        def get_context_data(self, parent_context: dict[str, Any]) -> dict[str, Any]:
            return super().get_context_data(parent_context) | {"count": len(self.panel.findings)}

    class Media:
        js = ("js/admin/checklist.js",)

    name = "checklist"
    title = gettext_lazy("Before publishing")
    template_name = "core/admin/checklist.html"
    order = 150

    def __init__(self, page: BasePage, request: HttpRequest) -> None:
        super().__init__(page, request)
        self.findings = findings_for(page)

    def get_context_data(self, parent_context: dict[str, Any]) -> dict[str, Any]:
        is_partial = parent_context.get("is_partial", False)
        counter = f"[data-side-panel-toggle='{self.name}'] [data-side-panel-toggle-counter]"
        own = {"findings": self.findings, "is_partial": is_partial, "counter": counter}
        return super().get_context_data(parent_context) | own


def show_beside_forms() -> None:
    """Wagtail has no hook for side panels: set where both forms of pages ask for theirs."""
    for view_class in (CreateView, EditView):
        _add_to(view_class)


def _add_to(view_class: type[CreateView] | type[EditView]) -> None:
    stock = view_class.get_side_panels

    def get_side_panels(view: Any) -> MediaContainer:
        status, *others = stock(view)
        return MediaContainer([status, ChecklistSidePanel(view.page, view.request), *others])

    view_class.get_side_panels = get_side_panels


def say_what_is_left(request: HttpRequest, page: BasePage) -> None:
    """A message after publishing, each line of which leads to its place in the form."""
    found = findings_for(page)
    if found:
        form = reverse("wagtailadmin_pages:edit", args=[page.pk])
        lines = ((f"{form}#:w:contentpath={each.place}", each.message) for each in found)
        items = format_html_join("", '<li><a href="{}">{}</a></li>', lines)
        heading = _("Still to be looked at on “{title}”:").format(title=page.get_admin_display_title())
        messages.warning(request, format_html("{}<ul>{}</ul>", heading, items))
