"""Figures and metrics that a body refers to, loaded for it in one pass."""

from collections.abc import Iterable

from django.db import models

from core.queries.prepared import prepared
from core.rendering.preloading import register_loader

from .models import Metric, Observation


@prepared
def load_figures(ids: Iterable[int]) -> models.QuerySet[Observation]:
    """The figures with these keys that readers may see, with all that a body shows of them."""
    return Observation.objects.of_readable().with_names().cited().filter(pk__in=ids)


register_loader(Observation, load_figures)
register_loader(Metric, Metric.objects.for_charts)
