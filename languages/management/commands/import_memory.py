from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import translation

from languages.desk.errors import DeskError
from languages.exchange import patient
from languages.exchange.memory import Report, import_memory


class Command(BaseCommand):
    help = "Add a TMX file to the translation memory. Prints what is left out, and why."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file")
        parser.add_argument("--dry-run", action="store_true", help="only say what would happen")

    def handle(self, *_args: Any, file: str, dry_run: bool, **_options: Any) -> None:
        path = Path(file)
        try:
            content = path.read_bytes()
        except OSError as error:
            raise CommandError(f"{file} cannot be read: {error.strerror}.") from error
        with translation.override("en"):
            try:
                self.print_report(import_memory(content, path.name, None, dry_run=dry_run, budget=patient()), dry_run)
            except DeskError as error:
                raise CommandError(str(error)) from error

    def print_report(self, report: Report, dry_run: bool) -> None:
        for row in report.rows:
            if row.status == "skipped":
                self.stdout.write(f"skipped: {row.variant.number} {row.reason}")
        counts = ", ".join(f"{status} {number}" for status, number in report.counts.items())
        self.stdout.write(f"{counts}{' (dry run)' if dry_run else ''}")
