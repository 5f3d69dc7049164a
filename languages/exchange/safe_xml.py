"""XML from strangers: parsed without entities, without the network, and only if it is small enough."""

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _
from lxml import etree

from core.text.cleaning import legal_xml

from .budget import Budget
from .errors import BadFile


_DECLARATION = re.compile(r"\A\s*+<\?xml[^<>]*+>")  # at the beginning only: searched for, it takes a quadratic time
# TMX and TBX name the file of their grammar here. It is not read, and declarations of one's own are not allowed.
_GRAMMAR = re.compile(r"<!DOCTYPE\s++\w++(?:\s++(?:SYSTEM|PUBLIC)(?:\s++(?:\"[^\"<>]*+\"|'[^'<>]*+')){1,2})?\s*+>")


def parse(text: str, budget: Budget) -> etree._Element:
    """The root of a document without comments and processing instructions. Raises BadFile, TooMuch."""
    budget.take_markup(text)
    text = _GRAMMAR.sub("", _DECLARATION.sub("", text, count=1), count=1)
    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        raise BadFile(_("The file declares entities (DOCTYPE), which is not allowed."))
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True, huge_tree=False
    )
    try:
        return etree.fromstring(text.encode(), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise BadFile(
            _("The file is not well-formed XML: %(error)s") % {"error": getattr(error, "msg", error)}
        ) from error


def local(node: etree._Element) -> str:
    """The name of an element without its namespace; "" for an entity that was not resolved."""
    return etree.QName(node).localname if isinstance(node.tag, str) else ""


def children(node: etree._Element, *names: str) -> Iterator[etree._Element]:
    """The elements of these names directly in another."""
    return (child for child in node if local(child) in names)


def descendants(node: etree._Element, *names: str) -> Iterator[etree._Element]:
    return (child for child in node.iter() if local(child) in names)


def first(node: etree._Element, name: str) -> etree._Element | None:
    return next(children(node, name), None)


def add(parent: etree._Element, name: str, attributes: dict[str, str] | None = None) -> etree._Element:
    """An element in the namespace of its parent, on a line of its own."""
    legal = {key: legal_xml(value) for key, value in (attributes or {}).items()}
    namespace = etree.QName(parent).namespace
    child = etree.SubElement(parent, f"{{{namespace}}}{name}" if namespace else name, legal)
    child.tail = "\n"
    return child


def say(element: etree._Element, words: str) -> None:
    """Add words at the end of an element."""
    if len(element):
        element[-1].tail = (element[-1].tail or "") + words
    else:
        element.text = (element.text or "") + words
