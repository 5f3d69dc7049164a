"""When a page may change although nothing is written: a notice begins or ends, a day is over."""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

from django.utils import timezone


Moments = Callable[[], Iterable[datetime | None]]

_known: list[Moments] = []


def changes_at(moments: Moments) -> Moments:
    """Decorate a function that gives the moments, past or future, at which something is shown otherwise."""
    _known.append(moments)
    return moments


def next_moment(after: datetime) -> datetime:
    """The first of them after a moment; at the latest the next midnight, since a page may say what holds today."""
    tomorrow = timezone.localdate(after) + timedelta(days=1)
    midnight = timezone.make_aware(datetime.combine(tomorrow, datetime.min.time()))
    return min([midnight, *(moment for moments in _known for moment in moments() if moment and moment > after)])
