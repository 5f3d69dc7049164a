"""Addresses of the desk, below the admin's."""

from django.urls import path

from .views import (
    exchange,
    matrix,
    memory,
    my_work,
    overview,
    people,
    rollback,
    segment_actions,
    translation_actions,
    workbench,
)


ORIGINAL = "translations/<int:original>/<slug:code>/"

urlpatterns = [
    path("translations/", matrix.MatrixView.as_view(), name="languages_matrix"),
    path("translations/results/", matrix.MatrixView.as_view(results_only=True), name="languages_matrix_results"),
    path("translations/mine/", my_work.MyWorkView.as_view(), name="languages_my_work"),
    path("translations/bulk/", matrix.BulkView.as_view(), name="languages_bulk"),
    path("translations/languages/", overview.OverviewView.as_view(), name="languages_overview"),
    path(
        "translations/languages/<slug:code>/", overview.LanguageActionView.as_view(), name="languages_language_action"
    ),
    path("translations/page/<int:page>/", overview.PageTranslationsView.as_view(), name="languages_page_translations"),
    path("translations/release/<int:page>/", overview.ReleaseView.as_view(), name="languages_release"),
    path("translations/export/", exchange.ExportView.as_view(), name="languages_export"),
    path("translations/export/glossary/", exchange.GlossaryExportView.as_view(), name="languages_glossary_export"),
    path("translations/memory/", memory.MemoryView.as_view(), name="languages_memory"),
    path("translations/memory/export/", memory.MemoryExportView.as_view(), name="languages_memory_export"),
    path("translations/memory/<int:pk>/remove/", memory.MemoryRemoveView.as_view(), name="languages_memory_remove"),
    path("translations/import/", exchange.ImportView.as_view(), name="languages_import"),
    path("translations/import/glossary/", exchange.GlossaryImportView.as_view(), name="languages_glossary_import"),
    path(ORIGINAL, workbench.WorkbenchView.as_view(), name="languages_workbench"),
    path(f"{ORIGINAL}segment/", workbench.SegmentView.as_view(), name="languages_segment"),
    path(f"{ORIGINAL}machine/", workbench.MachineView.as_view(), name="languages_machine"),
    path(f"{ORIGINAL}preview/", workbench.PreviewView.as_view(), name="languages_preview"),
    path(f"{ORIGINAL}save/", segment_actions.SaveView.as_view(), name="languages_save"),
    path(f"{ORIGINAL}dismiss/", segment_actions.DismissView.as_view(), name="languages_dismiss"),
    path(f"{ORIGINAL}send-back/", segment_actions.SendBackView.as_view(), name="languages_send_back"),
    path(f"{ORIGINAL}keep/", segment_actions.CarryOverView.as_view(), name="languages_carry_over"),
    path(f"{ORIGINAL}people/", people.MentionableView.as_view(), name="languages_mentionable"),
    path(f"{ORIGINAL}comment/", segment_actions.CommentView.as_view(), name="languages_comment"),
    path(f"{ORIGINAL}submit/", translation_actions.SubmitView.as_view(), name="languages_submit"),
    path(f"{ORIGINAL}approve/", translation_actions.ApproveAllView.as_view(), name="languages_approve_all"),
    path(f"{ORIGINAL}send-back-all/", translation_actions.SendBackAllView.as_view(), name="languages_send_back_all"),
    path(f"{ORIGINAL}take-along/", translation_actions.TakeAlongView.as_view(), name="languages_take_along"),
    path(f"{ORIGINAL}pretranslate/", translation_actions.PretranslateView.as_view(), name="languages_pretranslate"),
    path(f"{ORIGINAL}publish/", translation_actions.PublishView.as_view(), name="languages_publish"),
    path(f"{ORIGINAL}withdraw/", translation_actions.WithdrawView.as_view(), name="languages_withdraw"),
    path(f"{ORIGINAL}schedule/", translation_actions.ScheduleView.as_view(), name="languages_schedule"),
    path(f"{ORIGINAL}rollback/", rollback.RollBackView.as_view(), name="languages_roll_back"),
]
