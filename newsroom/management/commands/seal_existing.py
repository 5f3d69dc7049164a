from typing import Any

from django.core.management.base import BaseCommand, CommandError

from core.publishing import bypass_review
from newsroom.record.sealing import AlreadySealed, seal_existing


class Command(BaseCommand):
    help = "Once: record what was live before there was a record, as it is."

    def handle(self, *_args: Any, verbosity: int, **_options: Any) -> None:
        try:
            with bypass_review("seal_existing"):
                count = seal_existing("live before there was a record")
        except AlreadySealed as error:
            entry = error.entry
            raise CommandError(
                f"The record was sealed on {entry.at:%Y-%m-%d %H:%M}, by entry {entry.number}."
            ) from error
        if verbosity:
            self.stdout.write(f"Recorded as they are: {count}.")
