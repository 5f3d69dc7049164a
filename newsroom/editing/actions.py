"""Wagtail's views of a step, which say what became of it: approved, sent back, begun again, or why not."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.admin.views.generic.workflow import BaseWorkflowFormView, WorkflowAction
from wagtail.models import TaskState

from core.publishing.acts import NotPublishable

from ..models import ReviewState


def install() -> None:
    stock_check, stock_post = BaseWorkflowFormView.check_action, WorkflowAction.post

    def check_action(view: BaseWorkflowFormView) -> None:
        try:
            stock_check(view)
        except PermissionDenied as error:
            if problem := _why_not(view.task_state, view.request.user):
                raise NotPublishable(problem) from error
            raise

    def post(view: WorkflowAction, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if isinstance(view.task_state, ReviewState) and view.action_name == "reject":
            form = view.form_class(request.POST)
            if not form.is_valid() and request.headers.get("x-requested-with") != "XMLHttpRequest":
                raise NotPublishable(_("Say why it is sent back."))
        response: HttpResponse = stock_post(view, request, *args, **kwargs)
        if isinstance(view.task_state, ReviewState):
            _say(request, view.task_state)
        return response

    BaseWorkflowFormView.check_action, WorkflowAction.post = check_action, post


def _why_not(state: Any, user: Any) -> str:
    if not isinstance(state, ReviewState):
        return ""
    if state.status != TaskState.STATUS_IN_PROGRESS:
        return _("This step was taken already.")
    return state.why_not(user)


def _say(request: HttpRequest, before: ReviewState) -> None:
    state = ReviewState.objects.select_related("workflow_state").get(pk=before.pk)
    if state.status == TaskState.STATUS_CANCELLED:
        messages.warning(
            request,
            _("It was changed after earlier steps were approved, so its review begins again. Nothing was approved."),
        )
    elif state.status == TaskState.STATUS_REJECTED:
        messages.success(request, _("It was sent back, and its author is told why."))
    elif state.status == TaskState.STATUS_APPROVED:
        messages.success(request, _approved(state))


def _approved(state: ReviewState) -> str:
    waiting = state.workflow_state.current_task_state
    if waiting and waiting.status == TaskState.STATUS_IN_PROGRESS:
        return _("Approved. It waits for the next step now: {step}.").format(step=str(waiting.task.name))
    return _("Approved by all who have to: it is live, or goes live at its time.")
