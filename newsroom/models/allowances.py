"""What goes live without all its approvals, by the word of one person: in an emergency, or to mend a typing error."""

from typing import Any, ClassVar

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..record.naming import thing_of


class AllowanceQuerySet(models.QuerySet):
    def known_to_readers(self) -> "AllowanceQuerySet":
        """None: it names people."""
        return self.none()

    def of(self, obj: models.Model) -> "AllowanceQuerySet":
        thing = thing_of(obj)
        return self.filter(model=thing.model, object_id=thing.key)

    def unused(self) -> "AllowanceQuerySet":
        return self.filter(used_at=None)

    def without_review(self) -> "AllowanceQuerySet":
        """What went live urgently and still has no approvals; what is due first comes first."""
        urgent = self.filter(kind=Allowance.Kind.URGENT, used_at__isnull=False, reviewed_at=None)
        return urgent.order_by("due", "pk")


class Allowance(models.Model):
    """One person lets one content go live. It is used once, and stays for good."""

    class Kind(models.TextChoices):
        URGENT = "urgent", _("Published urgently")
        CORRECTION = "correction", _("Typing error corrected")

    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices)
    model = models.CharField(_("kind of thing"), max_length=100)
    object_id = models.BigIntegerField(_("key in the database"))
    content_hash = models.CharField(_("hash of the content"), max_length=64)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("person")
    )
    by = models.JSONField(_("person"), default=dict, encoder=DjangoJSONEncoder)
    authors = models.JSONField(default=list)  # keys of those who wrote it: they do not review it afterwards
    before = models.JSONField(null=True, blank=True)  # what corrections are measured from, canonical
    reason = models.TextField(_("reason"))
    at = models.DateTimeField(_("time"), default=timezone.now)
    used_at = models.DateTimeField(_("published"), null=True, blank=True)
    due = models.DateTimeField(_("to be reviewed until"), null=True, blank=True)
    reviewed_at = models.DateTimeField(_("reviewed"), null=True, blank=True)

    objects = AllowanceQuerySet.as_manager()

    class Meta:
        verbose_name = _("publication without all approvals")
        verbose_name_plural = _("publications without all approvals")
        indexes: ClassVar = [models.Index(fields=["model", "object_id"], name="allowances_of_a_thing")]
        default_permissions = ("view",)

    def __str__(self) -> str:
        return f"{self.kind} {self.model} {self.object_id}"

    def said(self) -> dict[str, Any]:
        """What the record keeps of it."""
        return {"kind": str(self.kind), "hash": self.content_hash, **self.by}
