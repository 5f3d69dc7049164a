"""The elements of a page as blocks, in their order: what each becomes.

Nothing is loaded from anywhere: a picture is taken if its bytes are in the file, as those that are pasted are.
"""

import base64
import binascii
import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from lxml.etree import _Element as Element

from core.text.links import is_plain
from core.text.scripts import WIDE

from ..document import (
    Block,
    Heading,
    Item,
    Listing,
    Note,
    Paragraph,
    Part,
    Picture,
    Place,
    Quote,
    Role,
    Span,
    Table,
)
from ..met import Met
from .cells import MAX_WIDTH, Filled, reach, table
from .ledger import Ledger
from .markup_styles import (
    BLOCKS,
    CLASSES,
    CODE,
    CONTROLS,
    PLAIN,
    PLAYERS,
    Style,
    declarations,
    look_of,
    span_of,
    styled,
)
from .pictures import Pictures
from .tidying import Tidied, joined, merged, tidied, without_first


_KEPT = re.compile(r"portal-picture:(\d+)")
_BLANKS = re.compile(rf"(?<=[{WIDE}“”‘’…—])[ \t]*[\r\n]+[ \t]*(?=[{WIDE}“”‘’…—])")
_SPACE = re.compile(r"[ \t\r\n\f]+")
_SMALL = re.compile(r"portal-picture|^data:", re.IGNORECASE)
_LEFT_OUT = {
    "nav": Met.BOILERPLATE,
    "header": Met.HEADER,
    "footer": Met.FOOTER,
    "math": Met.EQUATION,
    **dict.fromkeys(("svg", "canvas", "v:shape"), Met.SHAPE),
    **dict.fromkeys(CONTROLS, Met.CONTROL),
    **dict.fromkeys(PLAYERS, Met.EMBEDDED),
    "del": Met.DELETED,
}


