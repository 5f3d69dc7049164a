"""What waits at a step or was sent back from it, with all that a line says of it. A few queries for all, none for each."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.apps import apps
from django.db import models
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from wagtail.models import Revision, TaskState, WorkflowState

from core.models import BasePage
from core.notices.reading import name_of

from ..models import ReviewState
from ..record.naming import Thing
from ..reviewing.queries import being_read_by, objects_of
from ..reviewing.telling import edit_url, label_of


UNREAD = ("seen", "revision__content")  # what no line shows: whole texts


@dataclass(frozen=True)
class Item:
    """One step of a review. `readers` are those who have it open in the editor, `live_at` is when it goes live by itself."""

    state: ReviewState
    obj: Any
    readers: list[Any] = field(default_factory=list)
    live_at: datetime | None = None

    @property
    def pk(self) -> int:
        return self.state.pk

    @property
    def title(self) -> str:
        if isinstance(self.obj, BasePage):
            return self.obj.get_admin_display_title()
        return self.state.revision.object_str or label_of(self.obj)  # else figures ask for what they are of

    @property
    def url(self) -> str:
        return edit_url(self.obj)

    @property
    def kind(self) -> str:
        return kind_of_thing(self.obj)

    @property
    def step(self) -> str:
        return str(self.state.task.name)

    # Where it is ----------------------------------------------------------------------------------

    @property
    def is_waiting(self) -> bool:
        return self.state.status == TaskState.STATUS_IN_PROGRESS

    @property
    def is_late(self) -> bool:
        return self.is_waiting and self.state.due is not None and self.state.due < timezone.now()

    @property
    def is_sent_back(self) -> bool:
        return self.state.workflow_state.status == WorkflowState.STATUS_NEEDS_CHANGES

    @property
    def standing(self) -> str:
        if self.is_waiting:
            return _("Overdue") if self.is_late else _("Waits for review")
        if self.is_sent_back:
            return pgettext("review", "Sent back")
        if self.state.workflow_state.status == WorkflowState.STATUS_APPROVED:
            return _("Approved, waits for its time") if self.live_at else pgettext("review", "Approved")
        return pgettext("review", "Cancelled")

    @property
    def who(self) -> str:
        """Who has it: the person it was given to, else those who may take it; what was sent back, who handed it in."""
        if self.is_sent_back:
            return self.handed_in_by
        if not self.is_waiting:
            return ""
        return name_of(self.state.assignee) if self.state.assignee else _any_of(self.state.group_names())

    @property
    def handed_in_by(self) -> str:
        return name_of(self.state.workflow_state.requested_by)

    @property
    def decided_by(self) -> str:
        return name_of(self.state.finished_by) if self.state.finished_by_id else ""

    @property
    def being_read_by(self) -> str:
        return ", ".join(name_of(each) for each in self.readers)

    # Since when -----------------------------------------------------------------------------------

    @property
    def handed_in_at(self) -> datetime:
        return self.state.workflow_state.created_at

    @property
    def since(self) -> datetime:
        """When it came to this step, or was sent back from it."""
        return self.state.started_at if self.is_waiting else self.state.finished_at or self.state.started_at

    @property
    def days(self) -> int:
        """Whole days that it has waited, or had waited when it was decided."""
        until = timezone.now() if self.is_waiting or self.is_sent_back else self.state.finished_at or timezone.now()
        start = self.since if self.is_waiting or self.is_sent_back else self.state.workflow_state.created_at
        return max((until - start).days, 0)

    @property
    def how_long(self) -> str:
        if not self.days:
            return _("less than a day")
        return ngettext("{number} day", "{number} days", self.days).format(number=self.days)

    @property
    def due(self) -> datetime | None:
        return self.state.due if self.is_waiting else None

    @property
    def comment(self) -> str:
        return self.state.comment


def narrow(states: models.QuerySet[ReviewState]) -> models.QuerySet[ReviewState]:
    """Without the texts, which may be many thousand characters each."""
    people = ("assignee", "finished_by", "workflow_state__requested_by")
    return states.select_related("task__reviewtask", "workflow_state", "revision", *people).defer(*UNREAD)


def items_of(states: Iterable[ReviewState], viewer: Any = None) -> list[Item]:
    """In their order, without those whose object is gone. `viewer` is not named among the readers."""
    rows = list(states)
    for state in rows:
        state.review = state.task.reviewtask
    objects, times = objects_of(rows), _times(rows)
    readers = _readers(objects.values())
    return [
        Item(
            state=state,
            obj=objects[state.pk],
            readers=[each for each in readers.get(_key(objects[state.pk]), []) if each != viewer],
            live_at=times.get(state.revision_id),
        )
        for state in rows
        if state.pk in objects
    ]


def things(named: Iterable[Thing]) -> dict[Thing, Any]:
    """The rows of these names, pages as base pages; one query for pages and one for each model of snippets."""
    by_model: dict[type[models.Model], dict[int, Thing]] = {}
    for thing in named:
        model: Any = apps.get_model(thing.model)
        by_model.setdefault(BasePage if issubclass(model, BasePage) else model, {})[thing.key] = thing
    found = {}
    for model, keys in by_model.items():
        rows = models.QuerySet(model).filter(pk__in=list(keys))
        if model is not BasePage:
            rows = rows.select_related("latest_revision").defer("latest_revision__content")
        found.update({keys[row.pk]: row for row in rows})
    return found


def title_of_thing(obj: Any) -> str:
    """Of a figure, what its newest revision was called: its own name asks for all that it is of."""
    revision = None if isinstance(obj, BasePage) else obj.latest_revision
    return revision.object_str if revision and revision.object_str else label_of(obj)


def kind_of_thing(obj: Any) -> str:
    name = obj.page_type_display_name if isinstance(obj, BasePage) else obj._meta.verbose_name
    return str(capfirst(str(name)))


def _any_of(groups: list[str]) -> str:
    return _("Anybody of: {groups}").format(groups=", ".join(groups))


def _times(states: list[ReviewState]) -> dict[int, datetime]:
    """{revision: when it goes live}, of what was approved and waits for its time. One query, or none."""
    approved = [each.revision_id for each in states if each.workflow_state.status == WorkflowState.STATUS_APPROVED]
    if not approved:
        return {}
    waiting = Revision.objects.filter(pk__in=approved, approved_go_live_at__isnull=False)
    return dict(waiting.values_list("pk", "approved_go_live_at"))


def _readers(objects: Iterable[Any]) -> dict[tuple[type[models.Model], int], list[Any]]:
    """{key: people}; one query for pages, and one for each model of snippets."""
    by_model: dict[type[models.Model], list[Any]] = {}
    for obj in objects:
        by_model.setdefault(_key(obj)[0], []).append(obj)
    return {(model, key): people for model, rows in by_model.items() for key, people in being_read_by(rows).items()}


def _key(obj: Any) -> tuple[type[models.Model], int]:
    return (BasePage if isinstance(obj, BasePage) else type(obj)), obj.pk
