from django.apps import AppConfig


class MetricsConfig(AppConfig):
    name = "metrics"

    def ready(self) -> None:
        from core.publishing import canonical, canonical_forms

        from . import checklist, metadata, preloading  # noqa: F401
        from .models import Metric, Observation

        # What readers see of a figure; which of which subject it is belongs to what it says.
        said = ("live", "value", "unit__key", "qualifier", "printed", "status")
        of = ("metric", "period", "dimension", "subject_school", "subject_organisation")
        canonical.embed(Observation, *said, *of)
        compared = ("comparator_value", "comparator_printed", "comparator_scope")
        canonical_forms.draw(Metric, Observation, "metric", *said[1:], *of[1:], *compared)  # whose draws: a chart
        canonical.leave_out(Observation, "change_reason")  # emptied by publishing, kept with the value that it replaces
