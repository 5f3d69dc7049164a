"""What HTML says of how words look: elements, style attributes, and the classes of Word and WPS."""

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, Literal

from ..document import Look, Role, Span


_SIZE = re.compile(r"(\d{1,4}(?:\.\d{1,4})?)\s*(pt|px|em|rem)", re.ASCII)
_IN_POINTS = {"pt": 1.0, "px": 0.75, "em": 12.0, "rem": 12.0}
_LISTED = re.compile(r"l\d+\s+level(\d)\s+lfo\d+", re.IGNORECASE)
_FONT_SIZES = {"1": 7.5, "2": 10, "3": 12, "4": 13.5, "5": 18, "6": 24, "7": 36}
BLOCKS = set(
    """
    address article aside blockquote body center dd details div dl dt fieldset figcaption figure footer form header hgroup
    html legend main nav p pre section summary h1 h2 h3 h4 h5 h6 hr
    """.split()  # noqa: SIM905 (thirty lines otherwise)
)
CODE = {"script", "style", "link", "meta", "head", "noscript", "template", "title", "base", "xml"}
CONTROLS = {"input", "button", "select", "textarea", "label"}
PLAYERS = {"iframe", "video", "audio", "embed", "object", "applet", "mpvoice", "mpvideo", "mp-common-profile"}
CLASSES = {
    "msotitle": Role.TITLE,
    "msosubtitle": Role.SUBTITLE,
    "msocaption": Role.CAPTION,
    "msoquote": Role.QUOTE,
    "msointensequote": Role.QUOTE,
    "rich_media_title": Role.TITLE,
}


@dataclass(frozen=True)
class Style:
    """What holds for the words within an element; `list_depth` is Word's, -1 for none."""

    bold: bool = False
    italic: bool = False
    raised: Literal["", "sup", "sub"] = ""
    href: str = ""
    centred: bool = False
    size: float = 0
    font: str = ""
    hidden: bool = False
    decorated: bool = False
    list_depth: int = -1
    is_list_mark: bool = False


PLAIN = Style()


def declarations(text: str) -> dict[str, str]:
    """{property: value} of a style attribute, in small letters."""
    pairs = (each.partition(":") for each in text.lower().split(";"))
    return {name.strip(): value.strip() for name, _colon, value in pairs if value}


def styled(style: Style, tag: str, attributes: dict[str, str]) -> Style:
    """The style within an element of this name."""
    style = _by_tag(style, tag, attributes)
    said = declarations(attributes.get("style", ""))
    style = _by_style(style, said)
    return replace(style, is_list_mark=True) if said.get("mso-list") == "ignore" else style


def _by_tag(style: Style, tag: str, attributes: dict[str, str]) -> Style:
    changes: dict[str, Any] = dict(_TAGS.get(tag, {}))
    if tag == "font" and attributes.get("size", "") in _FONT_SIZES:
        changes["size"] = _FONT_SIZES[attributes["size"]]
    if align := attributes.get("align", "").lower():
        changes["centred"] = align == "center"
    if "hidden" in attributes:
        changes["hidden"] = True
    return replace(style, **changes)


_TAGS: dict[str, dict[str, Any]] = {
    **{tag: {"bold": True} for tag in ("b", "strong")},
    **{tag: {"italic": True} for tag in ("i", "em", "cite")},
    **{tag: {"decorated": True} for tag in ("u", "s", "strike", "mark")},
    "sup": {"raised": "sup"},
    "sub": {"raised": "sub"},
    "center": {"centred": True},
}


def _by_style(style: Style, said: dict[str, str]) -> Style:
    changes = {
        name: read(said[property])
        for property, (name, read) in _PROPERTIES.items()
        if property in said and read(said[property]) is not None
    }
    return replace(style, **changes)


def _is_bold(weight: str) -> bool:
    return weight in ("bold", "bolder") or (weight.isdecimal() and len(weight) < 5 and int(weight) >= 600)


def _size(text: str) -> float | None:
    found = _SIZE.match(text)
    return round(float(found[1]) * _IN_POINTS[found[2]], 1) if found else None


def _font(text: str) -> str:
    return text.partition(",")[0].strip("\"' ")


def _list_depth(text: str) -> int | None:
    found = _LISTED.search(text)
    return int(found[1]) - 1 if found else None


# {property: (what it says, how to read it)}; a later one wins. None says nothing.
_PROPERTIES: dict[str, tuple[str, Callable[[str], Any]]] = {
    "font-weight": ("bold", _is_bold),
    "font-style": ("italic", lambda text: text != "normal"),
    "text-align": ("centred", lambda text: text == "center"),
    "font-size": ("size", _size),
    "font-family": ("font", _font),
    "mso-fareast-font-family": ("font", _font),
    "display": ("hidden", lambda text: True if text == "none" else None),
    "mso-hide": ("hidden", lambda text: True if text == "all" else None),
    "text-decoration": ("decorated", lambda text: True if "underline" in text or "line-through" in text else None),
    "vertical-align": ("raised", lambda text: {"super": "sup", "sub": "sub"}.get(text)),
    "mso-list": ("list_depth", _list_depth),
}


def span_of(text: str, style: Style) -> Span:
    return Span(text, style.bold, style.italic, style.raised, style.href)


def look_of(said: list[tuple[Span, Style]], block: Style) -> Look:
    """Of a block, by most of its letters."""
    sizes: Counter[float] = Counter()
    fonts: Counter[str] = Counter()
    letters = bold = italic = 0
    for span, style in said:
        count = len("".join(span.text.split()))
        letters, bold, italic = letters + count, bold + count * span.bold, italic + count * span.italic
        sizes[style.size] += count
        fonts[style.font] += count
    return Look(
        bold=bold >= letters * 0.95,
        italic=italic >= letters * 0.95,
        centred=block.centred,
        size=sizes.most_common(1)[0][0],
        font=fonts.most_common(1)[0][0],
    )
