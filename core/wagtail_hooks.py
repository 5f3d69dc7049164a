from collections.abc import Sequence
from typing import Any

from django.contrib.admin.utils import quote
from django.contrib.auth.models import Permission
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, URLResolver, include, path, reverse
from django.utils.dateparse import parse_datetime
from django.utils.formats import localize
from django.utils.html import format_html, format_html_join
from django.utils.timezone import localtime
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.staticfiles import versioned_static
from wagtail.log_actions import LogActionRegistry, LogFormatter
from wagtail.permissions import register_permission_policy
from wagtail.rich_text.feature_registry import FeatureRegistry
from wagtail.snippets.models import register_snippet

from . import roles
from .editing import userbar
from .editing.checklist import say_what_is_left
from .editing.checklist_views import ChecklistView
from .editing.deletion import refuse_if_used
from .editing.guides import views as guide_views
from .editing.guides.menu import name_our_guides
from .editing.guides.registry import Guide, register_guide
from .editing.views import MAY_CHECK, SelfCheckMenuItem, SelfCheckView
from .editing.viewsets import LanguagePolicy, LanguageViewSet, SiteNoticeViewSet
from .editing.visibility import visible_to
from .models import BasePage, Language
from .notices import urls as notice_urls
from .notices.account import MailPanel
from .notices.menu import BellMenuItem
from .publishing import gate
from .publishing.acts import Act, Kind, NotPublishable, ask, reasons
from .publishing.ticks import TAKEN_BACK, TICKED
from .rendering.rich_text import DocumentLinkHandler, PageLinkHandler


register_permission_policy(Language, LanguagePolicy(Language))
register_snippet(LanguageViewSet)
register_snippet(SiteNoticeViewSet)
register_guide(
    Guide(
        name="operations",
        title=_("Operators' guide"),
        description=_("Running the portal on a server: settings, updates, adding a language. In English."),
        files={"en": "operations.md"},
        concerns=lambda request: request.user.is_superuser,
        may_read=lambda request: request.user.has_perm(MAY_CHECK),
        order=300,
    )
)


@hooks.register("register_permissions")
def register_language_permissions() -> models.QuerySet[Permission]:
    return roles.language_permissions()


@hooks.register("register_admin_urls")
def register_self_check() -> list[URLPattern]:
    return [path("reports/self-check/", SelfCheckView.as_view(), name="self_check")]


@hooks.register("register_admin_urls")
def register_checklist() -> list[URLPattern]:
    return [path("checklist/<int:page_id>/", ChecklistView.as_view(), name="checklist")]


@hooks.register("register_admin_urls")
def register_notices() -> list[URLResolver]:
    return [path("", include(notice_urls))]


@hooks.register("register_admin_urls")
def register_guides() -> list[URLPattern]:
    return guide_views.urlpatterns


@hooks.register("register_icons")
def register_bell(icons: list[str]) -> list[str]:
    return [*icons, "core/icons/bell.svg"]


hooks.register("register_admin_menu_item", BellMenuItem)
hooks.register("register_account_settings_panel", MailPanel)


@hooks.register("insert_global_admin_css")
def style_the_admin() -> str:
    sheets = [(versioned_static(f"css/admin/{name}.css"),) for name in ("notices", "bulk-actions", "forms")]
    return format_html_join("", '<link rel="stylesheet" href="{}">', sheets)


@hooks.register("insert_global_admin_js")
def read_what_a_mail_led_to() -> str:
    return format_html(
        '<script defer src="{}" data-read="{}"></script>',
        versioned_static("js/admin/notices.js"),
        reverse("notice_read", args=[0]),
    )


@hooks.register("register_reports_menu_item")
def register_self_check_menu_item() -> SelfCheckMenuItem:
    return SelfCheckMenuItem(
        _("Self-check"), reverse("self_check"), name="self-check", icon_name="clipboard-list", order=50
    )


@hooks.register("construct_reports_menu")
def hide_site_history(request: HttpRequest, items: list[MenuItem]) -> None:
    """From those who may not open it (core/editing/wagtail_overrides.py)."""
    if not request.user.has_perm(MAY_CHECK):
        items[:] = [item for item in items if item.name != "site-history"]


hooks.register("construct_help_menu", name_our_guides)
hooks.register("after_publish_page", say_what_is_left)
hooks.register("construct_wagtail_userbar", userbar.set_up)


@hooks.register("insert_global_admin_js")
def mend_autosave() -> str:
    return format_html('<script src="{}"></script>', versioned_static("js/admin/autosave.js"))


