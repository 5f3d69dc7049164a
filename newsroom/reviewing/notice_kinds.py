"""What people are told of reviews, and who may still see it."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.apps import apps
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.dateparse import parse_datetime
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.models import TaskState
from wagtail.permissions import policy_registry

from core.models import BasePage, MailTime, Notice
from core.notices.kinds import Kind, as_they_are, register

from .kinds import shown


WORK = frozenset({"change", "publish"})


def _visible(reader: models.Model, notices: Sequence[Notice]) -> set[int]:
    """Those about what the reader may open in the editor: two queries for each kind of thing."""
    found: set[int] = set()
    for type_id in sorted({notice.subject_type_id for notice in notices if notice.subject_type_id}):
        model = ContentType.objects.get_for_id(type_id).model_class()
        theirs = {notice.subject_id for notice in notices if notice.subject_type_id == type_id}
        seen = _editable(reader, model, theirs) if model else set()
        found |= {notice.pk for notice in notices if notice.subject_type_id == type_id and notice.subject_id in seen}
    return found


def _editable(reader: Any, model: type[models.Model], keys: set[int]) -> set[int]:
    base = BasePage if issubclass(model, BasePage) else model
    editable = policy_registry.get_by_type(base).instances_user_has_any_permission_for(reader, WORK)
    seen = set(editable.filter(pk__in=keys).values_list("pk", flat=True))
    waiting = TaskState.objects.filter(
        status=TaskState.STATUS_IN_PROGRESS,
        task__reviewtask__groups__in=reader.groups.all(),
        workflow_state__base_content_type=ContentType.objects.get_for_model(base),
        workflow_state__object_id__in=[str(key) for key in keys],
    )
    return seen | {int(key) for key in waiting.values_list("workflow_state__object_id", flat=True)}


def _concerns(user: models.Model) -> bool:
    return any(
        policy_registry.get_by_type(model).user_has_any_permission(user, {*WORK, "add"})
        for model in (BasePage, *_snippets())
    )


def _snippets() -> list[type[models.Model]]:
    models_named = [apps.get_model(label) for label in settings.REVIEWED_AS]
    return [model for model in models_named if not issubclass(model, BasePage)]


def _with_time(parameters: Mapping[str, Any]) -> dict[str, Any]:
    """As the reader writes times, by the reader's clock."""
    time = parse_datetime(parameters["time"] or "")
    return {**parameters, "time": date_format(localtime(time), "SHORT_DATETIME_FORMAT") if time else ""}


def _with_step(parameters: Mapping[str, Any]) -> dict[str, Any]:
    return {**parameters, "step": shown(parameters["step"] or "")}


def _kind(
    name: str,
    label: Any,
    message: Any,
    icon: str,
    parameters: tuple[str, ...] = (),
    mail: Any = MailTime.AT_ONCE,
    words: Any = as_they_are,
) -> Kind:
    return register(
        Kind(
            id=f"newsroom.{name}",
            label=label,
            message=message,
            visible=_visible,
            icon=icon,
            mail=mail,
            parameters=parameters,
            words=words,
            concerns=_concerns,
        )
    )


TO_REVIEW = _kind("to_review", _("What I am asked to review"), _("“%(subject)s” waits for your review."), "glasses")
ASSIGNED = _kind("assigned", _("Reviews given to me"), _("%(actor)s gave you “%(subject)s” to review."), "user")
SENT_BACK = _kind(
    "sent_back",
    _("What was sent back"),
    _("%(actor)s sent “%(subject)s” back. %(reason)s"),
    "redirect",
    ("reason",),
)
APPROVED = _kind(
    "approved",
    pgettext_lazy("review", "My texts that were approved"),  # to translators, the same words are about translations
    _("%(actor)s approved “%(subject)s”."),
    "success",
    mail=MailTime.NEVER,
)
SCHEDULED = _kind(
    "scheduled",
    _("What I wrote or approved, when it waits for its time"),
    _("“%(subject)s” was approved by all who have to, and goes live on %(time)s."),
    "calendar",
    ("time",),
    mail=MailTime.DAILY,
    words=_with_time,
)
PUBLISHED = _kind(
    "published",
    _("What I wrote or approved, when it is live"),
    _("“%(subject)s” was approved by all who have to, and is live."),
    "success",
    mail=MailTime.DAILY,
)
CORRECTED = _kind(
    "corrected",
    _("What I wrote, when a typing error in it was mended"),
    _("%(actor)s published the correction of a typing error in “%(subject)s”."),
    "edit",
    mail=MailTime.DAILY,
)
WITHDRAWN = _kind(
    "withdrawn",
    _("What I wrote, when it is withdrawn"),
    _("%(actor)s withdrew “%(subject)s”. %(reason)s"),
    "warning",
    ("reason",),
)
RELEASED = _kind(
    "released",
    _("What I wrote, when it is shown again after it was withdrawn"),
    _("%(actor)s shows “%(subject)s” to readers again. %(reason)s"),
    "success",
    ("reason",),
)
CHANGED = _kind(
    "changed",
    _("What was changed after I approved it"),
    _("“%(subject)s” was changed after it was approved, so its review begins again. Changed: %(words)s"),
    "warning",
    ("words",),
)
MOVED = _kind(
    "moved",
    _("My texts whose step of the review is there no more"),
    _("The steps of reviews were changed. “%(subject)s” waits for this one now: %(step)s."),
    "redirect",
    ("step",),
    mail=MailTime.DAILY,
    words=_with_step,
)
REFUSED = _kind(
    "schedule_refused",
    _("Pages that did not go live at their time"),
    _("“%(subject)s” did not go live at its time. %(problem)s"),
    "warning",
    ("problem",),
)
DUE = _kind("due", _("Reviews that are due"), _("The review of “%(subject)s” is due tomorrow."), "calendar-alt")
