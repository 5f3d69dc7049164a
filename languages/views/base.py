"""What the pages of the desk share: who may see them, and which original they show."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.decorators import method_decorator
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView, View
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from core.languages import TARGETS
from core.models import Language

from ..desk import rights
from ..models import Original


class DeskPage(WagtailAdminTemplateMixin, TemplateView):
    """A page for everybody who translates into any language."""

    header_icon = "globe"

    @method_decorator(transaction.non_atomic_requests)  # it only reads
    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not rights.may_use_desk(request):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*super().get_breadcrumbs_items(), {"url": "", "label": self.get_page_title()}]


class OriginalMixin(View):
    """A view of one original in one language. 403 without the right to the language, 404 for what is not to be seen:
    drafts that were not released, private pages, other sections, languages that nobody has taken up."""

    kwargs: dict[str, Any]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.code not in TARGETS:
            raise Http404
        if not rights.may_translate(request.user, self.code):
            raise PermissionDenied
        if self.language is None:
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    @property
    def code(self) -> str:
        return self.kwargs["code"]

    @cached_property
    def language(self) -> Language | None:
        return next((language for language in rights.active_languages() if language.code == self.code), None)

    @cached_property
    def original(self) -> Original:
        found = rights.visible_to(self.request.user, [self.code]).select_related("content_type", "released")
        original = found.filter(pk=self.kwargs["original"]).first()
        if original is None:
            raise Http404(_("There is no such text, or it is not to be translated."))
        return original

    @cached_property
    def may_publish(self) -> bool:
        return rights.may_publish(self.request.user, self.code)
