"""The buttons below a form: what is not approved is submitted; publishing is what the last approval does."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext as _
from wagtail.admin import action_menu
from wagtail.models import WorkflowState
from wagtail.snippets import action_menu as snippet_menu

from ..reviewing.kinds import kind_of
from ..reviewing.standing import may_go_live


class _SaysSubmit:
    """A page that is being made has no workflow of its own yet, so the name of one is not in the label."""

    def get_context_data(self, parent_context: Any) -> Any:
        context = super().get_context_data(parent_context)
        obj = context.get("page") or context.get("instance")
        state = obj.current_workflow_state if obj and obj.pk else None
        is_again = state and state.status == WorkflowState.STATUS_NEEDS_CHANGES
        context["label"] = _("Submit again") if is_again else _("Submit for review")
        return context


class SubmitPage(_SaysSubmit, action_menu.SubmitForModerationMenuItem):
    pass


class SubmitSnippet(_SaysSubmit, snippet_menu.SubmitForModerationMenuItem):
    pass


def arrange(items: list[Any], _request: HttpRequest, context: dict[str, Any]) -> None:
    """A hook of both menus."""
    if not settings.REVIEWS_REQUIRED:
        return
    obj = context.get("page") or context.get("instance")
    for place, item in enumerate(items):
        if type(item) is action_menu.SubmitForModerationMenuItem:
            items[place] = SubmitPage(order=item.order)
        elif type(item) is snippet_menu.SubmitForModerationMenuItem:
            items[place] = SubmitSnippet(order=item.order)
    if not _may_go_live(obj, context):
        items[:] = [item for item in items if item.name != "action-publish"]


def _may_go_live(obj: Any, context: dict[str, Any]) -> bool:
    """Whether pressing “Publish” can do anything: no review is needed, or all have approved."""
    model = type(obj) if obj else context.get("model")
    if obj is None or not obj.pk:
        return context.get("view") != "create" or not _is_reviewed(model, context)
    return may_go_live(obj)


def _is_reviewed(model: Any, context: dict[str, Any]) -> bool:
    return bool(context.get("parent_page")) or bool(model and kind_of(model))
