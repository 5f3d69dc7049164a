"""What schools belong to, and holders and grantors that are not schools."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.panels import FieldPanel
from wagtail.search import index

from core.models import KeyedMixin, TranslatedMixin
from core.searching.fields import AutocompleteField, SearchField, translated_search_fields

from ..choices import BodyKind


class NamedThing(TranslatedMixin, KeyedMixin, index.Indexed, models.Model):
    """A snippet with a fixed key and a translated name."""

    name = models.CharField(_("name"), max_length=120)

    search_fields: ClassVar = [*translated_search_fields("name", autocomplete=True), index.FilterField("key")]

    class Meta:
        abstract = True
        ordering: ClassVar = ["key"]

    def __str__(self) -> str:
        return self.name or self.key


class Town(NamedThing):
    """镇街."""

    proper_names = ("name",)

    panels = [FieldPanel("name"), FieldPanel("key")]

    class Meta(NamedThing.Meta):
        verbose_name = _("town")
        verbose_name_plural = _("towns")


class SchoolZone(NamedThing):
    """学区: schools around a lead school."""

    proper_names = ("name",)

    lead = models.ForeignKey(
        "schools.SchoolPage",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="led_zones",
        verbose_name=_("lead school"),
    )
    note = models.TextField(_("note"), blank=True)

    panels = [FieldPanel("name"), FieldPanel("key"), FieldPanel("lead"), FieldPanel("note")]

    class Meta(NamedThing.Meta):
        verbose_name = _("school zone")
        verbose_name_plural = _("school zones")


class SchoolGroup(NamedThing):
    """教育集团."""

    proper_names = ("name",)

    lead = models.ForeignKey(
        "schools.SchoolPage",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="led_groups",
        verbose_name=_("lead school"),
    )
    note = models.TextField(_("note"), blank=True)

    panels = [FieldPanel("name"), FieldPanel("key"), FieldPanel("lead"), FieldPanel("note")]

    class Meta(NamedThing.Meta):
        verbose_name = _("school group")
        verbose_name_plural = _("school groups")


class Organisation(NamedThing):
    """The district, the city, authorities, societies: a subject, holder or grantor that is not a school."""

    proper_names = ("name",)

    kind = models.CharField(_("kind"), max_length=20, choices=BodyKind.choices, default=BodyKind.OTHER)
    other_names = models.CharField(_("other names"), max_length=200, blank=True, help_text=_("Separated by commas."))
    role = models.TextField(pgettext_lazy("organisation", "role"), blank=True)

    panels = [FieldPanel("name"), FieldPanel("key"), FieldPanel("kind"), FieldPanel("other_names"), FieldPanel("role")]
    search_fields: ClassVar = [
        *NamedThing.search_fields,
        SearchField("other_names"),
        AutocompleteField("other_names"),
        index.FilterField("kind"),
    ]

    class Meta(NamedThing.Meta):
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
