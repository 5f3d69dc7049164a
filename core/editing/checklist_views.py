"""The list before publishing for a form as it stands, saved or not; and the ticks in it."""

from collections.abc import Iterator
from http import HTTPStatus
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from wagtail.admin.views.pages.edit import EditView

from ..publishing.checklist import Finding, Level
from ..publishing.ticks import NoReason, take_back, tick
from .checklist import ChecklistSidePanel


class ChecklistView(EditView):
    """Takes what the edit form would send, and saves nothing of it. With `tick` (the key of a warning) and `reason` that
    warning is answered for; with `take_back` it is open again. Answers {html, error, key}."""

    http_method_names = ("post", "options")

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = self.form_class(
            request.POST,
            request.FILES,
            instance=self.page,
            subscription=self.subscription,
            parent_page=self.parent,
            for_user=request.user,
        )
        form.defer_required_fields()
        is_whole = form.is_valid()
        if is_whole:
            form.save(commit=False)
        unread = [] if is_whole else list(_errors_of(form))
        error = self._ticked(ChecklistSidePanel(self.page, request))
        panel = ChecklistSidePanel(self.page, request, unread)
        context = panel.get_context_data({"is_partial": True, "is_partly_read": not is_whole})
        html = render_to_string(panel.template_name, context, request)
        status = HTTPStatus.UNPROCESSABLE_ENTITY if error else HTTPStatus.OK
        return JsonResponse({"html": html, "error": error, "key": request.POST.get("tick", "")}, status=status)

    def _ticked(self, panel: ChecklistSidePanel) -> str:
        """Why it was not, empty if all is well."""
        asked, user = self.request.POST, self.request.user
        if key := asked.get("take_back"):
            take_back(self.page, key, user)
        if not (key := asked.get("tick")):
            return ""
        warnings = [each.finding for each in panel.found if each.finding.level == Level.WARNING]
        finding = next((each for each in warnings if each.key == key), None)
        if finding is None:
            return _("What this was about has changed. Please look again.")
        try:
            tick(self.page, finding, user, asked.get("reason", ""))
        except NoReason:
            return _("Say why this is no reason against publishing.")
        return ""


def _errors_of(form: Any) -> Iterator[Finding]:
    for name, errors in form.errors.as_data().items():
        field = form.fields.get(name)
        label = f"{field.label}: " if field else ""
        words = dict.fromkeys(message for error in errors for message in _messages(error))
        for message in words or [_("This is not complete.")]:
            yield Finding(f"{label}{message}", name if field else "", check="core.form", level=Level.ERROR)


def _messages(error: ValidationError) -> list[str]:
    """None of an error in a block: it stands beside it."""
    return [] if hasattr(error, "block_errors") else error.messages
