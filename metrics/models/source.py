from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.search import index

from core.models import KeyedMixin, TranslatedMixin
from core.searching.fields import translated_search_fields


class Source(TranslatedMixin, KeyedMixin, index.Indexed, models.Model):
    """Where a figure comes from. A story that cites a figure is something else: see news.StoryObservation."""

    title = models.CharField(_("title"), max_length=200)
    authors = models.CharField(_("authors"), max_length=200, blank=True)
    publisher = models.CharField(_("publisher"), max_length=200, blank=True)
    published_on = models.DateField(_("date"), null=True, blank=True)
    date_note = models.CharField(_("what is known of the date"), max_length=200, blank=True)
    link = models.URLField(_("link"), blank=True)
    note = models.TextField(_("note"), blank=True)

    panels = [
        FieldPanel("title"),
        FieldPanel("key"),
        FieldPanel("authors"),
        FieldPanel("publisher"),
        FieldRowPanel([FieldPanel("published_on"), FieldPanel("date_note")]),
        FieldPanel("link"),
        FieldPanel("note"),
    ]
    search_fields: ClassVar = [*translated_search_fields("title", autocomplete=True), index.FilterField("published_on")]

    class Meta:
        ordering: ClassVar = ["key"]
        verbose_name = _("source")
        verbose_name_plural = _("sources")

    def __str__(self) -> str:
        return self.title or self.key
