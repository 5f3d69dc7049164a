"""Who may import stories, and see and change what others have imported."""

from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from core.models import BasePage
from news.models import StoryIndexPage, StoryPage

from ..importing.applying import MAY_IMPORT
from ..models import StoryImport


def may_import(user: Any) -> bool:
    """Those of the table (`core.roles`)."""
    return bool(user.has_perm(MAY_IMPORT))


def may_change(user: Any, stored: StoryImport) -> bool:
    """Whose it is, and those who may edit what it is to become or has become."""
    if not may_import(user):
        return False
    return stored.by_id == user.pk or _may_edit(user, stored.page or stored.onto)


def may_see(user: Any, stored: StoryImport) -> bool:
    """Those, and who has uploaded the same file."""
    if may_change(user, stored):
        return True
    has_same = StoryImport.objects.filter(by=user, file_hash=stored.file_hash)
    return may_import(user) and has_same.exists()


def _may_edit(user: Any, page: BasePage | None) -> bool:
    """The page; of what is none yet, all stories."""
    place = page or StoryIndexPage.objects.order_by("path").first()
    return place is not None and bool(place.specific.permissions_for_user(user).can_edit())


def may_write_stories(user: Any) -> bool:
    index = StoryIndexPage.objects.order_by("path").first()
    return index is not None and bool(index.permissions_for_user(user).can_add_subpage())


def imports_of(user: Any) -> models.QuerySet[StoryImport]:
    """Their own, the newest first."""
    return StoryImport.objects.in_short().filter(by=user).select_related("page", "onto")


def why_not_onto(page: StoryPage, user: Any) -> str:
    """Why a corrected file may not change the draft of a page; "" if it may."""
    if not page.permissions_for_user(user).can_edit():
        return _("You may not edit this draft.")
    lock = page.get_lock()
    if lock and lock.for_user(user):
        return str(lock.get_message(user) or _("This draft is locked."))
    return ""
