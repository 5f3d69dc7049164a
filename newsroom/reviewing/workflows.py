"""Which workflow a page has: that of its type, wherever it lies in the tree. What the database names in English is shown in
the language of the admin."""

from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import Task, Workflow, WorkflowState

from core.locking import held
from core.models import BasePage
from core.publishing.acts import NotPublishable

from .kinds import kind_of, shown
from .sync import workflow_of


class Shown(str):
    """A name as it is stored, which is shown translated: "Second review (2)" too."""

    __slots__ = ()

    def __str__(self) -> str:
        return shown(str.__str__(self))


def install() -> None:
    pages: Any = BasePage
    pages.get_workflow, pages.has_workflow = _workflow, property(_has_workflow)
    for model in (Task, Workflow):
        model._meta.get_field("name").from_db_value = _shown
    _decide_before_taking_back()


def _decide_before_taking_back() -> None:
    """Who takes a text back and who approves it hold the same row, so of two at once the second finds it done."""
    stock = WorkflowState.cancel

    @transaction.atomic
    def cancel(state: WorkflowState, user: Any = None) -> None:
        held(state.base_content_type.model_class(), state.object_id)
        before = state.status
        state.refresh_from_db(fields=["status", "current_task_state"])
        if state.status != before:
            raise NotPublishable(_("Its review has ended meanwhile."))
        stock(state, user=user)

    WorkflowState.cancel = cancel


def _workflow(page: BasePage) -> Workflow | None:
    if not settings.WAGTAIL_WORKFLOW_ENABLED:
        return None
    return workflow_of(kind_of(page.specific_class or type(page)))


def _has_workflow(page: BasePage) -> bool:
    return _workflow(page) is not None


def _shown(value: Any, *_args: Any) -> Any:
    return Shown(value) if isinstance(value, str) else value
