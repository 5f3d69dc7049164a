"""What an edit form takes along of what was stored when it was loaded, and what of a form is sent on."""

from dataclasses import dataclass
from datetime import datetime
from typing import Self

from django.core import signing
from django.http import QueryDict

from .versions import Stored


LOADED, SEEN, CHOICE = "loaded_version", "seen_version", "choose:"
# The key of the revision that the form has saved by itself: Wagtail says it with an autosave, but not with a button.
AUTOSAVES, AUTOSAVED = "overwrite_revision_id", "saved_revision_id"  # the second is set by static/js/admin/autosave.js
NOT_CARRIED = ("csrfmiddlewaretoken", SEEN, LOADED)
SALT = "core.editing.collisions"


@dataclass(frozen=True)
class Loaded:
    """What was stored when a form was loaded, of which model (`news.StoryPage`); `revision` is [key, time] of its latest
    revision, if it had one."""

    model: str
    stored: Stored
    revision: list[str] | None
    at: datetime

    @classmethod
    def read(cls, post: QueryDict) -> Self | None:
        """None if the form took nothing along, or what is not ours."""
        try:
            data = signing.loads(post.get(LOADED, ""), salt=SALT)
            return cls(data["model"], data["stored"], data["revision"], datetime.fromisoformat(data["at"]))
        except (signing.BadSignature, KeyError, ValueError):
            return None

    def packed(self) -> str:
        """Compressed and signed: it comes back as it went out."""
        data = {"model": self.model, "stored": self.stored, "revision": self.revision, "at": self.at.isoformat()}
        return signing.dumps(data, salt=SALT, compress=True)


def own_revision(post: QueryDict) -> str:
    """The key of the revision that this very form has saved by itself; empty if it has not."""
    return post.get(AUTOSAVES) or post.get(AUTOSAVED, "")


def is_carried(key: str) -> bool:
    """Whether a key of a form is sent on with it: no button, no password, nothing of ours."""
    return key not in NOT_CARRIED and not key.startswith((CHOICE, "action-", "password"))
