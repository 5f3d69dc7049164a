"""TMX 1.4b (LISA, 2005), the format of translation memories.

The tags of a text become <bpt>, <ept> and <ph>, which hold them as they are written. Of the codes of other programs only
those are kept that are tags of ours; their words always are.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from html import escape

from django.utils.translation import gettext as _
from lxml import etree

from core.languages import SOURCE, TAGS
from core.segments import tidy
from core.text.cleaning import clean, legal_xml
from core.text.tags import pieces

from ..budget import Budget
from ..errors import BadFile
from ..files import CREATOR
from ..inline import Kind, parts
from ..language_tags import is_source, language_of
from ..safe_xml import add, children, descendants, first, local, say


LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_TYPES = {"a": "link", "b": "bold", "i": "italic", "u": "ulined", "br": "lb", "img": "image"}


# Out -----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Pair:
    """A text and its translation; `format` is that of the segments, `at` when it was last changed."""

    source: str
    text: str
    format: str
    at: datetime
    properties: Mapping[str, str]


def write(pairs: Iterable[Pair], language: str, at: datetime) -> bytes:
    root = etree.Element("tmx", {"version": "1.4"})
    root.text = "\n"
    attributes = {
        "creationtool": CREATOR,
        "creationtoolversion": "1",
        "segtype": "paragraph",
        "o-tmf": CREATOR,
        "adminlang": "en",
        "srclang": TAGS[SOURCE],
        "datatype": "html",
        "creationdate": _stamp(at),
    }
    add(root, "header", attributes)
    body = add(root, "body")
    body.text = "\n"
    for pair in pairs:
        unit = add(
            body, "tu", {"datatype": "html" if pair.format == "html" else "plaintext", "changedate": _stamp(pair.at)}
        )
        for name, text in pair.properties.items():
            add(unit, "prop", {"type": f"x-{CREATOR}-{name}"}).text = legal_xml(text)
        numbers: dict[str, str] = {}
        for code, text in ((SOURCE, pair.source), (language, pair.text)):
            _fill(etree.SubElement(add(unit, "tuv", {LANG: TAGS[code]}), "seg"), text, pair.format, numbers)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", doctype='<!DOCTYPE tmx SYSTEM "tmx14.dtd">')


def _stamp(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _fill(element: etree._Element, text: str, format: str, numbers: dict[str, str]) -> None:
    """`numbers` are those of the codes, by their ids: the same in both texts."""
    for part in parts(text, format):
        if isinstance(part, str):
            say(element, part)
            continue
        number = numbers.setdefault(part.id, str(len(numbers) + 1))
        attributes = {} if part.kind is Kind.EMPTY else {"i": number}
        if part.kind is not Kind.END:
            attributes |= {"x": number, "type": _TYPES.get(part.name, part.name)}
        name = {Kind.START: "bpt", Kind.END: "ept", Kind.EMPTY: "ph"}[part.kind]
        etree.SubElement(element, name, attributes).text = part.raw


# In ------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Variant:
    """A text of a unit in the target language `code`; both texts are written as segments of rich text.

    `problem` says why a unit has none.
    """

    number: int
    source: str = ""
    code: str = ""
    text: str = ""
    problem: str = ""


def read(root: etree._Element, budget: Budget) -> list[Variant]:
    """The units with Chinese, each with its translations into the portal's languages. Raises BadFile, TooMuch."""
    if local(root) != "tmx":
        raise BadFile(_("This is not a TMX file."))
    units = list(descendants(root, "tu"))
    budget.take_rows(len(units))
    variants = [variant for number, unit in enumerate(units, start=1) for variant in _variants(number, unit)]
    budget.take_rows(len(variants) - len(units))
    return variants


def _variants(number: int, unit: etree._Element) -> Iterator[Variant]:
    sources: list[str] = []
    texts: dict[tuple[str, str], None] = {}
    for tuv in children(unit, "tuv"):
        tag = tuv.get(LANG) or tuv.get("lang", "")
        text = _markup(first(tuv, "seg"))
        if is_source(tag):
            sources += [text] if text else []
        elif text and (code := _code_of(tag)):
            texts[code, text] = None
    if not sources:
        yield Variant(number, problem=_("There is no Chinese text."))
    elif not texts:
        yield Variant(number, sources[0], problem=_("There is no translation into a language of the portal."))
    else:
        yield from (Variant(number, sources[0], code, text) for code, text in texts)


def _code_of(tag: str) -> str:
    try:
        return language_of(tag)
    except BadFile:
        return ""


def _markup(element: etree._Element | None) -> str:
    """A text as a segment of rich text."""
    return tidy(clean("".join(_written(element)))) if element is not None else ""


def _written(element: etree._Element) -> Iterator[str]:
    yield escape(element.text or "", quote=False)
    for node in element:
        if local(node) == "hi":
            yield from _written(node)
        elif local(node) in ("bpt", "ept", "ph", "it"):
            yield _tag(node.text or "")
        yield escape(node.tail or "", quote=False)


def _tag(code: str) -> str:
    """A code if it is one tag, of which `tidy` then leaves what a text may hold; "" if it is anything else."""
    found = list(pieces(code))
    return code if len(found) == 1 and found[0].name else ""
