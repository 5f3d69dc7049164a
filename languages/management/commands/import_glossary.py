from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import translation

from languages.desk.errors import DeskError
from languages.exchange import patient
from languages.exchange.glossary import Report, import_glossary


class Command(BaseCommand):
    help = "Import the glossary from a CSV or TBX file, all of it or nothing. Prints what becomes of each term."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file")
        parser.add_argument("--dry-run", action="store_true", help="only say what would happen")

    def handle(self, *_args: Any, file: str, dry_run: bool, **_options: Any) -> None:
        try:
            content = Path(file).read_bytes()
        except OSError as error:
            raise CommandError(f"{file} cannot be read: {error.strerror}.") from error
        with translation.override("en"):
            try:
                report = import_glossary(content, None, dry_run=dry_run, budget=patient())
            except DeskError as error:
                raise CommandError(str(error)) from error
            self.print_report(report, dry_run)
        if report.is_wrong:
            raise CommandError("Nothing was imported: some rows are wrong.")

    def print_report(self, report: Report, dry_run: bool) -> None:
        for row in report.shown:
            self.stdout.write(f"{row.status}: {row.term.source} {'; '.join([*row.problems, *row.changes])}".rstrip())
        counts = ", ".join(f"{status} {number}" for status, number in report.counts.items())
        self.stdout.write(f"{counts}{' (dry run)' if dry_run else ''}")
