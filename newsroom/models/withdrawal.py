"""What was withdrawn, why, and what stands at its address since."""

from typing import Any, ClassVar

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.models import BasePage


class WithdrawalQuerySet(models.QuerySet):
    def in_effect(self) -> "WithdrawalQuerySet":
        """Those whose pages have not been published again."""
        return self.filter(ended_at=None)

    def in_short(self) -> "WithdrawalQuerySet":
        """Without what the pages said, which is long."""
        return self.defer("content", "seen")

    def known_to_readers(self) -> "WithdrawalQuerySet":
        """None: it names people, and holds what was withdrawn."""
        return self.none()


class Withdrawal(models.Model):
    """One page taken from readers by a person. Found by its address, so it holds when the page is deleted or moved."""

    class Kind(models.TextChoices):
        ERROR = "error", pgettext_lazy("withdrawn", "Published in error")
        REPLACED = "replaced", pgettext_lazy("withdrawn", "Replaced by another page")
        CHECKING = "checking", pgettext_lazy("withdrawn", "Withdrawn for checking")

    page = models.ForeignKey(BasePage, models.SET_NULL, null=True, related_name="withdrawals", verbose_name=_("page"))
    model = models.CharField(_("kind of thing"), max_length=100)  # "news.storypage"
    title = models.TextField(_("title"))
    url_path = models.TextField(_("address"))
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    replacement = models.ForeignKey(
        BasePage, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("replaced by")
    )
    reason = models.TextField(_("reason"))
    at = models.DateTimeField(_("time"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("person")
    )
    along_with = models.ForeignKey("self", models.SET_NULL, null=True, related_name="below")  # the page above it
    # As it was live: what is stored in the page's own row follows its drafts while it is not. An alias has none.
    content = models.JSONField(null=True, encoder=DjangoJSONEncoder)
    content_hash = models.CharField(max_length=64, blank=True)
    # What that said, as `core.publishing.canonical.contents` has it, with what it embedded then; {} of an alias.
    seen = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    # Since when a new version may be published; else only what was live may return.
    opened_at = models.DateTimeField(null=True)
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    objects = WithdrawalQuerySet.as_manager()

    wagtail_reference_index_ignore = True  # it keeps nothing from being deleted

    class Meta:
        ordering: ClassVar = ["-at", "-pk"]
        verbose_name = _("withdrawal")
        verbose_name_plural = _("withdrawals")
        default_permissions = ("add",)  # who has it withdraws, releases, and lets a new version be published
        indexes: ClassVar = [
            models.Index(fields=["url_path"], condition=models.Q(ended_at__isnull=True), name="withdrawn_address")
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["page"], condition=models.Q(ended_at__isnull=True), name="withdrawn_once_at_a_time"
            )
        ]

    def __str__(self) -> str:
        return self.title

    def said(self) -> dict[str, Any]:
        """What the record and the page's history say of it."""
        details = {"withdrawn": self.kind}
        return details | ({"replacement": self.replacement.url_path} if self.replacement else {})
