"""What Wagtail's own views of the admin do more carefully here. Each is set once, at the place that all of them share."""

from collections.abc import Iterator
from typing import Any

from wagtail.admin.views.mixins import SpreadsheetExportMixin
from wagtail.admin.views.reports.audit_logging import LogEntriesView
from wagtail.permission_policies import ModelPermissionPolicy

from .models import PortalSettings
from .tables import is_formula, neutral


def install() -> None:
    _neutralise_exports()
    _limit_site_history()


def _neutralise_exports() -> None:
    """No text in an exported listing or report is a formula: not in CSV, nor in XLSX after somebody has edited it."""
    stock_value, stock_row = SpreadsheetExportMixin.preprocess_field_value, SpreadsheetExportMixin.generate_xlsx_row

    def preprocess_field_value(view: SpreadsheetExportMixin, field: str, value: Any, export_format: str) -> Any:
        written = stock_value(view, field, value, export_format)
        return neutral(written) if export_format == view.FORMAT_CSV and isinstance(written, str) else written

    def generate_xlsx_row(view: SpreadsheetExportMixin, *args: Any, **kwargs: Any) -> Iterator[Any]:
        for cell in stock_row(view, *args, **kwargs):
            cell.quotePrefix = isinstance(cell.value, str) and is_formula(cell.value)
            yield cell

    SpreadsheetExportMixin.preprocess_field_value = preprocess_field_value
    SpreadsheetExportMixin.generate_xlsx_row = generate_xlsx_row


def _limit_site_history() -> None:
    """It names who did what on the whole site: for those who run it. Editors have the history of each page."""
    LogEntriesView.permission_policy = ModelPermissionPolicy(PortalSettings)
    LogEntriesView.permission_required = "change"
