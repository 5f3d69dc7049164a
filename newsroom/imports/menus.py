"""What leads to the screens: the menu, and the header of a draft."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets import Button

from core.models import BasePage
from news.models import StoryPage

from .rights import may_import


class ImportMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> Any:
        return may_import(request.user)


def corrected_file_button(page: BasePage, user: Any, view_name: str, next_url: str | None = None) -> Iterator[Button]:
    """Hook `register_page_header_buttons`: for a draft that comes from a file, and any other story."""
    if isinstance(page, StoryPage) and page.pk and may_import(user) and page.permissions_for_user(user).can_edit():
        url = f"{reverse('import_story')}?onto={page.pk}"
        yield Button(_("Import a corrected file"), url, icon_name="upload", priority=70)
