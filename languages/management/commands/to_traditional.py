from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.db import DatabaseError

from core.text.traditional import Standard, to_traditional
from languages.conversion import conversion


class Command(BaseCommand):
    help = "Print a text in traditional characters as the site would write it, with its standard, phrases and names."
    requires_system_checks = ()
    requires_migrations_checks = False

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("text", help="simplified Chinese")
        parser.add_argument("--standard", choices=list(Standard), help="of another region than the site's")

    def handle(self, *_args: Any, text: str, standard: str | None, **_options: Any) -> None:
        self.stdout.write(_written(text, Standard(standard) if standard else None))


def _written(text: str, standard: Standard | None) -> str:
    """Without the site's own words if there is no database, or none with tables."""
    try:
        known = conversion()
    except DatabaseError:
        return to_traditional(text, standard or Standard.HONG_KONG)
    return to_traditional(text, standard or known.standard, known.phrases)
