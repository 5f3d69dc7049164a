"""The daily mail, at the time of whoever calls this. `run_scheduler` sends it by itself at seven in the morning."""

from typing import Any

from django.core.management.base import BaseCommand

from core import mail
from core.notices.mailing import send_daily


class Command(BaseCommand):
    help = "Mail each person the notices that wait for the daily mail, and those that were to be mailed at once."

    def handle(self, *_args: Any, **_options: Any) -> None:
        if not mail.is_configured():
            self.stdout.write("No mail leaves this portal: EMAIL_URL is not set.")
            return
        self.stdout.write(f"{send_daily()} mails were sent.")
