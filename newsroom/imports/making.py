"""The draft of a file that was imported, and what is kept of it: for a corrected file to be compared with, and for undoing.

`made` of a StoryImport: {"revision": key of the revision that it made, "before": of the one before, if there was a draft
already, "content": the fields and the body as it made them, "byline": [[role, name]], "pictures": {key: digest} and
"contributors": [keys] that it added, "findings": its report}.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, Any

from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.translation import gettext as _

from core.locking import held
from core.models import PortalImage
from core.models.mixins import SourceRevisionsMixin
from news.models import StoryPage

from ..importing.applying import Draft, apply
from ..importing.document import packed
from ..importing.reader import ImportRefused
from ..importing.story import Fields
from ..models import StoryImport
from .storing import choices_of, store, with_pictures


FIELDS = ("kicker", "title", "subtitle", "standfirst", "credit_line", "picture", "picture_caption", "picture_alt")


@contextmanager
def one_at_a_time(stored: StoryImport) -> Iterator[list[str]]:
    """A transaction in which nobody else makes something of the same file. What it yields takes the names of files that
    are taken away again if anything fails. Raises ImportRefused if it is no longer open."""
    files: list[str] = []
    try:
        with transaction.atomic():
            held(StoryImport, stored.pk)
            stored.refresh_from_db()
            if not stored.is_open:
                raise ImportRefused(_("This file has become a draft already."))
            yield files
    except BaseException:
        for name in files:
            default_storage.delete(name)
        raise


def make_draft(stored: StoryImport, user: Any) -> Draft:
    """The draft of a file; all of it or nothing. Raises ImportRefused, PermissionDenied."""
    with one_at_a_time(stored) as files:
        choices = with_pictures(choices_of(stored), stored)
        draft = apply(choices.story(), user)
        files += draft.files
        page = draft.page
        if page is None:
            raise TypeError("A draft has its page.")
        remember(stored, page, draft)
    return draft


def draft_at_once(file: IO[bytes], name: str, user: Any) -> tuple[StoryImport, Draft]:
    """The draft of a file whose parts nobody looks at first, with its import; both or neither. Raises ImportRefused,
    PermissionDenied."""
    stored = store(file, name, user)
    try:
        return stored, make_draft(stored, user)
    except BaseException:
        stored.delete()
        raise


def remember(stored: StoryImport, page: StoryPage, draft: Draft, before: int | None = None) -> None:
    """What was made of it."""
    revision = page.latest_revision
    pictures = PortalImage.objects.filter(pk__in=draft.pictures).values_list("pk", "file_hash")
    stored.made = {
        "revision": revision.pk if revision else None,
        "before": before,
        "content": content_of(page),
        "byline": said_byline(draft.fields),
        "pictures": {str(pk): digest for pk, digest in pictures},
        "contributors": draft.contributors,
        "findings": packed(draft.findings),
    }
    stored.page, stored.state = page, StoryImport.State.DONE
    stored.save(update_fields=["made", "page", "state"])


def said_byline(fields: Fields) -> list[list[str]]:
    return [[role, name] for role, name in fields.byline.people]


def content_of(page: SourceRevisionsMixin) -> dict[str, Any]:
    """The fields of a draft that an import fills in, as its revision has them; the body as its blocks."""
    data = page.serializable_data()
    return {name: data.get(name) for name in FIELDS} | {"body": json.loads(data["body"])}
