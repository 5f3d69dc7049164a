"""What translators are told of, and who may still see it."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.languages import TARGETS
from core.models import MailTime, Notice
from core.notices.kinds import Kind, register

from ..models import DraftWording
from . import rights


def _names(parameters: Mapping[str, Any]) -> dict[str, Any]:
    """Languages by their names, whether there is one or several."""
    names = dict(settings.LANGUAGES)
    said = {**parameters}
    if "language" in said:
        said["language"] = names.get(said["language"], said["language"])
    if "languages" in said:
        said["languages"] = str(_("、")).join(names.get(code, code) for code in said["languages"])
    return said


def _codes(notice: Notice) -> set[str]:
    return {notice.parameters.get("language"), *notice.parameters.get("languages", [])} & set(TARGETS)


def _visible(reader: models.Model, notices: Sequence[Notice]) -> set[int]:
    """Those about texts that the reader may translate and see: a query for each language."""
    found: set[int] = set()
    for code in sorted(set().union(*map(_codes, notices))):
        if not rights.may_translate(reader, code):
            continue
        theirs = [notice for notice in notices if code in _codes(notice)]
        keys = {notice.subject_id for notice in theirs}
        seen = set(rights.visible_to(reader, [code]).filter(pk__in=keys).values_list("pk", flat=True))
        found |= {notice.pk for notice in theirs if notice.subject_id in seen}
    return found


def _visible_with_reason(reader: models.Model, notices: Sequence[Notice]) -> set[int]:
    """Nor those about texts for a draft that was taken back: the reason may quote it. A query more."""
    hidden = DraftWording.objects.hidden().filter(original__in={notice.subject_id for notice in notices})
    taken_back: dict[int, set[str]] = {}
    for original, wording in hidden.values_list("original", "source_hash"):
        taken_back.setdefault(original, set()).add(wording)
    known = [
        notice
        for notice in notices
        if not taken_back.get(notice.subject_id, set()) & set(notice.parameters.get("wordings", []))
    ]
    return _visible(reader, known)


def _concerns(user: models.Model) -> bool:
    return any(rights.may_translate(user, code) for code in TARGETS)


def _kind(
    name: str, label: Any, message: Any, icon: str, mail: Any, parameters: tuple[str, ...], visible: Any = _visible
) -> Kind:
    return register(
        Kind(
            id=f"languages.{name}",
            label=label,
            message=message,
            visible=visible,
            icon=icon,
            mail=mail,
            parameters=parameters,
            words=_names,
            concerns=_concerns,
        )
    )


ONE = ("language",)
ASSIGNED = _kind(
    "assigned",
    _("Work given to me"),
    _("%(actor)s gave you “%(subject)s” to translate: %(language)s."),
    "user",
    MailTime.AT_ONCE,
    ONE,
)
SENT_BACK = _kind(
    "sent_back",
    _("My texts that were sent back"),
    _("%(actor)s sent texts of yours back in “%(subject)s”: %(language)s. %(reason)s"),
    "redirect",
    MailTime.AT_ONCE,
    ("language", "reason", "wordings"),
    _visible_with_reason,
)
MENTIONED = _kind(
    "mentioned",
    _("Mentions in translations"),
    _("%(actor)s mentioned you in a comment on “%(subject)s”: %(language)s."),
    "comment",
    MailTime.AT_ONCE,
    ONE,
)
COMMENTED = _kind(
    "commented",
    _("Comments on my texts, and answers"),
    _("%(actor)s commented on “%(subject)s”: %(language)s."),
    "comment",
    MailTime.AT_ONCE,
    ONE,
)
REFUSED = _kind(
    "schedule_refused",
    _("Not published at its time"),
    _("“%(subject)s” was not published when you asked for it: %(language)s. %(problem)s"),
    "warning",
    MailTime.AT_ONCE,
    ("language", "problem"),
)
TO_REVIEW = _kind(
    "to_review",
    _("Texts to review"),
    _("%(actor)s handed in texts of “%(subject)s” for review: %(language)s."),
    "glasses",
    MailTime.DAILY,
    ONE,
)
SOURCE_CHANGED = _kind(
    "source_changed",
    _("Chinese that has changed since I translated it"),
    _("The Chinese of “%(subject)s” has changed since you translated it: %(languages)s."),
    "resubmit",
    MailTime.DAILY,
    ("languages",),
)
APPROVED = _kind(
    "approved",
    _("My texts that were approved"),
    _("%(actor)s approved texts of yours in “%(subject)s”: %(language)s."),
    "check",
    MailTime.DAILY,
    ONE,
)
PUBLISHED = _kind(
    "published",
    _("My texts that were published"),
    _("“%(subject)s” was published with your texts: %(language)s."),
    "circle-check",
    MailTime.DAILY,
    ONE,
)
