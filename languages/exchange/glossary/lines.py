"""What a file says of a term."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple


MAX_LINES = 5000
MAX_RENDERINGS = 100  # of one term


class BadRow(ValueError):
    """A row with an impossible value; the message is for the person who wrote it."""


class Rendering(NamedTuple):
    language: str
    text: str
    is_forbidden: bool = False
    note: str = ""


@dataclass(frozen=True)
class Line:
    """A term as a file has it. `number` is its place in the file.

    `fields` are those that the file says something of, by their names; `covered` are the kinds of renderings, as
    (language, forbidden), that it lists completely. Everything else is left as it is. `problem` says what is wrong.
    """

    number: int
    fields: Mapping[str, str]
    renderings: Sequence[Rendering] = ()
    covered: frozenset[tuple[str, bool]] = field(default=frozenset())
    problem: str = ""
