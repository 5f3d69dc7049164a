"""Figures of which stories say different numbers, each with its sentences."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any, ClassVar

from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, TitleColumn

from core.languages import source_columns
from metrics.models import Observation
from metrics.rich_text import FigureLinkHandler

from ..models import Statement
from ..work.tables import Words, WorkReport
from .comparing import differ


MOST = 5000  # statements that are compared


@dataclass(frozen=True)
class Differing:
    """A figure, and what stories say of it."""

    figure: Observation
    statements: list[Statement]

    @property
    def pk(self) -> int:
        return self.figure.pk

    @property
    def title(self) -> str:
        return FigureLinkHandler.description(self.figure)

    @property
    def value(self) -> str:
        return self.figure.display()

    @property
    def said(self) -> str:
        """All in one cell of a spreadsheet."""
        return "\n".join(f"{each.words}: {each.sentence} ({each.story.title})" for each in self.statements)


def differing() -> dict[int, list[Statement]]:
    """{key of a figure: its statements} of those of which two stories say different numbers: one query."""
    readable = Statement.objects.readable()
    several = readable.order_by().values("figure").annotate(stories=models.Count("story", distinct=True))
    of_several = readable.filter(figure__in=several.filter(stories__gt=1).values("figure"))
    rows = of_several.select_related("story", "figure__metric", "figure__period", "figure__unit")
    found: dict[int, list[Statement]] = defaultdict(list)
    for row in rows.order_by("figure", "story__first_published_at", "pk")[:MOST]:
        found[row.figure_id].append(row)
    return {key: each for key, each in found.items() if _contradict(each)}


def _contradict(rows: list[Statement]) -> bool:
    words = {(row.story_id, row.words): row for row in rows}
    return any(
        differ(one.words, other.words, one.figure)
        for one in words.values()
        for other in words.values()
        if one.story_id < other.story_id
    )


class Sentences(Words):
    cell_template_name = "newsroom/admin/cells/differing_sentences.html"


class DifferingFiguresView(WorkReport):
    """For all who work on pages or figures: what stands in it, every reader can see."""

    page_title = _("Different numbers")
    header_icon = "order"
    index_url_name = "differing_figures"
    index_results_url_name = "differing_figures_results"
    default_ordering = ("metric__name", "pk")
    empty = _("None. Where two stories say different numbers of the same figure, both sentences are shown here.")
    columns: ClassVar[list[Column]] = [
        TitleColumn("title", label=_("Figure"), get_url=lambda row: FigureLinkHandler.url(row.figure)),
        Words("value", label=_("Value")),
        Sentences("statements", label=_("What stories say")),
    ]
    export_headings: ClassVar = {"title": _("Figure"), "value": _("Value"), "said": _("What stories say")}
    list_export: ClassVar = list(export_headings)

    def get_filename(self) -> str:
        return "different-numbers"

    @cached_property
    def differing(self) -> dict[int, list[Statement]]:
        with source_columns():
            return differing()

    def get_base_queryset(self) -> models.QuerySet[Observation]:
        return Observation.objects.public().filter(pk__in=list(self.differing))

    def decorated(self, rows: Any) -> list[Differing]:
        keys = [row.pk for row in rows]
        figures = Observation.objects.with_context().in_bulk(keys)
        return [Differing(figures[key], self.differing[key]) for key in keys if key in figures]