@hooks.register("insert_global_admin_js")
def part_pasted_tables() -> str:
    told = gettext(
        "The table was pasted as lines. To keep it a table, add the block Table and paste it into its cells."
    )
    script = versioned_static("js/admin/pasted-tables.js")
    return format_html('<script src="{}" data-as-lines="{}"></script>', script, told)


@hooks.register("insert_editor_js")
def show_the_length_of_the_text() -> str:
    return format_html('<script src="{}"></script>', versioned_static("js/admin/text-length.js"))


@hooks.register("insert_editor_js")
def offer_people_in_comments() -> str:
    script = versioned_static("js/admin/mentions.js")
    return format_html('<script defer src="{}" data-beside="{}"></script>', script, reverse("people"))


@hooks.register("before_delete_page")
def refuse_to_delete_used_page(request: HttpRequest, page: BasePage) -> HttpResponse | None:
    return refuse_if_used(request, [page])


@hooks.register("before_delete_snippet")
def refuse_to_delete_used_snippets(request: HttpRequest, objects: Sequence[models.Model]) -> HttpResponse | None:
    """One by its own view, or several by a bulk action."""
    return refuse_if_used(request, objects)


@hooks.register("before_bulk_action")
def refuse_to_delete_used_pages(
    request: HttpRequest, action_type: str, objects: Sequence[models.Model], _action: object
) -> HttpResponse | None:
    pages = [obj for obj in objects if isinstance(obj, BasePage)]
    return refuse_if_used(request, pages) if action_type == "delete" else None


@hooks.register("register_rich_text_features", order=100)  # after Wagtail's own, which these replace
def register_preloaded_links(features: FeatureRegistry) -> None:
    features.register_link_type(PageLinkHandler)
    features.register_link_type(DocumentLinkHandler)


@hooks.register("construct_page_chooser_queryset")
def offer_only_what_may_be_seen(pages: Any, request: HttpRequest) -> Any:
    """A page chooser names published public pages, and drafts only to those who may edit them."""
    return visible_to(request.user, pages)


# The gate: forms have checked most of it already; what they cannot know is said, and what was typed stays as a draft


@hooks.register("before_publish_page")
def keep_as_a_draft_what_is_not_ready(request: HttpRequest, page: BasePage) -> HttpResponse | None:
    return _refused(request, page, reverse("wagtailadmin_pages:edit", args=[page.pk]))


@hooks.register("before_publish")
def keep_as_a_draft_the_snippet_that_is_not_ready(request: HttpRequest, obj: models.Model) -> HttpResponse | None:
    return _refused(request, obj, reverse(obj.snippet_viewset.get_url_name("edit"), args=[quote(obj.pk)]))


def _refused(request: HttpRequest, obj: models.Model, edit_url: str) -> HttpResponse | None:
    try:
        gate.check(obj)
        ask(Act(Kind.PUBLISH, obj, request.user, obj.get_latest_revision()))
    except NotPublishable as error:
        messages.error(request, _("Saved as a draft, not published. {problems}").format(problems=reasons(error)))
        return redirect(edit_url)
    return None


@hooks.register("register_log_actions")
def register_actions(actions: LogActionRegistry) -> None:
    @actions.register_action("core.schedule.refused")
    class ScheduleRefused(LogFormatter):
        label = _("Schedule refused")

        def format_message(self, log_entry: Any) -> str:
            return gettext("Not published at its time. {problems}").format(problems=log_entry.data.get("problem", ""))

    @actions.register_action(TICKED)
    class WarningTicked(LogFormatter):
        label = _("Warning ticked")

        def format_message(self, log_entry: Any) -> str:
            return gettext("Warning ticked: {warning} Reason: {reason}").format(**_of_a_tick(log_entry))

    @actions.register_action(TAKEN_BACK)
    class TickTakenBack(LogFormatter):
        label = _("Tick taken back")

        def format_message(self, log_entry: Any) -> str:
            return gettext("Tick taken back: {warning} Its reason was: {reason}").format(**_of_a_tick(log_entry))

    @actions.register_action("core.publish.dated")
    class DatedByHand(LogFormatter):
        label = _("Dated by hand")

        def format_message(self, log_entry: Any) -> str:
            dated = parse_datetime(log_entry.data.get("first_published_at", ""))
            return gettext("The date of publication was set by hand: {date}").format(
                date=localize(localtime(dated)) if dated else "?"
            )


def _of_a_tick(log_entry: Any) -> dict[str, str]:
    return {name: log_entry.data.get(name, "") for name in ("warning", "reason")}
