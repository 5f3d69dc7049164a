"""Withdrawing and releasing a page. They take the place of Wagtail's confirmation of unpublishing."""

from typing import Any, ClassVar

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.pages.unpublish import UnpublishView
from wagtail.admin.viewsets.pages import PageViewSet

from core.models import BasePage
from core.publishing.acts import NotPublishable

from ..models import Withdrawal
from ..rules import CANNOT_RETURN
from .acts import open_to_new_version, release, withdraw
from .forms import ReleaseForm, WithdrawalForm
from .returning import Changed, what_has_changed
from .rules import may_withdraw


def withdrawal_of(page: BasePage) -> Withdrawal | None:
    """The one in effect, with who did it."""
    rows = Withdrawal.objects.in_effect().filter(page=page.pk)
    return rows.select_related("by", "opened_by", "replacement").first()


def _sent_back(request: HttpRequest, page: BasePage, message: str) -> HttpResponse:
    messages.error(request, message)
    may_edit = page.permissions_for_user(request.user).can_edit()
    return redirect("wagtailadmin_pages:edit", page.pk) if may_edit else redirect("wagtailadmin_home")


class WithdrawView(UnpublishView):
    page_title = gettext_lazy("Withdraw")
    template_name = "newsroom/admin/withdraw.html"
    header_icon = "download"
    form: WithdrawalForm

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        page = self.object
        if not may_withdraw(request.user):
            return _sent_back(request, page, _("Pages are withdrawn by a final reviewer."))
        if not page.live and withdrawal_of(page):
            messages.warning(request, _("This page is withdrawn already."))
            return redirect("withdrawal", page.pk)
        if page.live and page.alias_of_id:
            original = page.alias_of.get_admin_display_title()
            said = _("This is another address of “{title}”. Withdraw that page, or delete this one.")
            return _sent_back(request, page, said.format(title=original))
        return super().dispatch(request, *args, **kwargs)

    def get_form(self, data: Any = None) -> WithdrawalForm:
        live_below = self.object.get_descendants().live().filter(alias_of=None).count()
        return WithdrawalForm(data, pages=[self.object], live_below=live_below)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.form = self.get_form()
        return super().get(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.form = self.get_form(request.POST)
        if not self.form.is_valid():
            messages.validation_error(request, _("The page was not withdrawn."), self.form)
            return self.render_to_response(self.get_context_data())
        return super().post(request, *args, **kwargs)

    def unpublish(self) -> HttpResponse | None:
        if answer := self.run_hook("before_unpublish_page", self.request, self.object):
            return answer
        said = self.form.cleaned_data
        made = withdraw(
            [self.object],
            user=self.request.user,
            kind=said["kind"],
            reason=said["reason"],
            replacement=said["replacement"],
            with_below=said.get("include_descendants", False),
        )
        if not made:
            messages.warning(self.request, _("This page was not published any more."))
            return redirect(self.get_next_url())
        return self.run_hook("after_unpublish_page", self.request, self.object)

    def get_success_message(self) -> str:
        return _("“{title}” is withdrawn.").format(title=self.object.get_admin_display_title())

    def get_success_buttons(self) -> list[Any]:
        """A page outside every site has no address that readers could ask for."""
        page = self.object
        seen = [messages.button(page.url, _("What readers find"), new_window=True)] if page.url else []
        return [*seen, messages.button(reverse("withdrawal", args=[page.pk]), _("Release"))]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"form": self.form, "media": self.form.media}


class PortalPageViewSet(PageViewSet):
    """Wagtail's own views of pages, but for unpublishing."""

    name = "portal_pages"
    unpublish_view_class = WithdrawView


class WithdrawalView(WagtailAdminTemplateMixin, FormView):
    """What was withdrawn when, by whom and why; and how it returns."""

    page_title = gettext_lazy("Withdrawn")
    template_name = "newsroom/admin/release.html"
    header_icon = "download"
    form_class = ReleaseForm
    http_method_names: ClassVar = ["get", "post"]
    page: BasePage
    withdrawal: Withdrawal

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.page = get_object_or_404(BasePage, pk=kwargs["page_id"]).specific
        if not self.page.permissions_for_user(request.user).can_edit():
            raise PermissionDenied
        found = withdrawal_of(self.page)
        if found is None:
            messages.warning(request, _("This page is not withdrawn."))
            return redirect("wagtailadmin_pages:edit", self.page.pk)
        self.withdrawal = found
        if request.method == "POST" and not self.may_release:
            return _sent_back(request, self.page, _("Pages are released by a final reviewer."))
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def changed(self) -> list[Changed] | None:
        """What stands against its return as it was."""
        return what_has_changed(self.page, self.withdrawal)

    @property
    def may_release(self) -> bool:
        user = self.request.user
        return may_withdraw(user) and self.page.permissions_for_user(user).can_publish()

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        return []

    def get_page_subtitle(self) -> str:
        return self.page.get_admin_display_title()

    def get_form_kwargs(self) -> dict[str, Any]:
        below = self.withdrawal.below.in_effect().exclude(content=None).count()
        of_page = {"withdrawal": self.withdrawal, "below": below, "has_changed": self.changed is not None}
        return super().get_form_kwargs() | of_page

    def form_valid(self, form: ReleaseForm) -> HttpResponse:
        said = form.cleaned_data
        try:
            if said["act"] == ReleaseForm.RELEASE:
                with_below = said.get("include_descendants", False)
                release(self.withdrawal, user=self.request.user, reason=said["reason"], with_below=with_below)
                text = _("“{title}” is back as it was.")
            else:
                open_to_new_version(self.withdrawal, user=self.request.user, reason=said["reason"])
                text = _("A corrected version of “{title}” may be published now.")
        except ValidationError as error:
            form.add_error(None, NotPublishable(error.messages))
            return self.form_invalid(form)
        messages.success(self.request, text.format(title=self.page.get_admin_display_title()))
        return redirect("wagtailadmin_pages:edit", self.page.pk)

    def form_invalid(self, form: ReleaseForm) -> HttpResponse:
        messages.validation_error(self.request, _("Nothing was changed."), form)
        return super().form_invalid(form)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        more = {
            "page": self.page,
            "withdrawal": self.withdrawal,
            "may_release": self.may_release,
            "cannot_return": CANNOT_RETURN if self.changed is not None else "",
            "changed": self.changed or [],
        }
        return super().get_context_data(**kwargs) | more
