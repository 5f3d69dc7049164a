"""Beside a form: how far the review is, who approved what, and which words were changed since."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy
from wagtail.admin.ui.side_panels import BaseSidePanel
from wagtail.admin.views.pages.create import CreateView
from wagtail.admin.views.pages.edit import EditView
from wagtail.models import WorkflowState
from wagtail.snippets.views.snippets import CreateView as SnippetCreateView
from wagtail.snippets.views.snippets import EditView as SnippetEditView

from core.models import BasePage
from core.notices.reading import name_of
from core.text.differences import Piece

from ..models import Allowance, Approval, ReviewState
from ..reviewing.assigning import may_assign
from ..reviewing.content import changed_words, said_by
from ..reviewing.kinds import needs_of
from ..reviewing.queries import being_read_by
from ..reviewing.typing_errors import may_have
from ..reviewing.without_review import is_final_reviewer, is_reviewer
from ..withdrawing.rules import is_withdrawn, may_withdraw
from ..work.sheet import sheet_url_of


@dataclass(frozen=True)
class Line:
    """An approval, and what its reviewer corrected."""

    approval: Approval
    corrections: list[list[Piece]]


class ReviewSidePanel(BaseSidePanel):
    class SidePanelToggle(BaseSidePanel.SidePanelToggle):
        aria_label = gettext_lazy("Toggle what is known of the review")
        icon_name = "clipboard-list"

    name = "review"
    title = gettext_lazy("Review")
    template_name = "newsroom/admin/review_panel.html"
    order = 160

    def get_context_data(self, parent_context: dict[str, Any]) -> dict[str, Any]:
        known = self._known() if self.object.pk else {}
        return super().get_context_data(parent_context) | {"steps": needs_of(self.object)} | known

    def _known(self) -> dict[str, Any]:
        user, waiting = self.request.user, self._waiting
        ended = self._ended
        return {
            "lines": list(self._lines()),
            "waiting": waiting,
            "why_not": waiting.why_not(user) if waiting and waiting.is_for(user) else "",
            "groups": waiting.group_names() if waiting else [],
            "reading": [name_of(each) for each in being_read_by([self.object]).get(self.object.pk, []) if each != user],
            "assign_url": reverse("review_assign", args=[waiting.pk]) if waiting and may_assign(user, waiting) else "",
            "ended": ended,
            "changes": self._changes(ended.seen, said_by(self._latest)) if ended else [],
            "sent_back": self._sent_back,
            "urgent": Allowance.objects.of(self.object).without_review().first(),
            "sheet_url": sheet_url_of(self.object),
            **(self._withdrawn() or self._ways_of_one()),
        }

    def _withdrawn(self) -> dict[str, Any]:
        """Of a page that nobody publishes until it is released; empty of others."""
        obj = self.object
        if not isinstance(obj, BasePage) or obj.live or obj.first_published_at is None or not is_withdrawn(obj.pk):
            return {}
        url = reverse("withdrawal", args=[obj.pk]) if may_withdraw(self.request.user) else ""
        return {"is_withdrawn": True, "withdrawal_url": url}

    def _ways_of_one(self) -> dict[str, str]:
        """Addresses of the forms that publish by the word of one person; "" of those that are not for whoever looks."""
        obj, user = self.object, self.request.user
        args = [obj._meta.label_lower, obj.pk]
        has_draft = obj.has_unpublished_changes
        urgent, correction = (
            has_draft and is_final_reviewer(user, obj),
            has_draft and obj.live and may_have(type(obj)) and is_reviewer(user, obj),
        )
        return {
            "urgent_url": reverse("publish_urgently", args=args) if urgent else "",
            "correction_url": reverse("correct_typing_error", args=args) if correction else "",
        }

    @property
    def _latest(self) -> Any:
        return self.object.get_latest_revision_as_object()

    @property
    def _waiting(self) -> ReviewState | None:
        state = self.object.current_workflow_task_state
        return state if isinstance(state, ReviewState) else None

    @cached_property
    def _round(self) -> WorkflowState | None:
        return WorkflowState.objects.for_instance(self.object).order_by("-pk").first()

    @property
    def _sent_back(self) -> Any:
        state = self._round
        return state.current_task_state if state and state.status == WorkflowState.STATUS_NEEDS_CHANGES else None

    @property
    def _ended(self) -> Approval | None:
        """The newest approval of the round, if a change has ended it."""
        state = self._round
        if state is None or state.status == WorkflowState.STATUS_CANCELLED:
            return None
        newest = Approval.objects.in_round(state).order_by("-at", "-pk").first()
        return newest if newest and newest.voided_at else None

    def _lines(self) -> Iterator[Line]:
        approvals = Approval.objects.of(self.object).standing()
        states = {each.pk: each.seen for each in ReviewState.objects.filter(pk__in=approvals.values("task_state"))}
        for approval in approvals:
            given = states.get(approval.task_state_id, {})
            corrections = self._changes(given, approval.seen) if approval.has_corrected else []
            yield Line(approval, corrections)

    def _changes(self, before: dict[str, Any], now: dict[str, Any]) -> list[list[Piece]]:
        return [pieces for _name, pieces in changed_words(before, now)]


def show_beside_forms() -> None:
    """Wagtail has no hook for side panels. What is being made is saved by itself, and is drawn then where the panel stood."""
    for view_class in (CreateView, EditView, SnippetCreateView, SnippetEditView):
        _add_to(view_class)


def _add_to(view_class: Any) -> None:
    stock = view_class.get_side_panels

    def get_side_panels(view: Any) -> Any:
        panels = stock(view)
        obj = getattr(view, "page", None) or view.object or view.form.instance
        if settings.REVIEWS_REQUIRED and needs_of(obj) is not None:
            panels.append(ReviewSidePanel(obj, view.request))
        return panels

    view_class.get_side_panels = get_side_panels
