"""The list of what to look at before publishing: beside the form, kept up to date by autosave, asked for by its button,
and said by whatever refuses to publish."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import wraps
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.admin.ui.components import MediaContainer
from wagtail.admin.ui.side_panels import BaseSidePanel
from wagtail.admin.views.pages.create import CreateView
from wagtail.admin.views.pages.edit import EditView
from wagtail.models import DraftStateMixin
from wagtail.snippets.views.snippets import EditView as SnippetEditView

from ..models import BasePage
from ..publishing.checklist import Finding, Level, findings_for
from ..publishing.ticks import Judged, in_the_way, judged


class ChecklistSidePanel(BaseSidePanel):
    """Wagtail draws the panel again after each autosave; the number at its button comes along in the panel."""

    class SidePanelToggle(BaseSidePanel.SidePanelToggle):
        aria_label = gettext_lazy("Toggle the list of what to look at before publishing")
        icon_name = "tasks"

        @property
        def counter_classname(self) -> str:
            return "w-bg-critical-200" if self.panel.errors else "w-bg-warning-100"

        def get_context_data(self, parent_context: dict[str, Any]) -> dict[str, Any]:
            return super().get_context_data(parent_context) | {"count": self.panel.count}

    class Media:
        js = ("js/admin/checklist.js", "js/admin/offers.js")
        css: ClassVar = {"all": ("css/admin/checklist.css",)}

    name = "checklist"
    title = gettext_lazy("Before publishing")
    template_name = "core/admin/checklist.html"
    order = 150

    def __init__(self, page: models.Model, request: HttpRequest, unread: Sequence[Finding] = ()) -> None:
        """`unread` are errors of the form, of which the page does not know. Of a figure there are errors only: no ticks."""
        super().__init__(page, request)
        places = {each.place for each in unread}
        known = [each for each in findings_for(page) if each.level != Level.ERROR or each.place not in places]
        self.found = judged(page, [*unread, *(_for(request.user, each) for each in known)])
        self.errors = self._of(lambda each: each.finding.level == Level.ERROR)
        self.warnings = self._of(lambda each: each.finding.level == Level.WARNING and each.tick is None)
        self.ticked = self._of(lambda each: each.tick is not None)
        self.notes = self._of(lambda each: each.finding.level == Level.NOTE)
        self.count = len(self.errors) + len(self.warnings)
        self.asks = settings.ASKS_FOR_TICKS

    def _of(self, is_one: Callable[[Judged], bool]) -> list[Judged]:
        return [each for each in self.found if is_one(each)]

    def get_context_data(self, parent_context: dict[str, Any]) -> dict[str, Any]:
        is_partial = parent_context.get("is_partial", False)
        is_page = isinstance(self.object, BasePage) and bool(self.object.pk)
        counter = f"[data-side-panel-toggle='{self.name}'] [data-side-panel-toggle-counter]"
        return super().get_context_data(parent_context) | {
            "is_partial": is_partial,
            "is_partly_read": parent_context.get("is_partly_read", False),
            "counter": counter,
            "may_tick": self.asks and is_page,
            "url": reverse("checklist", args=[self.object.pk]) if is_page else "",
        }


def _for(user: Any, finding: Finding) -> Finding:
    """Without the forms that this person may not open."""
    offers = tuple(
        replace(each, form_url="") if each.form_url and not user.has_perm(each.form_right) else each
        for each in finding.offers
    )
    return replace(finding, offers=offers) if finding.offers else finding


def show_beside_forms() -> None:
    """Wagtail has no hook for side panels: set where both forms of pages ask for theirs, and those of what else has drafts."""
    for view_class in (CreateView, EditView, SnippetEditView):
        _add_to(view_class)


def _add_to(view_class: type[CreateView | EditView | SnippetEditView]) -> None:
    stock = view_class.get_side_panels

    def get_side_panels(view: Any) -> MediaContainer:
        found = stock(view)
        obj = getattr(view, "page", None) or view.object
        if not isinstance(obj, DraftStateMixin):  # it is checked by its form: saved, it is live
            return found
        status, *others = found
        return MediaContainer([status, ChecklistSidePanel(obj, view.request), *others])

    view_class.get_side_panels = get_side_panels


def act_on_forms() -> None:
    """A form may be sent by the button of a mend; what is submitted for review is asked what publishing would ask."""
    for view_class in (CreateView, EditView):
        view_class.form_valid = _mending(view_class.form_valid)
        view_class.submit_action = _asking(view_class.submit_action)
    EditView.restart_workflow_action = _asking(EditView.restart_workflow_action)


def _mending(stock: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    @wraps(stock)
    def form_valid(view: Any, form: Any) -> HttpResponse:
        if key := view.request.POST.get("mend"):
            _mend(view.request, form, key)
        return stock(view, form)

    return form_valid


def _mend(request: HttpRequest, form: Any, key: str) -> None:
    """Put right in the form's object what the button stood beside; the form is saved with it as a draft."""
    form.save(commit=False)  # rows and topics come to the object with this
    finding = next((each for each in findings_for(form.instance) if each.key == key and each.mend), None)
    if finding is None or finding.mend is None:
        messages.warning(request, _("This is not there any more: nothing was changed by the list."))
        return
    finding.mend.apply()
    messages.success(request, _("Put right: {message}").format(message=finding.message))


def _asking(stock: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    @wraps(stock)
    def submit(view: Any) -> HttpResponse:
        view.form.save(commit=False)
        found = in_the_way(view.form.instance)
        if not found:
            return stock(view)
        response = view.save_action()
        edit_url = reverse("wagtailadmin_pages:edit", args=[view.page.pk])
        heading = _("Saved as a draft, not submitted. These are in the way; warnings need a tick with a reason:")
        messages.error(view.request, format_html("{}{}", heading, _linked(edit_url, found)))
        return response

    return submit


def say_what_is_left(request: HttpRequest, page: BasePage) -> None:
    """A message after publishing, each line of which leads to its place in the form."""
    found = [each.finding for each in judged(page, findings_for(page, Level.WARNING)) if each.is_open]
    if found:
        heading = _("Still to be looked at on “{title}”:").format(title=page.get_admin_display_title())
        edit_url = reverse("wagtailadmin_pages:edit", args=[page.pk])
        messages.warning(request, format_html("{}{}", heading, _linked(edit_url, found)))


def _linked(edit_url: str, found: list[Finding]) -> str:
    lines = ((f"{edit_url}#:w:contentpath={each.place}", each.message) for each in found)
    return format_html("<ul>{}</ul>", format_html_join("", '<li><a href="{}">{}</a></li>', lines))
