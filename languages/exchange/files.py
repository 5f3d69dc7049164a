"""What is exported to a file and what is imported from one, in any format."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.dateparse import parse_datetime

from core.languages import TAGS
from core.text.cleaning import legal_xml

from ..desk.chips import Chips, chips_of
from ..desk.rows import Row, rows_of
from ..models import Original


CREATOR = "eduportal"
LONGEST_TIME = 64  # characters


# Out -----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Text:
    """One original with its segments."""

    original: Original
    rows: Sequence[Row]
    chips: Chips

    @property
    def name(self) -> str:
        return name_of(self.original)

    def notes(self, row: Row) -> list[str]:
        """What a translator should know of a segment: what kind of text it is, and where its links lead."""
        chips = self.chips.get(row.segment.path, {})
        return [
            legal_xml(note) for note in (row.segment.label, *(f"{name}: {chip.label}" for name, chip in chips.items()))
        ]


@dataclass(frozen=True)
class Outgoing:
    """A selection in one language, as it was at one time."""

    language: str
    at: datetime
    texts: Sequence[Text]

    @property
    def tag(self) -> str:
        return TAGS[self.language]


def outgoing(originals: Iterable[Original], language: str) -> Outgoing:
    """The time is taken before anything is read, so that what is saved during the export counts as later."""
    at = timezone.now()
    texts = []
    for original in originals:
        rows = rows_of(original, language)
        texts.append(Text(original, rows, chips_of([row.segment for row in rows], language)))
    return Outgoing(language, at, texts)


def name_of(original: Original) -> str:
    """The name of an original in a file: 'news.storypage:12'."""
    kind = original.content_type
    return f"{kind.app_label}.{kind.model}:{original.object_id}"


def stamp(text: str, is_confirmed: bool) -> str:
    """Exported with a translation: shows on import whether anybody changed it."""
    return hashlib.sha256(f"{is_confirmed}\n{text.strip()}".encode()).hexdigest()[:16]


# In ------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Entry:
    """A segment as a file has it. `problem` says why its translation cannot be read.

    `is_proven`: this wording of the Chinese was really exported from here (wordings.py). `is_confirmed`: the
    translator's program calls the translation finished; `is_draft`: it calls it unfinished. `is_untouched`: it is as it
    was exported; `is_leftover`: and that was the translation of an earlier wording.
    """

    original: str
    path: str
    hash: str
    source: str
    target: str = ""
    is_proven: bool = False
    is_confirmed: bool = False
    is_draft: bool = False
    is_untouched: bool = False
    is_leftover: bool = False
    problem: str = ""


@dataclass(frozen=True)
class Incoming:
    """`at` is when the file was exported; None if it does not say."""

    language: str
    at: datetime | None
    entries: Sequence[Entry]


def time_of(text: str | None) -> datetime | None:
    """A time written as ISO 8601; None if the text is not one."""
    try:
        time = parse_datetime((text or "").strip()[:LONGEST_TIME])
    except ValueError:
        return None
    return timezone.make_aware(time) if time and timezone.is_naive(time) else time
