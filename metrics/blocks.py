"""Blocks that show figures: they point to observations and hold no number themselves."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.snippets.blocks import SnippetChooserBlock

from core.rendering.preloading import PreloadedChooserMixin

from .comparison import comparable


MAX_FIGURES = 4


class ObservationChooserBlock(PreloadedChooserMixin, SnippetChooserBlock):
    pass


class MetricChooserBlock(PreloadedChooserMixin, SnippetChooserBlock):
    pass


class FiguresBlock(blocks.StructBlock):
    """One to four figures, set large."""

    heading = blocks.CharBlock(label=_("Heading"), max_length=80, required=False)
    figures = blocks.ListBlock(
        ObservationChooserBlock("metrics.Observation", label=_("Figure")), min_num=1, max_num=4, label=_("Figures")
    )

    class Meta:
        icon = "order"
        label = _("Figures")
        template = "blocks/figures.html"


class ChartBlock(blocks.StructBlock):
    """A metric's observations side by side. With fewer than three comparable ones, they are set as figures."""

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        context = super().get_context(value, parent_context)
        observations = value["metric"].charted() if value["metric"] else []
        return context | {"compared": comparable(observations), "observations": observations[:MAX_FIGURES]}

    metric = MetricChooserBlock("metrics.Metric", label=_("Metric"))
    caption = blocks.CharBlock(label=_("Words below the chart"), max_length=160, required=False)

    class Meta:
        icon = "history"
        label = _("Chart")
        template = "blocks/chart.html"
