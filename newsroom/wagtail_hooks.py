from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.views.home import UserObjectsInWorkflowModerationPanel, WorkflowObjectsToModeratePanel
from wagtail.snippets.models import register_snippet

from core.editing.views import MAY_CHECK

from .correcting.views import StoryImportCompareView
from .editing import log_entries, menus
from .editing.assigning import ReviewAssignView
from .editing.exceptions import CorrectTypingErrorView, PublishUrgentlyView
from .editing.files import hide_what_no_live_page_shows
from .editing.history import name_steps
from .handing_over.views import HandOverMenuItem, HandOverView
from .home.pages import PagesOf, edits_pages
from .home.panels import PAGE_PANELS, HiddenFiguresPanel, NothingPanel, SelfCheckPanel
from .home.review_panels import panels_of
from .imports.menus import ImportMenuItem, corrected_file_button
from .imports.pictures import StoryImportPictureView
from .imports.uploading import ImportStoryView
from .imports.views import StoryImportUndoView, StoryImportView
from .statements.report import DifferingFiguresView
from .style.views import StyleRulesExportView, StyleRulesImportView, StyleRuleViewSet
from .withdrawing import buttons
from .withdrawing.bulk import WithdrawBulkAction
from .withdrawing.report import WithdrawnMenuItem, WithdrawnPagesView
from .withdrawing.views import PortalPageViewSet, WithdrawalView
from .work.exceptions import PublishingExceptionsView
from .work.progress import WorkInReviewView
from .work.sheet import ReviewSheetView
from .work.tables import WorkMenuItem


register_snippet(StyleRuleViewSet)
buttons.install()
hooks.register("register_admin_viewset", PortalPageViewSet, order=100)  # after Wagtail's own, and so are these
hooks.register("register_bulk_action", WithdrawBulkAction, order=100)
hooks.register("register_page_header_buttons", buttons.release_button)
hooks.register("before_edit_page", buttons.say_that_it_is_withdrawn)
hooks.register("before_serve_document", hide_what_no_live_page_shows)
hooks.register("before_delete_page", buttons.refuse_to_delete_what_is_live, order=100)  # after what is in use
hooks.register("before_bulk_action", buttons.refuse_to_delete_live_pages, order=100)
hooks.register("register_log_actions", buttons.register_log_actions)
hooks.register("register_log_actions", log_entries.register)


@hooks.register("register_admin_urls")
def register_withdrawals() -> list[URLPattern]:
    return [
        path("pages/<int:page_id>/withdrawal/", WithdrawalView.as_view(), name="withdrawal"),
        path("reports/withdrawn/", WithdrawnPagesView.as_view(), name="withdrawn_pages"),
        path(
            "reports/withdrawn/results/", WithdrawnPagesView.as_view(results_only=True), name="withdrawn_pages_results"
        ),
    ]


@hooks.register("register_reports_menu_item")
def register_withdrawn_pages() -> WithdrawnMenuItem:
    url = reverse("withdrawn_pages")
    return WithdrawnMenuItem(_("Withdrawn pages"), url, name="withdrawn-pages", icon_name="download", order=60)


OF_WORKFLOWS = (WorkflowObjectsToModeratePanel, UserObjectsInWorkflowModerationPanel)


@hooks.register("construct_homepage_panels", order=100)  # after those of other apps
def show_what_concerns_one(request: HttpRequest, panels: list[Any]) -> None:
    if settings.REVIEWS_REQUIRED:  # ours say more, and do not ask for each text that waits
        panels[:] = [panel for panel in panels if not isinstance(panel, OF_WORKFLOWS)]
    panels += panels_of(request.user)
    if edits_pages(request.user):
        panels += [panel() for panel in PAGE_PANELS]
        if (found := PagesOf(request.user).with_hidden_figures()).total:
            panels.append(HiddenFiguresPanel(found))
    if request.user.has_perm(MAY_CHECK):
        panels.append(SelfCheckPanel(request))
    if all(type(panel).__module__.startswith("wagtail.") for panel in panels):  # those are empty without workflows
        panels.append(NothingPanel())


