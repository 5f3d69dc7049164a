"""How many examples the tests try that make up their input: few with every change, FUZZ times as many with `make fuzz`."""

import os


TIMES = int(os.environ.get("FUZZ") or 1)


def examples(number: int) -> int:
    """For `max_examples`: as many as this with every change."""
    return number * TIMES
