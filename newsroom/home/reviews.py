"""Which reviews concern one person, in parts: a few queries for each, whatever waits."""

from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.functional import cached_property

from core.roles import STAGES, reviewing_groups
from languages.desk.worklist import with_total

from ..models import Allowance
from ..record.naming import Thing
from ..reviewing import kinds, queries
from ..work.items import Item, items_of, narrow, things
from ..work.rights import may_look, of_things_worked_on
from .pages import SHOWN


@dataclass(frozen=True)
class Waiting:
    """The first items of a part, and how many there are in all."""

    items: list[Item]
    total: int


@dataclass(frozen=True)
class Urgent:
    """What is live, and still has no reviews."""

    allowance: Allowance
    obj: Any


class ReviewsOf:
    """The reviews of one person."""

    def __init__(self, user: Any) -> None:
        self.user = user

    @cached_property
    def groups(self) -> set[str]:
        return set(self.user.groups.values_list("name", flat=True))

    @property
    def is_reviewer(self) -> bool:
        return bool(self.groups & _reviewing(STAGES))

    @property
    def is_final_reviewer(self) -> bool:
        """Of whatever kind: it may be they who published something urgently, or who have to see to its reviews."""
        return bool(self.groups & _reviewing(STAGES[-1:]))

    @cached_property
    def sees_the_work(self) -> bool:
        return may_look(self.user)

    @cached_property
    def waiting(self) -> Waiting:
        """What they may take; what is due first comes first."""
        return self._found(queries.waiting_for(self.user))

    @cached_property
    def sent_back(self) -> Waiting:
        """What they handed in and was sent back; the newest first."""
        return self._found(queries.sent_back_to(self.user))

    @cached_property
    def handed_in(self) -> Waiting:
        """What they handed in and others have; what waits longest comes first."""
        return self._found(queries.waiting().filter(workflow_state__requested_by=self.user))

    @cached_property
    def urgent(self) -> tuple[list[Urgent], int]:
        """Of what they work on; what is due first comes first."""
        seen = of_things_worked_on(self.user) | models.Q(person=self.user)
        rows, total = with_total(queries.urgent_without_review().filter(seen).defer("before"), SHOWN)
        objects = things(Thing(each.model, each.object_id) for each in rows)
        found = [Urgent(each, objects.get(Thing(each.model, each.object_id))) for each in rows]
        return [each for each in found if each.obj is not None], total

    def _found(self, states: models.QuerySet) -> Waiting:
        rows, total = with_total(narrow(states), SHOWN)
        return Waiting(items_of(rows, self.user), total)


def _reviewing(stages: tuple[str, ...]) -> set[str]:
    return {name for kind in kinds.WORKFLOWS for name in reviewing_groups(kind, stages)}
