"""Inline codes: the tags of a segment as translators' programs protect them, whatever the format calls them.

A chip keeps its id. A bare <b> is numbered, b.1, with a dot, which no chip's id has.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from html import escape, unescape

from core.segments import Segment, source_hash
from core.text.cleaning import legal_xml
from core.text.tags import VOID

from ..checks.texts import Text


# What a translator may add: tags without attributes.
_EMPHASIS = {"b", "strong", "i", "em", "sub", "sup", "code", "s", "del", "br", "mark", "u"}


class BadCode(Exception):
    """An inline code that no segment of ours has; its text names it."""


class Kind(Enum):
    """The two ends of a tag, or a tag in one."""

    START = "start"
    END = "end"
    EMPTY = "empty"


@dataclass(frozen=True)
class Code:
    """A code between words. `name` is the tag's; "" if the format does not say it. An end has the id of its start."""

    kind: Kind
    id: str
    name: str = ""
    raw: str = ""  # as the desk writes it: '<a id="a1">'


Part = str | Code


# Out -----------------------------------------------------------------------------------------


def parts(text: str, format: str) -> Iterator[Part]:
    """A segment as words and codes; every start has its end, in the order of elements. Words are fit for XML."""
    if format != "html":
        yield legal_xml(text)
        return
    counts: Counter[str] = Counter()
    opened: list[Code] = []
    cursor = 0
    for tag in Text(text, "html").tags:
        yield legal_xml(unescape(text[cursor : tag.start]))
        cursor = tag.end
        if not tag.closing:
            counts[tag.name] += not tag.chip
            kind = Kind.EMPTY if tag.is_void else Kind.START
            raw = legal_xml(text[tag.start : tag.end])
            code = Code(kind, legal_xml(tag.chip or f"{tag.name}.{counts[tag.name]}"), tag.name, raw)
            opened += [] if tag.is_void else [code]
            yield code
        elif opened:
            yield _end_of(opened.pop())
    yield legal_xml(unescape(text[cursor:]))
    yield from (_end_of(code) for code in reversed(opened))


def _end_of(code: Code) -> Code:
    return Code(Kind.END, code.id, code.name, f"</{code.name}>")


# In ------------------------------------------------------------------------------------------


def names_of(parts: Iterable[Part]) -> dict[str, str]:
    """{id: name of the tag} of the codes of a source."""
    return {part.id: part.name for part in parts if isinstance(part, Code) and part.kind is not Kind.END}


def markup(parts: Iterable[Part], format: str, known: Mapping[str, str]) -> str:
    """A segment as the desk writes it. `known` are the names of the source's codes by their ids.

    Raises BadCode.
    """
    done, names = [], dict[str, str]()
    for part in parts:
        if isinstance(part, str):
            done.append(escape(part, quote=False) if format == "html" else part)
            continue
        if part.kind is not Kind.END:
            names[part.id] = known.get(part.id) or part.name
        name = names.get(part.id, "")
        if format != "html" or not name:
            raise BadCode(part.id or part.name)
        done.append(_tag(part, name, is_bare="." in part.id or (part.id not in known and name in _EMPHASIS)))
    return "".join(done)


def _tag(code: Code, name: str, *, is_bare: bool) -> str:
    tag = name if is_bare else f'{name} id="{escape(code.id)}"'
    if name in VOID:
        return "" if code.kind is Kind.END else f"<{tag}/>"
    ends = {Kind.START: f"<{tag}>", Kind.END: f"</{name}>", Kind.EMPTY: f"<{tag}></{name}>"}
    return ends[code.kind]


def hash_of(text: str, format: str) -> str:
    """The hash of a source as a file has it, where the file does not say the one of its export."""
    return source_hash(Segment("", text, format, ""))
