"""XLIFF 1.2 (OASIS, 2008). The tags of a segment become inline codes, which translators' programs protect."""

import re
from collections import Counter
from collections.abc import Iterator
from html import escape, unescape

from django.utils.translation import gettext as _
from lxml import etree

from core.languages import SOURCE, TAGS
from core.segments import Segment, source_hash
from core.text.cleaning import legal_xml
from core.text.tags import VOID

from ..checks.texts import Tag
from ..checks.texts import Text as Parsed
from ..desk.rows import Row, SegmentStatus
from .files import CREATOR, BadFile, Entry, Incoming, Outgoing, Text, language_of, stamp, time_of


XLIFF = "urn:oasis:names:tc:xliff:document:1.2"
OURS = "urn:eduportal:exchange:1"
SPACE = "{http://www.w3.org/XML/1998/namespace}space"
HASH, EXPORTED, STAMP = f"{{{OURS}}}hash", f"{{{OURS}}}exported", f"{{{OURS}}}stamp"

STATES = {
    SegmentStatus.OUTDATED: "needs-adaptation",
    SegmentStatus.DRAFT: "needs-translation",
    SegmentStatus.REVIEW: "needs-review-translation",
    SegmentStatus.APPROVED: "signed-off",
}
DONE = {"final", "signed-off", "translated", "needs-review-translation"}

_CTYPES = {"a": "link", "b": "bold", "i": "italic", "u": "underlined", "br": "lb", "img": "image"}
_NAMES = {ctype: name for name, ctype in _CTYPES.items()}
_CUSTOM = "x-html-"
_EMPHASIS = {"b", "strong", "i", "em", "sub", "sup", "code", "s", "del", "br", "mark", "u"}
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")


# Out -----------------------------------------------------------------------------------------


def write(out: Outgoing) -> bytes:
    root = etree.Element(f"{{{XLIFF}}}xliff", {"version": "1.2"}, nsmap={None: XLIFF, "edu": OURS})
    root.text = "\n"
    for text in out.texts:
        _write_file(root, out, text)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


def _write_file(root: etree._Element, out: Outgoing, text: Text) -> None:
    attributes = {
        "original": text.name,
        "source-language": TAGS[SOURCE],
        "target-language": out.tag,
        "datatype": "html",
        "date": out.at.isoformat(timespec="seconds"),
        EXPORTED: out.at.isoformat(),
    }
    file = _add(root, "file", attributes)
    file.text = "\n"
    _add(_add(file, "header"), "note").text = legal_xml(str(text.original))
    body = _add(file, "body")
    body.text = "\n"
    for row in text.rows:
        _write_unit(body, text, row)


def _write_unit(body: etree._Element, text: Text, row: Row) -> None:
    segment = row.segment
    is_html = segment.format == "html"
    kind = "html" if is_html else "plaintext"
    attributes = {
        "id": segment.path,
        "resname": segment.label,
        "datatype": kind,
        SPACE: "preserve",
        HASH: row.hash,
    }
    if row.status is SegmentStatus.APPROVED:
        attributes["approved"] = "yes"
    unit = _add(body, "trans-unit", attributes)
    _fill(_add(unit, "source"), segment.text, is_html)
    if row.text:
        state = STATES[row.status]
        unit.set(STAMP, stamp(legal_xml(row.text), state in DONE))
        _fill(_add(unit, "target", {"state": state}), row.text, is_html)
    for note in text.notes(row):
        _add(unit, "note", {"from": CREATOR}).text = note
    if row.status is SegmentStatus.OUTDATED and row.earlier:
        before = _add(unit, "alt-trans", {"alttranstype": "previous-version"})
        _fill(_add(before, "source"), row.earlier.source_text, is_html)
        _fill(_add(before, "target"), row.earlier.text, is_html)


def _add(parent: etree._Element, name: str, attributes: dict[str, str] | None = None) -> etree._Element:
    """An element on a line of its own."""
    legal = {key: legal_xml(value) for key, value in (attributes or {}).items()}
    child = etree.SubElement(parent, f"{{{XLIFF}}}{name}", legal)
    child.tail = "\n"
    return child


def _fill(element: etree._Element, text: str, is_html: bool) -> None:
    """Write a segment: of "html", tags become <g> and, where they hold nothing, <x/>."""
    if not is_html:
        element.text = legal_xml(text)
        return
    counts: Counter[str] = Counter()
    opened, cursor = [element], 0
    for tag in Parsed(text, "html").tags:
        _say(opened[-1], text[cursor : tag.start])
        cursor = tag.end
        if not tag.closing:
            code = etree.SubElement(opened[-1], f"{{{XLIFF}}}{'x' if tag.is_void else 'g'}", _code(tag, counts))
            opened += [] if tag.is_void else [code]
        elif len(opened) > 1:
            opened.pop()
    _say(opened[-1], text[cursor:])


