"""Which live things show another one, by the index of references, which is of what is live."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db import models
from wagtail.models import ReferenceIndex, Revision

from core.publishing.acts import Act
from core.publishing.canonical import base_of, is_embedded
from core.publishing.canonical_forms import Drawing, drawings_of, is_drawn

from .naming import Thing
from .things import is_recorded


Cause = tuple[Thing, Act]
Model = type[models.Model]


@dataclass
class Shown:
    """What has changed of what one live thing shows; `is_drawn` if a chart of it is among that."""

    causes: list[Cause] = field(default_factory=list)
    is_drawn: bool = False

    def add(self, cause: Cause, is_drawn: bool) -> None:
        if cause not in self.causes:
            self.causes.append(cause)
        self.is_drawn |= is_drawn


def hosts_of(changed: Iterable[Cause]) -> dict[Thing, Shown]:
    """{what shows any of these: which of them}."""
    found: dict[Thing, Shown] = defaultdict(Shown)
    for model, causes in _targets(changed).items():
        for host, key in _references_to(model, causes):
            for cause in causes[key]:
                found[host].add(cause, is_drawn(model))
    return found


def _targets(changed: Iterable[Cause]) -> dict[Model, dict[str, list[Cause]]]:
    """{what bodies refer to: {its key: what was changed of it}}: of a figure itself, and the metrics that it is drawn with."""
    found: dict[Model, dict[str, list[Cause]]] = defaultdict(lambda: defaultdict(list))
    by_model: dict[Model, list[Cause]] = defaultdict(list)
    for cause in changed:
        by_model[apps.get_model(cause[0].model)].append(cause)
    for model, causes in by_model.items():
        if is_embedded(model) or is_drawn(model):
            for cause in causes:
                found[base_of(model)][str(cause[0].key)].append(cause)
        for drawn, drawing in drawings_of(model):
            for key, cause in _drawn_with(drawing, causes):
                found[drawn][key].append(cause)
    return found


def _drawn_with(drawing: Drawing, causes: list[Cause]) -> Iterator[tuple[str, Cause]]:
    """(key of what stands in bodies, what was changed): the one that it belongs to now, and those of its earlier drafts."""
    known: dict[str, set[str]] = {str(thing.key): {_key(act.obj, drawing.by)} for thing, act in causes}
    drafts = Revision.objects.filter(
        base_content_type=ReferenceIndex._get_base_content_type(drawing.of), object_id__in=list(known)
    )
    for key, belonged in drafts.values_list("object_id", f"content__{drawing.by}").distinct():
        known[key].add(str(belonged))
    for cause in causes:
        yield from ((each, cause) for each in sorted(known[str(cause[0].key)]))


def _key(obj: Any, name: str) -> str:
    return str(getattr(obj, obj._meta.get_field(name).attname))


def _references_to(model: Model, keys: Iterable[str]) -> Iterator[tuple[Thing, str]]:
    rows = ReferenceIndex.objects.filter(
        to_content_type=ReferenceIndex._get_base_content_type(model), to_object_id__in=list(keys)
    )
    for type_id, key, target in rows.values_list("content_type", "object_id", "to_object_id").distinct():
        host = ContentType.objects.get_for_id(type_id).model_class()
        if host is not None and is_recorded(host):
            yield Thing(host._meta.label_lower, int(key)), target
