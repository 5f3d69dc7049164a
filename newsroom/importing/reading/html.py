"""Pages of HTML, and what is pasted from Word, WPS and 公众号, as a document: its encoding, and which part is the text."""

import re

from lxml import etree
from lxml import html as parser
from lxml.etree import _Element as Element

from .. import limits
from ..document import Block, Document, Paragraph, Role, Span
from ..met import Met, Refusal, Refused
from .elements import Reader, says_something
from .ledger import Ledger
from .markup_styles import CODE, PLAIN
from .pictures import Pictures
from .plain import decoded


_DATA = re.compile(r"data:image/[\w.+-]{1,40};base64,([A-Za-z0-9+/=\s%]*)", re.IGNORECASE)
_CHARSET = re.compile(rb"""<meta[^>]{1,200}?charset\s*=\s*["']?([\w-]{2,20})""", re.IGNORECASE)
_FILLER = re.compile(
    r"[-—\s]*END[-—\s]*|(?:点击|戳|轻触|长按|扫描|扫码|识别).{0,16}(?:关注|二维码|蓝字|订阅|原文).{0,10}|阅读原文"
    r"|.{0,6}(?:点个?|点亮).{0,4}(?:赞|在看).{0,12}",
    re.IGNORECASE,
)


def read(content: bytes, ledger: Ledger, pictures: Pictures) -> Document:
    """Raises Refused."""
    text, encoding = _text(content)
    found: list[str] = []

    def keep(match: re.Match[str]) -> str:
        found.append(match[1])
        return f"portal-picture:{len(found) - 1}"

    text = _DATA.sub(keep, text)
    if len(text) > limits.MAX_MARKUP or text.count("<") > limits.MAX_TAGS:
        raise Refused(Refusal.MARKUP, number=limits.MAX_MARKUP // limits.MB)
    root = _parsed(text)
    document = Document(name="", format="html", encoding=encoding)
    _describe(document, root)
    content = _text_of_page(document, root, ledger)
    reader = Reader(ledger, pictures, found)
    reader.inside(content, PLAIN)
    reader.flush()
    document.blocks = [*_title_outside(document, root, content), *_without_filler(reader.blocks, ledger)]
    reader.done.note(ledger)
    return document


def _parsed(text: str) -> Element:
    reading = parser.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    try:
        root = parser.document_fromstring(text.encode("utf-8", "replace"), parser=reading)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise Refused(Refusal.EMPTY) from error
    if any("depth" in each.message for each in reading.error_log):
        raise Refused(Refusal.DEEP)  # what stands deeper is not in the tree
    return root


def _text(content: bytes) -> tuple[str, str]:
    """(text, encoding): what the page says of itself, else as plain text."""
    said = _CHARSET.search(content[:4096])
    if said and not content.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        name = said[1].decode("ascii").lower()
        name = "gb18030" if name in ("gb2312", "gbk", "x-gbk") else name
        if name in ("utf-8", "gb18030", "big5"):
            return content.decode(name, "replace").replace("\0", ""), name.upper()
    return decoded(content)


def _describe(document: Document, root: Element) -> None:
    """What the head of the page says."""
    names = {each.get("property") or each.get("name"): each.get("content", "") for each in root.iter("meta")}
    document.program = (names.get("Generator") or names.get("generator") or "")[:200]
    titles = [names.get("og:title") or "", root.findtext(".//title") or ""]
    document.title = next((" ".join(each.split())[:255] for each in titles if each.strip()), "")


def _text_of_page(document: Document, root: Element, ledger: Ledger) -> Element:
    """What on a page is the text. On one of 公众号 its title, its name and its time stand outside of it."""
    content = _by_id(root, "js_content")
    if content is not None:
        document.source = _said(_by_id(root, "js_name"))[:120]
        if time := _said(_by_id(root, "publish_time")):
            ledger.dropped(Met.DATE, text=time)
        return content
    for tag in ("article", "main"):
        found = [each for each in root.iter(tag) if says_something(each)]
        if len(found) == 1:
            if outside := _outside(found[0]):
                ledger.dropped(Met.BOILERPLATE, text=outside)
            return found[0]
    return next(root.iter("body"), root)


def _outside(content: Element) -> str:
    """The words of a page around its text."""
    nodes = [content, *content.iterancestors()]
    around = [side for node in nodes for before in (True, False) for side in node.itersiblings(preceding=before)]
    return " ".join(filter(None, (_said(node) for node in around if node.tag not in CODE and node.tag != "h1")))


def _title_outside(document: Document, root: Element, content: Element) -> list[Block]:
    """The title of the page, if it stands outside of its text."""
    named = _by_id(root, "activity-name")
    heads = [named] if named is not None else list(root.iter("h1"))
    text = _said(heads[0]) if len(heads) == 1 and content not in heads[0].iterancestors() else ""
    document.title = text or document.title
    return [Paragraph(words=(Span(text),), role=Role.TITLE)] if text else []


def _by_id(root: Element, name: str) -> Element | None:
    return next((each for each in root.iter() if each.get("id") == name), None)


def _said(node: Element | None) -> str:
    return "" if node is None else " ".join("".join(node.itertext()).split())


def _without_filler(blocks: list[Block], ledger: Ledger) -> list[Block]:
    """Without the lines in which accounts ask for subscribers."""
    kept: list[Block] = []
    for block in blocks:
        if isinstance(block, Paragraph) and _FILLER.fullmatch(block.text.strip()):
            ledger.dropped(Met.BOILERPLATE, block.place, block.text)
        else:
            kept.append(block)
    return kept
