"""Wagtail's views of a step, which say what became of it: approved, sent back, begun again, or why not.

What a form showed is what its button approves: the form takes along what that was (`reviewing.looking`).
"""

from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.admin.views.generic.workflow import BaseWorkflowFormView, WorkflowAction
from wagtail.admin.views.pages.edit import EditView
from wagtail.models import TaskState
from wagtail.snippets.views.snippets import EditView as SnippetEditView

from core.publishing.acts import NotPublishable

from ..models import ReviewState
from ..models.reviews import CHANGED_MEANWHILE
from ..reviewing.content import said_by
from ..reviewing.kinds import needs_of
from ..reviewing.looking import FIELD, looking_at, taken_along


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
        with looking_at(request.POST.get(FIELD, "")):
            response: HttpResponse = stock_post(view, request, *args, **kwargs)
        if isinstance(view.task_state, ReviewState):
            _say(request, view.task_state)
        return response

    BaseWorkflowFormView.check_action, WorkflowAction.post = check_action, post
    _bind_to_what_is_shown(EditView, "perform_workflow_action")
    _bind_to_what_is_shown(SnippetEditView, "workflow_action_action")


def _bind_to_what_is_shown(view_class: Any, name: str) -> None:
    """`name` is the method that decides after the form was saved."""
    stock_context, stock_valid = view_class.get_context_data, view_class.workflow_action_is_valid
    stock_act = getattr(view_class, name)

    def get_context_data(view: Any, **kwargs: Any) -> dict[str, Any]:
        return stock_context(view, **kwargs) | {FIELD: _to_take_along(view)}

    def workflow_action_is_valid(view: Any) -> bool:
        """What is not approved is saved all the same, as a draft."""
        return stock_valid(view) and not (view.workflow_action == "approve" and _was_changed(view))

    def act(view: Any) -> Any:
        state = (getattr(view, "page", None) or view.object).current_workflow_task_state
        with looking_at(view.request.POST.get(FIELD, "")):
            answer = stock_act(view)
        if isinstance(state, ReviewState):
            _say(view.request, state)
        return answer

    view_class.get_context_data, view_class.workflow_action_is_valid = get_context_data, workflow_action_is_valid
    setattr(view_class, name, act)


def _to_take_along(view: Any) -> str:
    """A form that was sent and is shown again is still of what was shown before, unless both versions were put together."""
    obj = getattr(view, "page", None) or view.object
    state = obj.current_workflow_task_state if settings.REVIEWS_REQUIRED and needs_of(obj) else None
    if not isinstance(state, ReviewState) or not state.is_for(view.request.user):
        return ""
    if view.request.method == "POST":
        if not hasattr(view, "refilled_from") and view.request.POST.get(FIELD):
            return str(view.request.POST[FIELD])
        obj = obj.get_latest_revision_as_object()
    return taken_along(obj, obj.latest_revision.created_at if obj.latest_revision else None)


def _was_changed(view: Any) -> bool:
    """Whether somebody else, or something that it shows, has changed it since the form was opened; it is said once."""
    if not hasattr(view, "is_changed_meanwhile"):
        obj = getattr(view, "page", None) or view.object
        state, draft = obj.current_workflow_task_state, obj.get_latest_revision_as_object()
        with looking_at(view.request.POST.get(FIELD, "")):
            view.is_changed_meanwhile = isinstance(state, ReviewState) and not state.was_seen(
                draft, said_by(draft), view.request.user
            )
        if view.is_changed_meanwhile:
            messages.warning(view.request, CHANGED_MEANWHILE)
    return bool(view.is_changed_meanwhile)


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
