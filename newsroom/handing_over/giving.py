"""Giving what waits for one person to somebody else, all of it or nothing."""

from collections.abc import Collection, Sequence
from typing import Any

from django.contrib.auth import get_user_model
from django.db import models, transaction
from wagtail.log_actions import log

from core.locking import held
from core.models import BasePage
from core.notices.reading import name_of
from core.publishing.acts import NotPublishable
from languages.desk import assigning as desk
from languages.desk import rights
from languages.desk.errors import DeskError

from ..models import ReviewState, ReviewTask
from ..reviewing.assigning import assign
from .waiting import LOCK, REVIEW, TRANSLATION, Waiting


class NotTaken(Exception):
    """`refused` are those that this person may not take; nothing was given."""

    def __init__(self, refused: Sequence[Waiting]) -> None:
        super().__init__(f"{len(refused)} are not theirs to take.")
        self.refused = refused


@transaction.atomic
def hand_over(chosen: Collection[Waiting], to: Any, by: Any) -> None:
    """Give these to a person, or to all who may take them (None); locks are lifted. Who gets something is told, and the
    history of each text says so. Raises NotTaken."""
    refused = []
    for each in sorted(chosen, key=lambda each: (ORDER.index(each.sort), each.row.pk)):
        try:
            _GIVE[each.sort](each.row, to, by)
        except (NotPublishable, DeskError):
            refused.append(each)
    if refused:
        raise NotTaken(refused)


def _give_review(state: ReviewState, to: Any, by: Any) -> None:
    assign(state, to, state.due, by)


def _give_translation(translation: Any, to: Any, by: Any) -> None:
    before, original = translation.assignee, translation.original
    desk.assign(original, translation.language, to, by)
    data = {"language": translation.language, "before": name_of(before), "now": to and name_of(to)}
    log(instance=original.live(), action="newsroom.translation.given", user=by, data=data)


def _lift_lock(page: BasePage, _to: Any, by: Any) -> None:
    """As Wagtail's own button does."""
    locked = held(BasePage, page.pk).filter(locked=True, locked_by=page.locked_by_id).first()
    if locked is None:
        return
    locked.locked, locked.locked_by, locked.locked_at = False, None, None
    locked.save(update_fields=["locked", "locked_by", "locked_at"])
    log(instance=locked.specific, action="wagtail.unlock", user=by)


# Pages are held before what belongs to them, as in every act on a page.
_GIVE = {LOCK: _lift_lock, TRANSLATION: _give_translation, REVIEW: _give_review}
ORDER = tuple(_GIVE)


def candidates(waiting: Collection[Waiting], person: Any) -> models.QuerySet:
    """Those who take some of these: reviewers of its steps, and translators of its languages. Whether somebody may take a
    text that they had a part in is asked when it is given. Two queries at most, and one for the people."""
    states = [each.row for each in waiting if each.sort == REVIEW]
    codes = {each.row.language for each in waiting if each.sort == TRANSLATION}
    tasks = models.Q(pk__in={state.task_id for state in states})
    tasks |= models.Q(kind__in={state.review.kind for state in states if state.is_confirmation})
    groups = ReviewTask.objects.filter(tasks).values("groups") if states else []
    found = models.Q(groups__in=groups)
    if codes:
        found |= models.Q(pk__in=rights.translators_of(sorted(codes)).order_by().values("pk"))
    users = get_user_model().objects.filter(found, is_active=True).exclude(pk=person.pk)
    return users.distinct().order_by("username")
