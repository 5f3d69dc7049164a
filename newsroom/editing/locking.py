"""The forms of figures are locked while a review has them, as those of pages are.

Wagtail locks what has columns for a lock that somebody sets by hand. Figures have none and need none: the lock of a review is
asked of the review.
"""

from typing import Any

from django.conf import settings
from wagtail.admin import messages
from wagtail.locks import WorkflowLock
from wagtail.models import WorkflowMixin
from wagtail.snippets.views.snippets import EditView

from ..models import ReviewTask


def install() -> None:
    stock_lock, stock_context = EditView.get_lock, EditView.get_lock_context

    def get_lock(view: Any) -> Any:
        return _of_review(view) if _is_ours(view) else stock_lock(view)

    def get_lock_context(view: Any) -> dict[str, Any]:
        if not _is_ours(view) or view.lock is None:
            return dict(stock_context(view))
        if view.locked_for_user and view.request.method == "GET":
            messages.warning(view.request, view.lock.get_message(view.request.user), extra_tags="lock")
        return {"lock": view.lock, "locked_for_user": view.locked_for_user}

    EditView.get_lock, EditView.get_lock_context = get_lock, get_lock_context


def _is_ours(view: Any) -> bool:
    return bool(settings.REVIEWS_REQUIRED and not view.locking_enabled and issubclass(view.model, WorkflowMixin))


def _of_review(view: Any) -> WorkflowLock | None:
    task = view.object.current_workflow_task if view.object and view.object.pk else None
    return WorkflowLock(view.object, task) if isinstance(task, ReviewTask) else None
