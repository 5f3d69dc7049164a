"""Links from a school's name in a text to its profile."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column
from wagtail.rich_text.feature_registry import FeatureRegistry

from core.rendering.object_links import LinkChooserViewSet, register_object_link
from core.rendering.rich_text import ObjectLinkHandler

from .models import SchoolPage


class SchoolLinkHandler(ObjectLinkHandler):
    """`<a linktype="school" id="7">双福六小</a>`; the page is loaded as a base page, like every other."""

    identifier = "school"
    css_class = "school-link"

    @staticmethod
    def get_model() -> type[models.Model]:
        return SchoolPage


class SchoolChooserViewSet(LinkChooserViewSet):
    model = SchoolPage
    handler = SchoolLinkHandler
    icon = "group"
    page_title = _("Choose a school")
    title_heading = _("Name")
    more_columns = (
        Column("stage", label=_("Stage"), accessor="get_stage_display"),
        Column("town", label=_("Town"), accessor=lambda school: school.town or school.area),
        Column("official_name", label=_("Official name")),
    )

    def get_object_list(self) -> Any:
        """What every reader can see: an editor of stories learns of no draft and no private page here."""
        return SchoolPage.objects.live().public().select_related("town").order_by("path")


school_chooser = SchoolChooserViewSet("school_links", url_prefix="school-links")


def register(features: FeatureRegistry) -> None:
    button = {"icon": "group", "description": _("Link a school")}
    register_object_link(features, "school-link", SchoolLinkHandler, school_chooser.name, button)
