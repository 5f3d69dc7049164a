"""The body of a page taken apart into paragraphs, and put together again.

A text block holds many paragraphs; damage is about one of them, and a piece that strayed goes from block to block.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any
from uuid import uuid4

from wagtail import blocks

from core.publishing.checklist import shared
from core.publishing.page_texts import Body, bodies_of
from core.rendering.blocks import HeadingBlock
from core.text.tags import pieces, plain
from news.models import StoryPage

from .lines import Kind, Line


PICTURES = ("image", "gallery", "video")


@dataclass(frozen=True)
class Item:
    """A paragraph or a list of a text block (`html`), or another block as a whole. `home` is the id of the block."""

    home: str
    kind: str
    block: dict[str, Any] | None = None
    html: str = ""

    @property
    def is_paragraph(self) -> bool:
        return self.html.startswith(("<p>", "<p "))


def items_of(body: Body) -> list[Item]:
    found: list[Item] = []
    for block in body.raw:
        is_text = isinstance(body.block.child_blocks.get(block["type"]), blocks.RichTextBlock)
        if is_text and isinstance(block["value"], str):
            found += [Item(block["id"], block["type"], html=html) for html in _top_level(block["value"])]
        else:
            found.append(Item(block["id"], block["type"], block))
    return found


def raw_of(items: list[Item]) -> list[dict[str, Any]]:
    """The blocks again. A text that something was put into becomes two, the first of which keeps the id."""
    stored: list[dict[str, Any]] = []
    known: set[str] = set()
    last: Item | None = None
    for item in items:
        if item.block is not None:
            stored.append(item.block)
        elif last is not None and last.block is None and (last.home, last.kind) == (item.home, item.kind):
            stored[-1]["value"] += item.html
        else:
            key = item.home if item.home not in known else str(uuid4())
            stored.append({"type": item.kind, "value": item.html, "id": key})
        known.add(item.home)
        last = item
    return stored


def lines_of(items: list[Item], body: Body) -> list[Line]:
    """One of each item, with its number as the key."""
    return [Line(*_read(item, body), number) for number, item in enumerate(items)]


def body_of(story: StoryPage) -> Body | None:
    return next((body for body in shared(story, bodies_of) if body.name == "body"), None)


def joined(first: Item, second: Item) -> Item:
    """One paragraph out of two."""
    return replace(first, html=first.html.rstrip().removesuffix("</p>") + second.html[second.html.index(">") + 1 :])


def _read(item: Item, body: Body) -> tuple[str, Kind]:
    if item.block is None:
        return plain(item.html).strip(), Kind.TEXT if item.is_paragraph else Kind.OTHER
    if isinstance(body.block.child_blocks.get(item.kind), HeadingBlock):
        value = item.block["value"]
        return " ".join(filter(None, (value.get("heading"), value.get("subheading")))), Kind.HEADING
    return "", Kind.PICTURE if item.kind in PICTURES else Kind.OTHER


def _top_level(html: str) -> Iterator[str]:
    """Paragraphs and lists one by one; put together, they are what was stored."""
    depth, start = 0, 0
    for piece in pieces(html):
        if piece.name in ("p", "ul", "ol", "h2", "h3", "h4", "blockquote"):
            depth += -1 if piece.is_end else 1
            if piece.is_end and depth <= 0:
                yield html[start : piece.end]
                depth, start = 0, piece.end
    if html[start:]:
        yield html[start:]
