"""Rich text with only what the editor makes: known tags with known attributes, in order, each closed.

The editor's converter takes stored markup to be its own. Of what came in by another way (an import, an old release, a
hand in the database) it may fail, and a page would print it as it is. `clean_markup` makes of any markup what the
editor could have written: nothing else is shown, stored or edited. No words are lost but those of scripts and styles.
What the editor has written comes back byte for byte, so that the segments of translations stay what they are.

All functions are pure, take any string and need time linear in its length.
"""

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from html import escape, unescape
from typing import NamedTuple

from .cleaning import clean
from .links import is_plain
from .tags import BLOCKS, Piece, attributes, pieces


KEY = "data-block-key"
SAYS = "says"  # of a link with a translator's words: what the thing said when they were checked
_PLAIN = re.compile(r'<[a-z][a-z0-9]*(?: [a-z-]+="[^"<>]*")* ?/?>')
_NUMBER = re.compile(r"[1-9][0-9]{0,17}")
_WORD = re.compile(r"[A-Za-z0-9_-]{1,64}")
_STAMP = re.compile(r"[A-Za-z0-9_.:-]{1,120}")
_CELLS = frozenset(["td", "th"])
_ROWS = frozenset(["tr", "table", "thead", "tbody", "tfoot", "caption"])
_LISTS = frozenset(["ul", "ol"])
CELL = " | "  # between the cells of a table, which a rich text has none of


class Rules(NamedTuple):
    """What may be in a rich text: blocks of words, lists, tags within words, and kinds of links."""

    blocks: frozenset[str]
    lists: frozenset[str]
    inline: frozenset[str]
    linktypes: frozenset[str]  # "" is for addresses


# What each feature of the editor adds to paragraphs. Links to objects of ours: `allow_links`.
_BLOCKS = {f"h{level}": {f"h{level}"} for level in range(1, 7)} | {"blockquote": {"blockquote"}}
_INLINE = {
    "bold": {"b", "strong"},
    "italic": {"i", "em"},
    "superscript": {"sup"},
    "subscript": {"sub"},
    "strikethrough": {"s"},
    "code": {"code"},
}
_LINKTYPES = {"link": {"", "page"}, "document-link": {"document"}}


def allow_links(feature: str, linktype: str) -> None:
    """A feature of the editor that makes links of a type of its own."""
    _LINKTYPES[feature] = {linktype}


def rules_of(features: Iterable[str]) -> Rules:
    """What the editor makes with these features. Raises ValueError if one of them is not known here."""
    asked = set(features)
    if unknown := asked - {*_BLOCKS, *_INLINE, *_LINKTYPES, *_LISTS}:
        raise ValueError(f"core.text.markup does not know what these features write: {sorted(unknown)}")

    def of(table: Mapping[str, set[str]]) -> frozenset[str]:
        return frozenset().union(*(table.get(feature, set()) for feature in asked))

    return Rules(of(_BLOCKS) | {"p"}, _LISTS & asked, of(_INLINE), of(_LINKTYPES))


@lru_cache(maxsize=4096)
def clean_markup(html: str, rules: Rules) -> str:
    """What the editor could have written instead of `html`; `html` itself, if it has."""
    writer = _Writer(rules)
    for piece in pieces(html):
        writer.take(piece)
    return writer.finish()


def addresses(html: str) -> list[str]:
    """Where the links of a rich text lead that name an address, as they are written."""
    return [piece.attributes["href"] for piece in pieces(html) if piece.name == "a" and "href" in piece.attributes]


class _Inline(NamedTuple):
    name: str
    tag: str


class _List:
    """An open list. `is_implied`: an item stood outside of any."""

    def __init__(self, name: str, is_implied: bool = False) -> None:
        self.name, self.is_implied, self.has_item = name, is_implied, False


