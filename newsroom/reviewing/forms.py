"""What is asked of somebody who decides."""

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.forms import TaskStateCommentForm


OFFERS_PEOPLE = {"data-mentions-beside": True}  # static/js/admin/mentions.js


class SendBackForm(TaskStateCommentForm):
    """Nobody is sent back a text without being told why."""

    comment = forms.CharField(
        label=_("Reason"),
        help_text=_(
            "What has to be changed. The author and those who approved earlier steps read it. Write @ and a name to tell "
            "somebody else, too."
        ),
        widget=forms.Textarea({"rows": 3, **OFFERS_PEOPLE}),
    )


class RemarkForm(TaskStateCommentForm):
    comment = forms.CharField(
        label=_("Remark"),
        help_text=_("Write @ and a name to tell somebody of it."),
        required=False,
        widget=forms.Textarea({"rows": 2, **OFFERS_PEOPLE}),
    )
