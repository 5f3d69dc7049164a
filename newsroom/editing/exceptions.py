"""The forms that publish by the word of one person: urgently, or to mend a typing error."""

from typing import Any

from django import forms
from django.apps import apps
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from core.models import BasePage
from core.publishing.acts import NotPublishable
from core.text.differences import Piece

from ..reviewing.content import changed_words, said_by
from ..reviewing.kinds import kind_of
from ..reviewing.telling import edit_url, label_of
from ..reviewing.typing_errors import may_have
from ..reviewing.without_review import correct, is_final_reviewer, is_reviewer, publish_urgently


class UrgentForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        widget=forms.Textarea({"rows": 3}),
        help_text=gettext_lazy("Why it cannot wait for its reviews. It stays in the record for good."),
    )


class CorrectionForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("What was wrong"), required=False, widget=forms.Textarea({"rows": 2}), max_length=500
    )


class ExceptionView(WagtailAdminTemplateMixin, FormView):
    """The newest draft of one thing. What is refused is said beside the field, and what was typed stays."""

    template_name = "newsroom/admin/exception.html"
    header_icon = "warning"
    explanation: Any = ""
    done: Any = ""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not self.may(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def may(self, user: Any) -> bool:
        raise NotImplementedError

    def act(self, reason: str) -> None:
        raise NotImplementedError

    @cached_property
    def object(self) -> Any:
        try:
            model = apps.get_model(self.kwargs["model"])
        except (LookupError, ValueError) as error:
            raise Http404 from error
        if not kind_of(model):
            raise Http404
        found = get_object_or_404(model, pk=self.kwargs["pk"])
        return found.specific if isinstance(found, BasePage) else found

    def get_page_subtitle(self) -> str:
        return label_of(self.object)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        obj = {"url": edit_url(self.object), "label": label_of(self.object)}
        return [*super().get_breadcrumbs_items(), obj, {"url": "", "label": self.get_page_title()}]

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            self.act(form.cleaned_data["reason"])
        except NotPublishable as error:
            for problem in error.messages:
                form.add_error("reason", problem)
            return self.form_invalid(form)
        messages.success(self.request, self.done)
        return redirect(edit_url(self.object))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        own = {"explanation": self.explanation, "is_live": self.object.live, "changes": self._changes()}
        return super().get_context_data(**kwargs) | own

    def _changes(self) -> list[list[Piece]]:
        """The words of something live that readers will see changed."""
        if not self.object.live:
            return []
        before, now = said_by(self.object), said_by(self.object.get_latest_revision_as_object())
        return [pieces for _name, pieces in changed_words(before, now)]


class PublishUrgentlyView(ExceptionView):
    form_class = UrgentForm
    page_title = gettext_lazy("Publish urgently")
    explanation = gettext_lazy(
        "Readers see the newest draft at once. Its reviews begin then: until they are made, it is on a list that everybody sees."
    )
    done = gettext_lazy("It is live. Its reviews are to be made up for.")

    def may(self, user: Any) -> bool:
        return is_final_reviewer(user, self.object)

    def act(self, reason: str) -> None:
        publish_urgently(self.object, self.request.user, reason)


class CorrectTypingErrorView(ExceptionView):
    form_class = CorrectionForm
    page_title = gettext_lazy("Correct a typing error")
    explanation = gettext_lazy(
        "One reviewer is enough for a live text in whose title, standfirst, captions or text at most 20 characters differ since"
        " its last full review: no number, no name, no negation and no link."
    )
    done = gettext_lazy("The correction is live.")

    def may(self, user: Any) -> bool:
        return may_have(type(self.object)) and is_reviewer(user, self.object)

    def act(self, reason: str) -> None:
        correct(self.object, self.request.user, reason)
