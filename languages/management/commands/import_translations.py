from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import translation

from core.management.people import user_named
from languages.desk.errors import DeskError
from languages.exchange import Report, import_file, patient


class Command(BaseCommand):
    help = "Take translations back from an XLIFF or PO file. Prints what becomes of each segment."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file")
        parser.add_argument("--dry-run", action="store_true", help="only say what would happen")
        parser.add_argument("--overwrite", action="store_true", help="win over what was changed since the export")
        parser.add_argument("--user", metavar="NAME", help="import as this user, with no more rights than theirs")

    def handle(self, *_args: Any, file: str, dry_run: bool, overwrite: bool, user: str | None, **_options: Any) -> None:
        try:
            content = Path(file).read_bytes()
        except OSError as error:
            raise CommandError(f"{file} cannot be read: {error.strerror}.") from error
        with translation.override("en"):
            try:
                report = import_file(content, user_named(user), overwrite=overwrite, dry_run=dry_run, budget=patient())
                self.print_report(report, dry_run)
            except DeskError as error:
                raise CommandError(str(error)) from error

    def print_report(self, report: Report, dry_run: bool) -> None:
        for outcome in report.shown:
            reasons = "; ".join(outcome.reasons)
            self.stdout.write(
                f"{outcome.status.value}: {outcome.entry.original} {outcome.entry.path} {reasons}".rstrip()
            )
        counts = ", ".join(f"{status.value} {number}" for status, number in report.counts)
        self.stdout.write(f"{report.language.code}: {counts or 'no segments'}{' (dry run)' if dry_run else ''}")
