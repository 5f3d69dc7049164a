"""What people are told of what others did: core.notices makes, shows and mails it."""

from datetime import datetime, timedelta
from typing import Any, ClassVar

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


MAILED_AGAIN_AFTER = timedelta(hours=20)  # so that the daily mail names again what has happened again
NOT_YET = models.Q(read_at=None, mail_at__isnull=False)


class MailTime(models.TextChoices):
    """When somebody is told by mail."""

    AT_ONCE = "at_once", pgettext_lazy("mail", "At once")
    DAILY = "daily", pgettext_lazy("mail", "Once a day, in one mail")
    NEVER = "never", pgettext_lazy("mail", "Not at all")


class NoticeQuerySet(models.QuerySet):
    def unread(self) -> "NoticeQuerySet":
        return self.filter(read_at=None)

    def to_mail(self, now: datetime) -> "NoticeQuerySet":
        """Unread ones whose time has come, which no mail of late has named."""
        lately = models.Q(mailed_at__gt=now - MAILED_AGAIN_AFTER)
        return self.filter(NOT_YET, mail_at__lte=now, recipient__is_active=True).exclude(lately)

    def mark_read(self) -> int:
        """How many were unread."""
        return self.unread().update(read_at=timezone.now(), standing=None, mail_at=None)


class Notice(models.Model):
    """Somebody is told of something. As long as it is unread it stands for all of its kind about the same subject: what
    happens again renews it (`core.notices.sending.notify`).

    `standing` is what makes it the only one: a digest of the recipient, kind and subject, and NULL once it is read.
    `mail_at` is when it is to be mailed, NULL if not.
    """

    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="notices", verbose_name=_("recipient")
    )
    kind = models.CharField(_("kind"), max_length=60)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("by")
    )
    subject_type = models.ForeignKey(ContentType, models.CASCADE, null=True, blank=True, related_name="+")
    subject_id = models.PositiveBigIntegerField(null=True, blank=True)
    part = models.CharField(max_length=300, blank=True, help_text="Of the subject: a language, a place in its text.")
    label = models.CharField(max_length=255, blank=True, help_text="The subject's name, kept in case it goes.")
    url = models.CharField(max_length=500, blank=True, help_text="Where it leads, within the admin.")
    parameters = models.JSONField(default=dict, blank=True, help_text="What the kind's message names.")
    at = models.DateTimeField(_("at"), default=timezone.now, help_text="The last time that it happened.")
    read_at = models.DateTimeField(_("read"), null=True, blank=True)
    mail_at = models.DateTimeField(null=True, blank=True)
    mailed_at = models.DateTimeField(null=True, blank=True)
    standing = models.CharField(max_length=64, null=True, blank=True, unique=True, editable=False)

    subject = GenericForeignKey("subject_type", "subject_id")
    objects = NoticeQuerySet.as_manager()
    wagtail_reference_index_ignore = True  # it uses nothing: what it tells of may be deleted

    class Meta:
        ordering: ClassVar = ["-at", "-pk"]
        verbose_name = _("notice to a person")
        verbose_name_plural = _("notices to people")
        indexes: ClassVar = [
            models.Index(fields=["recipient", "-at"], name="notices_of_person"),
            models.Index(fields=["recipient"], condition=models.Q(read_at=None), name="notices_unread"),
            models.Index(fields=["mail_at"], condition=NOT_YET, name="notices_to_mail"),
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.label}"


class NoticeSettings(models.Model):
    """When somebody is told by mail, where they want it otherwise than the kind has it."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="notice_settings")
    mail = models.JSONField(default=dict, blank=True, help_text="Kind -> when.")

    wagtail_reference_index_ignore = True

    def __str__(self) -> str:
        return str(self.user)

    def mail_time(self, kind: str, default: Any) -> MailTime:
        """When notices of the kind are mailed; `default` if nothing that can be read is stored."""
        chosen = self.mail.get(kind)
        return MailTime(chosen) if chosen in MailTime.values else default
