"""Withdrawing several pages at once: one reason for all."""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail.admin.views.pages.bulk_actions.unpublish import UnpublishBulkAction

from core.models import BasePage

from .acts import withdraw
from .forms import WithdrawalForm
from .rules import may_withdraw


class WithdrawBulkAction(UnpublishBulkAction):
    """In the place of Wagtail's. An alias is not withdrawn by itself: it goes with its page."""

    display_name = _("Withdraw")
    aria_label = _("Withdraw selected pages")
    template_name = "newsroom/admin/bulk_withdraw.html"
    form_class = WithdrawalForm

    def check_perm(self, page: BasePage) -> bool:
        return may_withdraw(self.request.user) and not page.alias_of_id and super().check_perm(page)

    def get_form_kwargs(self) -> dict[str, Any]:
        pages, _others = self.get_actionable_objects()
        live_below = sum(page.get_descendants().live().filter(alias_of=None).count() for page in pages)
        return super().get_form_kwargs() | {"pages": pages, "live_below": live_below}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"may_withdraw": may_withdraw(self.request.user)}

    def get_execution_context(self) -> dict[str, Any]:
        return {"user": self.request.user, "said": self.cleaned_form.cleaned_data}

    @classmethod
    def execute_action(
        cls, objects: Sequence[BasePage], user: Any = None, said: dict[str, Any] | None = None, **_kwargs: Any
    ) -> tuple[int, int]:
        if said is None:
            raise PermissionDenied
        made = withdraw(
            objects,
            user=user,
            kind=said["kind"],
            reason=said["reason"],
            replacement=said["replacement"],
            with_below=said.get("include_descendants", False),
        )
        return len(made), sum(each.below.exclude(content=None).count() for each in made)

    def get_success_message(self, num_parent_objects: int, num_child_objects: int) -> str:
        count = num_parent_objects + num_child_objects
        return ngettext("{count} page is withdrawn.", "{count} pages are withdrawn.", count).format(count=count)
