"""What Wagtail's own views of the admin do more carefully here. Each is set once, at the place that all of them share."""

from codecs import BOM_UTF8
from collections.abc import Iterable, Iterator
from typing import Any

from django.db import models, transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.admin.views.chooser import BrowseView
from wagtail.admin.views.mixins import SpreadsheetExportMixin
from wagtail.admin.views.pages.bulk_actions.publish import PublishBulkAction
from wagtail.admin.views.reports.audit_logging import LogEntriesView
from wagtail.api.v2.views import BaseAPIViewSet
from wagtail.documents.api.admin.views import DocumentsAdminAPIViewSet
from wagtail.images.api.admin.views import ImagesAdminAPIViewSet
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permissions import page_permission_policy, policy_registry

from ..models import BasePage, PortalSettings
from ..open_data.spreadsheets import is_formula, neutral
from ..publishing.gate import NotPublishable, reasons
from ..text.cleaning import legal_xml
from .checklist import show_beside_forms
from .collisions import guard


def install() -> None:
    _neutralise_exports()
    _limit_site_history()
    _limit_choosers()
    show_beside_forms()
    guard.install()
    _publish_each_by_itself()


def choosable(pages: Any, user: models.Model) -> Any:
    """Published public pages, and drafts that the user may edit."""
    editable = page_permission_policy.instances_user_has_any_permission_for(user, {"add", "change", "publish"})
    return pages.live().public() | pages.filter(pk__in=editable.values("pk"))


def _neutralise_exports() -> None:
    """Exported listings and reports are for people with spreadsheets: CSV says that it is UTF-8, and no text is a
    formula, neither in CSV nor in XLSX, also after somebody has edited it."""
    stock_value, stock_row = SpreadsheetExportMixin.preprocess_field_value, SpreadsheetExportMixin.generate_xlsx_row
    stock_csv = SpreadsheetExportMixin.stream_csv

    def stream_csv(view: SpreadsheetExportMixin, queryset: models.QuerySet) -> Iterator[bytes]:
        yield BOM_UTF8
        yield from stock_csv(view, queryset)

    def preprocess_field_value(view: SpreadsheetExportMixin, field: str, value: Any, export_format: str) -> Any:
        written = stock_value(view, field, value, export_format)
        if not isinstance(written, str):
            return written
        return neutral(written) if export_format == view.FORMAT_CSV else legal_xml(written)

    def generate_xlsx_row(view: SpreadsheetExportMixin, *args: Any, **kwargs: Any) -> Iterator[Any]:
        for cell in stock_row(view, *args, **kwargs):
            cell.quotePrefix = isinstance(cell.value, str) and is_formula(cell.value)
            yield cell

    SpreadsheetExportMixin.stream_csv = stream_csv
    SpreadsheetExportMixin.preprocess_field_value = preprocess_field_value
    SpreadsheetExportMixin.generate_xlsx_row = generate_xlsx_row


def _publish_each_by_itself() -> None:
    """The bulk action publishes what is ready, each page in a transaction of its own, and names the rest with reasons."""
    stock_context, stock_message = PublishBulkAction.get_execution_context, PublishBulkAction.get_success_message

    def get_execution_context(view: PublishBulkAction) -> dict[str, Any]:
        view.refused = []
        return stock_context(view) | {"refused": view.refused}

    def execute_action(
        cls: type[PublishBulkAction],
        objects: Iterable[Any],
        include_descendants: bool = False,
        user: Any = None,
        refused: list[tuple[Any, str]] | None = None,
        **_kwargs: Any,
    ) -> tuple[int, int]:
        told = [] if refused is None else refused
        parents = children = 0
        for page in objects:
            parents += _publish_or_tell(page, user, told)
            for below in page.get_descendants().not_live().specific() if include_descendants else ():
                if user is None or below.permissions_for_user(user).can_publish():
                    children += _publish_or_tell(below, user, told)
        return parents, children

    def get_success_message(view: PublishBulkAction, parents: int, children: int) -> str | None:
        for page, problems in view.refused:
            words = _("“{title}” was not published. {problems}")
            messages.error(view.request, words.format(title=page.get_admin_display_title(), problems=problems))
        return stock_message(view, parents, children) if parents or children else None

    PublishBulkAction.get_execution_context = get_execution_context
    PublishBulkAction.execute_action = classmethod(execute_action)
    PublishBulkAction.get_success_message = get_success_message


def _publish_or_tell(page: Any, user: Any, refused: list[tuple[Any, str]]) -> int:
    """How many pages were published: one, or none and it is among the refused."""
    try:
        with transaction.atomic():
            revision = page.get_latest_revision() or page.specific.save_revision(user=user)
            revision.publish(user=user)
    except NotPublishable as error:
        refused.append((page, reasons(error)))
        return 0
    return 1


def _limit_site_history() -> None:
    """It names who did what on the whole site, so it is for those who run it. Editors have the history of each page."""
    LogEntriesView.permission_policy = ModelPermissionPolicy(PortalSettings)
    LogEntriesView.permission_required = "change"


def _limit_choosers() -> None:
    """Wagtail lets everybody who may enter the admin walk through the tree and ask its API for files. A translator would
    see titles of drafts there."""
    stock_walk = BrowseView.get

    def get(view: BrowseView, request: HttpRequest, parent_page_id: int | None = None) -> HttpResponse:
        pages = BasePage.objects.filter(pk=parent_page_id)
        if parent_page_id and not choosable(pages, request.user).exists():
            raise Http404
        return stock_walk(view, request, parent_page_id)

    BrowseView.get = get
    for viewset in (ImagesAdminAPIViewSet, DocumentsAdminAPIViewSet):
        _limit_files(viewset)


def _limit_files(viewset: type[BaseAPIViewSet]) -> None:
    stock = viewset.get_queryset

    def get_queryset(view: BaseAPIViewSet) -> models.QuerySet:
        mine = policy_registry.get_by_type(view.model).instances_user_has_any_permission_for(
            view.request.user, {"choose", "change"}
        )
        return stock(view).filter(pk__in=mine.values("pk"))

    viewset.get_queryset = get_queryset
