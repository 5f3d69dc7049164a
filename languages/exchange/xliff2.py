"""XLIFF 2.0 and 2.1 (OASIS, 2014 and 2018), which share their core: the tags of a segment become <pc> and <ph>.

A segment of ours is a unit, in one <segment>. Programs cut units into several, with <ignorable> for the spaces between;
they are joined again. Of the state of a segment this is taken: `initial` is unfinished, the others are finished. By the
standard a segment without a state is initial, too, but programs that write none (OmegaT) write translations all the same,
so a target without a state is neither.
"""

from collections.abc import Iterator
from functools import partial

from django.utils.translation import gettext as _
from lxml import etree

from core.keys import parse_key
from core.languages import SOURCE, TAGS
from core.text.cleaning import legal_xml
from core.text.tags import pieces

from ..desk.rows import Row, SegmentStatus
from .budget import Budget
from .files import CREATOR, Entry, Incoming, Outgoing, Text, stamp, time_of
from .inline import BadCode, Code, Kind, Part, hash_of, markup, names_of, parts
from .language_tags import language_of
from .safe_xml import add, children, descendants, first, local, say
from .wordings import is_proven, proof
from .xliff import EXPORTED, HASH, OURS, PROOF, SPACE, STAMP


XLIFF = "urn:oasis:names:tc:xliff:document:2.0"
PREFIX = "edu"  # of our own values of `type`, `subType` and `subState`
OUTDATED = f"{PREFIX}:outdated"

STATES = {
    SegmentStatus.OUTDATED: "initial",
    SegmentStatus.DRAFT: "initial",
    SegmentStatus.REVIEW: "translated",
    SegmentStatus.APPROVED: "final",
}
DONE = {"translated", "reviewed", "final"}
_FORMATS = {"html": f"{PREFIX}:html", "plain": f"{PREFIX}:plain"}
_TYPES = {"a": "link", "img": "image"} | dict.fromkeys(
    ("b", "strong", "i", "em", "sub", "sup", "code", "s", "del", "br", "mark", "u"), "fmt"
)
_SUBTYPES = {"b": "xlf:b", "i": "xlf:i", "u": "xlf:u", "br": "xlf:lb"}
_NAMES = {subtype: name for name, subtype in _SUBTYPES.items()}


# Out -----------------------------------------------------------------------------------------


def write(out: Outgoing, version: str) -> bytes:
    """`version` is "2.0" or "2.1"."""
    attributes = {"version": version, "srcLang": TAGS[SOURCE], "trgLang": out.tag}
    root = etree.Element(f"{{{XLIFF}}}xliff", attributes, nsmap={None: XLIFF, PREFIX: OURS})
    root.text = "\n"
    for number, text in enumerate(out.texts, start=1):
        attributes = {"id": f"f{number}", "original": text.name, EXPORTED: out.at.isoformat()}
        file = add(root, "file", attributes)
        file.text = "\n"
        add(add(file, "notes"), "note").text = legal_xml(str(text.original))
        for place, row in enumerate(text.rows, start=1):
            _write_unit(file, f"u{place}", text, row)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


write_2_0, write_2_1 = partial(write, version="2.0"), partial(write, version="2.1")


def _write_unit(file: etree._Element, identity: str, text: Text, row: Row) -> None:
    segment = row.segment
    attributes = {
        "id": identity,
        "name": segment.path,
        "type": _FORMATS[segment.format],
        SPACE: "preserve",
        HASH: row.hash,
        PROOF: proof(text.name, segment.path, row.hash),
    }
    unit = add(file, "unit", attributes)
    notes = add(unit, "notes")
    for note in _notes(text, row):
        add(notes, "note").text = note
    data = _write_data(unit, row)
    state = {"state": STATES[row.status]} if row.text else {}
    if row.status is SegmentStatus.OUTDATED:
        state["subState"] = OUTDATED
    written = add(unit, "segment", {"id": "s1"} | state)
    _fill(add(written, "source"), segment.text, segment.format, data)
    if row.text:
        unit.set(STAMP, stamp(legal_xml(row.text), state["state"] in DONE))
        _fill(add(written, "target"), row.text, segment.format, data)


def _notes(text: Text, row: Row) -> Iterator[str]:
    yield from text.notes(row)
    if row.status is SegmentStatus.OUTDATED and row.earlier:
        yield legal_xml(f"{CREATOR}: {row.earlier.source_text}")


def _write_data(unit: etree._Element, row: Row) -> dict[str, str]:
    """The tags of a unit as they are written: {tag: id of its data}."""
    codes = [*parts(row.segment.text, row.segment.format), *parts(row.text, row.segment.format)]
    raws = dict.fromkeys(part.raw for part in codes if isinstance(part, Code))
    tags = {raw: f"d{number}" for number, raw in enumerate(raws, start=1)}
    if tags:
        kept = add(unit, "originalData")
        for tag, identity in tags.items():
            add(kept, "data", {"id": identity}).text = tag
    return tags


def _fill(element: etree._Element, text: str, format: str, data: dict[str, str]) -> None:
    opened = [element]
    for part in parts(text, format):
        if isinstance(part, str):
            say(opened[-1], part)
        elif part.kind is Kind.END:
            opened.pop().set("dataRefEnd", data[part.raw])
        else:
            opened += _write_code(opened[-1], part, data)


