"""The admin of the glossary."""

from typing import ClassVar

import django_filters
from django.db import models
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.panels import FieldPanel, ObjectList
from wagtail.admin.ui.tables import BooleanColumn, Column
from wagtail.admin.widgets.button import Button

from core.editing.viewsets import PortalIndexView, PortalSnippetViewSet

from .exchange.glossary import FORMATS, may_import
from .forms import PhraseForm, TermForm
from .models import Phrase, SectionLimit, Term, TermTarget
from .models.glossary import target_languages


class TermFilterSet(WagtailFilterSet):
    rendered_in = django_filters.ChoiceFilter(
        label=_("Rendered in"), choices=target_languages(), method="filter_rendered_in"
    )
    missing_in = django_filters.ChoiceFilter(
        label=_("Missing in"), choices=target_languages(), method="filter_missing_in"
    )

    class Meta:
        model = Term
        fields: ClassVar = ["subject", "do_not_translate"]

    def filter_rendered_in(self, terms: models.QuerySet, _name: str, code: str) -> models.QuerySet:
        return terms.filter(_rendering_in(code))

    def filter_missing_in(self, terms: models.QuerySet, _name: str, code: str) -> models.QuerySet:
        return terms.filter(~_rendering_in(code), do_not_translate=False)


def _rendering_in(code: str) -> models.Exists:
    """Whether a term has an allowed rendering in the language."""
    return models.Exists(TermTarget.objects.filter(term=models.OuterRef("pk"), language=code, forbidden=False))


class TermIndexView(PortalIndexView):
    @cached_property
    def header_more_buttons(self) -> list[Button]:
        buttons = super().header_more_buttons
        if may_import(self.request.user):
            address = reverse("languages_glossary_import")
            buttons = [*buttons, Button(_("Import CSV or TBX"), url=address, icon_name="upload", priority=110)]
        address = reverse("languages_glossary_export")
        return [
            *buttons,
            *(
                Button(label, url=f"{address}?format={name}", icon_name="download", priority=120)
                for name, (_version, label) in FORMATS.items()
            ),
        ]


class LinesColumn(Column):
    cell_template_name = "languages/admin/cells/lines.html"


class TermViewSet(PortalSnippetViewSet):
    model = Term
    index_view_class = TermIndexView
    icon = "openquote"
    menu_label = _("Glossary")
    menu_name = "glossary"
    menu_order = 240
    add_to_admin_menu = True
    edit_handler = ObjectList(Term.panels, base_form_class=TermForm)
    filterset_class = TermFilterSet
    list_display: ClassVar = [
        "source",
        LinesColumn("allowed", label=_("Renderings")),
        LinesColumn("forbidden", label=_("Forbidden")),
        Column(
            "subject", label=pgettext_lazy("glossary", "Subject"), accessor="get_subject_display", sort_key="subject"
        ),
        BooleanColumn("do_not_translate", label=_("Do not translate"), sort_key="do_not_translate"),
    ]
    list_export: ClassVar = ["source", "allowed", "forbidden", "subject", "do_not_translate", "note", "place"]
    export_headings: ClassVar = {"allowed": _("Renderings"), "forbidden": _("Forbidden")}
    export_filename = "glossary"
    chooser_columns: ClassVar = [Column("allowed", label=_("Renderings"))]

    def get_queryset(self, request: HttpRequest) -> models.QuerySet:
        return super().get_queryset(request).prefetch_related("targets")


class PhraseViewSet(PortalSnippetViewSet):
    """Phrases of the automatic traditional Chinese."""

    model = Phrase
    edit_handler = ObjectList([*Phrase.panels, FieldPanel("is_meant")], base_form_class=PhraseForm)
    icon = "globe"
    menu_label = _("Traditional phrases")
    menu_order = 245
    add_to_admin_menu = True
    list_display: ClassVar = ["simplified", "traditional", "note"]
    search_fields: ClassVar = ["simplified", "traditional"]


class SectionLimitViewSet(PortalSnippetViewSet):
    """Groups of translators that are limited to a section."""

    model = SectionLimit
    icon = "lock"
    menu_label = _("Section limits of translators")
    list_display: ClassVar = ["group", "section"]
