from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import models

from core.languages import TARGETS
from core.models import BasePage
from languages.desk.originals import original_of
from languages.exchange import FORMATS, export_bytes
from languages.models import Original


class Command(BaseCommand):
    help = "Write the translations into one language to a file for translators' programs."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--language", required=True, choices=TARGETS)
        parser.add_argument("--format", choices=sorted(FORMATS), default="xliff")
        parser.add_argument("--page", type=int, metavar="ID", help="this page only; without it, everything")
        parser.add_argument("-o", "--output", required=True, metavar="FILE")

    def handle(self, *_args: Any, language: str, format: str, page: int | None, output: str, **_options: Any) -> None:
        originals = [_of_page(page)] if page else list(_all())
        if not originals:
            raise CommandError(
                "There is nothing to translate. Is the desk's memory in order? See `translations check`."
            )
        content = export_bytes(originals, language, format)
        try:
            Path(output).write_bytes(content)
        except OSError as error:
            raise CommandError(f"{output} cannot be written: {error.strerror}.") from error
        self.stdout.write(f"{len(originals)} texts written to {output}.")


def _of_page(number: int) -> Original:
    page = BasePage.objects.filter(pk=number).first()
    if page is None:
        raise CommandError(f"There is no page {number}.")
    return original_of(page.specific)


def _all() -> models.QuerySet[Original]:
    """What translators may see."""
    shown = models.Q(is_live=True) | models.Q(released__isnull=False)
    return Original.objects.present().filter(shown).select_related("content_type", "released")
