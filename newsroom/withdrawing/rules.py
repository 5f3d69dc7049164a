"""What the gate asks about withdrawals (`core.publishing.acts`)."""

from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS
from django.db import transaction
from django.utils.translation import gettext as _

from core.locking import held
from core.models import BasePage
from core.publishing.acts import Act, Kind, NotPublishable

from ..models import Withdrawal
from .acts import is_being_released


MAY_WITHDRAW = "newsroom.add_withdrawal"
TO_READERS = (Kind.PUBLISH, Kind.SCHEDULE)


def may_withdraw(user: Any) -> bool:
    """Final reviewers (`core.roles`). Which pages they may is asked of each."""
    return bool(user.has_perm(MAY_WITHDRAW))


def is_withdrawn(key: int) -> bool:
    """Whether nothing of the page with this key goes live until it is released, or opened to a new version."""
    return Withdrawal.objects.in_effect().filter(page=key, opened_at=None).exists()


def check(act: Act) -> None:
    """A rule. Raises NotPublishable."""
    if not isinstance(act.obj, BasePage):
        return
    if act.kind == Kind.WITHDRAW and act.user is not None:
        _is_withdrawn_properly(act)
    elif act.kind in TO_READERS and act.obj.pk and not is_being_released(act.obj.pk):
        _is_not_withdrawn(act.obj.pk)


def _is_withdrawn_properly(act: Act) -> None:
    """What nobody asks for, such as the end of a page's time, needs no reason."""
    if not may_withdraw(act.user):
        raise _refused(_("Pages are withdrawn by a final reviewer."))
    if "withdrawn" not in act.details:
        raise _refused(_("Say why the page is withdrawn: readers are told."))


def _is_not_withdrawn(key: int) -> None:
    """Asked with the row locked, so that a withdrawal that is under way comes first."""
    if transaction.get_connection().in_atomic_block:
        held(BasePage, key)
    if is_withdrawn(key):
        raise _refused(_("This page is withdrawn. A final reviewer must release it first."))


def _refused(message: str) -> NotPublishable:
    return NotPublishable({NON_FIELD_ERRORS: [message]})  # the admin's API asks for messages by field
