"""Words that OpenCC writes otherwise than we do."""

from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel


class Phrase(models.Model):
    """A phrase of the automatic conversion to traditional characters; the longest that fits wins."""

    simplified = models.CharField(_("simplified"), max_length=60, unique=True)
    traditional = models.CharField(_("traditional"), max_length=60)
    note = models.CharField(_("note"), max_length=200, blank=True)

    panels = [FieldRowPanel([FieldPanel("simplified"), FieldPanel("traditional")]), FieldPanel("note")]

    class Meta:
        ordering: ClassVar = ["simplified"]
        verbose_name = _("phrase for traditional characters")
        verbose_name_plural = _("phrases for traditional characters")

    def __str__(self) -> str:
        return f"{self.simplified} → {self.traditional}"

    def clean(self) -> None:
        super().clean()
        if any(sign in (self.simplified or "") + (self.traditional or "") for sign in "<>&"):
            raise ValidationError(_("A phrase holds no tags."))
