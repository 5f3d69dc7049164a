"""What the admin of every snippet and page listing shares, and the admin of languages."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.http import HttpRequest
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem
from wagtail.admin.panels import FieldPanel, HelpPanel
from wagtail.admin.ui.tables import BooleanColumn, Column
from wagtail.admin.views.pages.listing import IndexView as PageIndexView
from wagtail.admin.viewsets.chooser import ChooserViewSet
from wagtail.admin.viewsets.pages import PageListingViewSet
from wagtail.log_actions import log
from wagtail.models import DraftStateMixin
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permissions import policy_registry
from wagtail.search.backends import get_search_backend
from wagtail.snippets.views.chooser import (
    BaseSnippetChooseView,
    ChooseResultsView,
    ChooseView,
    SnippetChooserViewSet,
    SnippetCreateView,
)
from wagtail.snippets.views.snippets import CopyView, CreateView, EditView, IndexView, SnippetViewSet

from ..models import Language, SiteNotice
from ..models.forms import ScheduleFormMixin
from .visibility import may_see


FOUND = 500  # a search lists at most so many, the best first


class SearchedIndexMixin:
    """A listing whose search can be combined with any filter and order.

    The stock view hands its filtered queryset to the search backend, which raises an error for every filter or order
    over a relation. Here the search runs first, and its results filter the queryset.
    """

    def search_queryset(self, queryset: models.QuerySet) -> models.QuerySet:
        if not self.is_searching:
            return queryset
        found = get_search_backend().autocomplete(self.search_query, self.model)
        return queryset.filter(pk__in=[obj.pk for obj in found[:FOUND]])


class PortalIndexView(SearchedIndexMixin, IndexView):
    """A listing of snippets."""


class PortalCopyView(CopyView):
    """Shows a form filled in from another object, which is then posted to the view that adds."""

    http_method_names: ClassVar = ["get", "head", "options"]


class WhenColumn(Column):
    """A date, or a moment, as such. Wagtail's DateColumn says how long ago it was, which tells nothing of what it belongs
    to: the first day of a period, the end of a notice."""

    def get_value(self, instance: Any) -> str:
        when: date | None = super().get_value(instance)
        if isinstance(when, datetime):
            return date_format(localtime(when), "SHORT_DATETIME_FORMAT")
        return date_format(when) if when else ""


class _ColumnsMixin(BaseSnippetChooseView):
    extra_columns: Sequence[Column] = ()
    related: Sequence[str] = ()

    def get_object_list(self) -> models.QuerySet:
        return super().get_object_list().select_related(*self.related)

    @property
    def columns(self) -> list[Column]:
        return [*super().columns, *self.extra_columns]


class _CreationMixin:
    """A form for `form_fields`, where the viewset names some: shown to those who may add."""

    model_class: type[models.Model]
    form_fields: Sequence[str] | None

    def get_creation_form_class(self) -> type[forms.ModelForm] | None:
        if not self.form_fields:
            return None
        form = ChooserCreationForm
        return forms.modelform_factory(self.model_class, form, self.form_fields, formfield_callback=form.field_of)


class PortalChooseView(_CreationMixin, _ColumnsMixin, ChooseView):
    pass


class PortalChooseResultsView(_CreationMixin, _ColumnsMixin, ChooseResultsView):
    pass


class PortalChooserCreateView(_CreationMixin, SnippetCreateView):
    @transaction.atomic
    def save_form(self, form: forms.ModelForm) -> models.Model:
        """What has drafts begins as one: whoever chooses it has not published it."""
        made = form.instance
        if isinstance(made, DraftStateMixin):
            made.live, made.has_unpublished_changes = False, True
        made.save()
        revision = made.save_revision(user=self.request.user) if isinstance(made, DraftStateMixin) else None
        log(made, "wagtail.create", user=self.request.user, revision=revision, content_changed=True)
        return made


class PortalChooserViewSet(SnippetChooserViewSet):
    """A chooser with more columns than the name, and with a form to create what is not there."""

    choose_view_class = PortalChooseView
    choose_results_view_class = PortalChooseResultsView
    create_view_class = PortalChooserCreateView
    extra_columns: Sequence[Column] = ()
    related: Sequence[str] = ()

    def get_common_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_common_view_kwargs(extra_columns=self.extra_columns, related=self.related, **kwargs)


class PageColumn(Column):
    """A page that a row points to, for those who may see it."""

    def get_cell_context_data(self, instance: models.Model, parent_context: dict[str, Any]) -> dict[str, Any]:
        context = super().get_cell_context_data(instance, parent_context)
        page = context["value"]
        return context | {"value": page if page and may_see(parent_context["request"].user, page) else ""}


class _AutosaveIsToldMixin:
    """Mixed into the views with a form: the form knows whether somebody pressed a button or it saves by itself."""

    def is_valid(self, form: forms.BaseForm) -> bool:
        form.is_autosave = self.expects_json_response
        return super().is_valid(form)


class PortalCreateView(_AutosaveIsToldMixin, CreateView):
    pass


class PortalEditView(_AutosaveIsToldMixin, EditView):
    pass


class PortalSnippetFormMixin(ScheduleFormMixin):
    """The form of a snippet of ours.

    A key is refused if it has characters that no key has: Wagtail's own widget takes them away while one types. What
    a model asks for in `clean_for_publishing(draft)` is said beside the fields; a form that saves by itself, in the
    middle of typing, is not held up by it.
    """

    is_autosave = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "key" in self.fields:
            self.fields["key"].widget = forms.TextInput(attrs={"maxlength": self.fields["key"].max_length})

    def _post_clean(self) -> None:
        super()._post_clean()
        rules = getattr(self.instance, "clean_for_publishing", None)
        if rules is None or (self.is_deferred_validation and self.is_autosave):
            return
        try:
            rules(draft=self.is_deferred_validation)
        except ValidationError as error:
            for name, messages in error.message_dict.items():
                if name not in self.errors:
                    self.add_error(name if name in self.fields else None, messages)


class ChooserCreationForm(PortalSnippetFormMixin, forms.ModelForm):
    """The form in a chooser's second tab: the browser's own widgets, for a chooser cannot open above another."""

    is_deferred_validation = True  # as a draft is

    @staticmethod
    def field_of(field: models.Field, **kwargs: Any) -> forms.Field | None:
        if isinstance(field, models.DateField):
            kwargs["widget"] = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
        if isinstance(field, models.URLField):
            kwargs["assume_scheme"] = "https"
        return field.formfield(**kwargs)


class FixedKeyMixin:
    """The form of an object that exists: its key is shown and cannot be typed over. The model refuses other ways."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "key" in self.fields:
            self.fields["key"].widget.attrs["readonly"] = True


