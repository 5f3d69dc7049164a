"""The admin of figures."""

from typing import ClassVar

from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages
from wagtail.admin.ui.tables import BooleanColumn, Column, LiveStatusTagColumn
from wagtail.snippets.views.snippets import SnippetViewSetGroup

from core.editing.viewsets import PortalCreateView, PortalSnippetViewSet, WhenColumn

from .matching.filling import filled_from, what_to_do
from .models import Dimension, Metric, Observation, Period, Source, Theme, Unit
from .unpublishing import MetricUnpublishView, ObservationUnpublishView


KEY = Column("key", label=_("Key"))


class MetricViewSet(PortalSnippetViewSet):
    model = Metric
    icon = "history"
    unpublish_view_class = MetricUnpublishView
    related: ClassVar = ["theme", "unit"]
    list_display: ClassVar = ["name", "theme", "unit", "measure", "direction", "key", LiveStatusTagColumn()]
    list_filter: ClassVar = ["theme", "measure", "direction", "unit", "live"]
    list_export: ClassVar = ["key", "name", "definition", "theme", "unit", "measure", "direction", "order", "live"]
    export_filename = "metrics"
    chooser_columns: ClassVar = [Column("theme", label=_("Theme")), Column("unit", label=_("Unit")), KEY]
    chooser_form_fields: ClassVar = ["name", "key", "definition", "theme", "unit", "measure", "direction"]


class ObservationCreateView(PortalCreateView):
    """Its form may be filled from a sentence of a story, which the list before publishing leads here with."""

    def get_initial_form_instance(self) -> Observation | None:
        filled = filled_from(self.request.GET) if self.request.method == "GET" else None
        if filled is None:
            return super().get_initial_form_instance()
        figure, sentence = filled
        messages.info(self.request, what_to_do(sentence))
        return figure


class ObservationViewSet(PortalSnippetViewSet):
    model = Observation
    icon = "order"
    add_view_class = ObservationCreateView
    unpublish_view_class = ObservationUnpublishView
    related: ClassVar = [
        "metric", "metric__theme", "unit", "period", "dimension", "source", "subject_school", "subject_organisation"
    ]  # fmt: skip
    list_display: ClassVar = [
        "metric",
        "dimension",
        Column("subject", label=_("Subject")),
        "period",
        Column("display", label=_("Value"), sort_key="value"),
        "status",
        "source",
        "key",
        LiveStatusTagColumn(),
    ]
    list_filter: ClassVar = [
        "metric__theme", "metric", "period", "subject_organisation", "status", "live", "derived", "source"
    ]  # fmt: skip
    list_export: ClassVar = [
        "key",
        "metric",
        "metric.key",
        "dimension",
        "subject",
        "period",
        "value",
        "unit",
        "qualifier",
        "printed",
        "comparator_value",
        "comparator_scope",
        "source",
        "source_place",
        "derived",
        "status",
        "live",
        "change_reason",
        "note",
    ]
    export_headings: ClassVar = {"metric.key": _("Key of the metric"), "subject": _("Subject")}
    export_filename = "observations"
    chooser_columns: ClassVar = [Column("source", label=_("Source")), KEY]


class PeriodViewSet(PortalSnippetViewSet):
    model = Period
    icon = "calendar"
    list_display: ClassVar = ["label", "kind", "start", "end", "key"]
    list_filter: ClassVar = ["kind"]
    chooser_columns: ClassVar = [
        Column("kind", label=_("Kind"), accessor="get_kind_display"),
        WhenColumn("start", label=_("First day")),
        WhenColumn("end", label=_("Last day")),
        KEY,
    ]
    chooser_form_fields: ClassVar = ["label", "key", "kind", "start", "end", "basis"]


class DimensionViewSet(PortalSnippetViewSet):
    model = Dimension
    icon = "sliders"
    list_display: ClassVar = ["label", "axis", "member", "order", "key"]
    list_filter: ClassVar = ["axis"]
    chooser_columns: ClassVar = [Column("axis", label=_("Axis")), KEY]
    chooser_form_fields: ClassVar = ["label", "key", "axis", "member"]


class UnitViewSet(PortalSnippetViewSet):
    model = Unit
    icon = "decimal"
    list_display: ClassVar = ["symbol", "kind", "square_metres", "key"]
    list_filter: ClassVar = ["kind"]
    chooser_columns: ClassVar = [Column("kind", label=_("Kind"), accessor="get_kind_display")]
    chooser_form_fields: ClassVar = ["symbol", "key", "kind", "square_metres"]


class ThemeViewSet(PortalSnippetViewSet):
    model = Theme
    icon = "folder-open-inverse"
    list_display: ClassVar = ["name", "order", "key"]
    chooser_columns: ClassVar = [KEY]
    chooser_form_fields: ClassVar = ["name", "key"]


class SourceViewSet(PortalSnippetViewSet):
    model = Source
    icon = "doc-full"
    list_display: ClassVar = [
        "title",
        "publisher",
        "published_on",
        BooleanColumn("link", label=_("Link"), accessor=lambda source: bool(source.link)),
        "key",
    ]
    list_filter: ClassVar = ["publisher"]
    chooser_columns: ClassVar = [Column("publisher", label=_("Publisher")), WhenColumn("published_on", label=_("Date"))]
    chooser_form_fields: ClassVar = ["title", "key", "authors", "publisher", "published_on", "date_note", "link"]


class FiguresGroup(SnippetViewSetGroup):
    items = (
        ObservationViewSet,
        MetricViewSet,
        ThemeViewSet,
        UnitViewSet,
        PeriodViewSet,
        DimensionViewSet,
        SourceViewSet,
    )
    menu_label = _("Figures")
    menu_icon = "order"
    menu_name = "figures"
    menu_order = 210
