"""Styles: what their names say, and what a paragraph and its words look like by them.

Names are those of Word in English and Chinese, of WPS and of LibreOffice, and those that newsrooms give to their own.
"""

import re
from dataclasses import dataclass, field
from typing import Any

from ...document import Look, Role
from .xml import Element, attribute, child, children, is_on, number, value


DEPTH = 20  # styles that are based on one another
_HEADING = re.compile(r"(?:heading|标题|标题 样式)\s*([1-9])", re.IGNORECASE)
_CONTENTS = re.compile(r"(?:toc|目录)\s*([1-9]|标题|heading)?", re.IGNORECASE)
_ROLES = {
    Role.KICKER: {"引题", "肩题", "眉题", "kicker"},
    Role.TITLE: {"title", "标题", "主标题", "大标题", "主题"},
    Role.SUBTITLE: {"subtitle", "副标题", "副题", "子标题"},
    Role.STANDFIRST: {"导语", "摘要", "内容提要", "内容摘要", "提要", "lead", "abstract", "standfirst"},
    Role.BYLINE: {"署名", "作者", "记者", "byline", "author"},
    Role.CAPTION: {"caption", "题注", "图注", "图说", "图片说明", "说明文字", "illustration", "figure", "表题"},
    Role.QUOTE: {"quote", "intense quote", "引用", "明显引用", "引文", "quotations", "block text", "文本块"},
}
_BY_NAME = {name: role for role, names in _ROLES.items() for name in names}
_SWITCHES = (("bold", "w:b"), ("italic", "w:i"), ("hidden", "w:vanish"), ("struck", "w:strike"))
_LINES = (("underlined", "w:u"), ("marked", "w:highlight"))
_RAISED = {"superscript": "sup", "subscript": "sub"}
_SECTION = {"小标题", "小标题样式", "章节标题", "section heading", "subheading"}


@dataclass
class Looks:
    """Properties that are said somewhere; what is said nearer to the words wins."""

    said: dict[str, Any] = field(default_factory=dict)

    def over(self, other: "Looks") -> "Looks":
        return Looks(other.said | self.said)

    def get(self, name: str, default: Any = None) -> Any:
        return self.said.get(name, default)


@dataclass(frozen=True)
class Style:
    """`level`: of a heading, from 1; 0 for none. `numbering` is (key of the list or "", depth or None)."""

    name: str = ""
    role: Role = Role.NONE
    level: int = 0
    is_contents: bool = False
    looks: Looks = field(default_factory=Looks)
    numbering: tuple[str, int | None] = ("", None)


class Styles:
    def __init__(self, root: Element | None) -> None:
        self._nodes = {} if root is None else {attribute(each, "w:styleId"): each for each in children(root, "w:style")}
        self._found: dict[str, Style] = {}
        defaults = child(root, "w:docDefaults")
        self._base = run_looks(child(defaults, "w:rPrDefault", "w:rPr"))
        self.default = next((key for key, each in self._nodes.items() if _is_default(each)), "")

    def style(self, key: str) -> Style:
        """Of a paragraph or of words; the default paragraph's for a key that is not there."""
        key = key if key in self._nodes else self.default
        if key not in self._found:
            self._found[key] = self._made(key)
        return self._found[key]

    def character(self, key: str) -> Looks:
        return self.style(key).looks if key in self._nodes else Looks()

    def _made(self, key: str) -> Style:
        chain = self._chain(key)
        looks, named, role, level, listed, depth = Looks(), "", Role.NONE, 0, "", None
        for node in chain:
            name = value(node, "w:name").strip()
            named = named or name
            props = child(node, "w:pPr")
            looks = looks.over(paragraph_looks(props).over(run_looks(child(node, "w:rPr"))))
            role = role or _BY_NAME.get(name.lower(), Role.NONE)
            level = level or level_of(name, props)
            listed = listed or value(props, "w:numPr", "w:numId")
            depth = _depth(props) if depth is None else depth
        is_contents = bool(_CONTENTS.fullmatch(named))
        if chain and attribute(chain[0], "w:type") == "paragraph":
            looks = looks.over(self._base)
        return Style(named, role, 0 if role or is_contents else level, is_contents, looks, (listed, depth))

    def _chain(self, key: str) -> list[Element]:
        """The style, that which it is based on, and so on."""
        chain: list[Element] = []
        node = self._nodes.get(key)
        while node is not None and node not in chain and len(chain) < DEPTH:
            chain.append(node)
            node = self._nodes.get(value(node, "w:basedOn"))
        return chain


def level_of(name: str, props: Element | None) -> int:
    """The level of a heading, by the name of its style or by its place in the outline; 0 for none."""
    found = _HEADING.fullmatch(name)
    if found:
        return int(found[1])
    outline = number(value(props, "w:outlineLvl"), 9)
    if 0 <= outline < 9:
        return outline + 1
    return 2 if name.lower() in _SECTION else 0


def _depth(props: Element | None) -> int | None:
    found = value(props, "w:numPr", "w:ilvl")
    return number(found) if found else None


def _is_default(node: Element) -> bool:
    return attribute(node, "w:type") == "paragraph" and attribute(node, "w:default") in ("1", "true", "on")


def paragraph_looks(props: Element | None) -> Looks:
    """What a `w:pPr` says."""
    said: dict[str, Any] = {}
    if align := value(props, "w:jc"):
        said["centred"] = align == "center"
    return Looks(said)


def run_looks(props: Element | None) -> Looks:
    """What a `w:rPr` says."""
    if props is None:
        return Looks()
    said: dict[str, Any] = {}
    said |= {name: found for name, tag in _SWITCHES if (found := is_on(props, tag)) is not None}
    said |= {name: kind != "none" for name, tag in _LINES if (kind := value(props, tag))}
    if size := value(props, "w:sz"):
        said["size"] = number(size) / 2
    if font := attribute(child(props, "w:rFonts"), "w:eastAsia"):
        said["font"] = font
    if raised := value(props, "w:vertAlign"):
        said["raised"] = _RAISED.get(raised, "")
    return Looks(said)


def look(looks: Looks, *, bold: bool, italic: bool, size: float) -> Look:
    """Of a paragraph whose words are as said."""
    return Look(bold, italic, bool(looks.get("centred")), size or looks.get("size", 0), looks.get("font", ""))
