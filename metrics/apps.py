from django.apps import AppConfig


class MetricsConfig(AppConfig):
    name = "metrics"

    def ready(self) -> None:
        from core.rendering.preloading import register_loader

        from . import figure_words, metadata  # noqa: F401
        from .models import Metric, Observation

        register_loader(Observation, lambda ids: Observation.objects.of_readable().with_context().filter(pk__in=ids))
        register_loader(Metric, Metric.objects.for_charts)
