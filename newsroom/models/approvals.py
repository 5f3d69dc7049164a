"""Approvals: who read a text and found it right, and which text it was."""

from collections.abc import Iterable
from datetime import UTC
from itertools import pairwise
from typing import Any, ClassVar

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.translation import gettext_lazy as _

from ..record.naming import thing_of
from ..reviewing.kinds import Needs


class ApprovalQuerySet(models.QuerySet):
    def known_to_readers(self) -> "ApprovalQuerySet":
        """None: it names drafts and people."""
        return self.none()

    def of(self, obj: models.Model) -> "ApprovalQuerySet":
        thing = thing_of(obj)
        return self.filter(model=thing.model, object_id=thing.key)

    def standing(self) -> "ApprovalQuerySet":
        """Those that no change has ended and no publication has used, in their order."""
        return self.filter(voided_at=None, used_at=None).order_by("at", "pk")

    def in_round(self, workflow_state: models.Model) -> "ApprovalQuerySet":
        return self.filter(workflow_state=workflow_state)


class Approval(models.Model):
    """One person has read what has this hash, and approves it. `before_hash` is of what they were given; if it is another
    one, they have corrected it."""

    model = models.CharField(_("kind of thing"), max_length=100)  # "news.storypage", as in the record
    object_id = models.BigIntegerField(_("key in the database"))
    workflow_state = models.ForeignKey(
        "wagtailcore.WorkflowState", models.SET_NULL, null=True, blank=True, related_name="approvals"
    )
    task_state = models.ForeignKey("wagtailcore.TaskState", models.SET_NULL, null=True, blank=True, related_name="+")
    step = models.PositiveSmallIntegerField(_("step"))
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("person")
    )
    by = models.JSONField(_("person"), default=dict, encoder=DjangoJSONEncoder)  # as in the record: accounts go
    at = models.DateTimeField(_("time"))
    comment = models.TextField(_("comment"), blank=True)
    before_hash = models.CharField(_("hash of what was given"), max_length=64)
    content_hash = models.CharField(_("hash of the content"), max_length=64)
    seen = models.JSONField(_("content"), default=dict, encoder=DjangoJSONEncoder)  # canonical
    voided_at = models.DateTimeField(_("ended"), null=True, blank=True)
    used_at = models.DateTimeField(_("published"), null=True, blank=True)

    objects = ApprovalQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["at", "pk"]
        verbose_name = _("approval")
        verbose_name_plural = _("approvals")
        indexes: ClassVar = [models.Index(fields=["model", "object_id", "at"], name="approvals_of_a_thing")]
        default_permissions = ("view",)

    def __str__(self) -> str:
        return f"{self.step} {self.by.get('name', '')} {self.content_hash[:8]}"

    @property
    def has_corrected(self) -> bool:
        return self.before_hash != self.content_hash

    def said(self) -> dict[str, Any]:
        """What the record keeps of it."""
        at = self.at.astimezone(UTC).isoformat(timespec="microseconds")
        kept = {"step": self.step, "at": at, "hash": self.content_hash, **self.by}
        return kept | ({"comment": self.comment} if self.comment else {})


def are_enough(approvals: Iterable[Approval], content_hash: str, needed: Needs) -> bool:
    """Whether these approvals of one round, in their order, allow this content to be published.

    Each approves what the one before approved, but for corrections of its own; so the last one says what all have agreed
    to. A correction in the last step is one that nobody else has read yet.
    """
    chain = list(approvals)
    if not chain or chain[-1].content_hash != content_hash or chain[-1].has_corrected:
        return False
    follows = all(after.before_hash == before.content_hash for before, after in pairwise(chain))
    steps = {each.step for each in chain}
    people = {each.by.get("account") for each in chain}
    return follows and steps >= set(range(1, needed.steps + 1)) and len(people) >= needed.people
