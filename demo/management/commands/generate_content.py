"""Fill the portal with generated content, to see how it copes with large amounts."""

from argparse import ArgumentParser, ArgumentTypeError
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from core.keys import is_digits
from core.languages import source_columns
from core.publishing import bypass_review
from demo import tree
from demo.generating.content import Generator
from demo.indexing import indexed_at_the_end
from news.models import HomePage
from newsroom.record import sealing

from .seed_demo import is_for_trying_out


class Command(BaseCommand):
    help = (
        "Make generated stories and schools until there are as many as asked for; those that are there stay as they "
        "are, so running it twice changes nothing."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--stories", type=_number, required=True, help="how many generated stories there shall be")
        parser.add_argument("--schools", type=_number, required=True, help="how many generated schools there shall be")
        parser.add_argument("--seed", type=int, default=1, help="another seed makes other text (default: 1)")
        parser.add_argument("--in-production", action="store_true", help="run under production settings too")

    def handle(self, *_args: Any, stories: int, schools: int, seed: int, in_production: bool, **options: Any) -> None:
        if not (in_production or is_for_trying_out()):
            raise CommandError(
                "generate_content fills the public site with made-up pages: under production settings it runs only "
                "with --in-production."
            )
        self.is_quiet = options["verbosity"] == 0
        with source_columns(), bypass_review("generated content"):
            add_sections()
            made = Generator(seed, self._progress).generate(stories, schools)
            if settings.KEEPS_RECORD:
                sealing.record_generated("generated content")
        self._say(f"{made} new stories; generated stories in all: {stories}." if made else "Nothing was missing.")

    def _progress(self, kind: str, made: int, wanted: int) -> None:
        self._say(f"{kind}: {made} of {wanted}")

    def _say(self, line: str) -> None:
        if not self.is_quiet:
            self.stdout.write(line)
            self.stdout.flush()


def add_sections() -> None:
    """The front page and the sections, if the demo has not made them."""
    if HomePage.objects.live().exists():
        return
    with transaction.atomic(), indexed_at_the_end():
        tree.add_sections()
        HomePage.objects.get().save_revision().publish()


def _number(text: str) -> int:
    if not is_digits(text):
        raise ArgumentTypeError(f"{text} is not a number of things")
    return int(text)
