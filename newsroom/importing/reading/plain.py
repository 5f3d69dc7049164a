"""Plain text: its encoding, its lines, its paragraphs."""

import re
from itertools import groupby

from .. import limits
from ..document import Block, Document, Paragraph, Place, Span
from ..met import Met, Refusal, Refused
from .ledger import Ledger
from .tidying import Tidied, tidied


_MARKS = (  # the longer ones first: that of UTF-32 begins with that of UTF-16
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
    (b"\x84\x31\x95\x33", "gb18030"),
)
# The commonest characters and marks of modern Chinese texts, simplified and traditional: two in five of any text.
COMMON = set(
    "的一是在不了有和人这這中大为為上个個国國我以要他时時来來用们們生到作地于於出就分对對成会會可主发發年动動同工也能下过過子说說产產"
    "种種面而方后後多定行学學法所民得经經十三之进進着著等部度家电電力里裡如水化高自二理起小现現实實加量都两兩体體制机機当當"
    "使点點从從业業本去把性好应應开開它合还還因由其些然前外天政四日那社义義事平形相全表间間样樣与與关關各重新线線内內数數正心"
    "反你明看原又么利比或但质質第向道命此变變条條没只结結解问問意建月公校教区區生老师師长長课課育，。、；：？！“”（）《》"
)
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f\ufffe\uffff]")
_INDENT = re.compile(r"[\u3000\t]|  ")
_ENDS = re.compile(r"[。！？!?：:；;…][”’）」』】\"']*\s*$")
NARROW, BROAD = 20, 90  # characters of a line that a program broke because it was full
RAGGED = 3  # characters that may be missing: no line begins with a comma


def read(content: bytes, ledger: Ledger) -> Document:
    """Raises Refused."""
    if len(content) > limits.MAX_TEXT:
        raise Refused(Refusal.LONG, number=limits.MAX_CHARACTERS)
    text, encoding = decoded(content)
    if encoding != "UTF-8":
        ledger.changed(Met.ENCODING, text=encoding)
    paragraphs = _paragraphs(text)
    if len(paragraphs) > limits.MAX_BLOCKS or len(text) > 2 * limits.MAX_CHARACTERS:
        raise Refused(Refusal.LONG, number=limits.MAX_CHARACTERS)
    done = Tidied()
    blocks: list[Block] = []
    for place, lines in paragraphs:
        blocks += [Paragraph(place=place, words=words) for words in tidied([Span(lines)], done)]
    done.note(ledger)
    return Document(name="", format="txt", unit="line", encoding=encoding, blocks=blocks)


def decoded(content: bytes) -> tuple[str, str]:
    """(text, encoding): by its mark, else UTF-8, else that of the encodings of Chinese in which it makes most sense."""
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return _checked(content, encoding), encoding.removesuffix("-sig").upper()
    try:
        return _checked(content, "utf-8"), "UTF-8"
    except Refused:
        pass
    found: list[tuple[float, str, str]] = []
    for encoding in ("gb18030", "utf-16-le", "utf-16-be", "big5"):
        try:
            text = _checked(content, encoding)
        except Refused:
            continue
        found.append((_sense(text), text, encoding))
    if not found:
        raise Refused(Refusal.NOT_TEXT)
    best = max(found, key=lambda each: each[0])
    if best[0] < 0.12:
        raise Refused(Refusal.NOT_TEXT)
    return best[1], best[2].upper()


def _checked(content: bytes, encoding: str) -> str:
    try:
        text = content.decode(encoding)
    except (UnicodeDecodeError, ValueError):
        raise Refused(Refusal.NOT_TEXT) from None
    if _CONTROLS.search(text):
        raise Refused(Refusal.NOT_TEXT)
    return text.removeprefix("\ufeff")


def _sense(text: str) -> float:
    """The share of common characters among those of its beginning that are no letters of ASCII."""
    wide = [letter for letter in text[:5000] if letter > "\x7f"]
    return sum(letter in COMMON for letter in wide) / len(wide) if wide else 0


def _paragraphs(text: str) -> list[tuple[Place, str]]:
    """(place, text) of each: blank lines part them; so does every line, if a program did not break full ones."""
    lines = list(enumerate(re.split(r"\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]", text), 1))
    found: list[tuple[Place, str]] = []
    for is_blank, group in groupby(lines, key=lambda each: not each[1].strip("\u3000\u00a0 \t\ufeff")):
        if not is_blank:
            found += _chunk(list(group))
    return found


def _chunk(lines: list[tuple[int, str]]) -> list[tuple[Place, str]]:
    """Of lines without a blank one between them."""
    width = max(len(line.rstrip()) for _number, line in lines)
    full = sum(len(line.rstrip()) >= width - RAGGED for _number, line in lines)
    is_broken = NARROW <= width <= BROAD and full >= 2 and 2 * full >= len(lines) > 2
    found: list[tuple[Place, str]] = []
    is_full = False
    for number, line in lines:
        if is_full and not _INDENT.match(line):
            place, before = found[-1]
            gap = " " if before[-1].isascii() and line[:1].isascii() else ""
            found[-1] = (Place(place.number, number), before + gap + line.strip())
        else:
            found.append((Place(number), line.rstrip()))
        is_full = is_broken and len(line.rstrip()) >= width - RAGGED and not _ENDS.search(line)
    return found
