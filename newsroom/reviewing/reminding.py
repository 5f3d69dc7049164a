"""What is due tomorrow is told once."""

from collections.abc import Iterable
from datetime import datetime

from core.publishing.schedule import Outcome

from ..models import ReviewState
from . import notice_kinds as kinds
from .queries import due_tomorrow
from .takers import takers
from .telling import label_of, tell


def remind(now: datetime) -> Iterable[Outcome]:
    """A job of the scheduler: whoever it was given to, else all who may take it."""
    for state in due_tomorrow(now).filter(reminded=False):
        people = [state.assignee_id] if state.assignee_id else [each.pk for each in takers(state)]
        ReviewState.objects.filter(pk=state.pk).update(reminded=True)
        tell(people, kinds.DUE, state.object)
        yield Outcome(label_of(state.object), "reminded")
