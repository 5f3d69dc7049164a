from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from newsroom.models import Entry
from newsroom.record.sealing import sealed
from newsroom.record.verifying import problems


class Command(BaseCommand):
    help = "Name every live page and snippet that is not as it was recorded, and every entry that was changed; exit 1 then."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--file", type=Path, help="an exported file to be compared with the record, too")

    def handle(self, *_args: Any, file: Path | None, verbosity: int, **_options: Any) -> None:
        if file and not file.is_file():
            raise CommandError(f"There is no file {file}.")
        count = 0
        for count, problem in enumerate(problems(file), 1):  # noqa: B007 (counted after the loop)
            self.stdout.write(problem)
        if count:
            hint = "" if sealed() else " The record was not sealed yet: run seal_existing, once."
            raise CommandError(f"What differs: {count}.{hint}")
        if verbosity:
            last = Entry.objects.order_by("-number").first()
            self.stdout.write(
                f"All is as it was recorded. Entries: {last.number if last else 0}; {last.hash if last else '-'}"
            )
