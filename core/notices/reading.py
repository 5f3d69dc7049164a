"""Notices in the words of whoever reads them: in the language that is active, and only as far as they may see."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from ..models import Notice
from .kinds import Kind, kind_of


@dataclass(frozen=True)
class Shown:
    """A notice as it is read. What its reader may not see any more has no words of its own, and leads nowhere."""

    notice: Notice
    label: str
    text: str
    icon: str
    url: str = ""
    is_hidden: bool = False


def name_of(person: Any) -> str:
    """What a person is called; a username if no name is known."""
    return (person.get_full_name() or person.get_username()) if person else _("Somebody")


def language_of(person: Any) -> str:
    """The language of somebody's admin, where none is active: in a mail, or in what the scheduler has to say to them."""
    profile = getattr(person, "wagtail_userprofile", None)
    return (profile and profile.preferred_language) or settings.LANGUAGE_CODE


def shown(reader: models.Model, notices: Iterable[Notice]) -> list[Shown]:
    """In their order. As many questions as their kinds ask of what may be seen: none for each notice, if their actors
    were read with them."""
    notices = list(notices)
    seen = _visible(reader, notices)
    return [_shown(notice, kind_of(notice), notice.pk in seen) for notice in notices]


def _visible(reader: models.Model, notices: list[Notice]) -> set[int]:
    found: set[int] = set()
    for _id, group in groupby(sorted(notices, key=lambda notice: notice.kind), key=lambda notice: notice.kind):
        of_kind = list(group)
        if kind := kind_of(of_kind[0]):
            found |= set(kind.visible(reader, of_kind))
    return found


def _shown(notice: Notice, kind: Kind | None, is_visible: bool) -> Shown:
    if kind is None or not is_visible:
        label = str(kind.label) if kind else pgettext("inbox", "Notice")
        return Shown(notice, label, _("This is about something that you may not see any more."), "no-view", "", True)
    parameters = dict.fromkeys(kind.parameters, "") | notice.parameters
    text = kind.text(**{**kind.words(parameters), "actor": name_of(notice.actor), "subject": notice.label})
    return Shown(notice, str(kind.label), text, kind.icon, notice.url)
