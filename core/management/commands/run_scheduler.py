"""Keep what is scheduled on time."""

import logging
import signal
import threading
import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.db import DatabaseError, close_old_connections

from core.models import Heartbeat
from core.publishing.schedule import run_due


logger = logging.getLogger(__name__)

SCHEDULER = "scheduler"  # its name among the heartbeats
BEAT = 60  # seconds between two writes of the heartbeat


class Command(BaseCommand):
    help = "Publish and withdraw what is scheduled, every few seconds, until it is stopped. Any number may run."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--every", type=float, default=5, metavar="SECONDS", help="between two looks (5)")
        parser.add_argument("--once", action="store_true", help="look once and end")

    def handle(self, *_args: Any, every: float, once: bool, **_options: Any) -> None:
        stop = threading.Event()
        if threading.current_thread() is threading.main_thread() and not once:
            for number in (signal.SIGTERM, signal.SIGINT):
                signal.signal(number, lambda *_: stop.set())
        beaten = 0.0
        while True:
            if time.monotonic() - beaten >= BEAT or not beaten:
                beaten = time.monotonic()
                self.look(beat=True)
            else:
                self.look()
            if once or stop.wait(every):
                return
            close_old_connections()

    def look(self, beat: bool = False) -> None:
        """One round. A database that is away is asked again at the next one."""
        try:
            if beat:
                Heartbeat.beat(SCHEDULER)
            for outcome in run_due():
                self.stdout.write(str(outcome))
        except DatabaseError:
            logger.exception("The scheduler could not ask the database")
