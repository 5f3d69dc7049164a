"""What the readers of a .docx share while they read one part after another."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

from ... import limits
from ...document import Block, Part, Place
from ...met import Met, Refusal, Refused
from ..ledger import Ledger
from ..pictures import Pictures
from ..tidying import Tidied
from .archive import Archive, Relation
from .numbering import Numbering
from .styles import Styles
from .xml import Element, text_of


@dataclass
class OpenField:
    """A field that has begun. `code` is what it is made by; until its result begins, words are part of the code."""

    code: str = ""
    in_result: bool = False


@dataclass
class Context:
    """`counted` counts the characters of text that were taken, or noted as dropped: what is missing at the end was not
    understood. `blocks` reads what stands in an element, and is set by the reader of bodies: boxes and cells hold blocks."""

    archive: Archive
    part: str
    styles: Styles
    numbering: Numbering
    ledger: Ledger
    pictures: Pictures
    blocks: Callable[["Context", Element], list[Block]]
    where: Part = Part.BODY
    fields: list[OpenField] = field(default_factory=list)
    tidied: Tidied = field(default_factory=Tidied)
    paragraphs: dict[Part, int] = field(default_factory=dict)
    carried: list[Any] = field(default_factory=list)  # what the paragraph before ended with, and has no end of its own
    notes: list[tuple[str, str, str]] = field(default_factory=list)  # (kind, id, mark) in the order of the text
    comments: dict[str, Place] = field(default_factory=dict)  # {id: where it is made}
    used: set[str] = field(default_factory=set)  # parts that were read or looked at
    counted: list[int] = field(default_factory=lambda: [0])

    def place(self) -> Place:
        """Of the paragraph that is read now."""
        return Place(self.paragraphs.get(self.where, 0), part=self.where)

    def next_place(self) -> Place:
        """Of the next one. Raises Refused if there are too many."""
        self.paragraphs[self.where] = self.paragraphs.get(self.where, 0) + 1
        if sum(self.paragraphs.values()) > limits.MAX_PARAGRAPHS:
            raise Refused(Refusal.LONG, number=limits.MAX_CHARACTERS)
        return self.place()

    def within(self, where: Part, part: str = "") -> "Context":
        """For what stands elsewhere: in a box, or in another part of the file. Counts go on; fields and what is carried
        are those of a text of its own."""
        return replace(self, where=where, part=part or self.part, fields=[], carried=[])

    def relation(self, key: str) -> Relation | None:
        return self.archive.relations(self.part).get(key)

    def drop(self, kind: Met, node: Element, text: str | None = None) -> None:
        """An element with all its words is left out, and that is noted."""
        words = text_of(node)
        self.counted[0] += len(words)
        self.ledger.dropped(kind, self.place(), words if text is None else text)

    def account(self, node: Element) -> None:
        """An element says what is said elsewhere, too."""
        self.counted[0] += len(text_of(node))
