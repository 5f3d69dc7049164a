"""The screen on which a file is chosen or text pasted, with what one has imported before."""

from typing import Any

from django.core.exceptions import BadRequest, PermissionDenied, RequestDataTooBig
from django.db.transaction import non_atomic_requests
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.decorators import method_decorator
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from core.keys import parse_key
from news.models import StoryPage

from ..importing.limits import MAX_MARKUP, MB
from ..importing.reader import ImportRefused
from ..models import StoryImport
from .carrying import carry_over
from .forms import ImportForm
from .receiving import MOST, RoomyForm
from .rights import imports_of, may_import, may_write_stories, why_not_onto
from .storing import store


SHOWN = 20  # imports of one's own


class ImportStoryView(WagtailAdminTemplateMixin, FormView):
    """`onto` is the draft that a corrected file is to change; without it a new one is made.

    What is read is read outside of a transaction. A request that is too large is answered with this very form: so it is
    looked at before Django asks for its token, which it does by reading it.
    """

    form_class = ImportForm
    template_name = "newsroom/admin/import_story.html"
    page_title = gettext_lazy("Import a story")
    header_icon = "upload"
    http_method_names = ("get", "post")

    @method_decorator([csrf_exempt, non_atomic_requests])
    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not may_import(request.user):
            raise PermissionDenied
        request.upload_handlers = [RoomyForm(request)]
        try:
            request.POST  # noqa: B018 (it is read, or refused)
        except (RequestDataTooBig, BadRequest):
            return self._too_large()
        answer: HttpResponseBase = csrf_protect(super().dispatch)(request, *args, **kwargs)
        return answer

    def _too_large(self) -> HttpResponse:
        said = _(
            "What was pasted has more than {number} MB, too much to be given back here. Save it as a file in Word or WPS, and "
            "upload that."
        )
        form = ImportForm(data={}, files={})
        form.errors.clear()
        form.add_error("pasted", said.format(number=MOST // MB))
        return self.form_invalid(form)

    @cached_property
    def onto(self) -> StoryPage | None:
        key = parse_key(self.request.GET.get("onto"))
        page = StoryPage.objects.filter(pk=key).first() if key is not None else None
        if page and not page.permissions_for_user(self.request.user).can_edit():
            raise PermissionDenied
        return page

    def _came_from(self) -> StoryImport | None:
        """The last import of the draft, for who comes by the draft: one of the command line is in nobody's list."""
        if self.onto is None:
            return None
        done = StoryImport.objects.in_short().filter(page=self.onto, state=StoryImport.State.DONE)
        found: StoryImport | None = done.order_by("-pk").first()
        return found

    def get_page_title(self) -> Any:
        return _("Import a corrected file") if self.onto else self.page_title

    def get_page_subtitle(self) -> str:
        return self.onto.get_admin_display_title() if self.onto else ""

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*super().get_breadcrumbs_items(), {"url": "", "label": self.get_page_title()}]

    def form_valid(self, form: ImportForm) -> HttpResponse:
        file, name, field = form.source
        problem = self.problem()
        if problem:
            form.add_error(None, problem)
            return self.form_invalid(form)
        try:
            stored = store(file, name, self.request.user, self.onto)
        except ImportRefused as refused:
            form.add_error(field, str(refused))
            return self.form_invalid(form)
        if self.onto:
            carry_over(stored)
        return redirect("story_import", stored.pk)

    def problem(self) -> str:
        """Why nothing may be imported here at all; "" if it may."""
        if self.onto:
            return why_not_onto(self.onto, self.request.user)
        return "" if may_write_stories(self.request.user) else _("Only those who may write stories import them.")

    def form_invalid(self, form: ImportForm) -> HttpResponse:
        messages.validation_error(self.request, _("Nothing was imported."), form)
        return super().form_invalid(form)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        own = {
            "imports": imports_of(self.request.user)[:SHOWN],
            "onto": self.onto,
            "came_from": self._came_from(),
            "most": MAX_MARKUP,
        }
        return super().get_context_data(**kwargs) | own
