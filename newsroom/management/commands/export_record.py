from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from newsroom.record import files


class Command(BaseCommand):
    help = "Write the record as a file, one entry a line: of one day, or all."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--day", type=date.fromisoformat, help="YYYY-MM-DD, of the portal's time zone")
        parser.add_argument("-o", "--output", type=Path, help="a file; else it is printed")

    def handle(self, *_args: Any, day: date | None, output: Path | None, **_options: Any) -> None:
        if output:
            count = files.write(output, day)
            self.stdout.write(f"{output}: {count}")
            return
        for line in files.lines(day):
            self.stdout.write(line)
