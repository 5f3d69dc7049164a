"""What is under review, at which step, who has it and for how long; and what was, on demand."""

from typing import Any, ClassVar

import django_filters
from django.db import models
from django.db.models.functions import Cast
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.filters import WagtailFilterSet
from wagtail.models import TaskState, WorkflowState

from core.models import BasePage, User

from ..models import ReviewState
from ..reviewing import queries
from ..reviewing.kinds import STEP_NAMES, WORKFLOWS
from .items import Item, items_of, narrow
from .people import who_handed_in, who_may_have_it
from .rights import states_seen_by
from .tables import LinkedTitle, Time, Words, WorkReport


_WAITS = models.Q(status=TaskState.STATUS_IN_PROGRESS)
_SENT_BACK = models.Q(workflow_state__status=WorkflowState.STATUS_NEEDS_CHANGES)
STATES = {
    "waiting": (_("Waits for review"), _WAITS),
    "overdue": (_("Overdue"), _WAITS),
    "sent_back": (pgettext_lazy("review", "Sent back"), _SENT_BACK),
    "approved": (pgettext_lazy("review", "Approved"), models.Q(workflow_state__status=WorkflowState.STATUS_APPROVED)),
    "cancelled": (
        pgettext_lazy("review", "Cancelled"),
        models.Q(workflow_state__status=WorkflowState.STATUS_CANCELLED),
    ),
}
OPEN = _WAITS | _SENT_BACK


class ProgressFilters(WagtailFilterSet):
    state = django_filters.ChoiceFilter(
        label=_("State"),
        choices=[(name, label) for name, (label, _which) in STATES.items()],
        empty_label=_("Waits or was sent back"),
        method="in_state",
    )
    kind = django_filters.ChoiceFilter(
        label=_("Kind"), choices=list(WORKFLOWS.items()), field_name="task__reviewtask__kind"
    )
    step = django_filters.ChoiceFilter(label=_("Step"), choices=list(STEP_NAMES.items()), method="at_step")
    person = django_filters.ChoiceFilter(label=_("Who has it"), choices=who_may_have_it, method="with_person")
    requested_by = django_filters.ChoiceFilter(
        label=_("Handed in by"), choices=who_handed_in, field_name="workflow_state__requested_by"
    )

    class Meta:
        model = ReviewState
        fields: ClassVar = []

    def in_state(self, states: models.QuerySet, _name: str, value: str) -> models.QuerySet:
        found = states.filter(STATES[value][1])
        return found.filter(due__lt=timezone.now()) if value == "overdue" else found

    def at_step(self, states: models.QuerySet, _name: str, stage: str) -> models.QuerySet:
        """Several second reviews are numbered."""
        name = {"first": "First review", "second": "Second review", "final": "Final review"}[stage]
        return states.filter(models.Q(task__name=name) | models.Q(task__name__startswith=f"{name} ("))

    def with_person(self, states: models.QuerySet, _name: str, key: str) -> models.QuerySet:
        """What they may take or were given, and what was sent back to them."""
        person = User.objects.filter(pk=key).first()
        theirs = models.Q(pk__in=queries.waiting_for(person).order_by().values("pk"))
        return states.filter(theirs | (_SENT_BACK & models.Q(workflow_state__requested_by=person)))


class WorkInReviewView(WorkReport):
    """What waits longest comes first."""

    page_title = _("Work in review")
    header_icon = "clipboard-list"
    index_url_name = "work_in_review"
    index_results_url_name = "work_in_review_results"
    filterset_class = ProgressFilters
    is_searchable = True
    default_ordering = ("started_at", "pk")
    empty = _("Nothing is under review here. What somebody submits appears in this list until it is live.")
    columns: ClassVar = [
        LinkedTitle("title", label=_("Title")),
        Words("standing", label=_("State"), marks_late=True),
        Words("step", label=_("Step")),
        Words("who", label=_("Who has it")),
        Words("how_long", label=_("How long"), sort_key="started_at"),
        Time("due", label=_("Due"), sort_key="due", marks_late=True),
        Words("handed_in_by", label=_("Handed in by")),
        Words("being_read_by", label=_("Being read by")),
    ]
    export_headings: ClassVar = {
        "title": _("Title"),
        "kind": _("Type"),
        "standing": _("State"),
        "step": _("Step"),
        "who": _("Who has it"),
        "handed_in_by": _("Handed in by"),
        "handed_in_at": _("Handed in"),
        "since": _("At this step since"),
        "days": _("Days"),
        "due": _("Due"),
        "decided_by": _("Decided by"),
        "live_at": _("Goes live"),
    }
    list_export: ClassVar = list(export_headings)

    def get_filename(self) -> str:
        return "work-in-review"

    def get_base_queryset(self) -> models.QuerySet[ReviewState]:
        newest = states_seen_by(self.request.user).filter(workflow_state__current_task_state=models.F("pk"))
        return narrow(newest)

    def filter_queryset(self, queryset: models.QuerySet) -> models.QuerySet:
        found = super().filter_queryset(queryset)
        chosen = self.filters.is_valid() and self.filters.form.cleaned_data.get("state")
        return found if chosen else found.filter(OPEN)

    def search_queryset(self, queryset: models.QuerySet) -> models.QuerySet:
        if not self.is_searching:
            return queryset
        key = Cast(models.OuterRef("workflow_state__object_id"), models.BigIntegerField())
        called = models.QuerySet(BasePage).filter(pk=key, draft_title__icontains=self.search_query)
        return queryset.filter(models.Q(revision__object_str__icontains=self.search_query) | models.Exists(called))

    def decorated(self, rows: Any) -> list[Item]:
        return items_of(rows, self.request.user)
