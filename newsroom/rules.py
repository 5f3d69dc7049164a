"""The rule of the gate: nothing goes live that was not approved as it is (docs/adr/0022).

It is asked before an act is done; `record.recording` compares once more with what was written, with the record locked.
"""

from typing import Any

from django.conf import settings
from django.db import connection, models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.locking import held
from core.models import BasePage
from core.publishing.acts import Act, Kind, NotPublishable
from core.publishing.canonical import hashes

from .record.naming import thing_of
from .reviewing.copies import is_same_as_live
from .reviewing.kinds import needs_of
from .reviewing.standing import allowed, enough, is_as_recorded, was_shown, what_is_lacking
from .withdrawing.rules import may_withdraw


RELEASED = "released"  # among the details of an act: what was withdrawn returns as it was (withdrawing.acts)


CANNOT_RETURN = gettext_lazy(
    "Something that it shows was changed since it was withdrawn, so it cannot return as it was. Let a corrected version be "
    "published, and submit it for review."
)


def approved(act: Act) -> None:
    """A rule of `core.publishing.acts`. Raises NotPublishable."""
    if not settings.REVIEWS_REQUIRED or needs_of(act.obj) is None:
        return
    if act.obj.pk and connection.in_atomic_block:
        held(type(act.obj), act.obj.pk)  # the object before what belongs to it
    _RULES[act.kind](act)


def _of_publication(act: Act) -> None:
    needed, thing = needs_of(act.obj), thing_of(act.obj)
    of_all_forms = hashes([act.obj])[0]
    content_hash = of_all_forms.newest
    if not needed:
        return
    if is_as_recorded(thing, of_all_forms):
        _ends_no_sooner(act)
        return
    if RELEASED in act.details and was_shown(thing, of_all_forms):
        return
    if act.kind == Kind.PUBLISH and allowed(thing, content_hash):
        return
    if not enough(thing, content_hash, needed):
        raise NotPublishable(CANNOT_RETURN if RELEASED in act.details else what_is_lacking(act.obj, content_hash))
    if _is_due(act) and not _is_newest(act, content_hash):
        raise NotPublishable(_("It was changed after it was approved. Submit it again."))


def _ends_no_sooner(act: Act) -> None:
    """To let a live page end is to withdraw it: no review has seen the time, so a final reviewer gives it. One that was given
    stays, and may be put off."""
    if not isinstance(act.obj, BasePage) or act.user is None or may_withdraw(act.user) or act.obj.expire_at is None:
        return
    until = models.QuerySet(BasePage).filter(pk=act.obj.pk).values_list("expire_at", flat=True).first()
    if until is None or act.obj.expire_at < until:
        raise NotPublishable(
            _("When a page that readers see ends is set by a final reviewer, or with its next review.")
        )


def _is_due(act: Act) -> bool:
    return bool(act.revision and act.revision.approved_go_live_at)


def _is_newest(act: Act, content_hash: str) -> bool:
    """Of what was scheduled: somebody may have written on since, and expects that to be shown."""
    latest = act.obj.get_latest_revision()
    return latest is None or latest.pk == act.revision.pk or hashes([latest.as_object()])[0].newest == content_hash


def _of_copy(act: Act) -> None:
    origin = act.origin or act.obj.alias_of
    if origin is None or not is_same_as_live(act.obj, origin):
        raise NotPublishable(
            _("A copy that is live at once shows what readers see already. Make it a draft and submit it.")
        )


def _of_place(act: Act) -> None:
    """At another address, or gone: for those who may publish. What expires leaves by itself."""
    if act.user is None and act.kind == Kind.WITHDRAW:
        return
    if act.user is None or not may_publish(act.user, act.obj):
        raise NotPublishable(_("Only those who may publish it move it or take it down."))


def may_publish(user: Any, obj: Any) -> bool:
    if hasattr(obj, "permissions_for_user"):
        return bool(obj.permissions_for_user(user).can_publish())
    return bool(user.has_perm(f"{obj._meta.app_label}.publish_{obj._meta.model_name}"))


def _of_anything(_act: Act) -> None:
    """What has no drafts is recorded when it is saved."""


_RULES = {
    Kind.PUBLISH: _of_publication,
    Kind.SCHEDULE: _of_publication,
    Kind.COPY: _of_copy,
    Kind.ALIAS: _of_copy,
    Kind.MOVE: _of_place,
    Kind.WITHDRAW: _of_place,
    Kind.SAVE: _of_anything,
}
