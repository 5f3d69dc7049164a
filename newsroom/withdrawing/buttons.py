"""What leads to withdrawing and releasing in the admin, and what is said where a withdrawn page is edited or deleted."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.formats import localize
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.admin.action_menu import UnpublishMenuItem
from wagtail.admin.wagtail_hooks import PageListingUnpublishButton
from wagtail.admin.widgets import Button
from wagtail.log_actions import LogActionRegistry, LogFormatter

from core.models import BasePage

from ..models import Withdrawal
from .rules import may_withdraw
from .views import withdrawal_of


WITHDRAW = gettext_lazy("Withdraw…")


def install() -> None:
    """Wagtail's button to unpublish a page is shown to who may withdraw, and says so."""
    UnpublishMenuItem.label = PageListingUnpublishButton.label = WITHDRAW
    stock_in_form, stock_in_list = UnpublishMenuItem.is_shown, PageListingUnpublishButton.is_shown

    def is_shown_in_form(item: UnpublishMenuItem, context: dict[str, Any]) -> bool:
        return may_withdraw(context["request"].user) and stock_in_form(item, context)

    def is_shown_in_list(button: PageListingUnpublishButton, user: Any) -> bool:
        return may_withdraw(user) and not button.page.alias_of_id and stock_in_list(button, user)

    UnpublishMenuItem.is_shown, PageListingUnpublishButton.is_shown = is_shown_in_form, is_shown_in_list


def release_button(page: BasePage, user: Any, view_name: str, next_url: str | None = None) -> Iterator[Button]:
    """Hook `register_page_header_buttons`."""
    if not page.live and may_withdraw(user) and withdrawal_of(page):
        yield Button(_("Release…"), reverse("withdrawal", args=[page.pk]), icon_name="upload", priority=60)


def say_that_it_is_withdrawn(request: HttpRequest, page: BasePage) -> None:
    """Hook `before_edit_page`."""
    withdrawal = None if page.live or request.method != "GET" else withdrawal_of(page)
    if withdrawal is None:
        return
    said = _("Withdrawn on {date}: {kind}. {reason}").format(
        date=localize(localtime(withdrawal.at)), kind=withdrawal.get_kind_display(), reason=withdrawal.reason
    )
    label = _("Release…") if may_withdraw(request.user) else _("More")
    messages.warning(request, said, buttons=[messages.button(reverse("withdrawal", args=[page.pk]), label)])


def refuse_to_delete_what_is_live(request: HttpRequest, page: BasePage) -> HttpResponse | None:
    """Hook `before_delete_page`: readers are told first why it goes; what stands at its address stays afterwards."""
    live = _first_live([page])
    if live is None:
        return None
    title = live.get_admin_display_title()
    if not may_withdraw(request.user):
        said = _("“{title}” is published. A final reviewer must withdraw it before it is deleted.")
        messages.error(request, said.format(title=title))
        return redirect("wagtailadmin_explore", page.get_parent().pk)
    messages.warning(request, _("“{title}” is published. Withdraw it first; then delete it.").format(title=title))
    return redirect("wagtailadmin_pages:unpublish", live.pk)


def refuse_to_delete_live_pages(
    request: HttpRequest, action_type: str, objects: Sequence[Any], _action: object
) -> HttpResponse | None:
    """Hook `before_bulk_action`."""
    pages = [each for each in objects if isinstance(each, BasePage)] if action_type == "delete" else []
    live = _first_live(pages)
    if live is None:
        return None
    said = _("Nothing was deleted: “{title}” is published. Withdraw it first; then delete it.")
    messages.error(request, said.format(title=live.get_admin_display_title()))
    return redirect("wagtailadmin_explore", live.get_parent().pk)


def _first_live(pages: Sequence[BasePage]) -> BasePage | None:
    """Of these and of all below them. An alias goes as it came."""
    for page in pages:
        if found := page.get_descendants(inclusive=True).live().filter(alias_of=None).first():
            return found
    return None


def register_log_actions(actions: LogActionRegistry) -> None:
    """Hook `register_log_actions`."""

    @actions.register_action("newsroom.withdrawn")
    class Withdrawn(LogFormatter):
        label = gettext_lazy("Withdrawn")

        def format_message(self, log_entry: Any) -> str:
            kind = dict(Withdrawal.Kind.choices).get(log_entry.data.get("withdrawn", ""), "")
            return _("Withdrawn: {kind}. {reason}").format(kind=kind, reason=log_entry.data.get("reason", ""))

    @actions.register_action("newsroom.released")
    class Released(LogFormatter):
        label = gettext_lazy("Released")

        def format_message(self, log_entry: Any) -> str:
            return _("Released as it was. {reason}").format(reason=log_entry.data.get("reason", ""))

    @actions.register_action("newsroom.withdrawal.opened")
    class Opened(LogFormatter):
        label = gettext_lazy("A corrected version may be published")

        def format_message(self, log_entry: Any) -> str:
            return _("A corrected version may be published. {reason}").format(reason=log_entry.data.get("reason", ""))
