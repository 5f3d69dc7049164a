"""Taking back what an import has made, as long as nothing has come of it."""

import json
import re
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.actions.delete_page import DeletePageAction
from wagtail.models import Revision, WorkflowState

from core.editing.deletion import users_of
from core.locking import held
from core.models import BasePage, PortalImage
from news.models import Contributor, StoryPage

from ..importing.reader import ImportRefused
from ..models import StoryImport


def why_not(stored: StoryImport) -> str:
    """Why a finished import is not taken back; "" if it can be."""
    if stored.state != StoryImport.State.DONE:
        return _("Nothing was made of this file.")
    page = stored.page.specific if stored.page else None
    if not isinstance(page, StoryPage):
        return _("Its draft was deleted already.")
    if page.live or page.first_published_at:
        return _("Its draft was published.")
    kind = ContentType.objects.get_for_model(page)
    if WorkflowState.objects.filter(base_content_type__model="basepage", object_id=str(page.pk)).exists():
        return _("Its draft was submitted for review.")
    latest = Revision.objects.filter(content_type=kind, object_id=str(page.pk)).order_by("-created_at", "-pk").first()
    if latest is None or latest.pk != stored.made.get("revision"):
        who = latest.user.get_full_name() or latest.user.get_username() if latest and latest.user else ""
        return (
            _("Its draft was edited since, last by {name}.").format(name=who)
            if who
            else _("Its draft was edited since.")
        )
    if not stored.made.get("before") and users_of([page]):
        return _("Another page refers to its draft.")
    return ""


def undo(stored: StoryImport, user: Any) -> int:
    """Delete the draft that an import has made, or give it back what it said before, and take away the pictures and names
    that came with it and that nothing else has. The file and the choices stay. Returns how many pictures went.

    Raises ImportRefused with the reason, PermissionDenied.
    """
    with transaction.atomic():
        held(StoryImport, stored.pk)
        stored.refresh_from_db()
        if stored.page_id:
            held(BasePage, stored.page_id)
        if reason := why_not(stored):
            raise ImportRefused(reason)
        page: Any = BasePage.objects.get(pk=stored.page_id).specific
        if stored.made.get("before"):
            _give_back(page, stored.made["before"], user)
        elif page.permissions_for_user(user).can_delete():
            DeletePageAction(page, user).execute(skip_permission_checks=True)
        else:
            raise PermissionDenied
        pictures = _take_pictures(stored)
        _take_names(stored)
        stored.made = {}
        stored.state = StoryImport.State.OPEN if _has_all(stored) else StoryImport.State.UNDONE
        stored.page = None
        stored.save(update_fields=["made", "state", "page"])
    return pictures


def _give_back(page: Any, before: int, user: Any) -> None:
    """A new revision that says what an earlier one said."""
    revision = Revision.objects.filter(pk=before).first()
    if revision is None:
        raise ImportRefused(_("What the draft said before is not kept any more."))
    if not page.permissions_for_user(user).can_edit():
        raise PermissionDenied
    revision.as_object().save_revision(user=user, log_action=True, previous_revision=revision, clean=False)


def _take_pictures(stored: StoryImport) -> int:
    """Those that are as they came, and that no other draft and no page shows."""
    digests = stored.made.get("pictures", {})
    gone = 0
    for image in PortalImage.objects.filter(pk__in=digests):
        is_as_it_came = image.file_hash == digests[str(image.pk)]
        if is_as_it_came and not users_of([image]) and not _is_in_a_draft("image|picture|photo|logo", image.pk):
            image.delete()
            gone += 1
    return gone


def _take_names(stored: StoryImport) -> None:
    """Contributors who have nothing else."""
    for person in Contributor.objects.filter(pk__in=stored.made.get("contributors", [])):
        if not users_of([person]) and not _is_in_a_draft("contributor", person.pk):
            person.delete()


def _is_in_a_draft(names: str, key: int) -> bool:
    """Whether a draft names it in a field that is called so: the index of references knows what is live alone."""
    named = re.compile(rf'(?:{names})\w*\\*": ?"?{key}\b')
    latest = BasePage.objects.filter(has_unpublished_changes=True).values("latest_revision")
    drafts = Revision.objects.filter(pk__in=latest).values_list("content", flat=True)
    return any(named.search(json.dumps(content)) for content in drafts.iterator())


def _has_all(stored: StoryImport) -> bool:
    """Whether its pictures are still there, so that a draft can be made of it again."""
    return stored.pictures.exists() or '"Picture"' not in json.dumps(stored.document)
