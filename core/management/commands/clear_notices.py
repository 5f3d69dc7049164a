"""Notices are not kept for ever: what was read is of no use after some weeks, and names people."""

from argparse import ArgumentParser
from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand
from django.db import models
from django.utils import timezone

from core.models import Notice


class Command(BaseCommand):
    help = "Delete notices that were read long ago, and those that nobody has read for a year."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--read", type=int, default=90, metavar="DAYS", help="days after which a read one goes (90)"
        )
        parser.add_argument("--unread", type=int, default=365, metavar="DAYS", help="days for an unread one (365)")
        parser.add_argument("--dry-run", action="store_true", help="only say how many")

    def handle(self, *_args: Any, read: int, unread: int, dry_run: bool, **_options: Any) -> None:
        now = timezone.now()
        old = Notice.objects.filter(
            models.Q(read_at__lt=now - timedelta(days=read))
            | models.Q(read_at=None, at__lt=now - timedelta(days=unread))
        )
        count = old.count() if dry_run else old.delete()[0]
        self.stdout.write(f"{count} old notices{' would be' if dry_run else ' were'} deleted.")
