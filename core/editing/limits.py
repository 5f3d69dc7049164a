"""Wagtail's own views of the admin, held to what a person may see (visibility). Each is set once, where all share it."""

import json
from typing import Any

from django.core.exceptions import BadRequest, PermissionDenied
from django.db import models
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.admin.ui.tables import Table
from wagtail.admin.views.bulk_action import BulkAction
from wagtail.admin.views.chooser import BrowseView, ExternalLinkView
from wagtail.admin.views.chooser import ChosenMultipleView as ChosenPagesView
from wagtail.admin.views.generic import chooser
from wagtail.admin.views.generic.base import BaseListingView, BaseObjectMixin
from wagtail.admin.views.generic.usage import UsageView
from wagtail.admin.views.pages.bulk_actions.move import MoveBulkAction
from wagtail.admin.views.pages.move import MoveConfirmView
from wagtail.admin.views.reports.page_types_usage import PageTypesUsageReportView
from wagtail.admin.widgets import BaseChooser
from wagtail.api.v2.views import BaseAPIViewSet
from wagtail.documents.api.admin.views import DocumentsAdminAPIViewSet
from wagtail.images.api.admin.views import ImagesAdminAPIViewSet
from wagtail.models import AbstractPage

from ..keys import parse_key
from ..models import BasePage
from .visibility import hidden, may_see, name_seen, seen_among, title_seen, visible_to


def install() -> None:
    _limit_choosers()
    _limit_page_choosers()
    _limit_pasted_addresses()
    _limit_bulk_actions()
    _limit_objects()
    _limit_moving()
    _limit_titles()
    _limit_page_types()
    _name_uses()
    for viewset in (ImagesAdminAPIViewSet, DocumentsAdminAPIViewSet):
        _limit_files(viewset)


# Choosers ----------------------------------------------------------------------------------------


def _limit_choosers() -> None:
    """What is listed, and what comes back when a key is given: for snippets, files and links alike."""
    stock_filter = chooser.BaseChooseView.filter_object_list
    stock_one, stock_many = chooser.ChosenViewMixin.get_object, chooser.ChosenMultipleViewMixin.get_objects

    def filter_object_list(view: chooser.BaseChooseView, objects: models.QuerySet) -> models.QuerySet:
        return stock_filter(view, visible_to(view.request.user, objects))

    def get_object(view: chooser.ChosenViewMixin, pk: str) -> models.Model:
        found = stock_one(view, pk)
        if not may_see(view.request.user, found):
            raise view.model_class.DoesNotExist
        return found

    def get_creation_form(view: chooser.CreateViewMixin) -> BaseForm:
        """There is none where nothing can be made in the chooser, or not by this person."""
        form = super(chooser.CreateViewMixin, view).get_creation_form()
        if form is None:
            raise Http404
        return form

    def get_objects(view: chooser.ChosenMultipleViewMixin, pks: list[str]) -> models.QuerySet:
        return visible_to(view.request.user, stock_many(view, pks))

    chooser.BaseChooseView.filter_object_list = filter_object_list
    chooser.ChosenViewMixin.get_object = get_object
    chooser.ChosenMultipleViewMixin.get_objects = get_objects
    chooser.CreateViewMixin.get_creation_form = get_creation_form


def _limit_page_choosers() -> None:
    """The hook for the chooser's queryset (core/wagtail_hooks.py) limits what is listed, not the page it lies below."""
    stock_list, stock_many = BrowseView.get_object_list, ChosenPagesView.get

    def get_object_list(view: BrowseView) -> Any:
        if not view.parent_page.is_root() and not may_see(view.request.user, view.parent_page):
            if view.kwargs.get("parent_page_id"):
                raise Http404
            view.parent_page = BasePage.get_first_root_node()
        return stock_list(view)

    def get(view: ChosenPagesView, request: HttpRequest) -> HttpResponse:
        keys = [parse_key(value) for value in request.GET.getlist("id")]
        if None in keys:
            raise BadRequest("A key of a page is a number.")
        seen = visible_to(request.user, BasePage.objects.filter(pk__in=keys)).values_list("pk", flat=True)
        request.GET = request.GET.copy()
        request.GET.setlist("id", seen)
        return stock_many(view, request)

    BrowseView.get_object_list = get_object_list
    ChosenPagesView.get = get


def _limit_pasted_addresses() -> None:
    """A pasted address becomes a link to its page for those who may see the page, under the title that they may see."""
    stock = ExternalLinkView.post

    def post(view: ExternalLinkView, request: HttpRequest) -> HttpResponse:
        response = stock(view, request)
        answer = json.loads(response.content)
        link = answer.get("internal") or answer.get("result") or {}
        page = BasePage.objects.filter(pk=link["id"]).first() if "id" in link else None
        if page is None:
            return response
        if not may_see(request.user, page):
            return view.render_chosen_response(view.get_result_data())
        title = page.get_admin_display_title()
        return response if title == link["adminTitle"] else view.render_chosen_response(link | {"adminTitle": title})

    ExternalLinkView.post = post


