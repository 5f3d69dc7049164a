"""The words of a paragraph, with what is drawn between them, and what is left out."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from core.text.links import is_plain

from ...document import Box, Listing, Look, Picture, Span
from ...met import Met
from . import drawings, fields
from .context import Context
from .styles import Looks, look, run_looks
from .xml import Element, attribute, child, is_on, name, text_of, value


Piece = Span | Picture | Box | Listing
NOTES = {"w:footnoteReference": "footnote", "w:endnoteReference": "endnote"}
# Wingdings and Symbol, as far as newsrooms type them; all else is named in the report.
SYMBOLS = {
    "F0FC": "✓",
    "F0FE": "☑",
    "F0A8": "□",
    "F06F": "□",
    "F0B7": "•",
    "F06C": "●",
    "F06E": "■",
    "F0E0": "→",
    "F0B4": "×",
}


@dataclass
class Line:
    """Reads a `w:p`. `looks` is what its style says of its words."""

    context: Context
    looks: Looks
    pieces: list[Piece] = field(default_factory=list)
    sizes: Counter[float] = field(default_factory=Counter)
    fonts: Counter[str] = field(default_factory=Counter)
    bold: int = 0
    italic: int = 0
    letters: int = 0
    href: str = ""

    # What it looks like ------------------------------------------------------------------------

    def look(self) -> Look:
        """Of the paragraph, by most of its letters; by its style, if it has none."""
        if not self.letters:
            return look(self.looks, bold=False, italic=False, size=0)
        whole = self.looks.over(Looks())
        if self.fonts:
            whole = Looks(whole.said | {"font": self.fonts.most_common(1)[0][0]})
        size = self.sizes.most_common(1)[0][0] if self.sizes else 0
        return look(whole, bold=self.bold >= self.letters * 0.95, italic=self.italic >= self.letters * 0.95, size=size)

    # Words -------------------------------------------------------------------------------------

    def say(self, text: str, looks: Looks, *, counts: bool = True) -> None:
        context = self.context
        context.counted[0] += len(text) * counts
        if fields.is_code(context) or fields.is_dropped(context):
            return
        if looks.get("hidden"):
            context.ledger.dropped(Met.HIDDEN, context.place(), text)
            return
        self._measure(text, looks)
        href = self.href or self._address(fields.link(context))
        self.pieces.append(
            Span(text, bool(looks.get("bold")), bool(looks.get("italic")), looks.get("raised", ""), href)
        )

    def _measure(self, text: str, looks: Looks) -> None:
        letters = len("".join(text.split()))
        self.letters += letters
        self.bold += letters * bool(looks.get("bold"))
        self.italic += letters * bool(looks.get("italic"))
        if size := looks.get("size", 0):
            self.sizes[size] += letters
        if font := looks.get("font", ""):
            self.fonts[font] += letters
        if any(looks.get(each) for each in ("underlined", "marked", "struck")):
            self.context.ledger.dropped(Met.DECORATION, self.context.place())

    def _address(self, address: str) -> str:
        """An address that words may lead to; "" of another, which is noted."""
        return checked_address(self.context, address) if address else ""

    # Elements ----------------------------------------------------------------------------------

    def read(self, node: Element) -> None:
        for each in node:
            self.take(each)

    def take(self, node: Element) -> None:
        handler = _WITHIN.get(name(node))
        if handler:
            handler(self, node)
        elif name(node) not in _SILENT:
            self.context.drop(Met.UNKNOWN, node, f"{name(node)} {text_of(node)}")

    def run(self, node: Element) -> None:
        props = child(node, "w:rPr")
        own = run_looks(props)
        looks = own.over(self.context.styles.character(value(props, "w:rStyle")).over(self.looks))
        if child(props, "w:rPrChange") is not None:
            self.context.ledger.kept(Met.FORMAT_CHANGE, self.context.place())
        for each in node:
            self._part(each, looks)

    def _part(self, node: Element, looks: Looks) -> None:
        """What stands in a run."""
        kind = name(node)
        if kind in _IN_RUN:
            _IN_RUN[kind](self, node, looks)
        elif kind in _LETTERS:
            self.say(_LETTERS[kind], looks, counts=False)
        elif kind not in _SILENT:
            self.context.drop(Met.UNKNOWN, node, f"{kind} {text_of(node)}")

    def _text(self, node: Element, looks: Looks) -> None:
        self.say(node.text or "", looks)

    def _break(self, node: Element, looks: Looks) -> None:
        """Of the line: those of pages and columns say nothing."""
        if attribute(node, "w:type", "textWrapping") == "textWrapping":
            self.say("\n", looks, counts=False)

    def _comment(self, node: Element, _looks: Looks) -> None:
        self.context.comments[attribute(node, "w:id")] = self.context.place()

    def _code(self, node: Element, _looks: Looks) -> None:
        if self.context.fields:
            self.context.fields[-1].code += node.text or ""

    def _either(self, node: Element, looks: Looks) -> None:
        for each in drawings.chosen(self.context, node):
            self._part(each, looks)

    def _field(self, node: Element, looks: Looks) -> None:
        kind = attribute(node, "w:fldCharType")
        if kind == "begin":
            fields.begin(self.context)
            if child(node, "w:ffData") is not None:
                self.context.ledger.dropped(Met.CONTROL, self.context.place())
        elif kind == "separate":
            fields.separate(self.context)
        elif kind == "end" and (text := fields.end(self.context)):
            self.say(text, looks, counts=False)

    def _note(self, node: Element, _looks: Looks) -> None:
        """Its mark is the number that it has among all notes, in brackets."""
        context = self.context
        mark = f"[{len(context.notes) + 1}]"
        context.notes.append((NOTES[name(node)], attribute(node, "w:id"), mark))
        self.pieces.append(Span(mark, raised="sup"))

    def _symbol(self, node: Element, looks: Looks) -> None:
        code = attribute(node, "w:char").upper()
        if code in SYMBOLS:
            self.say(SYMBOLS[code], looks, counts=False)
        else:
            self.context.ledger.dropped(Met.SYMBOL, self.context.place(), f"{attribute(node, 'w:font')} {code}")

    def _ruby(self, node: Element, _looks: Looks) -> None:
        """Words with their reading above them: the portal writes readings itself."""
        reading, base = child(node, "w:rt"), child(node, "w:rubyBase")
        if reading is not None:
            self.context.drop(Met.RUBY, reading)
        if base is not None:
            self.read(base)

    def _drawn(self, node: Element, looks: Looks) -> None:
        kind = name(node)
        if looks.get("hidden"):
            self.context.drop(Met.HIDDEN, node)
        elif kind == "w:object":
            drawings.embedded(self.context, node)
        elif fields.is_code(self.context) or fields.is_dropped(self.context):
            self.context.account(node)
        else:
            make = drawings.drawing if kind == "w:drawing" else drawings.vml
            self.pieces += make(self.context, node).things

    # What stands around runs -------------------------------------------------------------------

    def inserted(self, node: Element) -> None:
        words = text_of(node)
        kind = Met.INSERTED if name(node) == "w:ins" else Met.MOVED
        if words:
            self.context.ledger.kept(kind, self.context.place(), words)
        self.read(node)

    def deleted(self, node: Element) -> None:
        """What was moved stands elsewhere."""
        if name(node) == "w:del":
            self.context.drop(Met.DELETED, node)
        else:
            self.context.account(node)

    def link(self, node: Element) -> None:
        relation = self.context.relation(attribute(node, "r:id"))
        before = self.href
        if relation is None or not relation.is_external:
            self.context.ledger.dropped(Met.INNER_LINK, self.context.place(), text_of(node))
        else:
            self.href = self._address(relation.target)
        self.read(node)
        self.href = before

    def simple_field(self, node: Element) -> None:
        field = fields.simple(self.context, node)
        self.context.fields.append(field)
        self.read(node)
        self.context.fields.remove(field)
        fields.note(self.context, field.code)

    def control(self, node: Element) -> None:
        """A form's field: what was typed is kept, what only tells where to type is not."""
        props, content = child(node, "w:sdtPr"), child(node, "w:sdtContent")
        if content is None:
            return
        if is_on(props, "w:showingPlcHdr"):
            self.context.drop(Met.PLACEHOLDER, content)
        else:
            self.read(content)

    def equation(self, node: Element) -> None:
        text = text_of(node, "m:t")
        self.context.ledger.changed(Met.EQUATION, self.context.place(), text)
        self.say(text, self.looks)

    def alternative(self, node: Element) -> None:
        for each in drawings.chosen(self.context, node):
            self.take(each)

    def outside(self, node: Element) -> None:
        self.context.drop(Met.LINKED_FILE, node)


