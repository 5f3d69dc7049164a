"""What Wagtail's own views of the admin do more carefully here. Each is set once, at the place that all of them share."""

from codecs import BOM_UTF8
from collections.abc import Iterable, Iterator
from typing import Any

from django.conf import settings
from django.db import models, transaction
from django.http import HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from wagtail.admin import messages, navigation, site_summary
from wagtail.admin.views import home
from wagtail.admin.views.mixins import SpreadsheetExportMixin
from wagtail.admin.views.pages.bulk_actions.publish import PublishBulkAction
from wagtail.admin.views.pages.create import CreateView
from wagtail.admin.views.reports.audit_logging import LogEntriesView
from wagtail.models import Site
from wagtail.permission_policies import ModelPermissionPolicy

from ..languages import SOURCE, column
from ..models import PortalSettings
from ..open_data.spreadsheets import is_formula, neutral
from ..publishing.acts import NotPublishable, reasons
from ..text.cleaning import legal_xml
from . import limits
from .checklist import act_on_forms, show_beside_forms
from .collisions import guard


def install() -> None:
    _neutralise_exports()
    _limit_site_history()
    limits.install()
    show_beside_forms()
    act_on_forms()
    guard.install()
    _publish_each_by_itself()
    _store_new_pages_as_drafts()
    _name_the_site()


def _name_the_site() -> None:
    """By the name that Wagtail has for it, else by that of the portal: not by its host, which may be 127.0.0.1. Who may
    open no page is told the same name."""
    stock = navigation.get_site_for_user

    def get_site_for_user(user: Any) -> dict[str, Any]:
        if not hasattr(user, "_named_site"):  # asked for by each panel of the first page
            found = stock(user)
            site = found["root_site"] or Site.objects.filter(is_default_site=True).first()
            user._named_site = found | {"site_name": _name_of(site)}
        return user._named_site

    for module in (navigation, home, site_summary):
        module.get_site_for_user = get_site_for_user


def _name_of(site: Site | None) -> str:
    """In the language of the admin, if the portal has its name in that."""
    if site is None:
        return settings.WAGTAIL_SITE_NAME
    portal = PortalSettings.for_site(site)
    return site.site_name or getattr(portal, column("name", get_language() or SOURCE), "") or portal.name


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


def _store_new_pages_as_drafts() -> None:
    """A new page that is to be published at once: Wagtail stores it as live, and publishes it then. If that is refused, it
    would be live all the same."""
    stock = CreateView.publish_action

    def publish_action(view: CreateView) -> HttpResponse:
        view.form.instance.live = False
        return stock(view)

    CreateView.publish_action = publish_action


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
