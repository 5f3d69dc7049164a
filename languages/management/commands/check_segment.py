import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from core.languages import TARGETS
from languages.checks import ERROR, GlossaryTerm, glossary_terms, run


class Command(BaseCommand):
    help = "Check one translated segment and print what is found as JSON; ends with 1 if there is an error."
    requires_system_checks = ()
    requires_migrations_checks = False

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("source", help="the Chinese text")
        parser.add_argument("target", help="its translation")
        parser.add_argument("--language", required=True, help="the language of the translation: " + ", ".join(TARGETS))
        parser.add_argument("--format", choices=("plain", "html"), default="plain", help="html: with tags and chips")

    def handle(self, *args: Any, **options: Any) -> None:
        language = options["language"]
        if language not in TARGETS:
            raise CommandError(f"{language!r} is not one of {', '.join(TARGETS)}.")
        found = run(options["source"], options["target"], language, format=options["format"], terms=_glossary(language))
        findings = [finding.as_dict() for finding in found]
        self.stdout.write(json.dumps(findings, ensure_ascii=False, indent=2))
        if any(finding.level == ERROR for finding in found):
            raise SystemExit(1)


def _glossary(language: str) -> list[GlossaryTerm]:
    """Empty without a database or tables."""
    try:
        return glossary_terms(language)
    except DatabaseError:
        return []
