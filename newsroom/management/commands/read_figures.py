from typing import Any

from django.core.management.base import BaseCommand

from newsroom.statements.storing import store_all


class Command(BaseCommand):
    help = "Read again what live stories say of figures: once after an update, and after many figures were added."

    def handle(self, *_args: Any, **_options: Any) -> None:
        self.stdout.write(f"Live stories read: {store_all()}.")
