"""Links to objects in the editor: a button, an entity that shows what it points to, and a chooser.

The stored form is `<a id="5" linktype="figure">8660个</a>`. In the editor it is an entity whose words may be
edited like any others, with the object's id, label and address as data (static/js/admin/object-links.js).
"""

from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.db import models
from django.urls import reverse, reverse_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from draftjs_exporter.dom import DOM
from wagtail.admin.rich_text.converters.html_to_contentstate import LinkElementHandler
from wagtail.admin.rich_text.editors.draftail.features import EntityFeature
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.generic import chooser as views
from wagtail.admin.viewsets.chooser import ChooserViewSet
from wagtail.rich_text.feature_registry import FeatureRegistry

from ..keys import parse_key
from ..languages import source_columns
from ..text.markup import allow_links
from .rich_text import ObjectLinkHandler


# The editor --------------------------------------------------------------------------------------


def register_object_link(
    features: FeatureRegistry, feature: str, handler: type[ObjectLinkHandler], chooser: str, button: dict[str, Any]
) -> None:
    """Register a link type with its button and its conversion. `button`: icon or label, and description."""
    entity = handler.identifier.upper()
    features.register_link_type(handler)
    allow_links(feature, handler.identifier)
    features.register_editor_plugin(
        "draftail",
        feature,
        EntityFeature(
            {
                "type": entity,
                "attributes": ["id", "label", "url"],
                "chooserUrl": reverse_lazy(f"{chooser}:choose"),
                **button,
            },
            js=["wagtailadmin/js/chooser-modal.js", "js/admin/object-links.js"],
        ),
    )
    features.register_converter_rule(
        "contentstate",
        feature,
        {
            "from_database_format": {f'a[linktype="{handler.identifier}"]': ObjectLinkElementHandler(entity, handler)},
            "to_database_format": {"entity_decorators": {entity: _element(handler.identifier)}},
        },
    )


class ObjectLinkElementHandler(LinkElementHandler):
    """From the stored form: the entity's data is read from the object."""

    def __init__(self, entity_type: str, handler: type[ObjectLinkHandler]) -> None:
        super().__init__(entity_type)
        self.handler = handler

    def get_attribute_data(self, attrs: dict[str, str]) -> dict[str, Any]:
        [obj] = self.handler.get_many([attrs])
        if obj is None:
            return {"id": attrs.get("id"), "label": gettext("No longer published"), "url": None}
        return entity_data(self.handler, obj)


def entity_data(handler: type[ObjectLinkHandler], obj: models.Model) -> dict[str, Any]:
    with source_columns():
        return {"id": str(obj.pk), "label": handler.label(obj), "url": handler.url(obj)}


def _element(linktype: str) -> Any:
    """To the stored form; an entity without a number for its id is its words alone."""

    def element(props: dict[str, Any]) -> Any:
        key = parse_key(props.get("id"))
        if key is None:
            return props["children"]
        return DOM.create_element("a", {"linktype": linktype, "id": str(key)}, props["children"])

    return element


# The chooser -------------------------------------------------------------------------------------


class _LinkTable:
    """Mixed into the views with the table: its columns are the viewset's, and nothing is created from it."""

    title_heading = _("Title")
    title_accessor: Any = str
    more_columns: tuple[Column, ...] = ()

    @property
    def columns(self) -> list[Column]:
        title = TitleColumn(
            "title",
            label=self.title_heading,
            accessor=self.title_accessor,
            get_url=lambda obj: reverse(self.chosen_url_name, args=[obj.pk]),
            link_attrs={"data-chooser-modal-choice": True},
        )
        return [title, *self.more_columns]

    def can_create(self) -> bool:
        return False


class LinkChooseView(_LinkTable, views.ChooseView):
    pass


class LinkChooseResultsView(_LinkTable, views.ChooseResultsView):
    pass


class LinkChosenView(views.ChosenView):
    """The chosen object as the editor needs it, from those that the table offers and no others."""

    handler: type[ObjectLinkHandler] = ObjectLinkHandler

    def get_object(self, pk: str) -> models.Model:
        found = self.get_object_list().filter(pk=parse_key(pk)).first()
        if found is None:
            raise ObjectDoesNotExist
        return found

    def get_chosen_response_data(self, item: models.Model) -> dict[str, Any]:
        with source_columns():
            return {**entity_data(self.handler, item), "title": self.handler.words(item)}


class LinkChooserViewSet(ChooserViewSet):
    """What a link may point to. Subclasses give `handler`, `get_object_list` and the columns."""

    register_widget = False
    handler: type[ObjectLinkHandler]
    title_heading = _("Title")
    title_accessor: Any = str
    more_columns: tuple[Column, ...] = ()
    choose_view_class = LinkChooseView
    choose_results_view_class = LinkChooseResultsView
    chosen_view_class = LinkChosenView

    def get_object_list(self) -> models.QuerySet:
        raise NotImplementedError

    def get_common_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        ours = ("handler", "title_heading", "title_accessor", "more_columns")
        return super().get_common_view_kwargs(**{name: getattr(self, name) for name in ours}, **kwargs)

    @property
    def chosen_view(self) -> Any:
        return self.construct_view(self.inject_view_methods(self.chosen_view_class, ["get_object_list"]))

    def get_urlpatterns(self) -> list[Any]:
        """One object at a time, and none is created."""
        return [path for path in super().get_urlpatterns() if path.name in ("choose", "choose_results", "chosen")]