class PortalSnippetViewSet(SnippetViewSet):
    """`related` names the foreign keys that the listing and the chooser show; `chooser_form_fields` those that the form in
    the chooser asks for, which is not there without."""

    index_view_class = PortalIndexView
    add_view_class = PortalCreateView
    edit_view_class = PortalEditView
    copy_view_class = PortalCopyView
    chooser_viewset_class = PortalChooserViewSet
    chooser_per_page = 25
    list_per_page = 50
    chooser_columns: Sequence[Column] = ()
    chooser_form_fields: Sequence[str] = ()
    related: Sequence[str] = ()

    def get_queryset(self, request: HttpRequest) -> models.QuerySet:
        return self.model._default_manager.select_related(*self.related)

    def get_form_class(self, for_update: bool = False) -> type[forms.BaseForm]:
        mixins = (FixedKeyMixin, PortalSnippetFormMixin) if for_update else (PortalSnippetFormMixin,)
        return type("PortalSnippetForm", (*mixins, super().get_form_class(for_update)), {})

    @property
    def chooser_viewset(self) -> ChooserViewSet:
        viewset = super().chooser_viewset
        viewset.extra_columns = self.chooser_columns
        viewset.related = self.related
        viewset.form_fields = self.chooser_form_fields
        return viewset


class PortalPageIndexView(SearchedIndexMixin, PageIndexView):
    related: Sequence[str] = ()

    def annotate_queryset(self, pages: models.QuerySet) -> models.QuerySet:
        return super().annotate_queryset(pages).prefetch_related(*self.related)


class ListingMenuItem(MenuItem):
    """Shown to those who may open the listing."""

    viewset: "PortalPageListingViewSet"

    def is_shown(self, request: HttpRequest) -> bool:
        policy = policy_registry.get_by_type(self.viewset.model)
        return policy.user_has_any_permission(request.user, self.viewset.index_view_class.any_permission_required)


class PortalPageListingViewSet(PageListingViewSet):
    """All pages of one type. `related` names the foreign keys that the listing shows."""

    index_view_class = PortalPageIndexView
    related: Sequence[str] = ()

    @cached_property
    def menu_item_class(self) -> type[MenuItem]:
        return type("ListingMenuItem", (ListingMenuItem,), {"viewset": self})

    def get_index_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_index_view_kwargs(related=self.related, **kwargs)


class LanguagePolicy(ModelPermissionPolicy):
    """Languages come from the settings: nobody adds or deletes one here."""

    REFUSED = frozenset({"add", "delete"})

    def user_has_permission(self, user: models.Model, action: str) -> bool:
        return action not in self.REFUSED and super().user_has_permission(user, action)

    def user_has_any_permission(self, user: models.Model, actions: Sequence[str]) -> bool:
        return any(self.user_has_permission(user, action) for action in actions)


class LanguageViewSet(PortalSnippetViewSet):
    model = Language
    icon = "globe"
    menu_label = _("Languages")
    menu_order = 300
    add_to_settings_menu = True
    copy_view_enabled = False
    ordering: ClassVar = ["order", "code"]
    list_display: ClassVar = [
        "__str__",
        "code",
        BooleanColumn("is_open", label=_("Open"), sort_key="is_open"),
        "order",
        "provider",
        BooleanColumn("review_required", label=_("Second pair of eyes"), sort_key="review_required"),
    ]
    list_filter: ClassVar = ["is_open", "review_required"]
    panels: ClassVar = [
        HelpPanel(
            content=_("Languages are opened and closed under Translations, where it is seen what they still need.")
        ),
        FieldPanel("code", read_only=True),
        FieldPanel("is_open", read_only=True),
        FieldPanel("order"),
        FieldPanel("provider"),
        FieldPanel("review_required"),
    ]


class SiteNoticeViewSet(PortalSnippetViewSet):
    """Notices of the whole site: in the menu itself, because they are urgent."""

    model = SiteNotice
    icon = "warning"
    menu_label = _("Site notices")
    menu_order = 290
    add_to_admin_menu = True
    list_display: ClassVar = [
        "text",
        Column("level", label=_("Level"), accessor="get_level_display", sort_key="level"),
        WhenColumn("starts_at", label=_("Shown from"), sort_key="starts_at"),
        WhenColumn("ends_at", label=_("Shown until"), sort_key="ends_at"),
        "order",
    ]
    list_filter: ClassVar = ["level"]
