"""What is asked when two have changed the same thing: who saved when, and mine or theirs for each part that differs."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.db import models
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.templatetags.wagtailadmin_tags import user_display_name
from wagtail.blocks.base import BlockField
from wagtail.log_actions import registry
from wagtail.models import RevisionMixin

from . import words
from .merging import Changed, Merge, Part, choice
from .versions import Entry


SAVES = 5  # are named, the latest first
SHORT = 30  # characters of a block in a list of them
WHO = {
    Changed.BOTH: gettext_lazy("Both of you have changed this."),
    Changed.THEIRS: gettext_lazy("Changed by somebody else only."),
    Changed.MINE: gettext_lazy("Changed by you only."),
}


@dataclass(frozen=True)
class Side:
    """One of the two versions of a part. `text` is marked where the other has not got it."""

    value: str
    title: str
    text: SafeString
    nothing: str
    is_chosen: bool


@dataclass(frozen=True)
class Question:
    key: str
    label: str
    who: str
    sides: list[Side]
    is_open: bool
    """Whether nothing is preselected: both have changed it."""


@dataclass(frozen=True)
class Save:
    by: str
    at: datetime


def saves_since(obj: models.Model, moment: datetime | None) -> list[Save]:
    """Who has saved since, the latest first; the last one if nobody knows since when."""
    if isinstance(obj, RevisionMixin):
        found = obj.revisions.select_related("user").order_by("-created_at", "-pk")
        later = found.filter(created_at__gt=moment) if moment else found[:1]
        return [Save(_name(each.user), each.created_at) for each in later[:SAVES]]
    logs = registry.get_logs_for_instance(obj).select_related("user").order_by("-timestamp", "-pk")
    later = logs.filter(timestamp__gt=moment) if moment else logs[:1]
    return [Save(_name(each.user), each.timestamp) for each in later[:SAVES]]


def _name(user: models.Model | None) -> str:
    return user_display_name(user) if user else _("Somebody")


class Questions:
    """The parts of a form that differ, in the order of the form. `form` is an unbound one: it says what parts are
    called."""

    def __init__(self, form: forms.BaseForm, panel: Any, merge: Merge, choices: Mapping[str, str]) -> None:
        self.form, self.merge, self.choices = form, merge, choices
        self.headings = dict(_headings(panel)) if panel else {}

    def __iter__(self) -> Iterator[Question]:
        places = list(self.form.fields) + list(getattr(self.form, "formsets", {}))
        for part in sorted(self.merge.parts, key=lambda part: places.index(part.list_name)):
            yield self._question(part)

    def _question(self, part: Part) -> Question:
        said = {"theirs": self._text(part, part.theirs), "mine": self._text(part, part.mine)}
        if said["theirs"] == said["mine"]:  # the words are the same, the markup is not
            said = {
                "theirs": self._text(part, part.theirs, markup=True),
                "mine": self._text(part, part.mine, markup=True),
            }
        titles = {"theirs": _("Theirs, as it is saved"), "mine": _("Mine, as I sent it")}
        is_open = part.by is Changed.BOTH and part.key not in self.choices
        sides = [
            Side(
                value=name,
                title=titles[name],
                text=_marked(said["mine" if name == "theirs" else "theirs"], said[name]),
                nothing=_nothing(part, part.theirs if name == "theirs" else part.mine),
                is_chosen=not is_open and choice(part, self.choices) == name,
            )
            for name in ("theirs", "mine")
        ]
        return Question(part.key, self._label(part), str(WHO[part.by]), sides, is_open)

    # What a part is called

    def _label(self, part: Part) -> str:
        name = part.list_name
        heading = capfirst(self.headings.get(name) or self._own_label(name))
        if part.key == name:
            return heading
        if part.is_order:
            return _("{name}: order").format(name=heading)
        entry = part.mine or part.theirs or part.base
        place = f"{heading}: {self._number(part)}. {self._kind(name, entry) if entry else ''}".rstrip(". ")
        return place if part.base else _("{part} (new)").format(part=place)

    def _own_label(self, name: str) -> str:
        field = self.form.fields.get(name)
        if field:
            return str(field.label or name)
        return str(self.form.formsets[name].model._meta.verbose_name_plural)

    def _number(self, part: Part) -> int:
        """Its place in mine, else in theirs."""
        base, theirs, mine = self.merge.lists[part.list_name]
        wanted = part.key.partition(":")[2]
        entries = next(each for each in (mine, theirs, base) if any(entry.id == wanted for entry in each))
        return [entry.id for entry in entries].index(wanted) + 1

    def _kind(self, name: str, entry: Entry) -> str:
        field = self.form.fields.get(name)
        return str(field.widget.block_def.child_blocks[entry.kind].label) if isinstance(field, BlockField) else ""

    # What it says

    def _text(self, part: Part, entry: Entry | None, *, markup: bool = False) -> str:
        if entry is None:
            return ""
        if part.is_order:
            return self._order(part.list_name, entry)
        return self._words(part.list_name, entry, markup=markup)

    def _words(self, name: str, entry: Entry, *, markup: bool = False) -> str:
        field = self.form.fields.get(name)
        if field is None:
            return words.of_row(self.form.formsets[name], entry)
        if isinstance(field, BlockField):
            return words.of_block(field.widget.block_def.child_blocks[entry.kind], entry.value, markup=markup)
        return words.of_field(field, name, entry.value)

    def _order(self, name: str, order: Entry) -> str:
        entries = {entry.id: entry for each in self.merge.lists[name] for entry in each}
        lines = []
        for number, each in enumerate(order.value, start=1):
            kind = self._kind(name, entries[each])
            text = " ".join(self._words(name, entries[each]).split())
            lines.append(f"{number}. {kind} {text[:SHORT]}" + ("…" if len(text) > SHORT else ""))
        return "\n".join(lines)


def _marked(other: str, text: str) -> SafeString:
    marks = {"same": "{}", "new": "<mark>{}</mark>"}
    pieces = (format_html(marks[piece.kind], piece.text) for piece in words.compared(other, text))
    return format_html_join("", "{}", ((piece,) for piece in pieces))


def _nothing(part: Part, entry: Entry | None) -> str:
    """What is said of a part that is empty or not there."""
    if entry is not None:
        return _("(empty)")
    return _("(deleted)") if part.base else _("(not there)")


def _headings(panel: Any) -> Iterator[tuple[str, str]]:
    """What the form calls its fields and inline panels."""
    name = getattr(panel, "field_name", None) or getattr(panel, "relation_name", None)
    if name and panel.heading:
        yield name, str(panel.heading)
    for child in getattr(panel, "children", ()):
        yield from _headings(child)
