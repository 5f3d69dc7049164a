"""Going live by the word of one person: urgently, with the reviews made up for later; or to mend a typing error."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.languages import SOURCE, column
from core.publishing.acts import NotPublishable
from core.publishing.canonical_forms import Hashes
from core.publishing.digest import digest

from ..models import Allowance
from ..record.naming import thing_of
from ..record.people import person_of
from .authors import authors, members, writers
from .content import latest_held, said_by
from .kinds import needs_of
from .measuring import last_reviewed
from .standing import is_as_recorded
from .telling import tell_corrected, tell_mentioned
from .typing_errors import why_not


def is_final_reviewer(user: Any, obj: Any) -> bool:
    needed = needs_of(obj)
    return bool(needed and user.is_active and user.pk in members(needed.groups(needed.steps)))


def is_reviewer(user: Any, obj: Any) -> bool:
    """Of any step."""
    needed = needs_of(obj)
    return bool(needed and user.is_active and user.pk in members(needed.all_groups()))


@transaction.atomic
def publish_urgently(obj: Any, user: Any, reason: str) -> Allowance:
    """Publish the newest draft at once. Its reviews begin then, and are due within `URGENT_REVIEWED_WITHIN`.

    Raises NotPublishable without a reason, for anybody but a final reviewer, and for what is not complete.
    """
    if not is_final_reviewer(user, obj):
        raise NotPublishable(_("Only a final reviewer publishes urgently."))
    if not reason.strip():
        raise NotPublishable(_("Say why it cannot wait for its reviews."))
    draft = latest_held(obj)
    if draft.go_live_at and draft.go_live_at > timezone.now():
        draft.go_live_at = None
        draft.save_revision(user=user, clean=False)
    due = timezone.now() + timedelta(hours=settings.URGENT_REVIEWED_WITHIN)
    allowance = _allow(Allowance.Kind.URGENT, draft, said_by(draft), user, reason, due=due)
    _publish(obj, user)
    row = _row(obj)
    if workflow := row.get_workflow():
        workflow.start(row, user)
    tell_mentioned(reason, user, row, f"allowance {allowance.pk}")
    return allowance


@transaction.atomic
def correct(obj: Any, user: Any, reason: str = "") -> Allowance:
    """Publish the newest draft of something live, if it mends no more than typing errors.

    Raises NotPublishable if it does more, if the person is no reviewer, or wrote it.
    """
    draft = latest_held(obj)
    now = said_by(draft)
    if problem := why_not_correct(obj, draft, now, user):
        raise NotPublishable(problem)
    allowance = _allow(
        Allowance.Kind.CORRECTION, draft, now, user, reason or _("Typing error"), before=last_reviewed(_row(obj))
    )
    _publish(obj, user)
    tell_corrected(draft, user)
    tell_mentioned(reason, user, draft, f"allowance {allowance.pk}")
    return allowance


def why_not_correct(obj: Any, draft: Any, now: dict[str, Any], user: Any) -> str:
    """Why the draft is not published as the mending of a typing error by this person; "" if it may be."""
    if not is_reviewer(user, obj):
        return _("Only reviewers approve the correction of a typing error.")
    if user.pk in authors(draft) | {
        person for _at, person in writers(draft)
    }:  # while it is reviewed, too: nobody else reads it
        return _("You wrote some of this, so somebody else has to approve it.")
    row = _row(obj)
    live = said_by(row)
    if not row.live or not is_as_recorded(thing_of(row), Hashes.of(live)):
        return _("Only what readers see already is corrected without a full review.")
    base = last_reviewed(row) | {"embedded": live["embedded"]}
    return why_not(base, now, names_in_use())


def names_in_use() -> Iterator[str]:
    """Of schools, bodies, places and people: all texts that models call proper names."""
    for model in apps.get_models():
        names = getattr(model, "proper_names", ())
        if names:
            for values in models.QuerySet(model).values_list(*(column(name, SOURCE) for name in names)):
                yield from (value for value in values if value)


def _allow(kind: Any, draft: Any, said: Any, user: Any, reason: str, **more: Any) -> Allowance:
    thing = thing_of(draft)
    return Allowance.objects.create(
        kind=kind,
        model=thing.model,
        object_id=thing.key,
        content_hash=digest(said),
        person=user,
        by=person_of(user),
        authors=sorted(authors(draft)),
        reason=reason.strip(),
        **more,
    )


def _publish(obj: Any, user: Any) -> None:
    row = _row(obj)
    revision = row.get_latest_revision() or row.save_revision(user=user, clean=False)
    revision.publish(user=user, skip_permission_checks=True)


def _row(obj: Any) -> Any:
    model = getattr(obj, "specific_class", None) or type(obj)
    return models.QuerySet(model).get(pk=obj.pk)
