"""The list of guides, a guide, its pictures. Whoever may use the admin may read them."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.urls import path, reverse
from django.utils.functional import cached_property
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView, View
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from ...languages import TAGS
from .reading import Text, pictures_of, read
from .registry import Guide, all_guides, guide_named


def readable_guide(request: HttpRequest, name: str) -> Guide:
    guide = guide_named(name)
    if guide is None:
        raise Http404
    if not guide.may_read(request):
        raise PermissionDenied
    return guide


class GuidesView(WagtailAdminTemplateMixin, TemplateView):
    template_name = "core/admin/guides.html"
    page_title = _("Guides")
    header_icon = "help"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*super().get_breadcrumbs_items(), {"url": "", "label": self.get_page_title()}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        guides = [guide for guide in all_guides() if guide.may_read(self.request)]
        return super().get_context_data(guides=guides, **kwargs)


class GuideView(WagtailAdminTemplateMixin, TemplateView):
    """In the reader's language, or in the one that a link asks for."""

    template_name = "core/admin/guide.html"
    header_icon = "help"

    @cached_property
    def guide(self) -> Guide:
        return readable_guide(self.request, self.kwargs["guide"])

    @cached_property
    def language(self) -> str:
        asked = self.request.GET.get("language", "")
        return asked if asked in self.guide.files else self.guide.language_for(get_language() or "")

    @cached_property
    def text(self) -> Text | None:
        """None if the file is not there: docs/ was left out when the portal was copied to the server."""
        try:
            return read(self.guide, self.language, self.request)
        except OSError:
            return None

    def get_page_title(self) -> Any:
        return self.guide.title

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        guides = {"url": reverse("guides"), "label": _("Guides")}
        return [*super().get_breadcrumbs_items(), guides, {"url": "", "label": self.get_page_title()}]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.render_to_response(self.get_context_data(**kwargs), status=200 if self.text else 404)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        file = f"docs/{self.guide.files[self.language]}"
        return super().get_context_data(text=self.text, tag=TAGS[self.language], file=file, **kwargs)


class GuidePictureView(View):
    def get(self, request: HttpRequest, guide: str, picture: str) -> FileResponse:
        path = pictures_of(readable_guide(request, guide)).get(picture)
        if path is None or not path.is_file():
            raise Http404
        return FileResponse(path.open("rb"), headers={"Cache-Control": "private, max-age=3600"})


urlpatterns = [
    path("guide/", GuidesView.as_view(), name="guides"),
    path("guide/<slug:guide>/", GuideView.as_view(), name="guide"),
    path("guide/<slug:guide>/pictures/<str:picture>", GuidePictureView.as_view(), name="guide_picture"),
]
