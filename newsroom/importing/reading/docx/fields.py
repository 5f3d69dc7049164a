"""Fields: what a program writes itself, such as the number of a page or a link (ECMA-376 part 1, 17.16)."""

import re

from ...met import Met
from .context import Context, OpenField
from .xml import Element, attribute


_CODE = re.compile(r"\s*(\w+|=)")
_ADDRESS = re.compile(r'HYPERLINK\s+(?:\\[a-z]\s+)*"([^"]*)"', re.IGNORECASE)
_BASE = re.compile(r"\\o\s*(?:\\a[dclr]\s*)?\((.*)\)\s*\Z", re.IGNORECASE | re.DOTALL)
_CIRCLED = re.compile(r"[○◯〇△□◇]$")
PAGES = {"PAGE", "NUMPAGES", "SECTIONPAGES", "PAGEREF"}
CONTENTS = {"TOC", "TOA", "INDEX", "TC", "XE", "RD"}
OUTSIDE = {"INCLUDEPICTURE", "INCLUDETEXT", "LINK", "DDE", "DDEAUTO", "IMPORT", "DATABASE"}
SILENT = {"HYPERLINK", "SEQ", "REF", "STYLEREF", "EQ"}  # what they show is text of the story


def kind_of(code: str) -> str:
    found = _CODE.match(code)
    return found[1].upper() if found else ""


def address_of(code: str) -> str:
    """Where a field that is a link leads; "" of any other."""
    found = _ADDRESS.search(code)
    return found[1] if found else ""


def begin(context: Context) -> None:
    context.fields.append(OpenField())


def separate(context: Context) -> None:
    if context.fields:
        context.fields[-1].in_result = True


def end(context: Context) -> str:
    """What the field says that has no result of its own."""
    if not context.fields:
        return ""
    field = context.fields.pop()
    note(context, field.code)
    return "" if field.in_result or kind_of(field.code) != "EQ" else drawn_together(field.code)


def note(context: Context, code: str) -> None:
    kind = kind_of(code)
    if kind in CONTENTS:
        context.ledger.dropped(Met.CONTENTS, context.place())
    elif kind in PAGES:
        context.ledger.dropped(Met.PAGE_NUMBER, context.place())
    elif kind in OUTSIDE:
        context.ledger.dropped(Met.LINKED_FILE, context.place(), code.strip())
    elif kind and kind not in SILENT:
        context.ledger.changed(Met.FIELD, context.place(), kind)


def is_code(context: Context) -> bool:
    """Whether words now are part of how a field is made."""
    return any(not field.in_result for field in context.fields)


def is_dropped(context: Context) -> bool:
    """Whether what a field shows now is no part of the story."""
    return any(kind_of(field.code) in CONTENTS | PAGES for field in context.fields)


def link(context: Context) -> str:
    """Where the words lead that a field shows now."""
    return next(filter(None, (address_of(field.code) for field in reversed(context.fields))), "")


def drawn_together(code: str) -> str:
    """The words of an EQ that draws characters over one another: ① of a circle and 1, 中 with its pinyin above. Word makes
    both so (带圈字符, 拼音指南)."""
    found = _BASE.search(code)
    if not found:
        return ""
    parts = _arguments(found[1])
    last = parts[-1].strip() if parts else ""
    if len(parts) > 1 and _CIRCLED.search(parts[0].strip()) and last.isdecimal() and 0 < int(last) <= 20:
        return chr(0x2460 + int(last) - 1)
    return last


def _arguments(text: str) -> list[str]:
    """Parted by the commas that stand in no brackets."""
    parts, depth = [""], 0
    for letter in text:
        depth += {"(": 1, ")": -1}.get(letter, 0)
        if letter in ",;" and depth == 0:
            parts.append("")
        else:
            parts[-1] += letter
    return parts


def simple(context: Context, node: Element) -> OpenField:
    """A field in one element, while what is in it is read."""
    return OpenField(attribute(node, "w:instr"), in_result=True)
