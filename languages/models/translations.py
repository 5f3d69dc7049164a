"""The work of translating one original into one language, and what was published of it."""

from dataclasses import dataclass
from typing import ClassVar

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .glossary import target_languages
from .originals import Original


class TranslationStage(models.TextChoices):
    """How far the whole translation of an original is: worked out from its segments and its publication."""

    MISSING = "missing", pgettext_lazy("translation", "Not begun")
    DRAFT = "draft", pgettext_lazy("translation", "In progress")
    REVIEW = "review", pgettext_lazy("translation", "Awaiting review")
    READY = "ready", pgettext_lazy("translation", "Ready to publish")
    PUBLISHED = "published", pgettext_lazy("translation", "Published")
    OUTDATED = "outdated", pgettext_lazy("translation", "Published, source changed")


UPDATES = (TranslationStage.REVIEW, TranslationStage.READY)


@dataclass(frozen=True)
class Progress:
    """How many segments there are, how many are approved, and how many handed in and not approved yet."""

    total: int
    done: int = 0
    handed_in: int = 0

    @property
    def percent(self) -> int:
        """The share that is approved; 100 only if all are."""
        return self._share(self.done)

    @property
    def percent_handed_in(self) -> int:
        """The share that awaits review. Both together are 100 only if nothing is left to write."""
        return self._share(self.done + self.handed_in) - self.percent

    def _share(self, number: int) -> int:
        return min(number, self.total) * 100 // self.total if self.total else 100


class Translation(models.Model):
    """One original in one language: how far it is, who works on it, what readers see.

    `stage`, `waiting`, `done`, `handed_in` and `outdated` are derived from its units. `waiting` is set for a published
    translation: whether new texts for it await review, or may be published.
    """

    original = models.ForeignKey(Original, models.CASCADE, related_name="translations")
    language = models.CharField(_("language"), max_length=12, choices=target_languages)
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("assignee")
    )
    stage = models.CharField(
        _("state"), max_length=12, choices=TranslationStage.choices, default=TranslationStage.MISSING
    )
    waiting = models.CharField(
        _("waiting"),
        max_length=12,
        choices=[pair for pair in TranslationStage.choices if pair[0] in UPDATES],
        blank=True,
        default="",
    )
    done = models.PositiveIntegerField(_("segments done"), default=0)
    handed_in = models.PositiveIntegerField(_("segments awaiting review"), default=0)
    outdated = models.PositiveIntegerField(_("segments outdated"), default=0)
    updated_at = models.DateTimeField(_("last worked on"), null=True, blank=True)
    publication = models.ForeignKey(
        "languages.Publication",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("what readers see"),
    )
    publish_at = models.DateTimeField(_("publish at"), null=True, blank=True)
    publish_with_source = models.BooleanField(_("publish together with the released draft"), default=False)
    publish_as = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")

    number_cited = 0  # set by desk.cited.mark_citing

    class Meta:
        ordering: ClassVar = ["original", "language"]
        verbose_name = _("translation")
        verbose_name_plural = _("translations")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["original", "language"], name="one_translation_per_language")
        ]
        indexes: ClassVar = [models.Index(fields=["language", "stage"], name="translation_stage")]

    def __str__(self) -> str:
        return f"{self.original} ({self.language})"

    @property
    def progress(self) -> Progress:
        return Progress(self.original.total, self.done, self.handed_in)

    @property
    def is_published(self) -> bool:
        return self.publication_id is not None


class Publication(models.Model):
    """A translation as it was published: its texts, and the source that they follow."""

    translation = models.ForeignKey(Translation, models.CASCADE, related_name="publications")
    texts = models.JSONField(help_text="Segment path -> [hash of the source, text].")
    columns = models.JSONField(
        null=True,
        encoder=DjangoJSONEncoder,
        help_text="Field -> what stood in its column when readers last saw this one. Null while they see it.",
    )
    fingerprint = models.CharField(max_length=64)
    source_date = models.DateTimeField(_("follows the source of"), null=True, blank=True)
    machine_made = models.BooleanField(_("holds unchecked machine translation"), default=False)
    at = models.DateTimeField(_("published at"), auto_now_add=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("by")
    )

    class Meta:
        ordering: ClassVar = ["-at", "-pk"]
        verbose_name = _("publication of a translation")
        verbose_name_plural = _("publications of translations")

    def __str__(self) -> str:
        return f"{self.translation} {self.at:%Y-%m-%d %H:%M}"