def _limit_files(viewset: type[BaseAPIViewSet]) -> None:
    stock = viewset.get_queryset

    def get_queryset(view: BaseAPIViewSet) -> models.QuerySet:
        return visible_to(view.request.user, stock(view))

    viewset.get_queryset = get_queryset


# Acts --------------------------------------------------------------------------------------------


def _limit_bulk_actions() -> None:
    """They name what they cannot be applied to: only that which the person may see."""
    stock = BulkAction.get_actionable_objects

    def get_actionable_objects(view: BulkAction) -> tuple[list[Any], dict[str, list[Any]]]:
        objects, others = stock(view)
        hidden = others["items_with_no_access"]
        return objects, others | {"items_with_no_access": seen_among(view.request.user, hidden)}

    BulkAction.get_actionable_objects = get_actionable_objects


def _limit_objects() -> None:
    """Views of one object: some answer with its title before they ask for a right."""
    stock = BaseObjectMixin.setup

    def setup(view: BaseObjectMixin, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        stock(view, request, *args, **kwargs)
        if not may_see(request.user, view.object):
            raise PermissionDenied

    BaseObjectMixin.setup = setup


def _limit_moving() -> None:
    """Who may not move the page there is asked no question about it."""
    stock_dispatch, stock_form = MoveConfirmView.dispatch, MoveBulkAction.get_form

    def dispatch(
        view: MoveConfirmView, request: HttpRequest, page_to_move_id: int, destination_id: int
    ) -> HttpResponse:
        page = get_object_or_404(BasePage, pk=page_to_move_id)
        destination = get_object_or_404(BasePage, pk=destination_id)
        if not page.permissions_for_user(request.user).can_move_to(destination):
            raise PermissionDenied
        return stock_dispatch(view, request, page_to_move_id, destination_id)

    def get_form(view: MoveBulkAction, form_class: Any = None) -> Any:
        form = stock_form(view, form_class)
        chosen = form.fields["chooser"]
        chosen.queryset = visible_to(view.request.user, chosen.queryset) | BasePage.objects.filter(depth=1)
        return form

    MoveConfirmView.dispatch = dispatch
    MoveBulkAction.get_form = get_form


# Titles ------------------------------------------------------------------------------------------


def _limit_titles() -> None:
    """Of pages wherever they are named, and of what a form holds: it may have been chosen by somebody else."""
    stock_title, stock_chosen = AbstractPage.get_admin_display_title, BaseChooser.get_display_title

    def get_admin_display_title(page: BasePage) -> str:
        return title_seen(page, stock_title(page))

    def get_display_title(widget: BaseChooser, instance: models.Model) -> str:
        return name_seen(instance, stock_chosen(widget, instance))

    AbstractPage.get_admin_display_title = get_admin_display_title
    BaseChooser.get_display_title = get_display_title


# Reports -----------------------------------------------------------------------------------------


def _limit_page_types() -> None:
    """The page of a type that was edited last: the last one that the person may see."""
    stock = PageTypesUsageReportView.decorate_paginated_queryset

    def decorate_paginated_queryset(view: PageTypesUsageReportView, page_types: Any) -> Any:
        user = view.request.user
        for kind in (found := stock(view, page_types)):
            if kind.last_edited_page and not may_see(user, kind.last_edited_page):
                pages = visible_to(user, BasePage.objects.filter(content_type=kind.pk))
                latest = pages.order_by(models.F("latest_revision_created_at").desc(nulls_last=True), "title", "-pk")
                kind.last_edited_page = latest.specific().first()
        return found

    PageTypesUsageReportView.decorate_paginated_queryset = decorate_paginated_queryset


def _name_uses() -> None:
    """Where something is used: Wagtail names only what the person may edit; we, what the person may see."""

    def get_table(view: UsageView, object_list: Any, **kwargs: Any) -> Table:
        uses = list(object_list)
        user = view.request.user
        seen = {(type(each), each.pk) for each in seen_among(user, [used_by for used_by, _references in uses])}
        finder = AdminURLFinder(user)
        rows = [_use(each, references, finder, (type(each), each.pk) in seen) for each, references in uses]
        return BaseListingView.get_table(view, rows, **kwargs)

    UsageView.get_table = get_table


def _use(obj: Any, references: Any, finder: AdminURLFinder, is_seen: bool) -> dict[str, Any]:
    kind = obj._meta.verbose_name
    edit_url = finder.get_edit_url(obj)
    is_named = is_seen or edit_url is not None
    return {
        "object": obj,
        "references": references,
        "edit_url": edit_url,
        "label": str(obj) if is_named else hidden(obj),
        "edit_link_title": _("Edit this %(object)s") % {"object": kind} if edit_url else None,
    }
