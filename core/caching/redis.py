"""A Redis that is stopped or frozen costs a quarter of a second now and then, and nothing else."""

import threading
import time
from typing import Any

from redis import Redis
from redis.exceptions import ConnectionError, TimeoutError


REST = 5.0  # seconds for which a Redis that did not answer is not asked again

_rests_until = 0.0
_lock = threading.Lock()


class ImpatientRedis(Redis):
    """After a failure every command fails at once, for a while: `IGNORE_EXCEPTIONS` makes a miss of each."""

    def execute_command(self, *args: Any, **options: Any) -> Any:
        global _rests_until
        if time.monotonic() < _rests_until:
            raise ConnectionError("Redis did not answer a moment ago.")
        try:
            return super().execute_command(*args, **options)
        except (ConnectionError, TimeoutError):
            with _lock:
                _rests_until = time.monotonic() + REST
            raise


def ask_again() -> None:
    """Take it for well again: for tests."""
    global _rests_until
    with _lock:
        _rests_until = 0.0
