from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel
from wagtail.models import Orderable
from wagtail.search import index

from core.models import KeyedMixin, TranslatedMixin
from core.queries.prepared import prepared
from core.searching.fields import translated_search_fields

from ..choices import Role


class Topic(TranslatedMixin, KeyedMixin, index.Indexed, models.Model):
    """A subject that stories are filed under."""

    name = models.CharField(_("name"), max_length=60)
    description = models.TextField(_("description"), blank=True)

    panels = [FieldPanel("name"), FieldPanel("key"), FieldPanel("description")]
    search_fields: ClassVar = [*translated_search_fields("name", autocomplete=True)]

    class Meta:
        ordering: ClassVar = ["key"]
        verbose_name = _("topic")
        verbose_name_plural = _("topics")

    def __str__(self) -> str:
        return self.name or self.key


class Contributor(TranslatedMixin, KeyedMixin, index.Indexed, models.Model):
    """Somebody in a byline: a person, or a desk."""

    proper_names = ("name",)
    names_people = True

    name = models.CharField(_("name"), max_length=80)

    panels = [FieldPanel("name"), FieldPanel("key")]
    search_fields: ClassVar = [*translated_search_fields("name", autocomplete=True)]

    class Meta:
        ordering: ClassVar = ["key"]
        verbose_name = _("contributor")
        verbose_name_plural = _("contributors")

    def __str__(self) -> str:
        return self.name or self.key


class StoryContributor(Orderable):
    """One name in a story's byline."""

    story = ParentalKey("news.StoryPage", related_name="byline")
    contributor = models.ForeignKey(Contributor, models.CASCADE, related_name="stories", verbose_name=_("contributor"))
    role = models.CharField(_("role"), max_length=14, choices=Role.choices, default=Role.WRITER)

    panels = [FieldPanel("contributor"), FieldPanel("role")]

    class Meta(Orderable.Meta):
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["story", "contributor", "role"], name="byline_once_per_role")
        ]


@prepared
def topics_of(story: int) -> models.QuerySet[Topic]:
    """The topics of the live story with this key."""
    return Topic.objects.filter(stories=story)


@prepared
def byline_of(story: int) -> models.QuerySet[StoryContributor]:
    """The byline of the live story with this key, in its order."""
    return StoryContributor.objects.filter(story=story).select_related("contributor").order_by("sort_order")
