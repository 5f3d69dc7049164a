"""What a person makes of the blocks of a file: parts of them, split and joined, each with its kind. Plain data.

A part is one slice of a block, or several that were joined. What a slice counts depends on its block: characters of a
paragraph, items of a list, blocks of a box; of a picture, itself and then the characters of its caption, so that a caption
can be split off its picture. A part that nobody has touched is what `assign` says.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from ..importing.assigning import natural_kind
from ..importing.bylines import names_in
from ..importing.document import (
    Block,
    Box,
    Document,
    Item,
    Listing,
    Note,
    Paragraph,
    Picture,
    Quote,
    Role,
    Span,
    Words,
    said,
)
from ..importing.story import WORDS, Kind, Piece, Story, kinds_for


@dataclass(frozen=True)
class Slice:
    """From `start` to before `end` of the block of that number."""

    block: int
    start: int
    end: int

    @property
    def key(self) -> str:
        return f"{self.block}.{self.start}.{self.end}"


@dataclass(frozen=True)
class Part:
    kind: Kind
    slices: tuple[Slice, ...]

    @property
    def key(self) -> str:
        """What the form calls it. It changes when the part is split or joined, not with its kind."""
        return "-".join(each.key for each in self.slices)

    @property
    def first(self) -> int:
        return self.slices[0].block

    @property
    def length(self) -> int:
        return sum(each.end - each.start for each in self.slices)


def packed_parts(parts: Sequence[Part]) -> list[list]:
    return [[str(part.kind), [[each.block, each.start, each.end] for each in part.slices]] for part in parts]


def unpacked_parts(data: list[list]) -> list[Part]:
    return [Part(Kind(kind), tuple(Slice(*each) for each in slices)) for kind, slices in data]


def parts_of(pieces: Sequence[Piece]) -> list[Part]:
    """As they come: each block is a part, of the kind that it was given."""
    return [Part(piece.kind, (whole(number, piece.block),)) for number, piece in enumerate(pieces)]


# Slices of blocks ------------------------------------------------------------------------------


def caption_line(picture: Picture) -> str:
    credit = f"（{picture.credit}）" if picture.credit and picture.caption else picture.credit
    return picture.caption + credit


def length(block: Block) -> int:
    if isinstance(block, Paragraph | Quote):
        return len(block.text)
    if isinstance(block, Listing):
        return len(block.items)
    if isinstance(block, Box):
        return len(block.blocks)
    return 1 + (len(caption_line(block)) if isinstance(block, Picture) else 0)


def whole(number: int, block: Block) -> Slice:
    return Slice(number, 0, length(block))


def cut(block: Block, part: Slice) -> Block:
    """The block that a slice of one is."""
    is_whole = (part.start, part.end) == (0, length(block))
    if isinstance(block, Box) and part.end - part.start == 1:
        return replace(block.blocks[part.start], place=block.place)
    if is_whole:
        return block
    if isinstance(block, Paragraph | Quote):
        return Paragraph(place=block.place, words=letters(block.words, part.start, part.end))
    if isinstance(block, Listing):
        return replace(block, items=block.items[part.start : part.end])
    if isinstance(block, Box):
        return replace(block, blocks=block.blocks[part.start : part.end])
    if isinstance(block, Picture) and part.start == 0:
        return replace(block, caption="", credit="")
    if isinstance(block, Picture):
        text = caption_line(block)[part.start - 1 : part.end - 1]
        return Paragraph(place=block.place, words=(Span(text),), role=Role.CAPTION)
    return block


def letters(words: Words, start: int, end: int) -> Words:
    """The words from one letter to another, without blanks around them."""
    found, at = [], 0
    for span in words:
        text = span.text[max(0, start - at) : max(0, end - at)]
        at += len(span.text)
        if text:
            found.append(replace(span, text=text))
    if found:
        found[0] = replace(found[0], text=found[0].text.lstrip())
        found[-1] = replace(found[-1], text=found[-1].text.rstrip())
    return tuple(span for span in found if span.text)


def words_of(block: Block) -> Words | None:
    """The words of a block that is words and nothing else."""
    if isinstance(block, Paragraph | Quote):
        return block.words
    if isinstance(block, Listing) and len(block.items) == 1:
        return block.items[0].words
    return (Span(f"{block.mark} "), *block.words) if isinstance(block, Note) else None


# Parts as pieces of a story --------------------------------------------------------------------


@dataclass
class Choices:
    """The blocks of a file as they were assigned, and what a person makes of them."""

    document: Document
    assigned: Sequence[Piece]
    parts: list[Part]

    def blocks(self, part: Part) -> list[Block]:
        return [cut(self.assigned[each.block].block, each) for each in part.slices]

    def is_untouched(self, part: Part) -> bool:
        """Whether it is a block as it came, of the kind that it was given."""
        piece = self.assigned[part.first]
        return part.kind is piece.kind and part.slices == (whole(part.first, piece.block),)

    def kinds(self, part: Part) -> set[Kind]:
        """What it may become."""
        blocks = self.blocks(part)
        if len(blocks) > 1 or words_of(blocks[0]) is not None:
            return WORDS | {Kind.LIST} | kinds_for(blocks[0])
        return kinds_for(blocks[0])

    def pieces(self, part: Part) -> list[Piece]:
        if self.is_untouched(part):
            return [self.assigned[part.first]]
        blocks = self.blocks(part)
        if len(blocks) == 1 and isinstance(blocks[0], Listing) and part.kind is Kind.TEXT:
            return [Piece(Kind.TEXT, Paragraph(place=blocks[0].place, words=item.words)) for item in blocks[0].items]
        if len(blocks) == 1 and (part.kind in (natural_kind(blocks[0]), Kind.LEFT_OUT) or words_of(blocks[0]) is None):
            return [_named(part.kind, blocks[0])]
        words = _joined([words_of(block) or () for block in blocks])
        place = blocks[0].place.until(blocks[-1].place) if len(blocks) > 1 else blocks[0].place
        return [_named(part.kind, Paragraph(place=place, words=words))]

    def numbered(self) -> list[tuple[int, Piece]]:
        """The pieces, each with the number of the part that it is of; of what makes one list, with that of its first."""
        pieces = ((number, piece) for number, part in enumerate(self.parts) for piece in self.pieces(part))
        return list(_with_lists(pieces))

    def story(self) -> Story:
        return Story(self.document, [piece for _number, piece in self.numbered()])


def _named(kind: Kind, block: Block) -> Piece:
    piece = Piece(kind, block)
    if kind is Kind.BYLINE:
        piece.byline = names_in(piece.text)
    return piece


def _joined(parts: Sequence[Words]) -> Words:
    """With a blank between those that are no Chinese."""
    done: list[Span] = []
    for words in parts:
        before, after = said(done), said(words)
        if before and after and before[-1].isascii() and after[0].isascii() and not before[-1].isspace():
            done.append(Span(" "))
        done += words
    return tuple(done)


def _with_lists(pieces: Iterable[tuple[int, Piece]]) -> Iterator[tuple[int, Piece]]:
    """Paragraphs beside each other that are to be a list are one."""

    def is_item(numbered: tuple[int, Piece]) -> bool:
        _number, piece = numbered
        return piece.kind is Kind.LIST and isinstance(piece.block, Paragraph)

    for are_items, group in groupby(pieces, key=is_item):
        if not are_items:
            yield from group
            continue
        numbers, found = zip(*group, strict=True)
        place = found[0].block.place.until(found[-1].block.place)
        yield (
            numbers[0],
            Piece(Kind.LIST, Listing(place=place, items=[Item(_without_bullet(each.words)) for each in found])),
        )


BULLETS = "•·●○■□◆◇▪▫►▶➢✓✔-–*　 "


def _without_bullet(words: Words) -> Words:
    text = said(words)
    count = len(text) - len(text.lstrip(BULLETS))
    return letters(words, count if 0 < count < len(text) else 0, len(text))
