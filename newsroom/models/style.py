"""House style that editors keep: words that are wrong, forbidden, or want care (错敏词与规范用语)."""

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.search import index

from core.searching.fields import AutocompleteField, SearchField


class Advice(models.TextChoices):
    """What a rule says of its words."""

    WRONG = "wrong", pgettext_lazy("style", "Wrong")
    FORBIDDEN = "forbidden", pgettext_lazy("style", "Forbidden")
    CAREFUL = "careful", pgettext_lazy("style", "Careful")


class Severity(models.TextChoices):
    """An error stops publishing; a warning waits for a tick with a reason."""

    ERROR = "error", pgettext_lazy("style", "Error")
    WARNING = "warning", pgettext_lazy("style", "Warning")


class ActiveRules(models.Manager):
    def get_queryset(self) -> models.QuerySet:
        return super().get_queryset().filter(is_active=True)


class StyleRule(index.Indexed, models.Model):
    """Words, and what is said where a story has them. In what `exceptions` name, they are right."""

    words = models.CharField(_("words"), max_length=60, unique=True, help_text=_("As they stand in a text."))
    advice = models.CharField(_("kind of rule"), max_length=12, choices=Advice.choices, default=Advice.WRONG)
    right = models.CharField(
        _("write instead"),
        max_length=60,
        blank=True,
        help_text=_("What one click writes in their place. Wrong words need it; others may have it."),
    )
    severity = models.CharField(_("severity"), max_length=12, choices=Severity.choices, default=Severity.WARNING)
    exceptions = models.TextField(
        _("exceptions"),
        blank=True,
        max_length=1000,
        help_text=_("Phrases in which the words are right, one a line: the words with what stands around them."),
    )
    note = models.CharField(
        _("note"), max_length=200, blank=True, help_text=_("Why; the editor reads it beside the text.")
    )
    is_active = models.BooleanField(_("active"), default=True)

    objects = models.Manager()
    active = ActiveRules()

    panels = [
        FieldPanel("words"),
        FieldRowPanel([FieldPanel("advice"), FieldPanel("severity")]),
        FieldPanel("right"),
        FieldPanel("exceptions"),
        FieldPanel("note"),
        FieldPanel("is_active"),
    ]
    search_fields: ClassVar = [
        SearchField("words", boost=4),
        AutocompleteField("words"),
        SearchField("right"),
        AutocompleteField("right"),
        SearchField("note"),
        index.FilterField("words"),
        index.FilterField("advice"),
        index.FilterField("severity"),
        index.FilterField("is_active"),
    ]

    class Meta:
        ordering: ClassVar = ["words"]
        verbose_name = _("style rule")
        verbose_name_plural = _("style rules")

    def __str__(self) -> str:
        return self.words

    @property
    def phrases(self) -> list[str]:
        return [line.strip() for line in self.exceptions.splitlines() if line.strip()]

    def clean(self) -> None:
        errors: dict[str, Any] = {}
        self.words, self.right = self.words.strip(), self.right.strip()
        if self.words and len(self.words) < 2:
            errors["words"] = _("One character stands in too many words: write at least two.")
        if self.advice == Advice.WRONG and not self.right:
            errors["right"] = _("Say what to write instead, or choose another kind of rule.")
        elif self.right and self.right == self.words:
            errors["right"] = _("This is the same as the words.")
        without = [phrase for phrase in self.phrases if self.words not in phrase or phrase == self.words]
        if without:
            errors["exceptions"] = _("“{phrase}” does not have the words with something around them.").format(
                phrase=without[0]
            )
        if errors:
            raise ValidationError(errors)
