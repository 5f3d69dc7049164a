"""A body taken apart into what is compared: each paragraph and list of a text, each other block; and put together again."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from core.text.tags import BLOCKS, attributes, pieces, plain


Raw = dict[str, Any]
TEXT, LIST = "paragraph", "list"
KEY = "data-block-key"
# What an import makes; all other blocks are an editor's.
OF_FILES = frozenset([TEXT, LIST, "heading", "image", "quote", "table", "aside"])


@dataclass
class Unit:
    """`block` is the id of its block in the stream, `key` that of a paragraph or of the first item of a list. `value` is
    markup of a paragraph or list, else the stored value of the block."""

    sort: str
    value: Any
    block: str = ""
    key: str = ""
    words: str = field(init=False)

    def __post_init__(self) -> None:
        self.words = _words(self)

    @property
    def name(self) -> str:
        """By which it is found again in a draft, wherever it was moved."""
        return self.key if self.sort in (TEXT, LIST) and self.key else self.block

    @property
    def is_text(self) -> bool:
        return self.sort in (TEXT, LIST)

    @property
    def bare(self) -> Any:
        """All of it but its keys: whether a file has changed it."""
        return without_keys(self.value) if self.is_text else _bare(self.value)


def units(body: Iterable[Raw]) -> list[Unit]:
    return [unit for block in body for unit in _of_block(block)]


def _of_block(block: Raw) -> Iterator[Unit]:
    if block["type"] != "text":
        yield Unit(block["type"], block["value"], block.get("id") or "")
        return
    for markup in elements(block["value"]):
        first = next((piece for piece in pieces(markup) if piece.name), None)
        sort = LIST if first and first.name in ("ul", "ol") else TEXT
        yield Unit(sort, markup, block.get("id") or "", first_key(markup))


def body_of(found: Iterable[Unit]) -> list[Raw]:
    """The stream that units make. Paragraphs and lists beside each other are one block of text, unless they were two in
    the draft; what is new before a text belongs to it. No id is used twice."""
    blocks: list[Raw] = []
    taken: set[str] = set()
    open_text: Raw | None = None  # the block of text that is written now; one that is new has no id yet
    for unit in found:
        if not unit.is_text:
            open_text = None
            blocks.append({"type": unit.sort, "value": unit.value, "id": _free(unit.block, taken)})
            continue
        name = unit.block if unit.block not in taken else ""
        if open_text is None or (name and open_text["id"]):
            open_text = {"type": "text", "value": "", "id": ""}
            blocks.append(open_text)
        if name:
            open_text["id"] = _free(name, taken)
        open_text["value"] += unit.value
    return [block | {"id": block["id"] or _free("", taken)} for block in blocks]


def _free(wanted: str, taken: set[str]) -> str:
    name = wanted if wanted and wanted not in taken else str(uuid4())
    taken.add(name)
    return name


# Markup ------------------------------------------------------------------------------------------


def elements(markup: str) -> list[str]:
    """The paragraphs and lists of a rich text, whole. Together they are what they came from."""
    found: list[str] = []
    depth, start = 0, 0
    for piece in pieces(markup):
        if piece.name not in BLOCKS or piece.is_empty:
            continue
        if piece.is_end:
            depth = max(0, depth - 1)
            if depth == 0:
                found.append(markup[start : piece.end])
                start = piece.end
        else:
            depth += 1
    rest = markup[start:]
    return [*found, rest] if rest.strip() else found


def first_key(markup: str) -> str:
    for piece in pieces(markup):
        if piece.is_start and (key := attributes(piece.raw).get(KEY)):
            return key.value
    return ""


def without_keys(markup: str) -> str:
    return "".join(_without_key(piece.raw) if piece.is_start else piece.raw for piece in pieces(markup))


def _without_key(tag: str) -> str:
    key = attributes(tag).get(KEY)
    return f"{tag[: key.start].rstrip()}{tag[key.end :]}" if key else tag


def text_of(markup: str) -> str:
    """Its words, a line for each paragraph and item."""
    lines = [""]
    for piece in pieces(markup):
        if piece.is_text:
            lines[-1] += piece.raw
        elif piece.name in BLOCKS or piece.name == "br":
            lines.append("")
    return "\n".join(line for line in (plain(each).strip() for each in lines) if line)


# Other blocks --------------------------------------------------------------------------------------


def _words(unit: Unit) -> str:
    if unit.is_text:
        return text_of(unit.value)
    return "\n".join(_strings(unit.sort, unit.value))


def _strings(sort: str, value: Any) -> Iterator[str]:
    """What a block says, in its order."""
    if sort == "image":
        yield from filter(None, (value.get("caption"), value.get("credit")))
    elif sort == "aside":
        yield from filter(None, (value.get("heading"), text_of(value.get("text") or "")))
    elif sort == "table":
        table = value.get("table") or {}
        yield from filter(None, [value.get("caption")])
        yield " | ".join(column.get("heading") or "" for column in table.get("columns", []))
        yield from (" | ".join(str(cell or "") for cell in row["values"]) for row in table.get("rows", []))
        yield from filter(None, [value.get("note")])
    elif isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from (each for each in value.values() if isinstance(each, str) and each)


def _bare(value: Any) -> str:
    if isinstance(value, dict) and isinstance(value.get("text"), str):
        value = value | {"text": without_keys(value["text"])}
    return json.dumps(value, sort_keys=True, ensure_ascii=False, default=str)
