"""Imported translation memory: pairs of texts that translators wrote elsewhere. They are suggested, and publish nothing."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from .glossary import target_languages


class MemoryFile(models.Model):
    """A file of pairs. Whoever removes it removes them."""

    name = models.CharField(_("name"), max_length=200)
    at = models.DateTimeField(_("imported at"), auto_now_add=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("by")
    )

    class Meta:
        ordering: ClassVar = ["-at", "-pk"]
        verbose_name = _("imported translation memory")
        verbose_name_plural = _("imported translation memories")

    def __str__(self) -> str:
        return self.name


class MemoryEntry(models.Model):
    """A pair of texts, both written as segments of rich text. `words_hash` is that of the Chinese words without tags."""

    file = models.ForeignKey(MemoryFile, models.CASCADE, related_name="entries")
    language = models.CharField(max_length=12, choices=target_languages)
    source_text = models.TextField()
    words_hash = models.CharField(max_length=64)
    text = models.TextField()
    text_hash = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("pair of an imported translation memory")
        verbose_name_plural = _("pairs of imported translation memories")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["language", "words_hash", "text_hash"], name="one_entry_per_pair")
        ]

    def __str__(self) -> str:
        return f"{self.language}: {self.source_text[:60]}"
