from argparse import ArgumentParser
from collections import Counter
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from core.publishing import bypass_review
from core.publishing.mending import Outcome, mend, names


class Command(BaseCommand):
    help = "Find what was stored before today's rules and put it right; says row by row what was found and done."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="only say what would be done")
        parser.add_argument("--safe", action="store_true", help="only what needs no judgement: part of `make migrate`")
        parser.add_argument("--only", action="append", default=[], choices=names(), help="one kind; may be repeated")

    def handle(self, *_args: Any, dry_run: bool, safe: bool, only: list[str], **options: Any) -> None:
        with bypass_review("mend_stored"):
            self._mend(dry_run, safe, only, options["verbosity"])

    def _mend(self, dry_run: bool, safe: bool, only: list[str], verbosity: int) -> None:
        counts: Counter[Outcome] = Counter()
        for mender, flaw, outcome in mend(dry_run, safe, only):
            counts[outcome] += 1
            line = f"{mender.name}: {flaw.thing}: {flaw.found}. {outcome.value}: {flaw.remedy}"
            if outcome is Outcome.FAILED:
                self.stderr.write(self.style.ERROR(line))
            elif verbosity:
                self.stdout.write(line)
        if verbosity or counts:
            self.stdout.write(self._summary(counts))
        if counts[Outcome.FAILED]:
            raise CommandError("What failed is in the log.")

    @staticmethod
    def _summary(counts: Counter[Outcome]) -> str:
        return ", ".join(f"{counts[each]} {each.value}" for each in Outcome if counts[each]) or "Nothing to mend."
