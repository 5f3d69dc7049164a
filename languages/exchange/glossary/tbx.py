"""TBX-Basic, versions 3 (ISO 30042:2019, in its style DCA) and 2 (ISO 30042:2008), which most programs know. The style DCT
of version 3 is read too.

A concept is a term: its Chinese is the source. Of a language the first rendering is the preferred term, what is forbidden a
deprecated one. TBX has no category for what is not translated: it is a subset of the project.
"""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from django.conf import settings
from django.utils.translation import gettext as _
from lxml import etree

from core.languages import SOURCE, TAGS, TARGETS
from core.text.cleaning import clean, legal_xml

from ...models import Term, TermTarget
from ...models.glossary import Subject
from ..errors import BadFile
from ..files import CREATOR
from ..language_tags import is_source, language_of
from ..safe_xml import add, children, descendants, local
from .lines import MAX_LINES, Line, Rendering


NAMESPACE = "urn:iso:std:iso:30042:ed-2"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
PREFERRED, ADMITTED, DEPRECATED = (f"{name}Term-admn-sts" for name in ("preferred", "admitted", "deprecated"))
NOT_TRANSLATED = "do-not-translate"
ENTRIES, LANGUAGES, TERMS = ("conceptEntry", "termEntry"), ("langSec", "langSet"), ("termSec", "tig", "ntig")


# Out -----------------------------------------------------------------------------------------


class Names(NamedTuple):
    """What the elements are called in a version of TBX."""

    root: str
    header: str
    entry: str
    language: str
    term: str


VERSIONS = {
    "3": Names("tbx", "tbxHeader", "conceptEntry", "langSec", "termSec"),
    "2": Names("martif", "martifHeader", "termEntry", "langSet", "tig"),
}


def export_tbx(terms: Iterable[Term], version: str = "3") -> bytes:
    """The terms, which have their renderings prefetched. Raises KeyError for an unknown version."""
    names = VERSIONS[version]
    attributes = {"type": "TBX-Basic", LANG: TAGS[SOURCE]}
    if version == "3":
        root = etree.Element(f"{{{NAMESPACE}}}{names.root}", attributes | {"style": "dca"}, nsmap={None: NAMESPACE})
    else:
        root = etree.Element(names.root, attributes)
    root.text = "\n"
    header = add(root, names.header)
    description = add(header, "fileDesc")
    add(add(description, "titleStmt"), "title").text = legal_xml(str(settings.WAGTAIL_SITE_NAME))
    add(add(description, "sourceDesc"), "p").text = CREATOR
    if version == "2":
        add(add(header, "encodingDesc"), "p", {"type": "XCSURI"}).text = "TBXBasicXCSV02.xcs"
    body = add(add(root, "text"), "body")
    body.text = "\n"
    for term in terms:
        _write_entry(add(body, names.entry, {"id": f"c{term.pk}"}), term, names)
    grammar = '<!DOCTYPE martif SYSTEM "TBXBasiccoreStructV02.dtd">' if version == "2" else None
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", doctype=grammar)


def _write_entry(entry: etree._Element, term: Term, names: Names) -> None:
    _say(entry, "descrip", term.subject, "subjectField")
    _say(entry, "admin", NOT_TRANSLATED * term.do_not_translate, "projectSubset")
    _say(entry, "admin", term.place, "source")
    _say(entry, "note", term.note)
    section = add(entry, names.language, {LANG: TAGS[SOURCE]})
    _write_term(add(section, names.term), term.source, PREFERRED)
    targets = list(term.targets.all())
    for code in TARGETS:
        if found := [target for target in targets if target.language == code]:
            section, status = add(entry, names.language, {LANG: TAGS[code]}), PREFERRED
            for target in sorted(found, key=lambda target: target.forbidden):
                written = add(section, names.term)
                _write_term(written, target.text, DEPRECATED if target.forbidden else status, target.note)
                status = ADMITTED


def _write_term(written: etree._Element, text: str, status: str, note: str = "") -> None:
    add(written, "term").text = legal_xml(text)
    _say(written, "termNote", status, "administrativeStatus")
    _say(written, "note", note)


def _say(parent: etree._Element, name: str, text: str, kind: str = "") -> None:
    if text:
        add(parent, name, {"type": kind} if kind else {}).text = legal_xml(text)


# In ------------------------------------------------------------------------------------------


def read_tbx(root: etree._Element) -> list[Line]:
    """The entries; one with several Chinese terms is a line for each. Raises BadFile."""
    entries = list(descendants(root, *ENTRIES))
    if local(root) not in ("tbx", "martif") or not entries:
        raise BadFile(_("This is not a TBX file with terms."))
    lines = [line for number, entry in enumerate(entries, start=1) for line in _lines(number, entry)]
    if len(lines) > MAX_LINES:
        raise BadFile(_("The file has too many rows: at most %(number)d.") % {"number": MAX_LINES})
    return lines


def _lines(number: int, entry: etree._Element) -> Iterator[Line]:
    sources: list[str] = []
    renderings: list[Rendering] = []
    codes = set()
    for section in children(entry, *LANGUAGES):
        tag = section.get(LANG) or section.get("lang", "")
        if is_source(tag):
            sources += [each.text for each in _terms(section, "") if not each.is_forbidden]
        elif code := _code_of(tag):
            codes.add(code)
            renderings += _terms(section, code)
    fields = _fields(entry)
    covered = frozenset((code, is_forbidden) for code in codes for is_forbidden in (False, True))
    for source in dict.fromkeys(sources):
        yield Line(number, {"source": source} | fields, renderings, covered)
    if not sources:
        yield Line(number, fields, problem=_("There is no Chinese term."))


def _code_of(tag: str) -> str:
    """The target language that a tag means; "" for others, which the file may have as well."""
    try:
        return language_of(tag)
    except BadFile:
        return ""


def _terms(section: etree._Element, code: str) -> list[Rendering]:
    """The terms of a language, the preferred one first."""
    found = []
    for node in children(section, *TERMS):
        term = next(descendants(node, "term"), None)
        text = " ".join(_text(term).split())
        if text:
            status = _said(node, "administrativeStatus")
            is_forbidden = status.startswith(("deprecated", "superseded"))
            rendering = Rendering(code, text, is_forbidden, _said(node, "note")[:_NOTE_LENGTH])
            found.append((not status.startswith("preferred"), rendering))
    return [rendering for _rank, rendering in sorted(found, key=lambda pair: pair[0])]


_NOTE_LENGTH = TermTarget._meta.get_field("note").max_length


def _fields(entry: etree._Element) -> dict[str, str]:
    """What an entry says of the fields of a term; nothing of those that it does not mention."""
    subject = _said(entry, "subjectField").lower()
    said = {
        "subject": subject if subject in Subject.values else "",  # other glossaries have subjects of their own
        "do_not_translate": "true" if _said(entry, "projectSubset") == NOT_TRANSLATED else "",
        "place": _said(entry, "source"),
        "note": _said(entry, "note") or _said(entry, "definition"),
    }
    return {name: text for name, text in said.items() if text}


def _said(node: etree._Element, category: str) -> str:
    """What an element says in a category of data, itself or in a group: <note>, <admin type="source">, <min:source>."""
    for child in node:
        if category in (local(child), child.get("type")):
            return _text(child)
        if local(child).endswith("Grp") and (text := _said(child, category)):
            return text
    return ""


def _text(node: etree._Element | None) -> str:
    return clean("".join(node.itertext()), multiline=True).strip() if node is not None else ""
