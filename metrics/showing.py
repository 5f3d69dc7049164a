"""Which live pages show figures, in their words or in a chart, by the index of references."""

from collections.abc import Iterable
from typing import NamedTuple

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models.functions import Cast
from wagtail.models import ReferenceIndex

from core.languages import source_columns
from core.models import BasePage
from core.publishing.checklist import sharing

from .checklist import check_hidden_figures
from .models import Metric, Observation


class Showing(NamedTuple):
    """A live page, and whether it names a figure itself or has it in a chart alone."""

    page: BasePage
    is_named: bool


def pages_showing(figures: models.QuerySet, metrics: models.QuerySet) -> list[Showing]:
    """Live pages that name any of these figures, or have a chart of any of these metrics; two queries."""
    named: dict[int, bool] = {}
    figure_type = ContentType.objects.get_for_model(Observation).pk
    for key, target in _references(figures, metrics).values_list("object_id", "to_content_type").distinct():
        named[int(key)] = named.get(int(key), False) or target == figure_type
    pages = BasePage.objects.live().defer_other_languages().filter(pk__in=named).order_by("-first_published_at", "pk")
    return [Showing(page, named[page.pk]) for page in pages] if named else []


def with_hidden_figures(pages: models.QuerySet) -> list[BasePage]:
    """Those of these pages that are live and show a figure that readers do not see: one query where there is none."""
    hidden = Observation.objects.exclude(pk__in=Observation.objects.public().order_by().values("pk"))
    without = Metric.objects.exclude(pk__in=Metric.objects.public().order_by().values("pk"))
    keys = set(map(int, _references(hidden, without).values_list("object_id", flat=True)))
    return _confirmed(pages.filter(pk__in=keys, live=True)) if keys else []


def _references(figures: models.QuerySet, metrics: models.QuerySet) -> models.QuerySet:
    """Of pages, as they are live."""
    types = ContentType.objects.get_for_models(Observation, Metric)
    wanted = models.Q()
    for model, rows in ((Observation, figures), (Metric, metrics)):
        keys = rows.order_by().annotate(target=Cast("pk", models.CharField())).values("target")
        wanted |= models.Q(to_content_type=types[model], to_object_id__in=keys)
    return ReferenceIndex.objects.filter(wanted, base_content_type=ContentType.objects.get_for_model(BasePage))


def _confirmed(pages: Iterable[BasePage]) -> list[BasePage]:
    """The index also has figures that belong to a page without being shown in its text."""
    with source_columns(), sharing():
        return [page for page in pages if any(check_hidden_figures(page.specific))]
