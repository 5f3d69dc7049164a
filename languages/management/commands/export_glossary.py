from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from languages.exchange.glossary import FORMATS, exported


class Command(BaseCommand):
    help = "Write the glossary to a TBX file for translators' programs."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--format", choices=sorted(FORMATS), default="tbx-3")
        parser.add_argument("-o", "--output", required=True, metavar="FILE")

    def handle(self, *_args: Any, format: str, output: str, **_options: Any) -> None:
        try:
            Path(output).write_bytes(exported(format))
        except OSError as error:
            raise CommandError(f"{output} cannot be written: {error.strerror}.") from error
        self.stdout.write(f"The glossary was written to {output}.")
