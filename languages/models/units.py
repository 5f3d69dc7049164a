"""Units: what a translator wrote for one wording of a segment. They are the source of truth; columns are made from
them."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .glossary import target_languages
from .originals import Original
from .wordings import OfWordingQuerySet


class UnitState(models.TextChoices):
    """How far one text is: what a person has said of it."""

    DRAFT = "draft", pgettext_lazy("segment", "Draft")
    REVIEW = "review", pgettext_lazy("segment", "Awaiting review")
    APPROVED = "approved", pgettext_lazy("segment", "Approved")


class Origin(models.TextChoices):
    """Where a text came from."""

    HUMAN = "human", pgettext_lazy("segment", "Written by hand")
    MEMORY = "memory", pgettext_lazy("segment", "From the translation memory")
    MACHINE = "machine", pgettext_lazy("segment", "Machine translation")
    IMPORT = "import", pgettext_lazy("segment", "Imported")


class Unit(models.Model):
    """The text of one segment in one language.

    `source_hash` (core.segments.source_hash) says which wording of the source it translates. When the source changes
    the unit stays and a new one is written beside it: they serve as history, as memory, and for going back. Whoever
    shows units to people asks for those that are `known()`.
    """

    original = models.ForeignKey(Original, models.CASCADE, related_name="units")
    language = models.CharField(_("language"), max_length=12, choices=target_languages)
    path = models.CharField(max_length=255)
    source_hash = models.CharField(max_length=64)
    source_text = models.TextField(_("source"))
    text = models.TextField(_("translation"), blank=True)
    state = models.CharField(_("state"), max_length=10, choices=UnitState.choices, default=UnitState.DRAFT)
    origin = models.CharField(_("origin"), max_length=10, choices=Origin.choices, default=Origin.HUMAN)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("author")
    )
    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("reviewer")
    )
    corrected_author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("author of the text that was corrected"),
        help_text="Whose text the author, a publisher, has corrected: may approve the correction.",
    )
    version = models.PositiveIntegerField(default=1, help_text="Raised by every save: two people cannot both win.")
    dismissed = models.JSONField(
        default=list, blank=True, help_text="Findings of this text that were judged: see languages.desk.dismissals."
    )
    sent_back_reason = models.TextField(
        _("why it was sent back"), blank=True, default="", help_text="Until it is handed in again."
    )
    sent_back_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("sent back by"),
    )
    sent_back_at = models.DateTimeField(_("sent back at"), null=True, blank=True)
    updated_at = models.DateTimeField(_("changed"), auto_now=True)

    objects = OfWordingQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["pk"]
        verbose_name = _("translation unit")
        verbose_name_plural = _("translation units")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["original", "language", "path", "source_hash"], name="one_unit_per_wording")
        ]
        indexes: ClassVar = [models.Index(fields=["language", "source_hash"], name="unit_memory")]

    def __str__(self) -> str:
        return f"{self.original} ({self.language}) {self.path}"

    def set_text(
        self, text: str, origin: Any, author: models.Model | None, corrects: models.Model | None = None
    ) -> None:
        """Give it another text. What was said of the one before does not hold any more.

        `corrects` is who wrote the text that the author, a publisher, has corrected.
        """
        self.text, self.origin, self.author, self.corrected_author, self.dismissed = text, origin, author, corrects, []

    def take_text_of(self, other: "Unit") -> None:
        """The text of another place with the same wording, with who wrote it and what was said of it."""
        self.set_text(other.text, Origin.MEMORY, other.author, other.corrected_author)
        self.dismissed = list(other.dismissed)

    def set_state(self, state: Any, reviewer: models.Model | None = None) -> None:
        """`reviewer` is who approves it. What is handed in or approved is no longer sent back."""
        self.state, self.reviewer = state, reviewer
        if state != UnitState.DRAFT:
            self.sent_back_reason, self.sent_back_by, self.sent_back_at = "", None, None


class UnitVersion(models.Model):
    """What a unit said after each action on it, and who did it."""

    unit = models.ForeignKey(Unit, models.CASCADE, related_name="versions")
    text = models.TextField(blank=True)
    state = models.CharField(max_length=10, choices=UnitState.choices)
    origin = models.CharField(max_length=10, choices=Origin.choices)
    note = models.TextField(blank=True)
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        ordering: ClassVar = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.unit} {self.at:%Y-%m-%d %H:%M}"


class Comment(models.Model):
    """What people say to each other about a segment of one language, as it was worded then."""

    original = models.ForeignKey(Original, models.CASCADE, related_name="comments")
    language = models.CharField(max_length=12, choices=target_languages)
    path = models.CharField(max_length=255)
    source_hash = models.CharField(max_length=64, blank=True, default="")
    text = models.TextField(_("comment"), max_length=2000)
    mentions = models.JSONField(default=list, blank=True, help_text="Whom it mentions: [what is written, key].")
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    resolved_at = models.DateTimeField(null=True, blank=True)

    objects = OfWordingQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["at", "pk"]
        verbose_name = _("comment")
        verbose_name_plural = _("comments")

    def __str__(self) -> str:
        return self.text[:60]
