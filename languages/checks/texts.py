"""The two texts of a segment, taken apart into plain words and chips."""

import re
from dataclasses import dataclass
from functools import cached_property
from html import unescape


_TAG = re.compile(
    r"""<(?P<close>/?)(?P<name>[a-zA-Z][a-zA-Z0-9:-]*)(?P<rest>(?:[^<>"']++|"[^"]{0,2000}+"|'[^']{0,2000}+'){0,60}+)>""",
    re.ASCII,
)
_ID = re.compile(r"""\bid\s*=\s*["']?([\w-]+)""")
_VOID = frozenset({"br", "embed", "img", "hr", "wbr"})


@dataclass(frozen=True)
class Tag:
    """An inline tag. `chip` is its id; '' for a bare <b>."""

    name: str
    chip: str
    closing: bool
    start: int
    end: int

    @property
    def is_void(self) -> bool:
        return self.name in _VOID

    @property
    def shown(self) -> str:
        return self.chip or f"<{self.name}>"


@dataclass(frozen=True)
class Text:
    """One text of a segment; of "plain" format nothing is a tag."""

    raw: str
    format: str = "plain"

    @cached_property
    def tags(self) -> list[Tag]:
        if self.format != "html":
            return []
        return [_tag(found) for found in _TAG.finditer(self.raw)]

    @cached_property
    def plain(self) -> str:
        """What a reader sees. A line break is a space, and no word is joined to another by a tag that is left out."""
        return self._parts[0]

    @cached_property
    def chip_spans(self) -> list[tuple[int, int, str]]:
        """(start, end, id) of the chips in `plain`."""
        return self._parts[1]

    @cached_property
    def _parts(self) -> tuple[str, list[tuple[int, int, str]]]:
        if self.format != "html":
            return self.raw, []
        parts, length, cursor, spans = [], 0, 0, []
        opened: list[tuple[Tag, int]] = []
        for tag in self.tags:
            parts.append(unescape(self.raw[cursor : tag.start]) + (" " if tag.name == "br" else ""))
            length, cursor = length + len(parts[-1]), tag.end
            if not tag.closing and not tag.is_void:
                opened.append((tag, length))
            elif tag.closing and opened and opened[-1][0].name == tag.name:
                begun, start = opened.pop()
                spans += [(start, length, begun.chip)] if begun.chip else []
        return "".join([*parts, unescape(self.raw[cursor:])]), spans


def _tag(found: re.Match) -> Tag:
    named = None if found["close"] else _ID.search(found["rest"])
    return Tag(found["name"].lower(), named[1] if named else "", bool(found["close"]), *found.span())
