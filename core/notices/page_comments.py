"""`@name` in the comments that stand beside a page in its editor.

Wagtail keeps these comments and saves them with every draft; what it writes into the page's history once for each act is
what is listened to here. The editor shows no answer of ours, so the writer, too, hears in a notice whom nobody told.
"""

from typing import Any

from django.db import models
from django.db.models.signals import post_save
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.models import PageLogEntry
from wagtail.permissions import page_permission_policy

from ..models import BasePage, MailTime, Notice
from . import mentions
from .kinds import Kind, register
from .sending import notify


SAID = {f"wagtail.comments.{act}": "comment" for act in ("create", "edit")}
SAID |= {f"wagtail.comments.{act}_reply": "reply" for act in ("create", "edit")}
WORK = frozenset({"change", "publish"})  # what opens the editor, where comments are read


def people_of(page: BasePage) -> models.QuerySet:
    """Those who may open the page in its editor."""
    return page_permission_policy.users_with_any_permission_for_instance(WORK, page)


def may_comment(user: models.Model, page: BasePage) -> bool:
    return page_permission_policy.user_has_any_permission_for_instance(user, WORK, page)


def _concerns(user: models.Model) -> bool:
    return page_permission_policy.user_has_any_permission(user, WORK)


def _visible(reader: models.Model, notices: Any) -> set[int]:
    keys = {notice.subject_id for notice in notices}
    editable = page_permission_policy.instances_user_has_any_permission_for(reader, WORK)
    seen = set(editable.filter(pk__in=keys).values_list("pk", flat=True))
    return {notice.pk for notice in notices if notice.subject_id in seen}


MENTIONED = register(
    Kind(
        id="core.mentioned",
        label=_("Mentions in pages"),
        message=_("%(actor)s mentioned you in “%(subject)s”: %(text)s"),
        visible=_visible,
        icon="comment",
        parameters=("text",),
        concerns=_concerns,
    )
)
NOT_TOLD = register(
    Kind(
        id="core.not_told",
        label=_("Mentions that reached nobody"),
        message=_(
            "In your comment on “%(subject)s”, these were not told: %(names)s. They may not see it, or nobody has this name."
        ),
        visible=_visible,
        icon="warning",
        mail=MailTime.NEVER,
        parameters=("names",),
        concerns=_concerns,
    )
)


def connect() -> None:
    post_save.connect(on_said, sender=PageLogEntry, dispatch_uid="core.page_comments")


def on_said(instance: PageLogEntry, created: bool = False, raw: bool = False, **_kwargs: Any) -> None:
    told = SAID.get(instance.action) if created and not raw else None
    said = instance.data.get(told) if told else None
    if said and instance.user and mentions.may_mention(said.get("text", "")):
        _tell(instance, said["text"], f"{told} {said['id']}")


def _tell(entry: PageLogEntry, text: str, part: str) -> None:
    """Whoever has been told of this comment before is not told again when it is edited."""
    page = entry.page
    found = mentions.find(text, mentions.staff())
    allowed = set(people_of(page).values_list("pk", flat=True))
    meant = {person.pk: person for person in found.people.values()}
    known = set(Notice.objects.filter(kind=MENTIONED.id, part=part).values_list("recipient", flat=True))
    about = {
        "subject": page,
        "part": part,
        "label": page.get_admin_display_title(),
        "url": reverse("wagtailadmin_pages:edit", args=[page.pk], query={"comment": entry.data["comment"]["id"]}),
    }
    told = [person for key, person in meant.items() if key in allowed - known]
    notify(told, MENTIONED, actor=entry.user, text=text[:200], **about)
    lost = [written for written, person in found.people.items() if person.pk not in allowed]
    lost += [*found.shared, *(f"@{name}" for name in found.unknown)]
    if lost:
        notify([entry.user], NOT_TOLD, names=" ".join(dict.fromkeys(lost)), **about)
