"""Links from a number in a text to the figure that it states."""

from typing import Any

from django.db import models
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column
from wagtail.rich_text.feature_registry import FeatureRegistry

from core.languages import SOURCE, reading
from core.numbers import write_figure
from core.open_data.spreadsheets import plain_number
from core.rendering.object_links import LinkChooserViewSet, register_object_link
from core.rendering.rich_text import ObjectLinkHandler
from core.text.fallback import joined

from .models import Observation
from .plausibility import disagreeing


class FigureLinkHandler(ObjectLinkHandler):
    """`<a linktype="figure" id="5">8660个</a>`: a link to the metric's page, with the value for programs."""

    identifier = "figure"
    css_class = "figure-link"

    @staticmethod
    def get_model() -> type[models.Model]:
        return Observation

    @classmethod
    def url(cls, obj: Observation) -> str | None:
        return obj.metric.get_absolute_url() if obj.metric.live else None

    @classmethod
    def words(cls, obj: Observation) -> str:
        return obj.display()

    @classmethod
    def stated(cls, obj: Observation) -> str:
        if obj.value is None or obj.unit is None:
            return ""
        with reading(SOURCE):
            return write_figure(obj.value, obj.unit.forms(), SOURCE, qualifier=obj.qualifier)

    @classmethod
    def contradicts(cls, obj: Observation, words: str) -> bool:
        if obj.value is None or obj.unit is None:
            return False
        with reading(SOURCE):
            return bool(disagreeing(words, obj.value, obj.unit, obj.qualifier))

    @classmethod
    def stamp(cls, obj: Observation) -> str:
        """Value, hedge and unit."""
        return f"{plain_number(obj.value)}:{obj.qualifier}:{obj.unit.key}" if obj.value is not None and obj.unit else ""

    @classmethod
    def description(cls, obj: Observation) -> str:
        """Metric, part, subject and period: without them a number says nothing."""
        part = None if obj.dimension.is_total else obj.dimension
        return joined(" · ", (each for each in (obj.metric, part, obj.subject, obj.period) if each))

    @classmethod
    def label(cls, obj: Observation) -> str:
        return f"{cls.words(obj)} · {cls.description(obj)}"

    @classmethod
    def wrap(cls, obj: Observation, inner: str) -> str:
        return format_html('<data value="{}">{}</data>', plain_number(obj.value), mark_safe(inner))  # noqa: S308 (stored markup)


class FigureChooserViewSet(LinkChooserViewSet):
    model = Observation
    handler = FigureLinkHandler
    icon = "order"
    page_title = _("Choose a figure")
    title_heading = _("Metric")
    more_columns = (
        Column("dimension", label=_("Part"), accessor=lambda obj: "" if obj.dimension.is_total else obj.dimension),
        Column("subject", label=_("Subject")),
        Column("period", label=_("Period")),
        Column("value", label=_("Value"), accessor="display"),
    )

    @staticmethod
    def title_accessor(obj: Observation) -> str:
        return str(obj.metric)

    def get_object_list(self) -> Any:
        """Figures that readers can look up: not those of a draft metric, or of a school that is a draft or private."""
        return Observation.objects.public().with_context()


figure_chooser = FigureChooserViewSet("figure_links", url_prefix="figure-links")


def register(features: FeatureRegistry) -> None:
    button = {"icon": "order", "description": _("Link a figure")}
    register_object_link(features, "figure-link", FigureLinkHandler, figure_chooser.name, button)