hooks.register("register_log_actions", name_steps, order=100)  # after Wagtail's own
hooks.register("construct_page_action_menu", menus.arrange)
hooks.register("construct_snippet_action_menu", menus.arrange)


@hooks.register("register_admin_urls")
def register_reviews() -> list[URLPattern]:
    return [
        path("reviews/<int:state>/assign/", ReviewAssignView.as_view(), name="review_assign"),
        path("reviews/<str:model>/<int:pk>/urgent/", PublishUrgentlyView.as_view(), name="publish_urgently"),
        path("reviews/<str:model>/<int:pk>/correction/", CorrectTypingErrorView.as_view(), name="correct_typing_error"),
    ]


@hooks.register("register_admin_urls")
def register_lists_of_the_work() -> list[URLPattern]:
    return [
        path("reports/reviews/", WorkInReviewView.as_view(), name="work_in_review"),
        path("reports/reviews/results/", WorkInReviewView.as_view(results_only=True), name="work_in_review_results"),
        path("reports/exceptions/", PublishingExceptionsView.as_view(), name="publishing_exceptions"),
        path(
            "reports/exceptions/results/",
            PublishingExceptionsView.as_view(results_only=True),
            name="publishing_exceptions_results",
        ),
        path("reports/different-numbers/", DifferingFiguresView.as_view(), name="differing_figures"),
        path(
            "reports/different-numbers/results/",
            DifferingFiguresView.as_view(results_only=True),
            name="differing_figures_results",
        ),
        path("reviews/sheets/<int:number>/", ReviewSheetView.as_view(), name="review_sheet"),
        path("reports/hand-over/", HandOverView.as_view(), name="hand_over"),
    ]


@hooks.register("register_reports_menu_item")
def register_work_in_review() -> WorkMenuItem:
    url = reverse("work_in_review")
    return WorkMenuItem(_("Work in review"), url, name="work-in-review", icon_name="clipboard-list", order=40)


@hooks.register("register_reports_menu_item")
def register_exceptions() -> WorkMenuItem:
    url = reverse("publishing_exceptions")
    return WorkMenuItem(_("Exceptions"), url, name="publishing-exceptions", icon_name="warning", order=50)


@hooks.register("register_reports_menu_item")
def register_different_numbers() -> WorkMenuItem:
    url = reverse("differing_figures")
    return WorkMenuItem(_("Different numbers"), url, name="different-numbers", icon_name="order", order=52)


@hooks.register("register_reports_menu_item")
def register_hand_over() -> HandOverMenuItem:
    return HandOverMenuItem(_("Hand over work"), reverse("hand_over"), name="hand-over", icon_name="user", order=55)


hooks.register("register_page_header_buttons", corrected_file_button)


@hooks.register("register_admin_urls")
def register_imports() -> list[URLPattern]:
    return [
        path("imports/", ImportStoryView.as_view(), name="import_story"),
        path("imports/<int:pk>/", StoryImportView.as_view(), name="story_import"),
        path("imports/<int:pk>/compare/", StoryImportCompareView.as_view(), name="story_import_compare"),
        path("imports/<int:pk>/undo/", StoryImportUndoView.as_view(), name="story_import_undo"),
        path("imports/<int:pk>/pictures/<str:name>", StoryImportPictureView.as_view(), name="story_import_picture"),
    ]


@hooks.register("register_admin_menu_item")
def register_import() -> ImportMenuItem:
    return ImportMenuItem(
        _("Import a story"), reverse("import_story"), name="import-story", icon_name="upload", order=150
    )


@hooks.register("register_admin_urls")
def register_files_of_style_rules() -> list[URLPattern]:
    return [
        path("house-style/import/", StyleRulesImportView.as_view(), name="style_rules_import"),
        path("house-style/export/", StyleRulesExportView.as_view(), name="style_rules_export"),
    ]
