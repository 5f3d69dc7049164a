"""How much work a function does, counted: the same on every machine, however busy it is."""

import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any


HANGS = 120  # seconds of the processor after which something is taken to hang; what is tested here needs less than two


class Counter:
    """`steps` are the calls of functions so far, those of the standard library and of regular expressions too."""

    steps = 0

    def __call__(self, _frame: Any, event: str, _argument: Any) -> None:
        self.steps += event in ("call", "c_call")


@contextmanager
def counted() -> Iterator[Counter]:
    """What goes on inside one call of a regular expression is not counted: one that never ends fails after a while."""
    counter = Counter()
    before = sys.getprofile()
    handler = signal.signal(signal.SIGPROF, _give_up)
    signal.setitimer(signal.ITIMER_PROF, HANGS)
    sys.setprofile(counter)
    try:
        yield counter
    finally:
        sys.setprofile(before)
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, handler)


def _give_up(_number: int, _frame: Any) -> None:
    raise AssertionError(f"This has taken {HANGS} seconds of the processor: it hangs.")


def steps(function: Callable, *arguments: Any) -> int:
    with counted() as counter:
        function(*arguments)
    return counter.steps


def is_linear(function: Callable, text: Callable[[int], Any], size: int) -> bool:
    """Whether four times as long a text takes about four times the work, not sixteen times. `text` makes one of a size."""
    function(text(1))  # what is done only once
    small, large = steps(function, text(size)), steps(function, text(4 * size))
    return large <= 5 * small + 1_000
