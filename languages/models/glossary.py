"""The glossary: how a Chinese term is rendered in each language, and how it must not be."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel
from wagtail.models import Orderable
from wagtail.search import index

from core.languages import SOURCE
from core.searching.fields import AutocompleteField, SearchField
from core.searching.indexing import indexed_once


class Subject(models.TextChoices):
    """What a term is about. Number words are rules of arithmetic: texts cannot be searched for their renderings."""

    POLICY = "policy", pgettext_lazy("glossary", "Policy")
    ADMINISTRATION = "administration", pgettext_lazy("glossary", "Administration")
    SCHOOLS = "schools", pgettext_lazy("glossary", "Schools")
    TEACHERS = "teachers", pgettext_lazy("glossary", "Teachers")
    CURRICULUM = "curriculum", pgettext_lazy("glossary", "Curriculum")
    WELFARE = "welfare", pgettext_lazy("glossary", "Student welfare")
    NUMBERS = "numbers", pgettext_lazy("glossary", "Numbers")
    OTHER = "other", pgettext_lazy("glossary", "Other")


def target_languages() -> list[tuple[str, str]]:
    """(code, name) of each language that is translated into. A function, so that no migration holds the list."""
    return [(code, name) for code, name in settings.LANGUAGES if code != SOURCE]


class Term(index.Indexed, ClusterableModel):
    """A Chinese term. Its renderings are rows of TermTarget; of those in one language the first is preferred."""

    source = models.CharField(_("term"), max_length=80, unique=True, help_text=_("As it stands in Chinese texts."))
    subject = models.CharField(_("subject"), max_length=16, choices=Subject.choices, default=Subject.OTHER)
    do_not_translate = models.BooleanField(
        _("do not translate"), default=False, help_text=_("The term stays as it is in every language.")
    )
    note = models.TextField(_("note"), blank=True, help_text=_("What it means, and what it is mistaken for."))
    place = models.CharField(_("place"), max_length=200, blank=True, help_text=_("Where it was found."))

    panels = [
        FieldPanel("source"),
        FieldRowPanel([FieldPanel("subject"), FieldPanel("do_not_translate")]),
        FieldPanel("note"),
        InlinePanel("targets", heading=_("Renderings: the first of a language is preferred"), label=_("Rendering")),
        FieldPanel("place"),
    ]
    search_fields: ClassVar = [
        SearchField("source", boost=4),
        AutocompleteField("source"),
        SearchField("renderings"),
        AutocompleteField("renderings"),
        SearchField("note"),
        index.FilterField("source"),
        index.FilterField("subject"),
        index.FilterField("do_not_translate"),
    ]

    class Meta:
        ordering: ClassVar = ["source"]
        verbose_name = _("term")
        verbose_name_plural = _("terms")

    def __str__(self) -> str:
        return self.source

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Indexed when its renderings are stored too, which they are not yet at the save signal."""
        with indexed_once():
            super().save(*args, **kwargs)

    def renderings(self) -> str:
        """All of them, whether allowed or not, for the search."""
        return "\n".join(target.text for target in self.targets.all())

    def allowed(self) -> str:
        """What the listing and the export show: 'en: school place', one line each."""
        return self._lines(forbidden=False)

    def forbidden(self) -> str:
        return self._lines(forbidden=True)

    def _lines(self, *, forbidden: bool) -> str:
        targets = [target for target in self.targets.all() if target.forbidden == forbidden]
        return "\n".join(f"{target.language}: {target.text}" for target in targets)


class TermTarget(Orderable):
    """A rendering of a term in one language: one to use, or one never to use."""

    term = ParentalKey(Term, on_delete=models.CASCADE, related_name="targets")
    language = models.CharField(_("language"), max_length=12, choices=target_languages)
    text = models.CharField(_("rendering"), max_length=120)
    forbidden = models.BooleanField(_("forbidden"), default=False, help_text=_("A wrong rendering: never use it."))
    note = models.CharField(_("note"), max_length=200, blank=True)

    panels = [
        FieldRowPanel([FieldPanel("language"), FieldPanel("text")]),
        FieldRowPanel([FieldPanel("forbidden"), FieldPanel("note")]),
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("rendering")
        verbose_name_plural = _("renderings")
        constraints: ClassVar = [models.UniqueConstraint("term", "language", Lower("text"), name="rendering_once")]

    def __str__(self) -> str:
        return f"{self.language}: {self.text}"
