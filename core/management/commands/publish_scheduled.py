"""Wagtail's command of this name, through our schedule: each object by itself, and past the gate."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from core.publishing.schedule import due_revisions, expired_objects, run_due


class Command(BaseCommand):
    help = "Publish and withdraw what is scheduled for now or earlier, once. `run_scheduler` does it all the time."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dryrun", "--dry-run", action="store_true", dest="dryrun", help="change nothing")

    def handle(self, *_args: Any, dryrun: bool, **_options: Any) -> None:
        if not dryrun:
            for outcome in run_due():
                self.stdout.write(str(outcome))
            return
        now = timezone.now()
        for revision in due_revisions(now):
            self.stdout.write(f"to publish, {revision.approved_go_live_at:%Y-%m-%d %H:%M}: {revision.object_str}")
        for obj in expired_objects(now):
            self.stdout.write(f"to withdraw, {obj.expire_at:%Y-%m-%d %H:%M}: {obj}")
