"""XLIFF 1.2 (OASIS, 2008). The tags of a segment become <g> and, where they hold nothing, <x/>."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from lxml import etree

from core.languages import SOURCE, TAGS
from core.text.cleaning import legal_xml

from ..desk.rows import Row, SegmentStatus
from .budget import Budget
from .errors import BadFile
from .files import CREATOR, Entry, Incoming, Outgoing, Text, stamp, time_of
from .inline import BadCode, Code, Kind, Part, hash_of, markup, names_of, parts
from .language_tags import language_of
from .safe_xml import add, children, descendants, local, parse, say
from .wordings import is_proven, proof


XLIFF = "urn:oasis:names:tc:xliff:document:1.2"
OURS = "urn:eduportal:exchange:1"
SPACE = "{http://www.w3.org/XML/1998/namespace}space"
HASH, EXPORTED, STAMP, PROOF = (f"{{{OURS}}}{name}" for name in ("hash", "exported", "stamp", "proof"))

STATES = {
    SegmentStatus.OUTDATED: "needs-adaptation",
    SegmentStatus.DRAFT: "needs-translation",
    SegmentStatus.REVIEW: "needs-review-translation",
    SegmentStatus.APPROVED: "signed-off",
}
DONE = {
    "final",
    "signed-off",
    "translated",
    "needs-review-translation",
    "needs-review-adaptation",
    "needs-review-l10n",
}
# What a program calls unfinished. A target without a state, or with one of the program's own, is neither.
UNFINISHED = {"new", "needs-translation", "needs-adaptation", "needs-l10n"}

_CTYPES = {"a": "link", "b": "bold", "i": "italic", "u": "underlined", "br": "lb", "img": "image"}
_NAMES = {ctype: name for name, ctype in _CTYPES.items()}
_CUSTOM = "x-html-"


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
    file = add(root, "file", attributes)
    file.text = "\n"
    add(add(file, "header"), "note").text = legal_xml(str(text.original))
    body = add(file, "body")
    body.text = "\n"
    for row in text.rows:
        _write_unit(body, text, row)


def _write_unit(body: etree._Element, text: Text, row: Row) -> None:
    segment = row.segment
    attributes = {
        "id": segment.path,
        "resname": segment.label,
        "datatype": "html" if segment.format == "html" else "plaintext",
        SPACE: "preserve",
        HASH: row.hash,
        PROOF: proof(text.name, segment.path, row.hash),
    }
    if row.status is SegmentStatus.APPROVED:
        attributes["approved"] = "yes"
    unit = add(body, "trans-unit", attributes)
    _fill(add(unit, "source"), segment.text, segment.format)
    if row.text:
        state = STATES[row.status]
        unit.set(STAMP, stamp(legal_xml(row.text), state in DONE))
        _fill(add(unit, "target", {"state": state}), row.text, segment.format)
    for note in text.notes(row):
        add(unit, "note", {"from": CREATOR}).text = note
    if row.status is SegmentStatus.OUTDATED and row.earlier:
        before = add(unit, "alt-trans", {"alttranstype": "previous-version"})
        _fill(add(before, "source"), row.earlier.source_text, segment.format)
        _fill(add(before, "target"), row.earlier.text, segment.format)


def _fill(element: etree._Element, text: str, format: str) -> None:
    opened = [element]
    for part in parts(text, format):
        if isinstance(part, str):
            say(opened[-1], part)
        elif part.kind is Kind.END:
            opened.pop()
        else:
            kind = "x" if part.kind is Kind.EMPTY else "g"
            ctype = _CTYPES.get(part.name, f"{_CUSTOM}{part.name}")
            code = etree.SubElement(opened[-1], f"{{{XLIFF}}}{kind}", {"id": part.id, "ctype": ctype})
            opened += [code] if kind == "g" else []


# In ------------------------------------------------------------------------------------------


def read(text: str, budget: Budget | None = None) -> Incoming:
    """Raises BadFile, TooMuch."""
    budget = budget or Budget()
    return read_root(parse(text, budget), budget)


def read_root(root: etree._Element, budget: Budget) -> Incoming:
    """The document of version 1. Raises BadFile, TooMuch."""
    files = list(children(root, "file"))
    if local(root) != "xliff" or not files:
        raise BadFile(_("This is not an XLIFF file."))
    if len({file.get("target-language", "") for file in files}) > 1:
        raise BadFile(_("The file holds more than one language."))
    times = [time_of(file.get(EXPORTED) or file.get("date")) for file in files]
    known = [time for time in times if time]
    units = [(file.get("original", ""), unit) for file in files for unit in descendants(file, "trans-unit")]
    budget.take_rows(len(units))
    return Incoming(
        language=language_of(files[0].get("target-language", "")),
        at=min(known) if len(known) == len(files) else None,
        entries=[_entry(original, unit) for original, unit in units],
    )


def _entry(original: str, unit: etree._Element) -> Entry:
    found: dict[str, etree._Element] = {}
    for node in unit:
        found.setdefault(local(node), node)
    source, target = found.get("source"), found.get("target")
    format = "plain" if unit.get("datatype") == "plaintext" else "html"
    codes = names_of(_parts(source))
    words, said, problem = "", "", ""
    try:
        words = markup(_parts(source), format, codes)
        said = markup(_parts(target), format, codes)
    except BadCode as error:
        problem = _("The tag %(tag)s is not one of the source.") % {"tag": error}
    path, digest = unit.get("id", ""), unit.get(HASH) or hash_of(words, format)
    state = "" if target is None else target.get("state", "")
    is_confirmed = bool(said) and state not in UNFINISHED and (state in DONE or unit.get("approved") == "yes")
    is_untouched = unit.get(STAMP) == stamp(said, is_confirmed)
    return Entry(
        original=original,
        path=path,
        hash=digest,
        source=words,
        target=said,
        is_proven=is_proven(original, path, digest, unit.get(PROOF, "")),
        is_confirmed=is_confirmed,
        is_draft=bool(said) and state in UNFINISHED,
        is_untouched=is_untouched,
        is_leftover=is_untouched and state == STATES[SegmentStatus.OUTDATED],
        problem=problem,
    )


def _parts(element: etree._Element | None, cut: dict[str, str] | None = None) -> Iterator[Part]:
    """The words and codes of a source or target. <bx/> and <ex/> are the ends of a <g> that a program has cut in two:
    `cut` are the ids of those that were opened, by what names the pair; <mrk> is a mark of the program's own."""
    if element is None:
        return
    cut = {} if cut is None else cut
    yield element.text or ""
    for node in element:
        kind, identity = local(node), node.get("id", "")
        pair = node.get("rid") or identity
        if kind == "mrk":
            yield from _parts(node, cut)
        elif kind == "g":
            yield Code(Kind.START, identity, _name(node))
            yield from _parts(node, cut)
            yield Code(Kind.END, identity)
        elif kind == "ex":
            yield Code(Kind.END, cut.get(pair, identity))
        elif kind in ("x", "bx"):
            cut |= {pair: identity} if kind == "bx" else {}
            yield Code(Kind.EMPTY if kind == "x" else Kind.START, identity, _name(node))
        else:
            yield Code(Kind.EMPTY, f"<{kind}>")  # native code of a program: nobody knows what it stands for
        yield node.tail or ""


def _name(node: etree._Element) -> str:
    ctype = node.get("ctype", "")
    return _NAMES.get(ctype) or ctype.removeprefix(_CUSTOM) * ctype.startswith(_CUSTOM)