def _write_code(parent: etree._Element, part: Code, data: dict[str, str]) -> list[etree._Element]:
    """Returns the code if words can stand in it. A link is neither copied nor deleted: the source has it once."""
    is_paired = part.kind is Kind.START
    attributes = {"id": part.id, "dataRefStart" if is_paired else "dataRef": data[part.raw]}
    kind = _TYPES.get(part.name, "other")
    attributes |= {"type": kind, "subType": _SUBTYPES.get(part.name, f"{PREFIX}:{part.name}")}
    if "." not in part.id:
        attributes |= {"canCopy": "no", "canDelete": "no"}
    code = etree.SubElement(parent, f"{{{XLIFF}}}{'pc' if is_paired else 'ph'}", attributes)
    return [code] if is_paired else []


# In ------------------------------------------------------------------------------------------


def read_root(root: etree._Element, budget: Budget) -> Incoming:
    """The document of version 2. Raises BadFile, TooMuch."""
    files = list(children(root, "file"))
    language = language_of(root.get("trgLang", ""))
    times = [time_of(file.get(EXPORTED)) for file in files]
    known = [time for time in times if time]
    units = [(file.get("original", ""), unit) for file in files for unit in descendants(file, "unit")]
    budget.take_rows(len(units))
    return Incoming(
        language=language,
        at=min(known) if known and len(known) == len(files) else None,
        entries=[_entry(original, unit) for original, unit in units],
    )


def _entry(original: str, unit: etree._Element) -> Entry:
    cuts = list(children(unit, "segment", "ignorable"))
    data = {node.get("id", ""): _tag_in(node) for node in descendants(unit, "data")}
    source = [part for cut in cuts for part in _parts(first(cut, "source"), data)]
    target = [part for cut in _in_target_order(cuts) for part in _parts(_target_of(cut), data)]
    has_codes = any(isinstance(part, Code) for part in source)
    format = "plain" if unit.get("type") == _FORMATS["plain"] and not has_codes else "html"
    codes = names_of(source)
    words, said, problem = "", "", ""
    try:
        words = markup(source, format, codes)
        said = markup(target, format, codes)
    except BadCode as error:
        problem = _("The tag %(tag)s is not one of the source.") % {"tag": error}
    path, digest = unit.get("name") or unit.get("id", ""), unit.get(HASH) or hash_of(words, format)
    segments = [cut for cut in cuts if local(cut) == "segment"]
    states = {segment.get("state", "") for segment in segments}
    is_whole = all(first(segment, "target") is not None for segment in segments)
    is_confirmed = bool(said) and is_whole and states <= DONE
    is_untouched = unit.get(STAMP) == stamp(said, is_confirmed)
    return Entry(
        original=original,
        path=path,
        hash=digest,
        source=words,
        target=said,
        is_proven=is_proven(original, path, digest, unit.get(PROOF, "")),
        is_confirmed=is_confirmed,
        is_draft=bool(said) and ("initial" in states or not is_whole),
        is_untouched=is_untouched,
        is_leftover=is_untouched and any(segment.get("subState") == OUTDATED for segment in segments),
        problem=problem,
    )


def _in_target_order(cuts: list[etree._Element]) -> list[etree._Element]:
    """The pieces of a unit as its translation has them: a target may say its place (`order`, from 1)."""
    places: dict[int, etree._Element] = {}
    rest = []
    for cut in cuts:
        target = first(cut, "target")
        order = parse_key(target.get("order", "")) if target is not None else None
        if order and order <= len(cuts) and order not in places:
            places[order] = cut
        else:
            rest.append(cut)
    unplaced = iter(rest)
    return [places[number] if number in places else next(unplaced) for number in range(1, len(cuts) + 1)]


def _target_of(cut: etree._Element) -> etree._Element | None:
    """What stands between two segments is as in the source, unless it has a translation of its own."""
    target = first(cut, "target")
    return first(cut, "source") if target is None and local(cut) == "ignorable" else target


def _parts(element: etree._Element | None, data: dict[str, str]) -> Iterator[Part]:
    """The words and codes of a source or target. <sc/> and <ec/> are the ends of a <pc> that a program has cut in two."""
    if element is None:
        return
    yield element.text or ""
    for node in element:
        kind, identity = local(node), node.get("id", "")
        if kind == "pc":
            yield Code(Kind.START, identity, _name(node, data))
            yield from _parts(node, data)
            yield Code(Kind.END, identity)
        elif kind == "mrk":
            yield from _parts(node, data)
        elif kind in _KINDS:
            yield Code(_KINDS[kind], node.get("startRef") or identity, _name(node, data))
        elif kind == "cp":
            yield _character(node.get("hex", ""))
        elif kind not in ("sm", "em"):  # ends of marks
            yield Code(Kind.EMPTY, f"<{kind}>")
        yield node.tail or ""


_KINDS = {"ph": Kind.EMPTY, "sc": Kind.START, "ec": Kind.END}


def _character(digits: str) -> str:
    """A character that XML cannot hold: no text of ours has one, so nothing is left of it."""
    try:
        return legal_xml(chr(int(digits[:8], 16)))
    except (ValueError, OverflowError):
        return ""


def _name(node: etree._Element, data: dict[str, str]) -> str:
    """The name of the tag that a code stands for; "" if the file does not say it."""
    subtype = node.get("subType", "")
    own = subtype.removeprefix(f"{PREFIX}:") * subtype.startswith(f"{PREFIX}:")
    reference = node.get("dataRefStart") or node.get("dataRef", "")
    return _NAMES.get(subtype) or own or data.get(reference, "")


def _tag_in(node: etree._Element) -> str:
    """The name of the tag in an element <data>."""
    return next((piece.name for piece in pieces(node.text or "") if piece.name), "")
