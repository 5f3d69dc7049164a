"""A .docx as a document: its text, its notes, and all else that its archive holds."""

import posixpath
from pathlib import Path

from ...document import Block, Document, Note, Paragraph, Part, said
from ...met import Met, Refusal, Refused
from ..ledger import Ledger
from ..pictures import Pictures
from ..tidying import merged
from .archive import Archive
from .bodies import blocks
from .context import Context
from .fields import PAGES, kind_of
from .numbering import Numbering
from .styles import Styles
from .xml import Element, attribute, child, children, name, text_of, within


_NOT_TEXT = ("separator", "continuationSeparator", "continuationNotice")
_OUTSIDE = {"hyperlink", "image"}  # relations elsewhere that are told of where they are met


def read(path: Path, ledger: Ledger, pictures: Pictures) -> Document:
    """Raises Refused."""
    archive = Archive(path)
    main = next(iter(archive.related("", "officeDocument")), "word/document.xml")
    root = archive.xml(main)
    if root is None:
        raise Refused(Refusal.DAMAGED)
    if name(root) != "w:document":
        raise Refused(Refusal.OFFICE)
    context = _context(archive, main, ledger, pictures)
    body = child(root, "w:body")
    found = blocks(context, root if body is None else body)
    _compare(context, root)
    found += _notes(context)
    _margins(context)
    _comments(context)
    _rest(context)
    context.tidied.note(ledger)
    properties, application = archive.xml("docProps/core.xml"), archive.xml("docProps/app.xml")
    return Document(
        name="",
        format="docx",
        title=_property(properties, "dc:title"),
        program=_property(application, "ep:Application"),
        blocks=found,
    )


def _context(archive: Archive, main: str, ledger: Ledger, pictures: Pictures) -> Context:
    def part(kind: str) -> Element | None:
        return next((archive.xml(each) for each in archive.related(main, kind)), None)

    return Context(archive, main, Styles(part("styles")), Numbering(part("numbering")), ledger, pictures, blocks)


def _compare(context: Context, root: Element) -> None:
    """Nothing is lost in silence: what was neither taken nor noted as left out is told of by its number."""
    missing = len(text_of(root)) - context.counted[0]
    if missing > 0:
        context.ledger.dropped(Met.LOST, count=missing)


def _property(root: Element | None, short: str) -> str:
    found = None if root is None else next(within(root, short), None)
    return "" if found is None else " ".join((found.text or "").split())[:200]


def _notes(context: Context) -> list[Block]:
    """Footnotes and endnotes in the order of their marks."""
    found: list[Block] = []
    nodes: dict[tuple[str, str], tuple[str, Element]] = {}
    for kind in ("footnote", "endnote"):
        for part in context.archive.related(context.part, f"{kind}s"):
            root = context.archive.xml(part)
            for node in () if root is None else children(root, f"w:{kind}"):
                if attribute(node, "w:type") not in _NOT_TEXT:
                    nodes[kind, attribute(node, "w:id")] = (part, node)
    for kind, key, mark in context.notes[:]:
        met = Met.FOOTNOTE if kind == "footnote" else Met.ENDNOTE
        part, node = nodes.pop((kind, key), ("", None))
        if node is None:
            context.ledger.dropped(met, text=mark)
            continue
        inner = context.within(Part.NOTE, part)
        texts = [each for each in blocks(inner, node) if isinstance(each, Paragraph)]
        words = merged([span for each in texts for span in each.words])
        place = texts[0].place if texts else inner.place()
        found.append(Note(place=place, mark=mark, words=words))
        context.ledger.changed(met, place, f"{mark} {said(words)}")
    for (kind, _key), (_part, node) in nodes.items():
        context.ledger.dropped(Met.FOOTNOTE if kind == "footnote" else Met.ENDNOTE, text=text_of(node))
    return found


def _margins(context: Context) -> None:
    """Headers and footers, which are of the sheet and not of the story."""
    for kind, met in (("header", Met.HEADER), ("footer", Met.FOOTER)):
        for part in context.archive.related(context.part, kind):
            root = context.archive.xml(part)
            if root is None:
                continue
            context.used |= {each.target.lower() for each in context.archive.relations(part).values()}
            codes = [each.text or "" for each in within(root, "w:instrText")]
            codes += [attribute(each, "w:instr") for each in within(root, "w:fldSimple")]
            if any(kind_of(code) in PAGES for code in codes):
                context.ledger.dropped(Met.PAGE_NUMBER)
            if any("WaterMark" in each.get("id", "") for each in within(root, "v:shape")):
                watermark = next((each.get("string", "") for each in within(root, "v:textpath")), "")
                context.ledger.dropped(Met.WATERMARK, text=watermark)
            text = " ".join(text_of(root).split())
            if text or next(within(root, "pic:pic", "v:imagedata"), None) is not None:
                context.ledger.dropped(met, text=text)


def _comments(context: Context) -> None:
    for part in context.archive.related(context.part, "comments"):
        root = context.archive.xml(part)
        for node in () if root is None else children(root, "w:comment"):
            place = context.comments.get(attribute(node, "w:id"))
            context.ledger.dropped(Met.COMMENT, place, f"{attribute(node, 'w:author')}: {text_of(node)}")


def _rest(context: Context) -> None:
    """What the archive holds beside its texts."""
    archive = context.archive
    for part in list(context.used):
        context.used |= {each.target.lower() for each in archive.relations(part).values()}
    for part in archive.names:
        kind = _kind_of(part)
        if kind and (part not in context.used or kind in (Met.MACRO, Met.ACTIVE)):
            context.ledger.dropped(kind, text="" if kind == Met.MACRO else posixpath.basename(part))
    parts = [context.part, *archive.related(context.part, "settings")]
    for relation in [each for part in parts for each in archive.relations(part).values()]:
        if relation.is_external and relation.kind not in _OUTSIDE:
            context.ledger.dropped(Met.LINKED_FILE, text=relation.target)


def _kind_of(part: str) -> Met | None:
    """What a part is that is no text: a program, a file within the file, a picture."""
    folder, file = posixpath.split(part)
    if file.startswith("vbaproject") and file.endswith(".bin"):
        return Met.MACRO
    if folder.endswith("/activex") and file.endswith(".xml"):
        return Met.ACTIVE
    return {"embeddings": Met.EMBEDDED, "media": Met.UNUSED_PICTURE}.get(posixpath.basename(folder))
