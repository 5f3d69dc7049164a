"""Wagtail's two kinds of edit views, for pages and for everything else, asked in one way."""

from typing import Any

from django import forms
from django.db import connection, models
from django.http import Http404, HttpResponse, QueryDict
from django.utils.functional import cached_property
from wagtail.admin.views.generic.models import EditView
from wagtail.admin.views.pages.edit import EditView as PageEditView
from wagtail.models import DraftStateMixin, Revision, RevisionMixin

from ...locking import held


class Editing:
    """An edit view while it answers a request. `current` is what is stored now, its latest draft if it has drafts."""

    def __init__(self, view: Any) -> None:
        self.view, self.request = view, view.request

    @cached_property
    def shown(self) -> models.Model:
        """What the view shows: a draft, or an old version that is to be restored."""
        if not hasattr(self.view, "object"):
            self.view.object = self.view.get_object()
        return self.view.object

    @cached_property
    def live(self) -> models.Model:
        """The stored row; a POST holds it until its transaction ends, so of two that come at once the second waits."""
        model, pk = type(self.shown), self.shown.pk
        rows = models.QuerySet(model).filter(pk=pk)
        if self.request.method == "POST" and connection.in_atomic_block:
            rows = held(model, pk)
        found = rows.first()
        if found is None:
            raise Http404
        return found

    @cached_property
    def current(self) -> models.Model:
        return self.live.get_latest_revision_as_object() if isinstance(self.live, DraftStateMixin) else self.live

    @property
    def has_revisions(self) -> bool:
        return isinstance(self.shown, RevisionMixin)

    @cached_property
    def revision(self) -> Revision | None:
        if self.request.method == "POST":
            return self.live.latest_revision if self.has_revisions else None
        return getattr(self.view, "latest_revision", None) or None

    @property
    def panel(self) -> Any:
        return getattr(self.view, "panel", None)

    @property
    def is_reverting(self) -> bool:
        return bool(getattr(self.view, "revision_id", None))

    @property
    def is_refused_anyway(self) -> bool:
        """Whether the view itself takes no form."""
        return False

    def unbound(self, obj: models.Model) -> forms.BaseForm:
        return self._form(data=None, files=None, instance=obj)

    def bound(self, data: QueryDict) -> forms.BaseForm:
        return self._form(data=data, files=None)

    def _form(self, **own: Any) -> forms.BaseForm:
        """As the view makes it, which may do something with it afterwards."""
        form_class = self.view.get_form_class()
        return self.view.get_form(lambda **kwargs: form_class(**kwargs | own))

    def show(self, form: forms.BaseForm) -> HttpResponse:
        """The view's own page with this form, which is not saved yet."""
        self.view.form = form
        return self.view.render_to_response(self.view.get_context_data(form=form))


class PageEditing(Editing):
    @cached_property
    def shown(self) -> models.Model:
        return self.view.page

    @property
    def panel(self) -> Any:
        return self.view.edit_handler

    @property
    def is_refused_anyway(self) -> bool:
        return bool(self.view.page.alias_of_id)

    @property
    def _kwargs(self) -> dict[str, Any]:
        view = self.view
        return {"subscription": view.subscription, "parent_page": view.parent, "for_user": self.request.user}

    def unbound(self, obj: models.Model) -> forms.BaseForm:
        return self.view.form_class(instance=obj, **self._kwargs)

    def bound(self, data: QueryDict) -> forms.BaseForm:
        return self.view.form_class(data, None, instance=self.view.page, **self._kwargs)

    def show(self, form: forms.BaseForm) -> HttpResponse:
        self.view.form, self.view.has_unsaved_changes = form, True
        return self.view.render_to_response(self.view.get_context_data())


KINDS: dict[type, type[Editing]] = {EditView: Editing, PageEditView: PageEditing}


def editing_of(view: Any) -> Editing:
    return next(kind for base, kind in KINDS.items() if isinstance(view, base))(view)
