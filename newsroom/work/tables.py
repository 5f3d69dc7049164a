"""What the reports of the work share."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any, ClassVar

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.mixins import SpreadsheetExportMixin
from wagtail.admin.views.reports import ReportView

from .rights import may_edit, may_look


def _local(moment: datetime) -> datetime:
    """As the portal's clocks show it: a spreadsheet knows no time zones."""
    return timezone.make_naive(moment).replace(microsecond=0)


def _written(moment: datetime) -> str:
    return _local(moment).isoformat(sep=" ", timespec="minutes")


class WorkReport(ReportView):
    """A report for all who work on what is reviewed. Its rows are objects that `decorated` makes of those of the database."""

    custom_value_preprocess: ClassVar = {
        datetime: {SpreadsheetExportMixin.FORMAT_XLSX: _local, SpreadsheetExportMixin.FORMAT_CSV: _written},
        **{kind: each for kind, each in SpreadsheetExportMixin.custom_value_preprocess.items() if kind is not datetime},
    }
    template_name = "newsroom/admin/work_report.html"
    empty: Any = ""  # what to do where there is nothing at all

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not may_look(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def decorated(self, rows: Any) -> list[Any]:
        raise NotImplementedError

    @property
    def no_results_message(self) -> Any:
        return _("There are no results.") if self.is_searching or self.is_filtering else self.empty

    def get_filtered_queryset(self) -> Any:
        return self.get_queryset()  # which is filtered

    def get_table(self, object_list: Any) -> Any:
        return super().get_table([] if self.is_export else self.decorated(object_list))

    def decorate_paginated_queryset(self, object_list: Any) -> Any:
        return self.decorated(object_list) if self.is_export else object_list

    def stream_csv(self, queryset: Any) -> Iterator[bytes]:
        """Written at once: while it is sent, the language of the admin is active no more."""
        return iter(list(super().stream_csv(queryset)))

    def get_table_kwargs(self) -> dict[str, Any]:
        return super().get_table_kwargs() | {"classname": "listing work"}


class LinkedTitle(TitleColumn):
    """Leads to the form of what the row is about, if whoever looks may open it. Titles are Chinese."""

    cell_template_name = "newsroom/admin/cells/work_title.html"

    def get_link_url(self, instance: Any, parent_context: Any) -> str | None:
        obj = instance.obj
        return instance.url if obj is not None and may_edit(parent_context["request"].user, obj) else None


class Words(Column):
    """A column that becomes a line with its label where there is no room for a table. `marks_late` shows by its colour that
    the time is over."""

    cell_template_name = "newsroom/admin/cells/work_words.html"

    def __init__(self, name: str, *, marks_late: bool = False, **kwargs: Any) -> None:
        super().__init__(name, **kwargs)
        self.marks_late = marks_late

    def get_cell_context_data(self, instance: Any, parent_context: Any) -> dict[str, Any]:
        is_late = self.marks_late and instance.is_late
        return super().get_cell_context_data(instance, parent_context) | {"is_late": is_late}


class Time(Words):
    cell_template_name = "newsroom/admin/cells/work_time.html"


class Ticks(Words):
    cell_template_name = "newsroom/admin/cells/work_ticks.html"


class Link(Words):
    """Its label leads to the address."""

    cell_template_name = "newsroom/admin/cells/work_link.html"


class WorkMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> Any:
        return may_look(request.user)
