"""Housekeeping of the desk."""

from argparse import ArgumentParser
from collections.abc import Iterator
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import models, transaction
from django.utils import timezone
from wagtail.models import DraftStateMixin

from core.segments import extract
from languages.desk.originals import fingerprint_of, original_of, record_source, translatable_models
from languages.desk.progress import refresh
from languages.models import Original
from languages.publishing.schedule import publish_due


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
            for obj in live_objects(model):
                if differs(obj):
                    differing += 1
                    self.stdout.write(f"{model._meta.label} {obj.pk}: {obj}")
                    if fix:
                        write_anew(obj)
        if differing and not fix:
            raise CommandError(f"{differing} differ: run it again with --fix.")
        self.stdout.write(f"{differing} written again." if fix else "All is as the desk remembers it.")

    def publish_due(self) -> None:
        for translation, problem in publish_due(timezone.now()):
            self.stdout.write(f"{translation}: {problem or 'published'}")


def live_objects(model: type[models.Model]) -> Iterator[Any]:
    rows = models.QuerySet(model)
    if issubclass(model, DraftStateMixin):
        rows = rows.filter(live=True)
    if hasattr(model, "alias_of"):
        rows = rows.filter(alias_of=None)
    return rows.iterator(chunk_size=500)


def differs(obj: Any) -> bool:
    found = Original.objects.for_object(obj).first()
    return found is None or found.is_gone or found.fingerprint != fingerprint_of(extract(obj))


@transaction.atomic
def write_anew(obj: Any) -> None:
    original = record_source(original_of(obj), obj)
    for translation in original.translations.all():
        refresh(original, translation.language, worked=False)
