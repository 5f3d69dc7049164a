from typing import Any

from django.core.management.base import BaseCommand

from core.caching import writes


class Command(BaseCommand):
    help = "Make every page that is kept out of date: after something was written past the portal (a restored dump)."

    def handle(self, *_args: Any, **_options: Any) -> None:
        writes.move()
