"""What is withdrawn, so that nothing that is being checked is forgotten."""

from typing import Any, ClassVar

import django_filters
from django.db import models
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import TitleColumn
from wagtail.admin.views.reports import ReportView
from wagtail.permission_policies import ModelPermissionPolicy

from core.editing.visibility import visible_to
from core.models import BasePage
from core.notices.reading import name_of

from ..models import Withdrawal
from ..work.tables import Time, Words
from .rules import may_withdraw


class WithdrawnFilters(WagtailFilterSet):
    ended_at = django_filters.BooleanFilter(label=_("Published again"), lookup_expr="isnull", exclude=True)

    class Meta:
        model = Withdrawal
        fields: ClassVar = ["kind"]


class WithdrawnPagesView(ReportView):
    """For those who may withdraw; of the pages that they may know. The newest first."""

    page_title = _("Withdrawn pages")
    header_icon = "download"
    template_name = "newsroom/admin/work_report.html"
    table_classname = "listing work"
    index_url_name = "withdrawn_pages"
    index_results_url_name = "withdrawn_pages_results"
    permission_policy = ModelPermissionPolicy(Withdrawal)
    permission_required = "add"
    filterset_class = WithdrawnFilters
    is_searchable = False
    list_export: ClassVar = ["title", "url_path", "kind", "reason", "at", "by", "opened_at", "ended_at"]
    export_headings: ClassVar = {"title": _("Title"), "url_path": _("Address"), "kind": _("What readers find")}
    columns: ClassVar = [
        TitleColumn("title", label=_("Title"), get_url=lambda row: _url(row)),
        Words("kind", label=_("What readers find"), accessor="get_kind_display"),
        Words("reason", label=_("Reason")),
        Time("at", label=_("Withdrawn")),
        Words("by", label=_("Person"), accessor=lambda row: name_of(row.by) if row.by else ""),
        Time("opened_at", label=_("May be published again")),
        Time("ended_at", label=_("Published again")),
    ]

    @property
    def no_results_message(self) -> Any:
        nothing = _("None. A page that is withdrawn stands here with its reason, also after it was published again.")
        return _("There are no results.") if self.is_searching or self.is_filtering else nothing

    def get_filename(self) -> str:
        return "withdrawn-pages"

    def get_queryset(self) -> models.QuerySet[Withdrawal]:
        known = visible_to(self.request.user, BasePage.objects.all())
        rows = (
            Withdrawal.objects.in_short().exclude(content=None).filter(models.Q(page=None) | models.Q(page__in=known))
        )
        return rows.select_related("by")


def _url(withdrawal: Withdrawal) -> str | None:
    if withdrawal.page_id is None:
        return None
    is_over = withdrawal.ended_at is not None
    return reverse("wagtailadmin_pages:edit" if is_over else "withdrawal", args=[withdrawal.page_id])


class WithdrawnMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> Any:
        return may_withdraw(request.user)
