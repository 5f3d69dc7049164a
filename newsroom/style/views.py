"""Rules of house style in the admin: their list, and files of them in and out."""

from typing import Any, ClassVar

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.generic import TemplateView, View
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import BooleanColumn, Column
from wagtail.admin.views.generic import WagtailAdminTemplateMixin
from wagtail.admin.widgets.button import Button

from core.editing.viewsets import PortalIndexView, PortalSnippetViewSet
from languages.views.exchange import UploadForm, UploadView

from ..models.style import StyleRule
from .exchange import Report, exported, import_rules, may_export, may_import


class StyleRuleFilterSet(WagtailFilterSet):
    class Meta:
        model = StyleRule
        fields: ClassVar = ["advice", "severity", "is_active"]


class StyleRuleIndexView(PortalIndexView):
    @cached_property
    def header_more_buttons(self) -> list[Button]:
        buttons = [*super().header_more_buttons]
        if may_import(self.request.user):
            buttons.append(Button(_("Import CSV"), url=reverse("style_rules_import"), icon_name="upload", priority=110))
        buttons.append(Button(_("Download CSV"), url=reverse("style_rules_export"), icon_name="download", priority=120))
        return buttons


class StyleRuleViewSet(PortalSnippetViewSet):
    model = StyleRule
    index_view_class = StyleRuleIndexView
    icon = "edit"
    menu_label = _("House style")
    menu_name = "house-style"
    menu_order = 235
    add_to_admin_menu = True
    filterset_class = StyleRuleFilterSet
    list_display: ClassVar = [
        "words",
        Column("right", label=_("Write instead"), sort_key="right"),
        Column("advice", label=pgettext_lazy("style", "Kind"), accessor="get_advice_display", sort_key="advice"),
        Column("severity", label=_("Severity"), accessor="get_severity_display", sort_key="severity"),
        Column("note", label=_("Note")),
        BooleanColumn("is_active", label=_("Active"), sort_key="is_active"),
    ]


class StyleRulesExportView(View):
    def get(self, request: HttpRequest) -> HttpResponse:
        if not may_export(request.user):
            raise PermissionDenied
        response = HttpResponse(exported(), content_type="text/csv; charset=utf-8")
        response["Content-Disposition"] = f'attachment; filename="style-rules-{timezone.localtime():%Y%m%d-%H%M}.csv"'
        return response


class StyleRulesImportView(UploadView, WagtailAdminTemplateMixin, TemplateView):
    template_name = "newsroom/admin/style_rules_import.html"
    page_title = _("Import style rules")
    header_icon = "edit"
    salt = "newsroom.import_style_rules"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not may_import(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def import_content(self, content: bytes, *, dry_run: bool) -> Report:
        return import_rules(content, self.request.user, dry_run=dry_run)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(form=kwargs.pop("form", UploadForm()), **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*super().get_breadcrumbs_items(), {"url": "", "label": self.get_page_title()}]
