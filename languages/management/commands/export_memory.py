from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from core.languages import TARGETS
from languages.exchange.memory import exported


class Command(BaseCommand):
    help = "Write the translation memory of a language to a TMX file."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--language", required=True, choices=TARGETS)
        parser.add_argument("-o", "--output", required=True, metavar="FILE")

    def handle(self, *_args: Any, language: str, output: str, **_options: Any) -> None:
        try:
            Path(output).write_bytes(exported(language, None))
        except OSError as error:
            raise CommandError(f"{output} cannot be written: {error.strerror}.") from error
        self.stdout.write(f"The memory was written to {output}.")
