"""Housekeeping of the desk."""

from argparse import ArgumentParser
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.management.base import BaseCommand, CommandError
from django.db import models, transaction
from django.utils import timezone
from wagtail.models import DraftStateMixin

from core.segments import Segment, extract
from languages.desk.originals import fingerprint_of, record_new, record_source, translatable_models
from languages.desk.progress import refresh
from languages.models import Original
from languages.publishing.schedule import publish_due


AT_ONCE = 500  # originals


class Command(BaseCommand):
    help = "check [--fix]: compare what the desk remembers of each original with the original itself, and write it again. due: publish the translations that are scheduled for now."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("action", choices=["check", "due"])
        parser.add_argument("--fix", action="store_true", help="write what differs again")

    def handle(self, *_args: Any, action: str, fix: bool, **_options: Any) -> None:
        if action == "due":
            return self.publish_due()
        differing = 0
        for model in translatable_models():
            for objs in batches(live_objects(model)):
                differing += self.compare(objs, fix)
        if differing and not fix:
            raise CommandError(f"{differing} differ: run it again with --fix.")
        self.stdout.write(f"{differing} written again." if fix else "All is as the desk remembers it.")

    def compare(self, objs: Sequence[Any], fix: bool) -> int:
        """How many of these, of one model, differ."""
        known = originals_of(objs)
        found = [(obj, segments) for obj in objs if differs(known.get(obj.pk), segments := extract(obj))]
        for obj, _segments in found:
            self.stdout.write(f"{obj._meta.label} {obj.pk}: {obj}")
        if fix:
            record_new(each for each in found if each[0].pk not in known)
            for obj, segments in found:
                if obj.pk in known:
                    write_anew(known[obj.pk], obj, segments)
        return len(found)

    def publish_due(self) -> None:
        for translation, problem in publish_due(timezone.now()):
            self.stdout.write(f"{translation}: {problem or 'published'}")


def live_objects(model: type[models.Model]) -> Iterator[Any]:
    rows = models.QuerySet(model)
    if issubclass(model, DraftStateMixin):
        rows = rows.filter(live=True)
    if hasattr(model, "alias_of"):
        rows = rows.filter(alias_of=None)
    return rows.iterator(chunk_size=AT_ONCE)


def batches(objs: Iterator[Any]) -> Iterator[list[Any]]:
    while some := list(islice(objs, AT_ONCE)):
        yield some


def originals_of(objs: Sequence[Any]) -> dict[int, Original]:
    """By the key of the object: one query."""
    kind = ContentType.objects.get_for_model(objs[0], for_concrete_model=True)
    found = Original.objects.filter(content_type=kind, object_id__in=[obj.pk for obj in objs])
    return {original.object_id: original for original in found}


def differs(original: Original | None, segments: Sequence[Segment]) -> bool:
    return original is None or original.is_gone or original.fingerprint != fingerprint_of(segments)


@transaction.atomic
def write_anew(original: Original, obj: Any, segments: Sequence[Segment]) -> None:
    record_source(original, obj, segments)
    for translation in original.translations.all():
        refresh(original, translation.language, worked=False)