def checked_address(context: Context, address: str) -> str:
    address = address.strip()
    if is_plain(address) and not address.startswith(("/", "?", "#")):
        context.ledger.kept(Met.LINK, context.place(), address)
        return address
    context.ledger.dropped(Met.UNSAFE_LINK, context.place(), address)
    return ""


_WITHIN: dict[str, Callable[[Line, Element], None]] = {
    "w:r": Line.run,
    "w:hyperlink": Line.link,
    "w:fldSimple": Line.simple_field,
    **dict.fromkeys(("w:ins", "w:moveTo"), Line.inserted),
    **dict.fromkeys(("w:del", "w:moveFrom"), Line.deleted),
    **dict.fromkeys(("w:smartTag", "w:customXml", "w:bdo", "w:dir"), Line.read),
    "w:sdt": Line.control,
    **dict.fromkeys(("m:oMath", "m:oMathPara"), Line.equation),
    "mc:AlternateContent": Line.alternative,
    "w:subDoc": Line.outside,
}
_LETTERS = {"w:tab": "\t", "w:ptab": "\t", "w:cr": "\n", "w:noBreakHyphen": "-", "w:softHyphen": ""}
_IN_RUN: dict[str, Callable[[Line, Element, Looks], None]] = {
    "w:t": Line._text,
    "w:br": Line._break,
    **dict.fromkeys(NOTES, Line._note),
    "w:sym": Line._symbol,
    "w:commentReference": Line._comment,
    "w:ruby": Line._ruby,
    "w:fldChar": Line._field,
    "w:instrText": Line._code,
    **dict.fromkeys(("w:drawing", "w:pict", "w:object"), Line._drawn),
    "mc:AlternateContent": Line._either,
}
# What says nothing, or is said elsewhere: comments by their own part, bookmarks by the links to them.
_SILENT = {
    *("w:pPr", "w:rPr", "w:proofErr", "w:permStart", "w:permEnd", "w:lastRenderedPageBreak", "w:sdtPr", "w:sdtEndPr"),
    *("w:bookmarkStart", "w:bookmarkEnd", "w:moveFromRangeStart", "w:moveFromRangeEnd", "w:moveToRangeStart"),
    *("w:moveToRangeEnd", "w:commentRangeStart", "w:commentRangeEnd", "w:annotationRef"),
    *("w:footnoteRef", "w:endnoteRef", "w:separator", "w:continuationSeparator", "w:customXmlInsRangeStart"),
    *("w:customXmlInsRangeEnd", "w:customXmlDelRangeStart", "w:customXmlDelRangeEnd", "w:smartTagPr", "w:customXmlPr"),
    *("w:rubyPr", "w:delInstrText", "w:pgNum", "w:dayLong", "w:dayShort", "w:monthLong", "w:monthShort", "w:yearLong"),
    *("w:yearShort", "w:contentPart"),
}
