from typing import Any

from django.contrib.auth.models import Permission
from django.core.management.base import BaseCommand, CommandError

from core.roles import sync


class Command(BaseCommand):
    help = "Make the groups and their permissions equal to the table in core/roles.py."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            report = sync()
        except Permission.DoesNotExist as error:
            raise CommandError("A permission of the table is missing: run `manage.py migrate` first.") from error
        for line in report.changes:
            self.stdout.write(line)
        for note in report.notes:
            self.stdout.write(self.style.WARNING(note))
        self.stdout.write(f"{len(report.changes)} changes." if report.changes else "Nothing to change.")
