"""When somebody wants mail, among the settings of their account."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.views.account import BaseSettingsPanel, notifications_tab

from .. import mail
from ..models import MailTime, Notice, NoticeSettings
from .kinds import Kind, all_kinds
from .sending import mail_moment


class MailForm(forms.ModelForm):
    """A choice for each kind that concerns the person. What is not sent along stays as it is."""

    class Meta:
        model = NoticeSettings
        fields = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kinds = {name_of(kind): kind for kind in all_kinds() if kind.concerns(self.instance.user)}
        for name, kind in self.kinds.items():
            self.fields[name] = forms.ChoiceField(
                label=kind.label,
                choices=MailTime.choices,
                required=False,
                initial=self.instance.mail_time(kind.id, kind.mail),
            )

    def save(self, commit: bool = True) -> NoticeSettings:
        chosen = {kind: self.cleaned_data.get(name) for name, kind in self.kinds.items()}
        for kind, wanted in chosen.items():
            if wanted and wanted != self.instance.mail_time(kind.id, kind.mail):
                self.instance.mail = self.instance.mail | {kind.id: wanted}
                self._move_what_waits(kind, MailTime(wanted))
        return super().save(commit)

    def _move_what_waits(self, kind: Kind, wanted: MailTime) -> None:
        """What was to be mailed and was not yet is mailed as it is wanted from now on."""
        waiting = Notice.objects.filter(recipient=self.instance.user, kind=kind.id, mail_at__isnull=False)
        waiting.update(mail_at=mail_moment(wanted, timezone.now()))


def name_of(kind: Kind) -> str:
    """Of its field in the form."""
    return kind.id.replace(".", "_")


class MailPanel(BaseSettingsPanel):
    name = "notice_mail"
    title = _("Mail about what concerns you")
    tab = notifications_tab
    order = 50
    template_name = "core/admin/notice_mail_panel.html"
    form_class = MailForm

    def get_form(self) -> MailForm:
        settings = NoticeSettings.objects.filter(user=self.user).first() or NoticeSettings(user=self.user)
        data = self.request.POST if self.request.method == "POST" else None
        return self.form_class(data, instance=settings, prefix=self.name)

    def is_active(self) -> bool:
        return bool(self.get_form().fields)

    def get_context_data(self) -> dict[str, Any]:
        address = self.user.email
        return super().get_context_data() | {"is_configured": mail.is_configured(), "address": address}
