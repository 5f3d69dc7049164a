from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, ClassVar

from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin, re_path

from core.languages import SOURCE, reading
from core.metadata.subject import Subject
from core.models import BasePage
from core.queries.prepared import prepared
from schools.models.honours import honours_of_organisations, with_figures

from ..citation import citation
from ..comparison import comparable
from ..mentions import find_mentions
from .dimensions import Theme
from .metric import Metric, shows_metrics
from .observation import Observation
from .past_value import with_past_values


Themes = Sequence[tuple[Theme, Sequence[tuple[Metric, Sequence[Observation]]]]]


@dataclass(frozen=True, kw_only=True)
class FiguresSubject(Subject):
    """All figures, by their themes and metrics."""

    page: "MetricsPage"
    themes: Themes


@dataclass(frozen=True, kw_only=True)
class MetricSubject(Subject):
    """One metric with its figures, on a page below that of all figures."""

    page: "MetricsPage"
    thing: Metric
    observations: Sequence[Observation]


class MetricsPage(RoutablePageMixin, BasePage):
    """The district's figures by theme: /data/, and a page for each metric: /data/<key>/."""

    max_count = 1
    parent_page_types: ClassVar = ["news.HomePage"]
    subpage_types: ClassVar = []
    content_panels = [*BasePage.content_panels, FieldPanel("standfirst")]
    show_in_menus_default = True

    class Meta:
        verbose_name = _("figures")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        context["themes"] = [
            (theme, [(metric, list(rows)) for metric, rows in groupby(of_theme, key=lambda o: o.metric)])
            for theme, of_theme in groupby(_all_observations(), key=lambda o: o.metric.theme)
        ]
        context["subject"] = FiguresSubject(page=self, themes=context["themes"])
        context["honours"] = with_figures(honours_of_organisations())
        return context

    @re_path(r"^([\w-]+)/$", name="metric")
    def metric_view(self, request: HttpRequest, key: str) -> HttpResponse:
        found = list(_metric(key))
        if not found:
            raise Http404
        return self.metric_response(request, found[0])

    def metric_response(self, request: HttpRequest, metric: Metric) -> HttpResponse:
        """A metric's own page."""
        context = super().get_context(request)
        observations = with_past_values(_observations_of(metric.pk))
        context |= {"metric": metric, "observations": observations, "compared": comparable(observations)}
        if not metric.is_in(context["shown_in"]):
            context["shown_in"] = SOURCE
        with reading(context["shown_in"]):
            context["mentions"] = find_mentions([observation.pk for observation in observations], context["shown_in"])
            context["citation"] = citation(metric, observations, request)
        context["programmes"] = list(_programmes_of(metric.pk))
        context["subject"] = MetricSubject(
            page=self, thing=metric, observations=observations, listed=(context["programmes"],)
        )
        return TemplateResponse(request, "metrics/metric.html", context)


@prepared
def _all_observations() -> models.QuerySet:
    """All figures that readers may see, by theme and metric."""
    ordered = ("metric__theme__order", "metric__order", "metric__key", "dimension__order", "pk")
    return Observation.objects.public().with_context().order_by(*ordered)


@prepared
def _metric(key: str) -> models.QuerySet:
    return Metric.objects.public().with_languages().select_related("theme", "unit").filter(key=key)


@prepared
def _observations_of(metric: int) -> models.QuerySet:
    return Observation.objects.filter(metric=metric).of_readable().in_rows()


@prepared
def _programmes_of(metric: int) -> models.QuerySet:
    linked = Metric.programmes.through.objects.filter(metric=metric).values("programmepage")
    return BasePage.objects.readable().filter(pk__in=linked).order_by("path")


@shows_metrics
def preview(request: HttpRequest, metric: Metric) -> HttpResponse:
    page = MetricsPage.objects.live().first()
    if page is None:
        raise Http404
    return page.metric_response(request, metric)
