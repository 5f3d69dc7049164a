"""The screen on which what waits for one person is given to others."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from core.keys import parse_key
from core.models import User
from core.notices.reading import name_of

from .giving import NotTaken, candidates, hand_over
from .waiting import LOCK, Waiting, may_hand_over, people_with_work, waiting_for_person


class People(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return name_of(obj)


class HandOverForm(forms.Form):
    """`waiting` is what there is to choose from, all of it at first."""

    person = People(
        queryset=User.objects.none(),
        required=False,
        label=gettext_lazy("Give it to"),
        empty_label=gettext_lazy("Nobody: all who may take it find it among what waits"),
        help_text=gettext_lazy("Whoever gets something is told. Locks are lifted, whomever you choose."),
    )

    def __init__(self, *args: Any, waiting: list[Waiting], people: QuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.waiting = waiting
        self.fields["person"].queryset = people

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.chosen:
            self.add_error(None, _("Tick what you want to give."))
        return cleaned

    @property
    def chosen(self) -> list[Waiting]:
        wanted = self.wanted
        return [each for each in self.waiting if each.value in wanted]

    @property
    def wanted(self) -> set[str]:
        """What was sent is ticked; at first everything is."""
        return set(self.data.getlist("item")) if self.is_bound else {each.value for each in self.waiting}


class HandOverView(WagtailAdminTemplateMixin, FormView):
    """All for whom something waits; with `person`, what waits for that one."""

    form_class = HandOverForm
    template_name = "newsroom/admin/hand_over.html"
    page_title = gettext_lazy("Hand over work")
    header_icon = "user"
    http_method_names = ("get", "post")
    refused: frozenset[str] = frozenset()

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not may_hand_over(request.user):
            raise PermissionDenied
        if request.method == "POST" and self.person is None:
            return redirect("hand_over")
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def person(self) -> Any:
        key = parse_key(self.request.GET.get("person"))
        return User.objects.filter(pk=key).first() if key is not None else None

    @cached_property
    def found(self) -> tuple[list[Waiting], int]:
        return waiting_for_person(self.person, self.request.user)

    def get_page_subtitle(self) -> str:
        return name_of(self.person) if self.person else ""

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        said = _("What waits for {name}").format(name=self.get_page_subtitle())
        of = [{"url": "", "label": said}] if self.person else []
        url = reverse("hand_over") if of else ""
        return [*super().get_breadcrumbs_items(), {"url": url, "label": self.get_page_title()}, *of]

    def get_form(self, form_class: Any = None) -> Any:
        return super().get_form(form_class) if self.person and self.found[0] else None

    def get_form_kwargs(self) -> dict[str, Any]:
        waiting, _more = self.found
        return super().get_form_kwargs() | {"waiting": waiting, "people": candidates(waiting, self.person)}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.get_form() is None:
            messages.warning(request, _("Nothing waits for this person any more."))
            return redirect("hand_over")
        return super().post(request, *args, **kwargs)

    def form_valid(self, form: HandOverForm) -> HttpResponse:
        to = form.cleaned_data["person"]
        try:
            hand_over(form.chosen, to, self.request.user)
        except NotTaken as error:
            return self._not_taken(form, error.refused, to)
        for said in _given(form.chosen, to):
            messages.success(self.request, said)
        if gone := len(form.wanted) - len(form.chosen):
            said = ngettext("{number} waits no more.", "{number} wait no more.", gone)
            messages.info(self.request, said.format(number=gone))
        return redirect(f"{reverse('hand_over')}?person={self.person.pk}")

    def _not_taken(self, form: HandOverForm, refused: Any, to: Any) -> HttpResponse:
        """They are marked, and ticked no more: the rest can be given with one click."""
        self.refused = frozenset(each.value for each in refused)
        count = len(refused)
        said = ngettext(
            "Nothing was given yet: {name} may not take {number} of these, which is marked below and ticked no more. Give it to "
            "somebody else.",
            "Nothing was given yet: {name} may not take {number} of these, which are marked below and ticked no more. Give them "
            "to somebody else.",
            count,
        )
        form.add_error(None, said.format(name=name_of(to), number=count))
        return self.form_invalid(form)

    def form_invalid(self, form: HandOverForm) -> HttpResponse:
        messages.validation_error(self.request, _("Nothing was given."), form)
        return super().form_invalid(form)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        own = {"person": self.person} | (self._of_person(kwargs) if self.person else self._of_all())
        return super().get_context_data(**{"form": None} | kwargs) | own

    def _of_all(self) -> dict[str, Any]:
        return {"people": people_with_work(self.request.user)}

    def _of_person(self, kwargs: dict[str, Any]) -> dict[str, Any]:
        waiting, more = self.found
        form = kwargs.get("form") or self.get_form()
        kwargs["form"] = form
        ticked = form.wanted - self.refused if form else set()
        rows = [(each, each.value in ticked, each.value in self.refused) for each in waiting]
        return {"rows": rows, "more": more}


def _given(chosen: list[Waiting], to: Any) -> Iterator[str]:
    """What became of it, in sentences."""
    locks = sum(each.sort == LOCK for each in chosen)
    count = len(chosen) - locks
    if count and to is None:
        said = ngettext(
            "{number} is free for all who may take it.", "{number} are free for all who may take them.", count
        )
        yield said.format(number=count)
    elif count:
        said = ngettext(
            "{name} has {number} more now, and is told.", "{name} has {number} more now, and is told.", count
        )
        yield said.format(name=name_of(to), number=count)
    if locks:
        yield ngettext("{number} lock was lifted.", "{number} locks were lifted.", locks).format(number=locks)


class HandOverMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> Any:
        return may_hand_over(request.user)
