"""Words of Wagtail's admin that no catalogue reaches: names that it makes of names in its code, and values that it
prints as Python does. Each is said once, at the place that all of its screens share."""

from typing import Any

from django.utils.encoding import force_str
from django.utils.functional import Promise, lazy
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.compare import FieldComparison
from wagtail.admin.forms import choosers as links
from wagtail.admin.panels import FieldPanel
from wagtail.admin.views.pages.search import SearchView
from wagtail.admin.views.reports.aging_pages import AgingPagesView
from wagtail.admin.viewsets.chooser import ChooserViewSet
from wagtail.admin.widgets import AdminPageChooser
from wagtail.models import Collection, Site
from wagtail.sites.views import IndexView as SitesView
from wagtail.snippets.widgets import AdminSnippetChooser
from wagtail.users.views.groups import IndexView as GroupsView


LINK_FIELDS = {
    "link_text": _("Link text"),
    "email_address": _("Email address"),
    "subject": _("Subject of the mail"),
    "body": _("Text of the mail"),
    "phone_number": _("Telephone number"),
}
# As Wagtail's own catalogue has them.
SNIPPET_CHOOSER = {
    "choose_one_text": "Choose %(object)s",
    "choose_another_text": "Choose another %(object)s",
    "link_to_chosen_text": "Edit this %(object)s",
}


def install() -> None:
    _speak_in_choosers()
    _name_what_is_chosen()
    _name_fields()
    _say_yes_and_no()
    _name_roots_and_nobody()
    SearchView.verbose_name, SearchView.verbose_name_plural = _("page"), _("pages")


def _speak_in_choosers() -> None:
    """Wagtail takes these words while it is imported, in the site's language: an English admin read Chinese."""
    ChooserViewSet.choose_one_text = _("Choose")
    ChooserViewSet.choose_another_text = _("Choose another")
    ChooserViewSet.edit_item_text = _("Edit")
    ChooserViewSet.search_tab_label = _("Search")
    ChooserViewSet.create_action_label = _("Create")


def _name_what_is_chosen() -> None:
    """Wagtail makes “Choose unit” when it makes a form, which is kept: it stayed in the language of who asked first."""
    stock_snippet, stock_page = AdminSnippetChooser.__init__, AdminPageChooser.__init__

    def of_snippets(widget: Any, model: Any = None, **options: Any) -> None:
        stock_snippet(widget, model, **options)
        for name, message in SNIPPET_CHOOSER.items():
            if name not in options:
                setattr(widget, name, _about(message, widget.model._meta))

    def of_pages(widget: Any, *args: Any, **options: Any) -> None:
        stock_page(widget, *args, **options)
        if isinstance(widget.choose_one_text, str) and "choose_one_text" not in options:
            widget.choose_one_text = _with_kind(type(widget).choose_one_text, widget.model._meta)

    AdminSnippetChooser.__init__, AdminPageChooser.__init__ = of_snippets, of_pages


_about = lazy(lambda message, meta: gettext(message) % {"object": meta.verbose_name}, str)
_with_kind = lazy(lambda message, meta: f"{message} ({capfirst(meta.verbose_name)})", str)


def _name_fields() -> None:
    forms = (
        links.ExternalLinkChooserForm,
        links.AnchorLinkChooserForm,
        links.EmailLinkChooserForm,
        links.PhoneLinkChooserForm,
    )
    for form in forms:
        for name in LINK_FIELDS.keys() & form.base_fields.keys():
            form.base_fields[name].label = LINK_FIELDS[name]
    for column in SitesView.columns:
        if column.name in ("port", "site_name", "root_page"):
            column.label = Site._meta.get_field(column.name).verbose_name
    for column in GroupsView.columns:
        if column.name == "name":
            column.accessor = str  # as everywhere else (core.roles.name_groups)


def said(value: Any) -> str | Promise:
    """A value as people read it: no True, False or None."""
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    return "" if value is None else value


def _say_yes_and_no() -> None:
    """In what cannot be changed, and where two versions are compared."""
    stock_value, stock_difference = FieldPanel.format_value_for_display, FieldComparison.htmldiff

    def format_value_for_display(panel: FieldPanel, value: Any) -> Any:
        shown = stock_value(panel, value)
        return said(shown) if isinstance(value, bool | None) else shown

    def htmldiff(comparison: FieldComparison) -> str:
        choices = dict(getattr(comparison.field, "flatchoices", ()))
        for side in ("val_a", "val_b"):
            value = getattr(comparison, side)
            setattr(comparison, side, force_str(choices.get(value, said(value))))
        return stock_difference(comparison)

    FieldPanel.format_value_for_display = format_value_for_display
    FieldComparison.htmldiff = htmldiff


def _name_roots_and_nobody() -> None:
    """The collection that holds all others is stored as “Root”; a page that a command published has no publisher."""
    stock_indented, stock_publisher = Collection.get_indented_name, AgingPagesView.add_last_publisher_name_to_page

    def shown(collection: Collection) -> str:
        return gettext("All collections") if collection.depth == 1 else collection.name

    def get_indented_name(collection: Collection, *args: Any, **kwargs: Any) -> str:
        return shown(collection) if collection.depth == 1 else stock_indented(collection, *args, **kwargs)

    def add_last_publisher_name_to_page(view: AgingPagesView, names: dict[Any, str], page: Any) -> None:
        stock_publisher(view, names, page)
        page.last_published_by_user = page.last_published_by_user or gettext("System")

    Collection.__str__, Collection.get_indented_name = shown, get_indented_name
    AgingPagesView.add_last_publisher_name_to_page = add_last_publisher_name_to_page
