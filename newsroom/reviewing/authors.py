"""Who wrote a text before it was submitted: they do not approve it."""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from django.contrib.auth import get_user_model
from django.utils import timezone
from wagtail.log_actions import registry
from wagtail.models import Revision, TaskState, WorkflowState

from .kinds import needs_of


WRITING = ("wagtail.create", "wagtail.edit", "wagtail.revert")
PUBLISHING = ("wagtail.publish", "wagtail.publish.scheduled")
BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)


def savers(obj: Any, since: datetime | None = None) -> list[tuple[datetime, int | None]]:
    """(time, key of the person; None if nobody is known) of each revision that there is, or of those from `since` on."""
    found = Revision.objects.for_instance(obj)
    found = found.filter(created_at__gte=since) if since else found
    return list(found.order_by("created_at").values_list("created_at", "user_id"))


def writers(obj: Any, since: datetime | None = None) -> list[tuple[datetime, int | None]]:
    """(time, key of the person) of all that was written since it was published last, or ever if it is not live. Autosave writes
    into a revision again and dates it anew, so what the history says counts as well."""
    since = since or (obj.last_published_at if obj.live else None)
    logged = registry.get_logs_for_instance(obj).filter(action__in=WRITING)
    logged = logged.filter(timestamp__gte=since) if since else logged
    return [*savers(obj, since), *logged.order_by("timestamp").values_list("timestamp", "user_id")]


def authors(obj: Any) -> set[int]:
    """Keys of those who wrote what is not live yet. What reviewers write while it is reviewed are corrections. Whoever had
    written when it came to a step stays an author: their revision may have been written over since, and dated anew."""
    return _authors_since(obj, obj.last_published_at if obj.live else BEGINNING)


def authors_ever(obj: Any) -> set[int | None]:
    """Keys of whom a text belongs to, of those who wrote any of it, and who submitted it."""
    asked = WorkflowState.objects.for_instance(obj).values_list("requested_by", flat=True)
    return {getattr(obj, "owner_id", None), *_authors_since(obj, BEGINNING), *asked}


def authors_of_round(state: WorkflowState, obj: Any) -> set[int]:
    """Keys of those who wrote what this round reviews, also when it is live."""
    before = registry.get_logs_for_instance(obj).filter(action__in=PUBLISHING, timestamp__lt=state.created_at)
    last = before.order_by("-timestamp").values_list("timestamp", flat=True).first()
    return _authors_since(obj, last or BEGINNING)


def _authors_since(obj: Any, since: datetime | None) -> set[int]:
    since = since or BEGINNING
    needed = needs_of(obj)
    written, reviews = writers(obj, since), _reviews(obj) if needed else []
    times = [(start, end or timezone.now()) for start, end, _known in reviews]
    reviewers = members(needed.all_groups()) if written and times and needed else set()
    stay = {person for start, _end, known in reviews if start >= since for person in known or ()}
    return stay | {
        person
        for at, person in written
        if person and not (person in reviewers and any(start <= at <= end for start, end in times))
    }


def members(groups: Iterable[str]) -> set[int]:
    """Keys of the active people in any of the groups of these names."""
    people = get_user_model().objects.filter(is_active=True, groups__name__in=list(groups))
    return set(people.values_list("pk", flat=True))


def _reviews(obj: Any) -> list[tuple[datetime, datetime | None, list[int] | None]]:
    """(begin, end, who was known to have written it then) of each step that there was."""
    states = TaskState.objects.for_instance(obj)
    return list(states.values_list("started_at", "finished_at", "reviewstate__authors"))
