"""Closed lists that readers see."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class NoticeLevel(models.TextChoices):
    """How urgent a notice of the whole site is."""

    INFO = "info", pgettext_lazy("level", "Notice")
    WARNING = "warning", _("Warning")
    URGENT = "urgent", _("Urgent")
