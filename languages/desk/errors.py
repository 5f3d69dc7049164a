"""Why an action on a translation is refused."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from ..models import Unit


class DeskError(Exception):
    """An action that is refused; the message is for the translator."""


class SourceChanged(DeskError):
    """The source has changed since the page was loaded: this segment is gone or has another text."""


class Conflict(DeskError):
    """Somebody else has saved the segment since the page was loaded: `unit` is what is stored now, if it is known."""

    def __init__(self, unit: Unit | None = None) -> None:
        self.unit = unit
        if unit and unit.sent_back_reason:
            message = _("%(name)s has sent this segment back: %(reason)s")
            by = unit.sent_back_by.get_username() if unit.sent_back_by else _("Somebody")
            super().__init__(message % {"name": by, "reason": unit.sent_back_reason})
            return
        who = unit.author.get_username() if unit and unit.author else _("Somebody")
        super().__init__(_("%(name)s has changed this segment meanwhile.") % {"name": who})


class ChecksFailed(DeskError):
    """Errors stop a text: `findings` says which."""

    def __init__(self, found: Sequence[Any]) -> None:
        self.findings = list(found)
        super().__init__(" ".join(str(each.message) for each in found))
