"""What is drawn: pictures in line and floating, text boxes, shapes, charts, SmartArt, embedded files.

Word writes a drawing in DrawingML with the same once more in VML for older programs, WPS often in VML alone.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from ... import limits
from ...document import Box, Item, Listing, Paragraph, Part, Picture, Span
from ...met import Met
from .context import Context
from .xml import Element, attribute, child, name, text_of, within


_EQUATION = re.compile(r"Equation|MathType", re.IGNORECASE)
_NAME = re.compile(r"(?:图片|图像|Picture|Image|图形|Graphic|图表|Chart|文本框|Text Box)\s*\d*", re.IGNORECASE)
_FILE = re.compile(r"[^\s/\\]+\.(?:jpe?g|png|gif|bmp|webp|tiff?|heic)", re.IGNORECASE)


@dataclass
class Drawn:
    """What a drawing holds, in its order."""

    things: list[Picture | Box | Listing] = field(default_factory=list)


def drawing(context: Context, node: Element) -> Drawn:
    """`w:drawing`: one thing in line with the text or anchored to it."""
    drawn = Drawn()
    for frame in node:
        is_floating = name(frame) == "wp:anchor"
        alt = _alt(child(frame, "wp:docPr"))
        _take(context, frame, drawn, is_floating, alt)
    return drawn


def vml(context: Context, node: Element) -> Drawn:
    """`w:pict`, or what shows a `w:object`."""
    drawn = Drawn()
    for shape in node:
        style = shape.get("style", "").replace(" ", "").lower()
        _take(context, shape, drawn, "position:absolute" in style, _plain_alt(shape.get("alt", "")))
    return drawn


def embedded(context: Context, node: Element) -> None:
    """`w:object`: a file within the file, with a picture of it."""
    found = next(within(node, "o:OLEObject"), None)
    program = "" if found is None else found.get("ProgID", "")
    if found is not None and (relation := context.relation(attribute(found, "r:id"))):
        context.used.add(relation.target.lower())
    for image in within(node, "v:imagedata"):
        if relation := context.relation(attribute(image, "r:id")):
            context.used.add(relation.target.lower())
    context.drop(Met.EQUATION if _EQUATION.search(program) else Met.EMBEDDED, node, program)


def _take(context: Context, node: Element, drawn: Drawn, is_floating: bool, alt: str) -> None:
    """Whatever is known within an element, from outside inwards."""
    kind = name(node)
    if kind in _PICTURES:
        _PICTURES[kind](context, node, drawn, is_floating, alt)
    elif kind in _HOLDERS:
        _HOLDERS[kind](context, node, drawn)
    elif kind in _SHAPES and not _holds_something(node):
        context.drop(Met.SHAPE, node)
    else:
        inner = chosen(context, node) if kind == "mc:AlternateContent" else node
        for each in inner:
            _take(context, each, drawn, is_floating, alt)


_SHAPES = {"wps:wsp", "v:shape", "v:rect", "v:line", "v:oval", "v:roundrect", "v:polyline", "v:arc", "v:curve"}


def _holds_something(shape: Element) -> bool:
    inner = ("wps:txbx", "v:textbox", "v:imagedata", "v:textpath", "pic:pic", "c:chart", "dgm:relIds")
    return next(within(shape, *inner), None) is not None


def chosen(context: Context, node: Element) -> list[Element]:
    """What to read of an `mc:AlternateContent`: the first choice that holds something known, else what is there for
    programs that know none. The others say the same again."""
    options = [each for each in node if name(each) in ("mc:Choice", "mc:Fallback")]
    taken = next((each for each in options if _is_known(each)), options[-1] if options else None)
    for each in options:
        if each is not taken:
            context.account(each)
            if _has(each, _SOLID):
                context.ledger.dropped(Met.EMBEDDED, context.place(), "3D")
            context.used |= _targets(context, each)
    return [] if taken is None else list(taken)


_PLAYED = {"webVideoPr", "videoFile", "audioFile", "wavAudioFile"}  # the picture of a player is a picture
_SOLID = {"model3d"}


def _has(node: Element, names: set[str]) -> bool:
    """Whether one of these is within, whatever version of its namespace it comes from."""
    return any(isinstance(each.tag, str) and each.tag.rpartition("}")[2] in names for each in node.iter())


def _is_known(option: Element) -> bool:
    """Whether it has words or pictures that can be taken: a choice may be of a kind that nobody here knows."""
    known = ("wps:txbx", "v:textbox", "pic:pic", "v:imagedata", "c:chart", "dgm:relIds", "w:t", "v:textpath", "wps:wsp")
    return next(within(option, *known), None) is not None


def _targets(context: Context, node: Element) -> set[str]:
    """The parts that pictures within an element are."""
    keys = [attribute(each, "r:embed") for each in within(node, "a:blip")]
    keys += [attribute(each, "r:id") for each in within(node, "v:imagedata")]
    return {found.target.lower() for key in keys if (found := context.relation(key))}


# Pictures ------------------------------------------------------------------------------------


def _picture(context: Context, node: Element, drawn: Drawn, is_floating: bool, alt: str) -> None:
    blip = next(within(node, "a:blip"), None)
    alt = alt or _alt(next(within(node, "pic:cNvPr"), None))
    if next((each for each in within(node, "a:srcRect") if each.attrib), None) is not None:
        context.ledger.changed(Met.CROPPED, context.place())
    if next(within(node, "a:hlinkClick"), None) is not None:
        context.ledger.dropped(Met.INNER_LINK, context.place())
    if _has(node, _PLAYED):
        context.ledger.dropped(Met.EMBEDDED, context.place())
    linked = attribute(blip, "r:link")
    _add(context, drawn, attribute(blip, "r:embed") or linked, is_floating, alt)


def _vml_picture(context: Context, node: Element, drawn: Drawn, is_floating: bool, alt: str) -> None:
    shape = node.getparent()
    if shape is not None and "WaterMark" in shape.get("id", ""):
        context.drop(Met.WATERMARK, node)
        return
    if any(node.get(side, "0") not in ("0", "") for side in ("cropleft", "cropright", "croptop", "cropbottom")):
        context.ledger.changed(Met.CROPPED, context.place())
    title = _plain_alt(attribute(node, "o:title"))
    _add(context, drawn, attribute(node, "r:id") or attribute(node, "r:href"), is_floating, alt or title)


def _add(context: Context, drawn: Drawn, key: str, is_floating: bool, alt: str) -> None:
    relation, place = context.relation(key), context.place()
    if relation is None:
        context.ledger.dropped(Met.DAMAGED_PICTURE, place)
        return
    if relation.is_external:
        context.ledger.dropped(Met.REMOTE_PICTURE, place, relation.target)
        return
    part = relation.target.lower()
    context.used.add(part)
    if context.archive.size(part) > limits.MAX_PICTURE:
        context.ledger.dropped(Met.LARGE_PICTURE, place)
        return
    try:
        content = context.archive.content(part, limits.MAX_PICTURE)
    except KeyError:
        context.ledger.dropped(Met.DAMAGED_PICTURE, place)
        return
    if file := context.pictures.take(content, place):
        drawn.things.append(Picture(place=place, file=file, alt=alt, is_floating=is_floating))
        if is_floating:
            context.ledger.changed(Met.FLOATING, place)
        if alt:
            context.ledger.kept(Met.ALT_TEXT, place, alt)


def _alt(props: Element | None) -> str:
    """The alternative text of a `wp:docPr`; "" if the picture only adorns, or if a program wrote it."""
    if props is None:
        return ""
    decorative = next(within(props, "adec:decorative"), None)
    if decorative is not None and decorative.get("val") in ("1", "true"):
        return ""
    return _plain_alt(props.get("descr", "")) or _plain_alt(props.get("title", ""))


def _plain_alt(text: str) -> str:
    """What a person wrote: 图片 1 and IMG_2031.JPG come from programs."""
    text = " ".join(text.split())
    return "" if _NAME.fullmatch(text) or _FILE.fullmatch(text) else text


# What holds text -----------------------------------------------------------------------------


def _box(context: Context, node: Element, drawn: Drawn) -> None:
    content = next(within(node, "w:txbxContent"), None)
    if content is None:
        return
    place = context.place()
    blocks = context.blocks(context.within(Part.BOX), content)
    if blocks:
        context.ledger.changed(Met.BOX, place, text_of(content))
        drawn.things.append(Box(place=place, blocks=blocks))


def _word_art(context: Context, node: Element, drawn: Drawn) -> None:
    text = node.get("string", "").strip()
    if text:
        place = context.place()
        context.ledger.changed(Met.WORD_ART, place, text)
        drawn.things.append(Box(place=place, blocks=[Paragraph(place=place, words=(Span(text),))]))


def _chart(context: Context, node: Element, _drawn: Drawn) -> None:
    """A chart's figures belong into the portal's own: it is named by its title, or by what its first cells say."""
    relation = context.relation(attribute(node, "r:id"))
    root = None
    if relation and not relation.is_external:
        context.used.add(relation.target.lower())
        root = context.archive.xml(relation.target)
    title = "" if root is None else text_of(root, "a:t")
    if root is not None and not title:
        title = " ".join(each.text or "" for each in list(within(root, "c:v"))[:12])
    context.ledger.dropped(Met.CHART, context.place(), title)


def _smart_art(context: Context, node: Element, drawn: Drawn) -> None:
    """The words of its nodes, as a list."""
    relation = context.relation(attribute(node, "r:dm"))
    root = context.archive.xml(relation.target) if relation and not relation.is_external else None
    said = [] if root is None else [_words(each) for each in within(root, "dgm:pt")]
    texts = [text for text in said if text]
    if not texts:
        context.ledger.dropped(Met.SMART_ART, context.place())
        return
    context.ledger.changed(Met.SMART_ART, context.place(), " ".join(texts))
    drawn.things.append(Listing(place=context.place(), items=[Item((Span(text),)) for text in texts]))


def _words(node: Element) -> str:
    return " ".join(text_of(node, "a:t").split())


_PICTURES: dict[str, Callable[[Context, Element, Drawn, bool, str], None]] = {
    "pic:pic": _picture,
    "v:imagedata": _vml_picture,
}
_HOLDERS: dict[str, Callable[[Context, Element, Drawn], None]] = {
    **dict.fromkeys(("wps:txbx", "v:textbox"), _box),
    "v:textpath": _word_art,
    "c:chart": _chart,
    "dgm:relIds": _smart_art,
}
