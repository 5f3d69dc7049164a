"""The paragraphs of a text in the order of reading, whatever it is stored in."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Kind(StrEnum):
    TEXT = "text"
    HEADING = "heading"
    LIKE_HEADING = "like-heading"  # only looks like one: no style says so
    ABOVE = "above"  # kicker, title, subtitle, standfirst
    BYLINE = "byline"  # who made it
    PICTURE = "picture"
    OTHER = "other"  # a list, a table, a quotation, a box


HEADINGS = (Kind.HEADING, Kind.LIKE_HEADING)


@dataclass(frozen=True)
class Line:
    """A paragraph. `key` says where it stands in what it was taken from."""

    text: str
    kind: Kind = Kind.TEXT
    key: Any = None

    @property
    def is_text(self) -> bool:
        return self.kind is Kind.TEXT

    @property
    def is_words(self) -> bool:
        """Whether it is a text, or perhaps taken for a heading."""
        return self.kind in (Kind.TEXT, Kind.LIKE_HEADING)
