"""The parts of a file as the screen shows them: what stands in the file, and what it becomes."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from news.choices import Role as NewsRole

from ..importing import wording
from ..importing.bylines import Byline
from ..importing.captions import caption_of
from ..importing.document import (
    Block,
    Box,
    Document,
    Finding,
    Heading,
    Item,
    Listing,
    Look,
    Note,
    Outcome,
    Paragraph,
    Picture,
    Quote,
    Table,
)
from ..importing.story import Kind, Piece
from ..importing.stream import table, words_html
from ..models import StoryImport
from .editing import may_join, places_to_split
from .kinds import LABELS, LETTERS
from .parts import Choices, Part, caption_line
from .standing import Broken, Standing


@dataclass
class Side:
    """A block for a template: `sort` says which of the others there are."""

    sort: str
    html: str = ""
    marks: str = ""  # how it looks in the file
    items: Sequence[Item] = ()
    headings: Sequence[str] = ()
    rows: Sequence[Sequence[str]] = ()
    caption: str = ""
    credit: str = ""
    alt: str = ""
    url: str = ""
    inner: list["Side"] = field(default_factory=list)


@dataclass
class Row:
    """A part on the screen."""

    part: Part
    place: str
    file: list[Side]
    becomes: list[Side]
    options: list[tuple[Kind, Promise, str]]  # (kind, name, letter)
    may_join: bool
    splits: list[tuple[int, str]]
    broken: list[Broken]
    is_moved: bool
    names: str = ""  # of a byline

    @property
    def key(self) -> str:
        return self.part.key

    @property
    def label(self) -> Promise:
        return LABELS[self.part.kind]


class Shower:
    """Makes rows of the parts of one import."""

    def __init__(self, stored: StoryImport, choices: Choices, standing: Standing | None = None) -> None:
        """Without `standing`, of an import that is finished, nothing is said to be broken."""
        self.stored, self.choices, self.standing = stored, choices, standing
        self.usual = _usual_look(choices.document)

    def rows(self, first: int = 0, last: int | None = None) -> list[Row]:
        return [self.row(number) for number in range(len(self.choices.parts))[first:last]]

    def row(self, number: int) -> Row:
        part = self.choices.parts[number]
        blocks, pieces = self.choices.blocks(part), self.choices.pieces(part)
        allowed = self.choices.kinds(part) | {part.kind}
        places = dict.fromkeys(filter(None, (wording.place(each.place, self.choices.document) for each in blocks)))
        return Row(
            part,
            ", ".join(places),
            [self.side(block) for block in blocks],
            [self.becoming(piece) for piece in pieces],
            [(kind, label, LETTERS[kind]) for kind, label in LABELS.items() if kind in allowed],
            may_join(self.choices, number),
            places_to_split(self.choices, part),
            self.standing.broken_here.get(part.key, []) if self.standing else [],
            self.standing is not None and not self.standing.moved.isdisjoint(part.slices),
            names=", ".join(_people(pieces[0].byline)) if pieces and part.kind is Kind.BYLINE else "",
        )

    def becoming(self, piece: Piece) -> Side:
        """A piece with the words that it was given: those of its block may be more."""
        side = self.side(piece.block)
        side.marks = ""
        if piece.words and not isinstance(piece.block, Listing):
            side.html = words_html(piece.words)
        if piece.kind is Kind.CAPTION:
            found = caption_of(piece.text)
            side.caption, side.credit = found.text, found.credit
        return side

    def side(self, block: Block) -> Side:
        if isinstance(block, Paragraph):
            return Side("words", html=words_html(block.words), marks=", ".join(_marks(block, self.usual)))
        if isinstance(block, Quote):
            return Side("words", html=words_html(block.words), caption=block.attribution)
        if isinstance(block, Note):
            return Side("words", html=words_html(block.words), marks=block.mark)
        if isinstance(block, Listing):
            return Side("list", items=block.items)
        if isinstance(block, Table):
            return _table(block)
        if isinstance(block, Picture):
            return self._picture(block)
        inner = block.blocks if isinstance(block, Box) else []
        return Side("box", marks=_("text box"), inner=[self.side(each) for each in inner])

    def _picture(self, block: Picture) -> Side:
        url = reverse("story_import_picture", args=[self.stored.pk, block.file])
        return Side(
            "picture", caption=block.caption, credit=block.credit, alt=block.alt or caption_line(block), url=url
        )


def _table(block: Table) -> Side:
    found = table(block)
    grid = found["table"]
    return Side(
        "table",
        caption=found["caption"],
        credit=found["note"],
        headings=[column["heading"] for column in grid["columns"]],
        rows=[row["values"] for row in grid["rows"]],
    )


def _usual_look(document: Document) -> Look:
    """Of most of the text, which is not worth saying."""
    letters: Counter[Look] = Counter()
    for block in document.blocks:
        if isinstance(block, Paragraph):
            letters[block.look] += len(block.text)
    return max(letters, key=lambda look: letters[look], default=Look())


def _marks(block: Paragraph, usual: Look) -> Iterable[str]:
    """How a paragraph looks otherwise than most, in words."""
    look = block.look
    if isinstance(block, Heading) and block.is_styled:
        yield _("heading {level}").format(level=block.level)
    if look.bold and not usual.bold:
        yield pgettext("look", "bold")
    if look.centred:
        yield pgettext("look", "centred")
    if look.size and look.size != usual.size:
        yield _("{size} pt").format(size=f"{look.size:g}")
    if look.font and look.font != usual.font:
        yield look.font


def _people(byline: Byline | None) -> Iterable[str]:
    if byline is None:
        yield _("No names were found: it stays text.")
        return
    labels = dict(NewsRole.choices)
    for role, name in byline.people:
        yield f"{labels.get(role, role)} {name}"
    if byline.source:
        yield _("source {name}").format(name=byline.source)


# The report ------------------------------------------------------------------------------------

ORDER = (Outcome.DROPPED, Outcome.CHANGED, Outcome.KEPT)


def report(findings: Iterable[Finding], document: Document) -> list[tuple[Promise, list[str]]]:
    """[(outcome, lines)]: what was left out comes first."""
    by_outcome: dict[Outcome, list[str]] = {outcome: [] for outcome in ORDER}
    for each in findings:
        by_outcome[each.outcome].append(wording.finding_of(each, document))
    return [(wording.OUTCOMES[outcome], lines) for outcome, lines in by_outcome.items() if lines]


def counted(parts: Iterable[Part]) -> list[tuple[Promise, int]]:
    """How many parts there are of each kind, in the order of the kinds."""
    counts: dict[Kind, int] = {}
    for part in parts:
        counts[part.kind] = counts.get(part.kind, 0) + 1
    return [(LABELS[kind], counts[kind]) for kind in LABELS if kind in counts]
