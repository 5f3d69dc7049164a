"""`@name` in the comments that stand beside a page in its editor.

Wagtail keeps these comments and saves them with every draft; what it writes into the page's history once for each act is
what is listened to here.
"""

from typing import Any

from django.db import models
from django.db.models.signals import post_save
from django.urls import reverse
from wagtail.models import PageLogEntry
from wagtail.permissions import page_permission_policy

from ..models import BasePage
from . import mentioning


SAID = {f"wagtail.comments.{act}": "comment" for act in ("create", "edit")}
SAID |= {f"wagtail.comments.{act}_reply": "reply" for act in ("create", "edit")}


def may_comment(user: models.Model, page: BasePage) -> bool:
    return page_permission_policy.user_has_any_permission_for_instance(user, mentioning.WORK, page)


def connect() -> None:
    post_save.connect(on_said, sender=PageLogEntry, dispatch_uid="core.page_comments")


def on_said(instance: PageLogEntry, created: bool = False, raw: bool = False, **_kwargs: Any) -> None:
    told = SAID.get(instance.action) if created and not raw else None
    said = instance.data.get(told) if told else None
    if not said or not instance.user:
        return
    page, comment = instance.page, instance.data["comment"]["id"]
    mentioning.tell(
        said.get("text", ""),
        instance.user,
        page,
        part=f"{told} {said['id']}",
        label=page.get_admin_display_title(),
        url=reverse("wagtailadmin_pages:edit", args=[page.pk], query={"comment": comment}),
    )
