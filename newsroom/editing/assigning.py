"""The form that gives a step to somebody."""

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.views.generic import WagtailAdminTemplateMixin
from wagtail.admin.widgets import AdminDateTimeInput
from wagtail.models import TaskState

from core.notices.reading import name_of

from ..models import ReviewState
from ..reviewing.assigning import assign, candidates, may_assign
from ..reviewing.telling import edit_url, label_of


class People(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return name_of(obj)


class AssignForm(forms.Form):
    person = People(
        queryset=None,
        required=False,
        label=gettext_lazy("Reviewer"),
        empty_label=gettext_lazy("All who take this step"),
    )
    due = forms.DateTimeField(
        required=False,
        label=gettext_lazy("To be done until"),
        widget=AdminDateTimeInput,
        help_text=gettext_lazy("The reviewers are reminded a day before."),
    )

    def __init__(self, *args: Any, state: ReviewState, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = candidates(state)


class ReviewAssignView(WagtailAdminTemplateMixin, FormView):
    form_class = AssignForm
    template_name = "newsroom/admin/assign.html"
    page_title = gettext_lazy("Give to a reviewer")
    header_icon = "user"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not may_assign(request.user, self.state):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def state(self) -> ReviewState:
        waiting = ReviewState.objects.filter(status=TaskState.STATUS_IN_PROGRESS)
        return get_object_or_404(waiting, pk=self.kwargs["state"])

    def get_page_subtitle(self) -> str:
        return label_of(self.state.object)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        obj = {"url": edit_url(self.state.object), "label": label_of(self.state.object)}
        return [*super().get_breadcrumbs_items(), obj, {"url": "", "label": self.get_page_title()}]

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"state": self.state}

    def get_initial(self) -> dict[str, Any]:
        return {"person": self.state.assignee, "due": self.state.due}

    def form_valid(self, form: AssignForm) -> HttpResponse:
        person = form.cleaned_data["person"]
        assign(self.state, person, form.cleaned_data["due"], self.request.user)
        said = (
            _("{name} has it now, and is told.").format(name=name_of(person)) if person else _("All may take it now.")
        )
        messages.success(self.request, said)
        return redirect(edit_url(self.state.object) or reverse("wagtailadmin_home"))
