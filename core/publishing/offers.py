"""What one click in the list links: words of a text to a thing that they name or state.

A check finds the words in `passages`, the paragraphs of the rich texts of a page as its form holds them, and puts an
`Offer` into its finding. The form links them in the editor, where they stand (static/js/admin/offers.js); `with_links`
does the same in what is stored.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import lru_cache, partial
from html import escape
from typing import Any, NamedTuple

from django.utils import timezone
from wagtail import blocks

from ..models import BasePage
from ..text.sentences import sentence_at
from ..text.tags import BLOCKS, Piece, pieces, text_of
from .checklist import Choice, Offer, shared
from .page_texts import change_text, parts_of


AROUND = 24  # characters of the sentence that are shown on either side of the words


class Link(NamedTuple):
    """A link in a paragraph: where its words stand, its kind and the key of what it leads to."""

    start: int
    end: int
    kind: str
    key: str


class Paragraph(NamedTuple):
    """What a reader sees of a paragraph, a heading or an item of a list; `key` is the editor's, '' if it has none yet."""

    number: int
    key: str
    text: str
    links: tuple[Link, ...]

    def links_within(self, start: int, end: int) -> list[Link]:
        return [link for link in self.links if link.start < end and start < link.end]


class Passage(NamedTuple):
    """A paragraph of the rich text at this content path."""

    place: str
    paragraph: Paragraph

    @property
    def text(self) -> str:
        return self.paragraph.text

    def offer(self, start: int, end: int, choices: Iterable[Choice], **more: str) -> Offer:
        """An offer to link the words from `start` to `end`."""
        text = self.text
        first, last = sentence_at(text, start, end)
        before, after = text[first:start].lstrip(), text[end:last].rstrip()
        return Offer(
            words=text[start:end],
            before=before if len(before) <= AROUND else f"…{before[-AROUND:]}",
            after=after if len(after) <= AROUND else f"{after[:AROUND]}…",
            place=self.place,
            paragraph=self.paragraph.key,
            number=self.paragraph.number,
            start=start,
            offset=len(text[:start].encode("utf-16-le")) // 2,
            choices=tuple(choices),
            **more,
        )


def day_of(page: Any) -> date:
    """The day that the text of a page is told from: its own, else that of its first publication, else today."""
    if told_on := getattr(page, "told_on", None):
        return told_on
    first = getattr(page, "first_published_at", None)
    return timezone.localdate(first) if first else timezone.localdate()


def passages(page: BasePage) -> list[Passage]:
    """In the order of reading. Checks ask for them with `shared`."""
    texts = (part for part in shared(page, parts_of) if isinstance(part.block, blocks.RichTextBlock) and part.raw)
    return [Passage(part.place, paragraph) for part in texts for paragraph in paragraphs_of(part.raw)]


@lru_cache(512)
def paragraphs_of(html: str) -> tuple[Paragraph, ...]:
    """Those of a rich text that hold words. Of a draft that is saved again and again one text changes at a time."""
    return tuple(_read(number, key, found) for number, key, found in _parted(html) if any(map(text_of, found)))


def _parted(html: str) -> Iterator[tuple[int, str, list[Piece]]]:
    """(number, key, pieces) of each paragraph."""
    number, key, found = 0, "", []
    for piece in pieces(html):
        if piece.name not in BLOCKS:
            found.append(piece)
            continue
        if found:
            yield number, key, found
            number, found = number + 1, []
        key = piece.attributes.get("data-block-key", "") if piece.is_start else ""
    if found:
        yield number, key, found


def _read(number: int, key: str, found: list[Piece]) -> Paragraph:
    text, begun = "", None
    links: list[Link] = []
    for piece in found:
        if piece.name == "a" and piece.is_start:
            begun = len(text), piece.attributes
        elif piece.name == "a" and begun:
            links.append(Link(begun[0], len(text), begun[1].get("linktype", ""), begun[1].get("id", "")))
            begun = None
        else:
            text += text_of(piece)
    return Paragraph(number, key, text, tuple(links))


# Linking in what is stored ---------------------------------------------------------------------


def link_all(page: BasePage, offers: Iterable[Offer]) -> None:
    """Link each of these words to the first of its choices, in the page in memory."""
    by_place: dict[str, list[Offer]] = {}
    for offer in offers:
        by_place.setdefault(offer.place, []).append(offer)
    for place, here in by_place.items():
        change_text(page, place, partial(with_links, offers=here))


def with_links(html: str, offers: Iterable[Offer]) -> str:
    """Words that stand in two pieces, half of them bold, are left as they are."""
    wanted = {(offer.number, offer.start): offer for offer in offers}
    done: list[str] = []
    number, at, is_open, is_inside = 0, 0, False, False
    for piece in pieces(html):
        if piece.name in BLOCKS:
            number, at, is_open = number + is_open, 0, False
        else:
            is_open = True
            is_inside = piece.is_start if piece.name == "a" else is_inside
        if piece.is_text and not is_inside:
            done.append(_linked(text_of(piece), at, lambda start: wanted.get((number, start))) or piece.raw)  # noqa: B023 (called at once)
        else:
            done.append(piece.raw)
        at += len(text_of(piece)) if piece.name not in BLOCKS else 0
    return "".join(done)


def _linked(text: str, at: int, offer_at: Callable[[int], Offer | None]) -> str:
    """The text of a piece that begins at `at`, with links; '' if there is nothing to link in it."""
    done, cursor = [], 0
    for start in range(len(text)):
        offer = offer_at(at + start)
        if offer and start >= cursor and text.startswith(offer.words, start):
            choice = offer.choices[0]
            link = f'<a id="{choice.key}" linktype="{choice.kind}">{escape(offer.words, quote=False)}</a>'
            done += [escape(text[cursor:start], quote=False), link]
            cursor = start + len(offer.words)
    return "".join([*done, escape(text[cursor:], quote=False)]) if done else ""
