"""How much work one file may ask for.

What a file holds is counted, not timed, so the same file is refused on every machine. The numbers are measured: a unit of
work is about 10 microseconds on one core of 2023, so MAX_WORK is 15 to 20 seconds, and a request may take 60
(docs/operations.md).
"""

import re
from dataclasses import dataclass

from django.utils.translation import gettext as _

from .errors import TooMuch


MAX_BYTES = 5 * 1024 * 1024
MAX_ROWS = 20_000  # segments, or units of a memory
MAX_WORK = 1_500_000
TAGS_IN_ROW = 20
PATIENCE = 20  # times as much
NUMERAL_WORK = 40  # the check of numbers reads each in every way that it can be read
STORING = 500  # a text with its history
PLANNING_TERM, PLANNING_RENDERING, STORING_TERM = 150, 20, 3000  # in the search index, too
_NUMERALS = re.compile(r"[\d〇一二三四五六七八九十百千万亿]")


@dataclass
class Budget:
    """How much of it has been used for one file. Each `take_` raises TooMuch if it is too much."""

    max_rows: int = MAX_ROWS
    max_work: int = MAX_WORK
    max_bytes: int = MAX_BYTES
    rows: int = 0
    work: int = 0

    def take_content(self, content: bytes) -> None:
        if len(content) > self.max_bytes:
            raise TooMuch(_("The file is too large: at most %(number)d MB.") % {"number": self.max_bytes // 1024**2})

    def take_markup(self, text: str) -> None:
        """Before XML becomes a tree, which needs some 200 bytes of memory for each tag."""
        if text.count("<") > TAGS_IN_ROW * self.max_rows:
            raise _too_much()

    def take_rows(self, number: int) -> None:
        self.rows += number
        if self.rows > self.max_rows:
            raise TooMuch(_("The file has too many rows: at most %(number)d.") % {"number": self.max_rows})

    def take_checks(self, *texts: str) -> None:
        """Before the checks of a translation look at its texts."""
        self.take_work(sum(work_of(text) for text in texts))

    def take_work(self, units: int) -> None:
        self.work += units
        if self.work > self.max_work:
            raise _too_much()


def _too_much() -> TooMuch:
    return TooMuch(_("There is too much in this file for one step: export and import fewer texts at a time."))


def patient() -> Budget:
    """For the command line, where nobody waits for an answer."""
    return Budget(MAX_ROWS * PATIENCE, MAX_WORK * PATIENCE, MAX_BYTES * PATIENCE)


def work_of(text: str) -> int:
    """The units of work of checking a text: one for each character, more for a numeral."""
    return len(text) + NUMERAL_WORK * len(_NUMERALS.findall(text))
