"""What the gate reports becomes entries, in the transaction of the act.

* a publication, a live copy, an alias: an entry of what is live now, whether it says anything new or not;
* what has no drafts, and what a command mends: an entry if it says something else than it did;
* a withdrawal, a deletion: an entry if it was live;
* whatever of this is shown elsewhere, embedded or in a chart, if what is seen of it there has changed: an entry for each live
  page that shows it and says something else now.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import models, transaction
from django.db.models.signals import post_delete, post_save
from wagtail.documents import get_document_model

from core.models import BasePage
from core.publishing.acts import Act, Kind, note
from core.publishing.canonical import is_embedded
from core.publishing.ticks import ticks_for

from ..models import Entry
from ..reviewing.confirming import confirm
from . import chain
from .hosts import Cause, Shown, hosts_of
from .naming import Thing, thing_of
from .people import person_of
from .things import Description, described, in_chunks, is_recorded, live_rows


PUBLISHING = {Kind.PUBLISH, Kind.COPY, Kind.ALIAS}


def connect() -> None:
    post_delete.connect(_on_deleted, dispatch_uid="newsroom.deleted")
    post_save.connect(_on_document_saved, sender=get_document_model(), dispatch_uid="newsroom.document")


def record(acts: Sequence[Act]) -> None:
    """A recorder of `core.publishing.acts`."""
    acts = [act for act in acts if act.kind not in (Kind.MOVE, Kind.SCHEDULE) and _concerns_us(type(act.obj))]
    if not acts or not settings.KEEPS_RECORD:
        return
    with transaction.atomic(savepoint=False):
        chain.lock()
        Recording(acts).write()


def _concerns_us(model: type[models.Model]) -> bool:
    return issubclass(model, BasePage) or is_recorded(model) or is_embedded(model)


class Recording:
    """The entries of acts that belong together. Of several acts on one thing the last decides what it is now; what is
    only saved after it was published was published by whom it was."""

    def __init__(self, acts: Sequence[Act]) -> None:
        self.acts: dict[Thing, Act] = {}
        for act in acts:
            thing = thing_of(act.obj)._replace(key=act.key)
            if not (act.kind == Kind.SAVE and thing in self.acts and self.acts[thing].kind in PUBLISHING):
                self.acts[thing] = act
        self.known = chain.newest(self.acts)
        self.approvals: dict[Thing, list[dict[str, Any]]] = {}  # of what these acts published
        self.people = {act.user.pk: person_of(act.user) for act in acts if act.user}

    def write(self) -> None:
        changed: list[Cause] = []
        rows = list(self._own_rows(changed))
        if rows:
            chain.append(rows)
        if changed and (rows := list(self._rows_of_hosts(changed))):
            chain.append(rows)

    def _own_rows(self, changed: list[Cause]) -> Iterator[dict[str, Any]]:
        """`changed` gets what is seen otherwise where it is embedded."""
        now = _described(self.acts)
        for thing, act in self.acts.items():
            before, said = self.known.get(thing), now.get(thing)
            if not is_recorded(apps.get_model(thing.model)):
                changed.append((thing, act))  # a picture, a document
                continue
            if said is None or act.kind == Kind.WITHDRAW:
                if before is not None and before.kind != Entry.Kind.WITHDRAWAL:
                    yield self._row(Entry.Kind.WITHDRAWAL, act, _name(before))
                    changed.append((thing, act))
                continue
            says_the_same = before is not None and before.is_of(said.hashes)
            shown = None if before is None or before.kind == Entry.Kind.WITHDRAWAL else before.shown_hash
            if not says_the_same and shown != said.values["shown_hash"]:
                changed.append((thing, act))
            if act.kind in PUBLISHING or not says_the_same:
                confirmed = confirm(act, thing, said.hashes, before)
                self.approvals[thing] = confirmed.approvals
                yield self._row(Entry.Kind.PUBLICATION, act, said.values) | confirmed.as_entry()

    def _rows_of_hosts(self, changed: list[Cause]) -> Iterator[dict[str, Any]]:
        """One act may change several things that one page embeds: its entry names them all."""
        shown = hosts_of(changed)
        hosts = [thing for thing in shown if thing not in self.acts or self.acts[thing].kind not in PUBLISHING]
        known = chain.newest(hosts)
        for thing, said in _described(hosts).items():
            before, causes = known.get(thing), shown[thing].causes
            if before is not None and before.content_hash and _says_something_else(said, before, shown[thing]):
                details = {"changed": sorted(_said(cause) for cause, _act in causes)}
                allowed = [each for cause, _act in causes for each in self.approvals.get(cause, [])]
                row = self._row(Entry.Kind.EMBEDDED, causes[0][1], said.values)
                yield row | {"details": details, "approvals": allowed}

    def _row(self, kind: Any, act: Act, said: dict[str, Any]) -> dict[str, Any]:
        by = self.people[act.user.pk] if act.user else {}
        details = dict(act.details)
        if act.kind in PUBLISHING and (ticks := ticks_for(act.obj)):
            details["ticks"] = ticks
        return {"kind": str(kind), "by": by, "reason": act.reason or act.bypassed, "details": details, **said}


def _says_something_else(now: Description, before: Entry, shown: Shown) -> bool:
    """An entry of the first form does not know what charts drew."""
    return not before.is_of(now.hashes) or (shown.is_drawn and before.form < now.hashes.form)


def _described(things: Iterable[Thing]) -> dict[Thing, Description]:
    """What is live of these things now, and recorded."""
    by_model = defaultdict(list)
    for thing in things:
        by_model[thing.model].append(thing.key)
    found = {}
    for name, keys in by_model.items():
        model = apps.get_model(name)
        if is_recorded(model):
            for rows in in_chunks(live_rows(model, keys)):
                found.update({each.thing: each for each in described(rows)})
    return found


def _name(entry: Entry) -> dict[str, Any]:
    """The thing of an entry, which readers see no more."""
    return {name: getattr(entry, name) for name in ("model", "object_id", "key", "title")}


def _said(thing: Thing) -> str:
    return f"{thing.model} {thing.key}"


def _on_deleted(sender: type[models.Model], instance: Any, **_kwargs: Any) -> None:
    """A page was withdrawn before; a snippet, a picture or a document is gone with no other word."""
    if settings.KEEPS_RECORD and not issubclass(sender, BasePage) and _concerns_us(sender):
        note(Kind.WITHDRAW, instance)


def _on_document_saved(instance: Any, raw: bool = False, **_kwargs: Any) -> None:
    if not raw:
        note(Kind.SAVE, instance)
