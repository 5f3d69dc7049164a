"""The admin of schools and of what they belong to."""

from typing import ClassVar

from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.ui.tables.pages import BulkActionsColumn, PageStatusColumn, PageTitleColumn
from wagtail.snippets.views.snippets import SnippetViewSetGroup

from core.editing.viewsets import PageColumn, PortalPageListingViewSet, PortalSnippetViewSet

from .models import Honour, Organisation, SchoolGroup, SchoolPage, SchoolZone, Town


KEY = Column("key", label=_("Key"))


class SchoolListing(PortalPageListingViewSet):
    model = SchoolPage
    name = "school_pages"
    icon = "group"
    menu_label = _("Schools")
    related: ClassVar = ["town"]
    columns: ClassVar = [
        BulkActionsColumn("bulk_actions"),
        PageTitleColumn("title", label=_("Name"), sort_key="title", classname="title"),
        Column("stage", label=_("Stage"), accessor="get_stage_display", sort_key="stage"),
        Column("town", label=_("Town"), accessor=lambda school: school.town or school.area, sort_key="town"),
        Column("school_status", label=_("New or established"), accessor="get_status_display", sort_key="status"),
        DateColumn("latest_revision_created_at", label=_("Updated"), sort_key="latest_revision_created_at"),
        PageStatusColumn("status", label=_("Status"), sort_key="live"),
    ]
    list_filter: ClassVar = ["stage", "town", "status", "ownership", "setting", "zone", "group", "live"]


class OrganisationViewSet(PortalSnippetViewSet):
    model = Organisation
    icon = "site"
    list_display: ClassVar = ["name", "kind", "other_names", "key"]
    list_filter: ClassVar = ["kind"]
    chooser_columns: ClassVar = [Column("kind", label=_("Kind"), accessor="get_kind_display"), KEY]


class HonourViewSet(PortalSnippetViewSet):
    model = Honour
    icon = "success"
    related: ClassVar = ["grantor", "holder_school", "holder_organisation"]
    list_display: ClassVar = [
        "name",
        Column("holder", label=_("Holder")),
        "kind",
        "level",
        "grantor",
        "year",
        "key",
    ]
    list_filter: ClassVar = ["kind", "level", "year", "grantor", "holder_organisation"]
    list_export: ClassVar = [
        "key",
        "name",
        "holder",
        "kind",
        "level",
        "grantor",
        "year",
        "count",
        "count_basis",
        "evidence",
        "note",
    ]
    export_headings: ClassVar = {"holder": _("Holder")}
    export_filename = "honours"
    chooser_columns: ClassVar = [
        Column("holder", label=_("Holder")),
        Column("level", label=_("Level"), accessor="get_level_display"),
        Column("year", label=_("Year")),
    ]


class TownViewSet(PortalSnippetViewSet):
    model = Town
    icon = "home"
    list_display: ClassVar = ["name", "key"]
    chooser_columns: ClassVar = [KEY]


class SchoolZoneViewSet(PortalSnippetViewSet):
    model = SchoolZone
    icon = "grid"
    related: ClassVar = ["lead"]
    list_display: ClassVar = ["name", "lead", "key"]
    chooser_columns: ClassVar = [PageColumn("lead", label=_("Lead school")), KEY]


class SchoolGroupViewSet(PortalSnippetViewSet):
    model = SchoolGroup
    icon = "group"
    related: ClassVar = ["lead"]
    list_display: ClassVar = ["name", "lead", "key"]
    chooser_columns: ClassVar = [PageColumn("lead", label=_("Lead school")), KEY]


class SchoolsGroup(SnippetViewSetGroup):
    items = (
        SchoolListing,
        HonourViewSet,
        OrganisationViewSet,
        TownViewSet,
        SchoolZoneViewSet,
        SchoolGroupViewSet,
    )
    menu_label = _("Schools")
    menu_icon = "group"
    menu_name = "schools"
    menu_order = 220
