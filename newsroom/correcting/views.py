"""The screen on which a corrected file is compared with a draft, before anything is changed."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages

from core.keys import parse_keys
from news.models import StoryPage

from ..importing.reader import ImportRefused
from ..imports.rights import why_not_onto
from ..imports.views import OfImport
from .fields import NAMES
from .showing import counted, rows_of
from .updating import Plan, plan_of, update


class StoryImportCompareView(OfImport):
    template_name = "newsroom/admin/import_compare.html"
    page_title = gettext_lazy("Compare with the draft")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        onto = self.stored.onto.specific if self.stored.onto else None
        if not (self.may_change and self.stored.is_open and isinstance(onto, StoryPage)):
            return redirect("story_import", self.stored.pk)
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def plan(self) -> Plan:
        return plan_of(self.stored)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        problem = why_not_onto(self.plan.page, request.user)
        if problem:
            messages.error(request, problem)
            return redirect("story_import", self.stored.pk)
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = rows_of(self.plan)
        own = {"rows": rows, "counts": counted(rows), "token": self.plan.token, "page": self.plan.page}
        return super().get_context_data(**kwargs) | own

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        taken = set(parse_keys(request.POST.getlist("row")))
        fields = set(request.POST.getlist("field")) & set(NAMES)
        try:
            draft = update(self.stored, request.user, request.POST.get("token", ""), taken, fields)
        except (ImportRefused, PermissionDenied) as refused:
            messages.error(request, str(refused) or _("You may not do this."))
            return redirect("story_import_compare", self.stored.pk)
        back = messages.button(reverse("story_import", args=[self.stored.pk]), _("What became of the file"))
        messages.success(request, _("The draft says what you chose of the corrected file."), buttons=[back])
        return redirect("wagtailadmin_pages:edit", draft.page.pk if draft.page else 0)