@dataclass
class Reader:
    ledger: Ledger
    pictures: Pictures
    data: list[str]
    done: Tidied = field(default_factory=Tidied)
    blocks: list[Block] = field(default_factory=list)
    words: list[tuple[Span, Style]] = field(default_factory=list)
    marks: list[str] = field(default_factory=list)  # what stands for the bullets of Word's lists
    number: int = 0
    style: Style = PLAIN  # of the block whose words are read
    level: int = 0
    role: Role = Role.NONE

    # Elements ----------------------------------------------------------------------------------

    def inside(self, node: Element, style: Style) -> None:
        self.say(node.text, style)
        for each in node:
            self.take(each, style)
            self.say(each.tail, style)

    def take(self, node: Element, style: Style) -> None:
        tag = node.tag.lower() if isinstance(node.tag, str) else ""
        inner = styled(style, tag, dict(node.attrib)) if tag else style
        if not tag or tag in CODE:
            if tag == "script":
                self.ledger.dropped(Met.ACTIVE)
        elif inner.hidden:
            self._leave(Met.HIDDEN, node)
        elif inner.is_list_mark:
            self.marks.append(_text(node).strip())
        elif tag in _HANDLERS:
            _HANDLERS[tag](self, node, inner)
        elif tag in _LEFT_OUT:
            self._leave(_LEFT_OUT[tag], node)
        elif tag in BLOCKS:
            self.block(node, tag, inner)
        else:
            self.inside(node, inner)

    def _leave(self, kind: Met, node: Element) -> None:
        """Leave an element out, and say so if it says anything."""
        address = node.get("src") or node.get("data-src") or ""
        if kind is Met.EMBEDDED or says_something(node):
            self.ledger.dropped(kind, self.place(), _text(node).strip() or address or str(node.tag))

    def block(self, node: Element, tag: str, style: Style) -> None:
        self.flush()
        said = declarations(node.get("style", "")).get("mso-element", "")
        if said in ("comment-list", "comment"):
            self.ledger.dropped(Met.COMMENT, text=_text(node))
            return
        if said in ("header", "footer"):
            self.ledger.dropped(Met.HEADER if said == "header" else Met.FOOTER, text=_text(node))
            return
        if said in ("footnote", "endnote"):
            self._note(node, style)
            return
        before = (self.style, self.level, self.role)
        self.style = style
        names = node.get("class", "").lower().split()
        self.role = next((CLASSES[each] for each in names if each in CLASSES), self.role)
        self.role = Role.CAPTION if tag == "figcaption" else self.role
        self.level = int(tag[1]) if re.fullmatch("h[1-6]", tag) else self.level
        self.inside(node, style)
        self.flush()
        self.style, self.level, self.role = before

    def _note(self, node: Element, style: Style) -> None:
        inner = self._apart()
        inner.inside(node, style)
        inner.flush()
        words = merged([span for each in inner.blocks if isinstance(each, Paragraph) for span in each.words])
        text = "".join(span.text for span in words)
        if found := re.match(r"\[\w{1,4}\]\s*", text):
            words = without_first(words, found.end())
            mark = found[0].strip()
            self.number = inner.number
            place = Place(self.number, part=Part.NOTE)
            self.blocks.append(Note(place=place, mark=mark, words=words))
            self.ledger.changed(Met.FOOTNOTE, place, text)
        else:
            self.blocks += inner.blocks

    def _apart(self) -> "Reader":
        """For what stands within something else: it counts on."""
        return replace(self, blocks=[], words=[], marks=[], style=PLAIN, level=0, role=Role.NONE)

    def break_line(self, _node: Element, style: Style) -> None:
        self.words.append((span_of("\n", style), style))

    def link(self, node: Element, style: Style) -> None:
        address = (node.get("href") or "").strip()
        if not address or address.startswith("#"):
            if address:
                self.ledger.dropped(Met.INNER_LINK, self.place(), _text(node))
            self.inside(node, style)
        elif is_plain(address) and not address.startswith(("/", "?")):
            self.ledger.kept(Met.LINK, self.place(), address)
            self.inside(node, replace(style, href=address))
        else:
            self.ledger.dropped(Met.UNSAFE_LINK, self.place(), address)
            self.inside(node, style)

    def inserted(self, node: Element, style: Style) -> None:
        self.ledger.kept(Met.INSERTED, self.place(), _text(node))
        self.inside(node, style)

    def ruby(self, node: Element, style: Style) -> None:
        self.say(node.text, style)
        for each in node:
            if each.tag in ("rt", "rp"):
                if each.tag == "rt":
                    self.ledger.dropped(Met.RUBY, self.place(), _text(each))
            else:
                self.take(each, style)
            self.say(each.tail, style)

    def image(self, node: Element, _style: Style) -> None:
        address = node.get("data-src") or node.get("src") or ""
        source = node.get("src", "") if _SMALL.search(node.get("src", "")) else address
        found = _KEPT.fullmatch(source.strip())
        place = self.place()
        if not found:
            self.ledger.dropped(Met.REMOTE_PICTURE, place, source.rpartition("\\")[2])
            return
        try:
            content = base64.b64decode(re.sub(r"%0[aAdD]|\s", "", self.data[int(found[1])]).replace("%2B", "+"))
        except (binascii.Error, ValueError):
            self.ledger.dropped(Met.DAMAGED_PICTURE, place)
            return
        if file := self.pictures.take(content, place):
            alt = " ".join((node.get("alt") or "").split())
            self.flush()
            self.blocks.append(Picture(place=self.place(), file=file, alt=alt))
            if alt:
                self.ledger.kept(Met.ALT_TEXT, place, alt)

    # Lists, quotes, tables -----------------------------------------------------------------------

    def listing(self, node: Element, style: Style, depth: int = 0) -> None:
        self.flush()
        found = Listing(place=Place(self.number + 1), items=[])
        self._items(node, style, depth, found)
        found.place = Place(found.place.number, self.number) if self.number > found.place.number else found.place
        if found.items:
            self.blocks.append(found)

    def _items(self, node: Element, style: Style, depth: int, found: Listing) -> None:
        is_numbered = node.tag == "ol"
        for each in node:
            if each.tag in ("ul", "ol"):
                self._items(each, style, depth + 1, found)
                continue
            inner = self._apart()
            nested: list[Element] = []
            inner.say(each.text, style)
            for part in each:
                if part.tag in ("ul", "ol"):
                    nested.append(part)
                else:
                    inner.take(part, style)
                inner.say(part.tail, style)
            inner.flush()
            self.number = inner.number
            texts = [block for block in inner.blocks if isinstance(block, Paragraph)]
            if texts:
                words = merged([span for block in texts for span in (*block.words, Span("\n"))][:-1])
                found.items.append(Item(words, depth, is_numbered))
            self.blocks += [block for block in inner.blocks if not isinstance(block, Paragraph)]
            for list_ in nested:
                self._items(list_, style, depth + 1, found)

    def quote(self, node: Element, style: Style) -> None:
        """A quotation is of words: what else stands in one stays what it is."""
        self.flush()
        inner = self._apart()
        inner.inside(node, style)
        inner.flush()
        self.number = inner.number
        self.blocks += [
            Quote(place=each.place, words=each.words) if type(each) is Paragraph else each for each in inner.blocks
        ]

    def table(self, node: Element, style: Style) -> None:
        self.flush()
        first = self.number + 1
        grid, head = [], 0
        caption = node.find("caption")
        for row in node.iter("tr"):
            if next(row.iterancestors("table"), None) is not node:
                continue
            cells = [each for each in row if each.tag in ("td", "th")][:MAX_WIDTH]
            head += bool(cells) and (all(each.tag == "th" for each in cells) or row.getparent().tag == "thead")
            grid.append([self._cell(each, style) for each in cells])
        made = table(self.ledger, Place(first, max(first, self.number)), grid, head)
        for block in made:
            if caption is not None and isinstance(block, Table):
                block.caption = " ".join(_text(caption).split())
        self.blocks += made

    def _cell(self, node: Element, style: Style) -> Filled:
        inner = self._apart()
        inner.inside(node, styled(style, "td", dict(node.attrib)))
        inner.flush()
        self.number = inner.number
        return Filled(inner.blocks, reach(node.get("colspan")), reach(node.get("rowspan")))

    # Words -------------------------------------------------------------------------------------

    def say(self, text: str | None, style: Style) -> None:
        if text:
            if style.decorated and text.strip():
                self.ledger.dropped(Met.DECORATION, self.place())
            self.words.append((span_of(_SPACE.sub(" ", _BLANKS.sub("", text)), style), style))

    def place(self) -> Place:
        """Of the paragraph that is read now."""
        return Place(self.number + 1)

    def flush(self) -> None:
        """What was said since the last block is one."""
        said, self.words = self.words, []
        words = [span for span, _style in said]
        marks, self.marks = self.marks, []
        if not "".join(span.text for span in words).strip():
            return
        self.number += 1
        place = Place(self.number)
        look = look_of(said, self.style)
        for each in tidied(words, self.done):
            if self.style.list_depth >= 0 and marks:
                self._add_item(each, place, marks[0])
            elif self.level and not self.role:
                self.blocks.append(
                    Heading(place=place, words=joined(each), look=look, level=self.level, is_styled=True)
                )
            elif self.role == Role.QUOTE:
                self.blocks.append(Quote(place=place, words=each))
            else:
                self.blocks.append(Paragraph(place=place, words=each, look=look, role=self.role))

    def _add_item(self, words: tuple[Span, ...], place: Place, mark: str) -> None:
        """An item of a list of Word's, which are paragraphs with a mark."""
        item = Item(words, self.style.list_depth, is_numbered=bool(re.match(r"[\w(（]", mark)))
        last = self.blocks[-1] if self.blocks else None
        if (
            isinstance(last, Listing)
            and last.place.until(place).last == place.number == max(last.place.number, last.place.last) + 1
        ):
            last.items.append(item)
            last.place = last.place.until(place)
        else:
            self.blocks.append(Listing(place=place, items=[item]))
        self.ledger.kept(Met.NUMBERING, place)


def _text(node: Element) -> str:
    return "".join(node.itertext())


def says_something(node: Element) -> bool:
    return any(text.strip() for text in node.itertext()) or next(node.iter("img"), None) is not None


_HANDLERS: dict[str, Callable[[Reader, Element, Style], None]] = {
    "br": Reader.break_line,
    "a": Reader.link,
    "img": Reader.image,
    "ins": Reader.inserted,
    "ruby": Reader.ruby,
    "blockquote": Reader.quote,
    "table": Reader.table,
    **dict.fromkeys(("ul", "ol"), Reader.listing),
}
