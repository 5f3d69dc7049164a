from collections.abc import Callable, Iterable
from itertools import groupby
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, PublishingPanel
from wagtail.models import DraftStateMixin, PreviewableMixin, RevisionMixin, Site, WorkflowMixin
from wagtail.search import index

from core.languages import SOURCE, address_language
from core.models import KeyedMixin, LanguagePreviewMixin, SourceRevisionsMixin, TranslatedMixin
from core.queries.narrow import NarrowQuerySet
from core.queries.prepared import prepared
from core.searching.fields import translated_search_fields

from ..choices import Direction, Measure
from .observation import Observation


TAKEN_KEYS = frozenset({"dataset", "datapackage", "download"})  # of addresses below /data/ (metrics/urls.py)


class MetricQuerySet(NarrowQuerySet):
    def live(self) -> "MetricQuerySet":
        return self.filter(live=True)

    def public(self) -> "MetricQuerySet":
        """Those with a page: published, with a value that readers may see."""
        values = Observation.objects.of_readable()
        return self.live().filter(models.Exists(values.filter(metric=models.OuterRef("pk"))))

    def for_charts(self, keys: Iterable[int]) -> "list[Metric]":
        """These live metrics, each with its rows in `known_observations`: one query for all of them."""
        found = []
        for _pk, group in groupby(_rows_of(list(keys)), key=lambda row: row.metric_id):
            observations = list(group)
            observations[0].metric.known_observations = observations
            found.append(observations[0].metric)
        return found


class Metric(
    LanguagePreviewMixin,
    SourceRevisionsMixin,
    TranslatedMixin,
    KeyedMixin,
    WorkflowMixin,
    DraftStateMixin,
    RevisionMixin,
    PreviewableMixin,
    index.Indexed,
    models.Model,
):
    """Something that is measured: a name, a definition, a unit. Its values are observations."""

    brings = ("unit",)
    cited: ClassVar = ("key", "name", "theme", "unit", "measure", "direction", "order", "live")

    name = models.CharField(_("name"), max_length=120)
    definition = models.TextField(_("definition"), blank=True)
    theme = models.ForeignKey("metrics.Theme", models.PROTECT, related_name="metrics", verbose_name=_("theme"))
    unit = models.ForeignKey("metrics.Unit", models.PROTECT, related_name="metrics", verbose_name=_("default unit"))
    measure = models.CharField(_("kind"), max_length=10, choices=Measure.choices)
    direction = models.CharField(_("direction"), max_length=10, choices=Direction.choices, default=Direction.NEUTRAL)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    objects = MetricQuerySet.as_manager()

    panels = [
        FieldPanel("name"),
        FieldPanel("key"),
        FieldPanel("definition"),
        FieldRowPanel([FieldPanel("theme"), FieldPanel("unit")]),
        FieldRowPanel([FieldPanel("measure"), FieldPanel("direction"), FieldPanel("order")]),
        PublishingPanel(),
    ]
    search_fields: ClassVar = [
        *translated_search_fields("name", boost=4, autocomplete=True),
        *translated_search_fields("definition"),
        index.FilterField("theme"),
        index.FilterField("measure"),
        index.FilterField("live"),
    ]

    class Meta:
        ordering: ClassVar = ["theme__order", "order", "key"]
        verbose_name = _("metric")
        verbose_name_plural = _("metrics")

    def __str__(self) -> str:
        return self.name or self.key

    def get_absolute_url(self) -> str:
        """The address of this metric's page in the language that addresses are made for."""
        prefix = "" if address_language() == SOURCE else f"/{address_language()}"
        return f"{prefix}/data/{self.key}/"

    def get_full_url(self) -> str | None:
        site = Site.objects.filter(is_default_site=True).first()
        return f"{site.root_url}{self.get_absolute_url()}" if site else None

    def clean(self) -> None:
        super().clean()
        if self.key in TAKEN_KEYS:
            words = _("The address /data/%(key)s belongs to the downloads: choose another key.")
            raise ValidationError({"key": words % {"key": self.key}})

    def serve_language_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        """The metric as its public page will show it."""
        return _previews[0](request, self)

    def observation_rows(self) -> models.QuerySet[Any]:
        """This metric's observations with everything that a row shows: one query."""
        return self.observations.of_readable().in_rows()

    def charted(self) -> list[Any]:
        """What a chart block shows of it."""
        return getattr(self, "known_observations", None) or list(self.observation_rows())


@prepared
def _rows_of(metrics: Iterable[int]) -> models.QuerySet[Observation]:
    """The figures of these metrics that readers may see, metric by metric."""
    rows = Observation.objects.public().with_context().cited().filter(metric__in=metrics)
    return rows.order_by("metric_id", "dimension__order", "period__end", "pk")


Preview = Callable[[HttpRequest, Metric], HttpResponse]
_previews: list[Preview] = []


def shows_metrics(function: Preview) -> Preview:
    """Decorate what answers a preview of a metric. The page of figures is made of metrics, so it says here that it does."""
    _previews[:] = [function]
    return function
