"""Warnings of the list before publishing that somebody has answered for."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Tick(models.Model):
    """Somebody says why a warning is no reason against publishing. It holds for the warning with exactly this key
    (`core.publishing.checklist.Finding`): if what it is about is changed, it is asked anew.

    `model` is the oldest parent of the thing's model, "core.basepage". `message` is kept as it was shown, `name` as who
    ticked was called: accounts go.
    """

    model = models.CharField(max_length=100)
    object_id = models.BigIntegerField()
    check_name = models.CharField(_("check"), max_length=80)
    place = models.TextField(_("place"), blank=True)
    key = models.CharField(max_length=64)
    message = models.TextField(_("warning"))
    reason = models.CharField(_("reason"), max_length=300)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("by")
    )
    name = models.CharField(_("name"), max_length=200)
    at = models.DateTimeField(_("time"), auto_now_add=True)

    wagtail_reference_index_ignore = True

    class Meta:
        ordering: ClassVar = ["pk"]
        verbose_name = _("answered warning")
        verbose_name_plural = _("answered warnings")
        constraints: ClassVar = [models.UniqueConstraint(fields=["model", "object_id", "key"], name="tick_once")]
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.check_name} {self.model} {self.object_id}"
