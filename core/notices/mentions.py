"""`@name` in a text: whom it means, and how it is shown.

A person is meant by their username or by their name, as it is written in Chinese (@王小明) or in Latin letters (@Anna
Bell); of several names that fit, the longest. What stands before the sign may be a Chinese character, as Chinese has no
blanks, but no Latin letter: that is an address of mail.
"""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth import get_user_model
from django.db import models
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from ..text.chinese import HAN_CHARACTERS
from ..text.pinyin import span
from .reading import name_of


OFFERED = 8  # people in the list below a name that is being typed
LONGEST_NAME = 60
ACCESS = {"codename": "access_admin", "content_type__app_label": "wagtailadmin"}
_SIGN = re.compile(r"(?<![A-Za-z0-9_.+-])[@＠]")
_HAN = re.compile(f"[{HAN_CHARACTERS}]")
_UNKNOWN = re.compile(r"[^\s@＠,，.。;；:：!！?？、()（）<>《》“”\"']{1,30}")


@dataclass
class Found:
    """Who is mentioned: what was written -> person; names that several people have; names that nobody has."""

    people: dict[str, Any] = field(default_factory=dict)
    shared: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)


def staff() -> models.QuerySet:
    """Everybody who may use the admin."""
    users = get_user_model().objects.filter(is_active=True)
    of_group = {f"groups__permissions__{name}": value for name, value in ACCESS.items()}
    own = {f"user_permissions__{name}": value for name, value in ACCESS.items()}
    return users.filter(models.Q(is_superuser=True) | models.Q(**of_group) | models.Q(**own)).distinct().order_by("pk")


def may_mention(text: str) -> bool:
    return bool(_SIGN.search(text))


def find(text: str, people: Iterable[Any]) -> Found:
    """Whom a text mentions, of these people."""
    found = Found()
    if not may_mention(text):
        return found
    named = _by_name(people)
    names = sorted(named, key=len, reverse=True)
    for sign in _SIGN.finditer(text):
        rest = text[sign.end() : sign.end() + LONGEST_NAME]
        name = next((name for name in names if _begins_with(rest, name)), None)
        if name is None:
            if unknown := _UNKNOWN.match(rest):
                found.unknown.append(unknown[0])
            continue
        written = sign[0] + rest[: len(name)]
        meant = named[name]
        if len(meant) == 1:
            found.people[written] = meant[0]
        else:
            found.shared.append(written)
    return found


def _by_name(people: Iterable[Any]) -> dict[str, list[Any]]:
    named: dict[str, list[Any]] = {}
    for person in people:
        for name in names_of(person):
            named.setdefault(name.casefold(), []).append(person)
    return named


def names_of(person: Any) -> list[str]:
    """What a person may be mentioned by, each once."""
    first, last = person.first_name.strip(), person.last_name.strip()
    names = [person.get_username(), person.get_full_name().strip(), f"{first} {last}".strip(), f"{last}{first}"]
    folded = {name.casefold(): name for name in reversed(names) if name}
    return list(reversed(folded.values()))


def _begins_with(rest: str, name: str) -> bool:
    """Whether a text begins with the name, and not with a longer word."""
    if rest[: len(name)].casefold() != name:
        return False
    after = rest[len(name) :]
    if _HAN.match(name[-1]):
        return True
    return not re.match(r"[.+-]*[^\W_]|_", _HAN.sub(" ", after))


# How it is shown --------------------------------------------------------------------------------


def marked(text: str, mentioned: Iterable[Any], reader: Any = None) -> SafeString:
    """A text as HTML, with what mentions somebody set apart. `mentioned` are [what was written, key of the person]."""
    keys = dict(mentioned)
    if not keys:
        return conditional_escape(text)
    ends = {written: r"(?![A-Za-z0-9_])" if re.search(r"[A-Za-z0-9_]$", written) else "" for written in keys}
    longest_first = sorted(keys, key=len, reverse=True)
    pattern = re.compile("|".join(f"{re.escape(written)}{ends[written]}" for written in longest_first))
    html, end = [], 0
    for match in pattern.finditer(text):
        html += [conditional_escape(text[end : match.start()]), _mark(match[0], keys[match[0]], reader)]
        end = match.end()
    return mark_safe("".join([*html, conditional_escape(text[end:])]))  # noqa: S308 (each part is escaped)


def _mark(written: str, key: Any, reader: Any) -> SafeString:
    is_me = reader is not None and key == reader.pk
    return format_html('<strong class="mention{}">{}</strong>', " mention--me" if is_me else "", written)


def stored(found: Found) -> list[list[Any]]:
    """What to keep beside a text, for `marked`: names may change later."""
    return [[written, person.pk] for written, person in found.people.items()]


# What the writer is told ------------------------------------------------------------------------


def outcome(found: Found, told: Collection[Any], not_allowed: Collection[Any]) -> str:
    """Who was told and who was not, in sentences; "" if nobody was mentioned."""
    said = []
    if told:
        said.append(_("Told: %(names)s.") % {"names": _list(map(name_of, told))})
    if not_allowed:
        message = _("Not allowed to see this text, so not told: %(names)s.")
        said.append(message % {"names": _list(map(name_of, not_allowed))})
    if found.shared:
        message = _("Several people have this name, so nobody was told; write the username: %(names)s.")
        said.append(message % {"names": _list(dict.fromkeys(found.shared))})
    if found.unknown:
        said.append(_("Nobody has this name: %(names)s.") % {"names": _list(dict.fromkeys(found.unknown))})
    return " ".join(said)


def _list(names: Iterable[str]) -> str:
    return _("、").join(names)


# Completion -------------------------------------------------------------------------------------


def offers(typed: str, people: Iterable[Any], writer: Any) -> list[dict[str, str]]:
    """The people whose name begins so, or is spelt so in pinyin: what to write for each, and what to show."""
    people = [person for person in people if person.pk != writer.pk]
    shared = {name for name, meant in _by_name(people).items() if len(meant) > 1}
    fitting = [person for person in people if _fits(person, typed.strip().casefold())]
    return [_offer(person, shared) for person in fitting[:OFFERED]]


def _fits(person: Any, typed: str) -> bool:
    for name in names_of(person):
        words = [name, *name.split()]
        if any(word.casefold().startswith(typed) for word in words):
            return True
        if re.fullmatch("[a-z]+", typed) and span(name, typed):
            return True
    return False


def _offer(person: Any, shared: Collection[str]) -> dict[str, str]:
    full, username = person.get_full_name().strip(), person.get_username()
    is_clear = full and full.casefold() not in shared
    return {"write": full if is_clear else username, "name": full or username, "username": username}
