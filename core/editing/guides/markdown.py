"""A file of Markdown as HTML. Tags in it are shown as text, and what its links lead to is for the caller to say."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token


@dataclass(frozen=True)
class Heading:
    """`slug` is the anchor that code hosts give it, and by which the files of a guide name it."""

    level: int
    text: str
    slug: str


Resolve = Callable[[str], dict[str, Any] | None]  # an address in the file → attributes of the tag, or there is nothing


@cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False}).enable("table")
    parser.add_render_rule("table_open", lambda *_args: '<div class="guide-table" tabindex="0"><table>')
    parser.add_render_rule("table_close", lambda *_args: "</table></div>")
    return parser


def tokens_of(markdown: str) -> list[Token]:
    return _parser().parse(markdown)


def headings_of(tokens: Sequence[Token]) -> list[Heading]:
    """In their order; the second of two that are alike has “-1” behind its anchor."""
    found: list[Heading] = []
    for place, token in enumerate(tokens):
        if token.type == "heading_open":
            text = _words(tokens[place + 1])
            slug = re.sub(r"[^\w\- ]", "", text.lower()).replace(" ", "-")
            alike = sum(re.fullmatch(rf"{re.escape(slug)}(-\d+)?", each.slug) is not None for each in found)
            found.append(Heading(int(token.tag[1:]), text, f"{slug}-{alike}" if alike else slug))
    return found


def _words(token: Token) -> str:
    return "".join(child.content for child in token.children or [] if child.type in ("text", "code_inline"))


def rendered(tokens: list[Token], anchors: Sequence[str], link: Resolve, picture: Resolve) -> str:
    """HTML. The first heading is the page's own and is left out; the others get these anchors, and lead to themselves.

    A link to nothing becomes plain words; a picture that is not there is left out.
    """
    _set_anchors(tokens, anchors)
    for token in tokens:
        if token.children:
            token.children = list(_resolved(token.children, link, picture))
    if tokens and tokens[0].tag == "h1":
        tokens = tokens[3:]
    return _parser().renderer.render(tokens, _parser().options, {})


def _set_anchors(tokens: Sequence[Token], anchors: Sequence[str]) -> None:
    places = [place for place, token in enumerate(tokens) if token.type == "heading_open"]
    for place, anchor in zip(places, anchors, strict=True):
        tokens[place].attrSet("id", anchor)
        inside = tokens[place + 1]
        inside.children = [
            Token("link_open", "a", 1, attrs={"href": f"#{anchor}", "class": "guide-anchor"}),
            *(child for child in inside.children or [] if child.type not in ("link_open", "link_close")),
            Token("link_close", "a", -1),
        ]


def _resolved(children: Sequence[Token], link: Resolve, picture: Resolve) -> Iterator[Token]:
    dropped: list[bool] = []  # of the links that are open here
    for child in children:
        if child.type == "link_open" and "class" not in child.attrs:
            attributes = link(str(child.attrGet("href")))
            dropped.append(attributes is None)
            child.attrs |= attributes or {}
        elif child.type == "link_open":
            dropped.append(False)
        elif child.type == "image":
            attributes = picture(str(child.attrGet("src")))
            if attributes is not None:
                child.attrs |= attributes
                yield child
            continue
        if child.type in ("link_open", "link_close") and (dropped.pop() if child.nesting < 0 else dropped[-1]):
            continue
        yield child
