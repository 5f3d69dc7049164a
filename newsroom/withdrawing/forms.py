"""The forms of withdrawing and of releasing: what was typed stays, and errors stand beside their fields."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminPageChooser

from core.models import BasePage

from ..models import Withdrawal


LONGEST = 1000  # characters of a reason

READERS_FIND = (
    (
        Withdrawal.Kind.ERROR,
        _("Published in error: readers are told so, and search engines forget the address (410)"),
    ),
    (
        Withdrawal.Kind.REPLACED,
        _("Replaced by another page: whoever asks for this address is led there, in the same language"),
    ),
    (
        Withdrawal.Kind.CHECKING,
        _("Withdrawn for checking: readers find a notice without the text, until you release the page"),
    ),
)


def _reason(label: Any, help_text: Any) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": 3})
    return forms.CharField(label=label, help_text=help_text, max_length=LONGEST, widget=widget)


class WithdrawalForm(forms.Form):
    """`pages` are those to be withdrawn; `live_below` how many are live below them."""

    kind = forms.ChoiceField(label=_("What readers find"), choices=READERS_FIND, widget=forms.RadioSelect)
    replacement = forms.ModelChoiceField(
        label=_("Replaced by"),
        queryset=BasePage.objects.none(),
        required=False,
        widget=AdminPageChooser(),
        help_text=_("A published page that everybody may read."),
    )
    reason = _reason(_("Reason"), _("For the record and for your colleagues. Readers do not see it."))
    include_descendants = forms.BooleanField(required=False)

    def __init__(self, *args: Any, pages: Sequence[BasePage], live_below: int = 0, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.pages = pages
        self.fields["replacement"].queryset = BasePage.objects.readable()
        self.fields["replacement"].error_messages["invalid_choice"] = _(
            "This page is not published, or not everybody may read it."
        )
        if live_below:
            self.fields["include_descendants"].label = _("Withdraw the published pages below, too ({count})").format(
                count=live_below
            )
        else:
            del self.fields["include_descendants"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("kind") != Withdrawal.Kind.REPLACED:
            cleaned["replacement"] = None
        elif "replacement" in cleaned:
            self._check_replacement(cleaned["replacement"], bool(cleaned.get("include_descendants")))
        return cleaned

    def _check_replacement(self, page: BasePage | None, with_below: bool) -> None:
        if page is None:
            self.add_error("replacement", _("Choose the page that replaces it."))
        elif any(_goes_along(page, each, with_below) for each in self.pages):
            self.add_error("replacement", _("This page is withdrawn as well. Choose one that stays."))


def _goes_along(page: BasePage, withdrawn: BasePage, with_below: bool) -> bool:
    is_same = withdrawn.pk in (page.pk, page.alias_of_id)
    return is_same or (with_below and page.path.startswith(withdrawn.path))


class ReleaseForm(forms.Form):
    """`below` is how many pages were withdrawn with it and are so still; `has_changed` says that it cannot return as it was."""

    RELEASE, OPEN = "release", "open"

    act = forms.ChoiceField(
        label=_("What shall happen"),
        choices=(
            (RELEASE, _("Release: readers see it again, exactly as it was")),
            (
                OPEN,
                _("Let a corrected version be published by the ordinary way; until then readers find what they do now"),
            ),
        ),
        widget=forms.RadioSelect,
        initial=RELEASE,
    )
    reason = _reason(_("Reason"), _("What was found. For the record and for your colleagues."))
    include_descendants = forms.BooleanField(required=False)

    def __init__(
        self, *args: Any, withdrawal: Withdrawal, below: int = 0, has_changed: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        choices: Iterable[tuple[str, Any]] = self.fields["act"].choices
        closed = {
            name for name, is_closed in ((self.OPEN, withdrawal.opened_at), (self.RELEASE, has_changed)) if is_closed
        }
        self.fields["act"].choices = [choice for choice in choices if choice[0] not in closed]
        if has_changed:
            self.fields["act"].initial = self.OPEN
        if below and not has_changed:
            self.fields["include_descendants"].label = _("Release what was withdrawn with it, too ({count})").format(
                count=below
            )
        else:
            del self.fields["include_descendants"]
