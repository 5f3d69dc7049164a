"""Wordings of a source that only drafts have had, and which of them nobody may see any more."""

from typing import ClassVar, Self

from django.db import models

from .originals import Original


class DraftWordingQuerySet(models.QuerySet):
    def hidden(self) -> Self:
        """Of drafts that were taken back, or that were never released."""
        return self.filter(models.Q(is_shown=False) | models.Q(original__released=None))


class DraftWording(models.Model):
    """A wording that readers have never seen: it came with a draft.

    `is_shown` while a draft with it is released to translators. A draft that is taken back hides its wordings, and all
    that was written for them, until a draft with them is released or published (desk/draft_wordings.py).
    """

    original = models.ForeignKey(Original, models.CASCADE, related_name="draft_wordings")
    source_hash = models.CharField(max_length=64)
    is_shown = models.BooleanField(default=False)

    objects = DraftWordingQuerySet.as_manager()

    class Meta:
        verbose_name = "wording of a draft"
        verbose_name_plural = "wordings of drafts"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["original", "source_hash"], name="one_draft_wording_per_original")
        ]

    def __str__(self) -> str:
        return f"{self.original} {self.source_hash[:8]}"


class OfWordingQuerySet(models.QuerySet):
    """Of what was written for one wording of an original: its fields are `original` and `source_hash`."""

    def known(self) -> Self:
        """What may be shown to people: nothing that was written for a draft that was taken back or never released."""
        wording = DraftWording.objects.hidden().filter(
            original=models.OuterRef("original"), source_hash=models.OuterRef("source_hash")
        )
        return self.exclude(models.Exists(wording))