class _Writer:
    """Writes tags in an order that the editor can read: lists > blocks > what stands within words.

    `inline` are the tags that hold for the words that come, of which the first `shown` are written in the block that is
    open. `gap` is written before the next words: what parts them from those before.
    """

    def __init__(self, rules: Rules) -> None:
        self.rules = rules
        self.out: list[str] = []
        self.lists: list[_List] = []
        self.block = ""  # the name of the open block; items of lists are in `lists`
        self.is_loose = False  # whether the words that come need a paragraph of their own
        self.in_cell = False
        self.has_words = False  # whether the open block or item has any
        self.gap = ""
        self.inline: list[_Inline] = []
        self.shown = 0

    def take(self, piece: Piece) -> None:
        name, rules = piece.name, self.rules
        if piece.is_text:
            self._words(_text(piece.raw))
        elif name == "br":
            self._break(piece)
        elif name in rules.inline or name == "a":
            self._end_inline(name) if piece.is_end else self._start_inline(piece)
        elif name in rules.lists:
            self._end_list() if piece.is_end else self._start_list(piece)
        elif name == "li" and rules.lists:
            self._close_item() if piece.is_end else self._start_item(piece)
        elif name in BLOCKS:
            self._boundary(piece)

    def finish(self) -> str:
        while self.lists:
            self._end_list()
        self._close_block()
        return "".join(self.out)

    # Words -------------------------------------------------------------------------------------

    def _words(self, text: str) -> None:
        if text.strip():
            self._make_room()
            self.has_words = True
        self.out.append(text)

    def _break(self, piece: Piece) -> None:
        if piece.is_start and (self.has_words or self.block or (self.lists and self.lists[-1].has_item)):
            self._show()
            self.out.append(piece.raw if _PLAIN.fullmatch(piece.raw) and "=" not in piece.raw else "<br/>")

    def _make_room(self) -> None:
        """Open what words may stand in, and write what parts them from those before."""
        if self.lists and not self.lists[-1].has_item:
            self._open_item("<li>")
        elif self.is_loose and not self.lists and not self.block:
            self._open_block("p", "<p>")
        self.is_loose = False
        if self.gap:
            self.out.append(self.gap)
            self.gap = ""
        self._show()

    # Within words ------------------------------------------------------------------------------

    def _start_inline(self, piece: Piece) -> None:
        tag = _tag(piece, self.rules)
        if tag and all(each.name != piece.name for each in self.inline):
            self._make_room()
            self.inline.append(_Inline(piece.name, tag))
            self._show()

    def _end_inline(self, name: str) -> None:
        for place, each in enumerate(self.inline):
            if each.name == name:
                self._hide(place)
                del self.inline[place]
                return

    def _show(self) -> None:
        self.out += [each.tag for each in self.inline[self.shown :]]
        self.shown = len(self.inline)

    def _hide(self, count: int = 0) -> None:
        """Close what is shown, down to `count` tags."""
        while self.shown > count:
            self.shown -= 1
            self.out.append(f"</{self.inline[self.shown].name}>")

    def _suspend(self) -> None:
        """Close what is shown: it goes on in the next block. What has no words yet is taken back."""
        while self.shown and self.out[-1] == self.inline[self.shown - 1].tag:
            self.out.pop()
            self.shown -= 1
        self._hide()

    # Blocks ------------------------------------------------------------------------------------

    def _boundary(self, piece: Piece) -> None:
        """Where a block begins or ends: cells share a line, blocks in an item are its lines, others are paragraphs."""
        name = piece.name
        if name in _CELLS:
            self.in_cell = piece.is_start
            self.gap = self.gap.strip(" ") and self.gap
            self.gap += CELL * (piece.is_start and self.has_words)
            return
        self.in_cell = self.in_cell and name not in _ROWS
        if self.in_cell:
            self.gap = self.gap or " " * self.has_words
        elif self.lists and (self.lists[-1].has_item or not self.lists[-1].is_implied):
            self.gap = "<br/>" * self.has_words
        else:
            self._part(piece)

    def _part(self, piece: Piece) -> None:
        if self.lists:
            self._end_list()
        self._close_block()
        if piece.name not in self.rules.blocks:
            self.is_loose = True
        elif piece.is_start:
            self._open_block(piece.name, _tag(piece, self.rules))

    def _open_block(self, name: str, tag: str) -> None:
        self._suspend()
        self.block, self.has_words, self.gap = name, False, ""
        self.out.append(tag)

    def _close_block(self) -> None:
        self._suspend()
        if self.block:
            self.out.append(f"</{self.block}>")
        self.block, self.has_words, self.gap, self.is_loose = "", False, "", False

    # Lists -------------------------------------------------------------------------------------

    def _start_list(self, piece: Piece) -> None:
        if not self.lists:
            self._close_block()
        elif not self.lists[-1].has_item and self.out[-1] == "</li>":
            self.out.pop()  # a list between two items belongs to the first of them
            self.lists[-1].has_item = True
        elif not self.lists[-1].has_item:
            self._open_item("<li>")
        self._suspend()
        self.has_words, self.gap = False, ""
        self.lists.append(_List(piece.name))
        self.out.append(_tag(piece, self.rules))

    def _end_list(self) -> None:
        if self.lists:
            self._close_item()
            self.out.append(f"</{self.lists.pop().name}>")

    def _start_item(self, piece: Piece) -> None:
        if not self.lists:
            self._close_block()
            name = max(self.rules.lists)
            self.lists.append(_List(name, is_implied=True))
            self.out.append(f"<{name}>")
        self._close_item()
        self._open_item(_tag(piece, self.rules))

    def _open_item(self, tag: str) -> None:
        self.lists[-1].has_item, self.has_words, self.gap = True, False, ""
        self.out.append(tag)

    def _close_item(self) -> None:
        self._suspend()
        if self.lists and self.lists[-1].has_item:
            self.out.append("</li>")
            self.lists[-1].has_item = False
        self.has_words, self.gap = False, ""


def _text(raw: str) -> str:
    """Words as they may be printed; also what is hidden behind a character reference is cleaned."""
    text = raw.replace("<", "&lt;")
    said = unescape(text)
    kept = clean(said)
    return text if kept == said else escape(kept, quote=False)


def _tag(piece: Piece, rules: Rules) -> str:
    """The start tag with what it may have, as it is written if that is all; '' of a link that leads nowhere."""
    found = {name: each.value for name, each in attributes(piece.raw).items()}
    kept = _of_link(found, rules) if piece.name == "a" else _of_block(found, piece.name, rules)
    if piece.name == "a" and not kept:
        return ""
    if kept == found and len(found) == piece.raw.count('="') and _PLAIN.fullmatch(piece.raw):
        return piece.raw
    return "".join([f"<{piece.name}", *(f' {name}="{escape(value)}"' for name, value in kept.items()), ">"])


def _of_link(found: dict[str, str], rules: Rules) -> dict[str, str]:
    linktype, key, address = found.get("linktype", ""), found.get("id", ""), found.get("href", "").strip()
    if linktype:
        is_known = linktype in rules.linktypes and _NUMBER.fullmatch(key)
        says = {SAYS: found[SAYS]} if _STAMP.fullmatch(found.get(SAYS, "")) else {}
        return {"linktype": linktype, "id": key} | says if is_known else {}
    return {"href": address} if address and "" in rules.linktypes and is_plain(address) else {}


def _of_block(found: dict[str, str], name: str, rules: Rules) -> dict[str, str]:
    key = found.get(KEY, "")
    return {KEY: key} if _WORD.fullmatch(key) and (name in rules.blocks or name == "li") else {}
