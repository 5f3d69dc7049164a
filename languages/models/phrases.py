"""Words that OpenCC writes otherwise than we do."""

import re
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel

from core.text.chinese import HAN_CHARACTERS


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

    def save(self, *args: Any, **kwargs: Any) -> None:
        """`before` is what it was called until now: texts with those words change, too (languages.signals)."""
        self.before = type(self).objects.filter(pk=self.pk).values_list("simplified", flat=True).first() or ""
        super().save(*args, **kwargs)

    def clean(self) -> None:
        super().clean()
        for name in ("simplified", "traditional"):
            if not re.fullmatch(f"[{HAN_CHARACTERS}·，。、]*", getattr(self, name) or ""):
                raise ValidationError({name: _("A phrase holds Chinese characters only.")})