def _say(element: etree._Element, markup: str) -> None:
    words = legal_xml(unescape(markup))
    if len(element):
        element[-1].tail = (element[-1].tail or "") + words
    else:
        element.text = (element.text or "") + words


def _code(tag: Tag, counts: Counter[str]) -> dict[str, str]:
    """A chip keeps its id; a bare <b> is numbered, and its id has a dot, which no chip's has."""
    counts[tag.name] += not tag.chip
    return {
        "id": tag.chip or f"{tag.name}.{counts[tag.name]}",
        "ctype": _CTYPES.get(tag.name, f"{_CUSTOM}{tag.name}"),
    }


# In ------------------------------------------------------------------------------------------


class _BadCode(Exception):
    """An inline code that no segment of ours has."""


def read(text: str) -> Incoming:
    """Raises BadFile."""
    root = _parsed(text)
    files = [node for node in root if _local(node) == "file"]
    if _local(root) != "xliff" or not files:
        raise BadFile(_("This is not an XLIFF 1.2 file."))
    if len({file.get("target-language", "") for file in files}) > 1:
        raise BadFile(_("The file holds more than one language."))
    times = [time_of(file.get(EXPORTED) or file.get("date")) for file in files]
    known = [time for time in times if time]
    return Incoming(
        language=language_of(files[0].get("target-language", "")),
        at=min(known) if len(known) == len(files) else None,
        entries=[_entry(file.get("original", ""), unit) for file in files for unit in _units(file)],
    )


def _parsed(text: str) -> etree._Element:
    """No entity is resolved and nothing is fetched; a file that declares entities is refused before it is parsed."""
    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        raise BadFile(_("The file declares entities (DOCTYPE), which is not allowed."))
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True, huge_tree=False
    )
    try:
        return etree.fromstring(_DECLARATION.sub("", text, count=1).encode(), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise BadFile(_("The file is not well-formed XML: %(error)s") % {"error": error}) from error


def _units(file: etree._Element) -> Iterator[etree._Element]:
    return (node for node in file.iter() if _local(node) == "trans-unit")


def _entry(original: str, unit: etree._Element) -> Entry:
    parts: dict[str, etree._Element] = {}
    for node in unit:
        parts.setdefault(_local(node), node)
    source, target = parts.get("source"), parts.get("target")
    is_html = unit.get("datatype") != "plaintext"
    codes = _codes(source) if source is not None else {}
    words, said, problem = "", "", ""
    try:
        words = _text(source, is_html, codes) if source is not None else ""
        said = _text(target, is_html, codes) if target is not None else ""
    except _BadCode as error:
        problem = _("The tag %(tag)s is not one of the source.") % {"tag": error}
    digest = unit.get(HASH) or source_hash(Segment("", words, "html" if is_html else "plain", ""))
    is_done = target is not None and target.get("state") in DONE
    is_confirmed = bool(said) and (is_done or unit.get("approved") == "yes")
    is_untouched = unit.get(STAMP) == stamp(said, is_confirmed)
    is_earlier = target is not None and target.get("state") == STATES[SegmentStatus.OUTDATED]
    return Entry(
        original=original,
        path=unit.get("id", ""),
        hash=digest,
        source=words,
        target=said,
        is_confirmed=is_confirmed,
        is_untouched=is_untouched,
        is_leftover=is_untouched and is_earlier,
        problem=problem,
    )


def _codes(source: etree._Element) -> dict[str, str]:
    """{id: name of the tag} of the inline codes of a source."""
    return {node.get("id", ""): _name(node) for node in source.iter() if _local(node) in ("g", "x")}


def _text(element: etree._Element, is_html: bool, codes: dict[str, str]) -> str:
    """A segment as the desk writes it. Raises _BadCode."""
    if not is_html:
        if code := next((node for node in element.iter() if _local(node) in ("g", "x")), None):
            raise _BadCode(code.get("id", ""))
        return "".join(element.itertext())
    done = [escape(element.text or "", quote=False)]
    for node in element:
        done += [_inline(node, codes), escape(node.tail or "", quote=False)]
    return "".join(done)


def _inline(node: etree._Element, codes: dict[str, str]) -> str:
    kind, identity = _local(node), node.get("id", "")
    words = _text(node, True, codes)
    if kind == "mrk":  # marks of the programs' own
        return words
    name = codes.get(identity) or _name(node)
    if kind not in ("g", "x") or not name:
        raise _BadCode(identity or kind)
    is_bare = "." in identity or (identity not in codes and name in _EMPHASIS)
    tag = name if is_bare else f'{name} id="{escape(identity)}"'
    return f"<{tag}/>" if name in VOID else f"<{tag}>{words}</{name}>"


def _name(node: etree._Element) -> str:
    ctype = node.get("ctype", "")
    return _NAMES.get(ctype) or ctype.removeprefix(_CUSTOM) * ctype.startswith(_CUSTOM)


def _local(node: etree._Element) -> str:
    return etree.QName(node).localname
