"""Approvals: who read a text and found it right, and which text it was."""

from collections.abc import Iterable
from datetime import UTC
from itertools import pairwise
from typing import Any, ClassVar

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import WorkflowState

from ..record.naming import Thing, thing_of
from ..reviewing.kinds import Needs


class ApprovalQuerySet(models.QuerySet):
    def known_to_readers(self) -> "ApprovalQuerySet":
        """None: it names drafts and people."""
        return self.none()

    def of(self, obj: models.Model) -> "ApprovalQuerySet":
        return self.of_thing(thing_of(obj))

    def of_thing(self, thing: Thing) -> "ApprovalQuerySet":
        return self.filter(model=thing.model, object_id=thing.key)

    def standing(self) -> "ApprovalQuerySet":
        """Those of the newest round of each thing, unless it was cancelled, that no change has ended and no publication has
        used; in their order, with their people. Nothing else asks which approvals there are: forms, lists and the gate say
        the same."""
        newer = WorkflowState.objects.filter(
            base_content_type=models.OuterRef("workflow_state__base_content_type"),
            object_id=models.OuterRef("workflow_state__object_id"),
            pk__gt=models.OuterRef("workflow_state"),
        )
        found = self.filter(~models.Exists(newer), voided_at=None, used_at=None, workflow_state__isnull=False)
        found = found.exclude(workflow_state__status=WorkflowState.STATUS_CANCELLED)
        return found.select_related("person").order_by("at", "pk")

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
    # One more person has read what the last step corrected: they need not be of that step, so it is not taken by this.
    is_confirmation = models.BooleanField(default=False)
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

    @property
    def name(self) -> str:
        return str(self.by.get("name") or self.by.get("account", ""))

    @property
    def counts(self) -> bool:
        """Whoever gave it can still answer for it: an account that was closed since counts for no step and no person."""
        return self.person is not None and self.person.is_active

    def said(self) -> dict[str, Any]:
        """What the record keeps of it."""
        at = self.at.astimezone(UTC).isoformat(timespec="microseconds")
        kept = {"step": self.step, "at": at, "hash": self.content_hash, **self.by}
        return kept | ({"comment": self.comment} if self.comment else {})


def lacking_steps(approvals: Iterable[Approval], needed: Needs) -> list[int]:
    """The steps that none of these approvals takes, in their order. Whoever took one was in a group that takes it by the
    settings of today: what was the second of three steps is not the final review of two."""
    taken = {
        each.step
        for each in approvals
        if each.counts and not each.is_confirmation and set(each.by.get("roles", ())) & set(needed.groups(each.step))
    }
    return [step for step in range(1, needed.steps + 1) if step not in taken]


def are_enough(approvals: Iterable[Approval], content_hash: str, needed: Needs) -> bool:
    """Whether these approvals of one round, in their order, allow this content to be published.

    Each approves what the one before approved, but for corrections of its own; so the last one says what all have agreed
    to. What was corrected last has to be read by somebody after that.
    """
    chain = list(approvals)
    if not chain or chain[-1].content_hash != content_hash or lacking_steps(chain, needed):
        return False
    follows = all(after.before_hash == before.content_hash for before, after in pairwise(chain))
    corrections = [place for place, each in enumerate(chain) if each.has_corrected]
    is_read = not corrections or any(each.counts for each in chain[corrections[-1] + 1 :])
    return follows and is_read and len({each.person_id for each in chain if each.counts}) >= needed.people
