"""The bell: the list of notices in the admin's menu, with how many are unread."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import ngettext, pgettext_lazy
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.sidebar import LinkMenuItem

from .views import own


class BellMenuItem(MenuItem):
    """One question for each page of the admin."""

    def __init__(self) -> None:
        super().__init__(
            pgettext_lazy("inbox", "Notices"), reverse("notices"), name="notices", icon_name="bell", order=50
        )

    def render_component(self, request: HttpRequest) -> LinkMenuItem:
        count = own(request).unread().count()
        attrs: dict[str, str] = {"data-bell": ""}
        if count:
            said = ngettext("Notices: %(number)d unread", "Notices: %(number)d unread", count)
            attrs = {"data-bell": str(count) if count < 100 else "99+", "aria-label": said % {"number": count}}
        return LinkMenuItem(
            self.name, self.label, self.url, icon_name=self.icon_name, classname=self.classname, attrs=attrs
        )
