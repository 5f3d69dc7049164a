"""Views of the admin that belong to no model."""

from collections import Counter
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column, StatusTagColumn, Table
from wagtail.admin.views.generic import PermissionCheckedMixin, WagtailAdminTemplateMixin
from wagtail.permission_policies import ModelPermissionPolicy

from ..models import PortalSettings
from .self_check import State, all_findings


MAY_CHECK = "core.change_portalsettings"


class SelfCheckMenuItem(MenuItem):
    """Shown to those who may correct what it finds."""

    def is_shown(self, request: Any) -> bool:
        return request.user.has_perm(MAY_CHECK)


class AdviceColumn(Column):
    cell_template_name = "core/admin/advice_cell.html"


class SelfCheckView(PermissionCheckedMixin, WagtailAdminTemplateMixin, TemplateView):
    """The state of everything that a portal in China is expected to have."""

    template_name = "core/admin/self_check.html"
    page_title = _("Self-check")
    header_icon = "clipboard-list"
    permission_policy = ModelPermissionPolicy(PortalSettings)
    permission_required = "change"
    columns = (
        Column("name", label=_("What"), width="30%"),
        StatusTagColumn(
            "state",
            label=_("State"),
            accessor=lambda found: found.state.label,
            primary=lambda found: found.state is not State.OK,
            width="15%",
        ),
        AdviceColumn("advice", label=_("What to do")),
    )

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*super().get_breadcrumbs_items(), {"url": "", "label": self.get_page_title()}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found = all_findings(self.request)
        counts = Counter(each.state for group in found.values() for each in group)
        tables = [(group, Table(self.columns, findings)) for group, findings in found.items() if findings]
        summary = [(state.label, counts[state]) for state in State]
        return super().get_context_data(tables=tables, summary=summary, **kwargs)
