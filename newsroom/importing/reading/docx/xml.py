"""XML of strangers: parsed without entities and network, counted first; names with the prefixes of ECMA-376.

WPS, LibreOffice and Word may choose any prefix, and documents of the strict kind have namespaces of their own, so
elements are known by their namespace: `name` gives `w:p` for the paragraph of each of them.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from lxml import etree
from lxml.etree import _Element as Element

from ... import limits
from ...met import Refusal, Refused


NAMESPACES = {
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main": "w",
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships": "r",
    "http://schemas.openxmlformats.org/drawingml/2006/main": "a",
    "http://schemas.openxmlformats.org/drawingml/2006/picture": "pic",
    "http://schemas.openxmlformats.org/drawingml/2006/chart": "c",
    "http://schemas.openxmlformats.org/drawingml/2006/diagram": "dgm",
    "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing": "wp",
    "http://schemas.openxmlformats.org/officeDocument/2006/math": "m",
    "http://schemas.openxmlformats.org/markup-compatibility/2006": "mc",
    "http://schemas.openxmlformats.org/package/2006/relationships": "rel",
    "http://schemas.openxmlformats.org/package/2006/metadata/core-properties": "cp",
    "http://purl.org/dc/elements/1.1/": "dc",
    "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties": "ep",
    "http://schemas.microsoft.com/office/word/2010/wordprocessingShape": "wps",
    "http://schemas.microsoft.com/office/word/2010/wordprocessingGroup": "wpg",
    "http://schemas.microsoft.com/office/word/2010/wordprocessingCanvas": "wpc",
    "http://schemas.microsoft.com/office/word/2010/wordml": "w14",
    "http://schemas.microsoft.com/office/drawing/2017/decorative": "adec",
    "urn:schemas-microsoft-com:vml": "v",
    "urn:schemas-microsoft-com:office:office": "o",
    "urn:schemas-microsoft-com:office:word": "w10",
}
_STRICT = {  # ISO/IEC 29500 Strict, and the same in its transitional kind
    b"http://purl.oclc.org/ooxml/wordprocessingml/main": b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    b"http://purl.oclc.org/ooxml/officeDocument/": b"http://schemas.openxmlformats.org/officeDocument/2006/",
    b"http://purl.oclc.org/ooxml/drawingml/": b"http://schemas.openxmlformats.org/drawingml/2006/",
}
_URIS = {prefix: uri for uri, prefix in NAMESPACES.items()}
_DECLARATION = re.compile(rb"\A\s*<\?xml[^<>]*\?>")
_WIDE = (b"\xff\xfe", b"\xfe\xff")
_OFF = {"0", "false", "off", "none"}


def parse(content: bytes) -> Element:
    """The root of a part. Raises Refused if it declares entities, is too large or is not well-formed."""
    if content[:2] in _WIDE:
        content = content.decode("utf-16", "replace").encode()
    content = _DECLARATION.sub(b"", content.removeprefix(b"\xef\xbb\xbf"), count=1)
    if len(content) > limits.MAX_XML or content.count(b"<") > limits.MAX_TAGS:
        raise Refused(Refusal.MARKUP, number=limits.MAX_XML // limits.MB)
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        raise Refused(Refusal.DECLARES)
    if b"http://purl.oclc.org/ooxml/" in content[:20_000]:
        for strict, transitional in _STRICT.items():
            content = content.replace(strict, transitional)
    parser = etree.XMLParser(
        encoding="utf-8",
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        remove_comments=True,
        remove_pis=True,
        huge_tree=False,
    )
    try:
        return etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        is_deep = "depth" in str(error).lower()
        raise Refused(Refusal.DEEP if is_deep else Refusal.DAMAGED) from error


def name(node: Element) -> str:
    """`w:p`; `?:tag` in a namespace that is not known here."""
    return _name(node.tag) if isinstance(node.tag, str) else ""


@lru_cache(maxsize=4096)
def _name(tag: str) -> str:
    uri, _brace, local = tag[1:].rpartition("}") if tag[:1] == "{" else ("", "", tag)
    return f"{NAMESPACES.get(uri, '?')}:{local}" if uri else local


@lru_cache(maxsize=4096)
def qualified(short: str) -> str:
    """`w:p` as lxml writes it."""
    prefix, _colon, local = short.rpartition(":")
    return f"{{{_URIS[prefix]}}}{local}" if prefix else local


def attribute(node: Element | None, short: str, default: str = "") -> str:
    return default if node is None else node.get(qualified(short), default)


def child(node: Element | None, *path: str) -> Element | None:
    """The first child of that name, its first child of the next name, and so on."""
    for short in path:
        if node is None:
            return None
        node = node.find(qualified(short))
    return node


def children(node: Element, short: str) -> Iterator[Element]:
    return node.iterchildren(qualified(short))


def within(node: Element, *names: str) -> Iterator[Element]:
    """All elements of these names below one, in order."""
    return node.iter(*(qualified(each) for each in names))


def value(node: Element | None, *path: str) -> str:
    """`w:val` of an element below; "" without one."""
    return attribute(child(node, *path), "w:val")


def is_on(node: Element | None, short: str) -> bool | None:
    """A property that is on or off, such as `w:b`; None if nothing is said."""
    found = child(node, short)
    return None if found is None else attribute(found, "w:val", "true").lower() not in _OFF


def number(text: str, default: int = 0) -> int:
    """What an attribute says; programs write 12.0 and -1, too."""
    try:
        return int(float(text))
    except (ValueError, OverflowError):
        return default


def text_of(node: Element, *names: str) -> str:
    return "".join(each.text or "" for each in within(node, *(names or ("w:t", "w:delText", "a:t", "m:t"))))
