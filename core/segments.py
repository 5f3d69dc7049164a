"""Translatable text as segments.

One traversal, `map_field`, visits every piece of text in a field. `extract`
gives it a function that writes the pieces down, `render` one that answers with
their translations, so reading and writing cannot drift apart.

A path names a segment by the ids the editor's content already carries, so that
moving a block changes no path and editing a text changes only its own:

    title                             a plain field
    body.<block id>.<child name>      a child of a struct in a stream
    body.<block id>#<block key>       a paragraph, heading or list item
    body.<block id>#<block key>.1     its words after a nested list
    body.<block id>#embed-<id>@alt    the alternative text of an embed

Content without ids or keys is counted (p0, p1 …); a repeated name gets ~2, ~3.

Inline tags with attributes become chips: `<a linktype="page" id="7">` is shown
as `<a id="a1">`. The attributes stay out of the segment and return on render,
always from the source. Whatever else a translation holds is escaped or dropped.
"""

import copy
import hashlib
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import singledispatch
from html import escape, unescape
from itertools import chain, count
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from modeltranslation.translator import translator
from modeltranslation.utils import build_localized_fieldname
from wagtail import blocks
from wagtail.blocks import StreamValue
from wagtail.contrib.typed_table_block.blocks import BaseTypedTableBlock
from wagtail.fields import RichTextField, StreamField


@dataclass(frozen=True)
class Segment:
    """One piece of text for a translator. `format` is "plain" or "html"."""

    path: str
    text: str
    format: str
    label: str


Transform = Callable[[Segment], str]


class IncompleteTranslation(ValueError):
    """Segments at the paths in `missing` have no text, or only blanks."""

    def __init__(self, missing: Sequence[str]) -> None:
        self.missing = list(missing)
        super().__init__(f"No text for {', '.join(self.missing)}")


class InvalidChips(ValueError):
    """The text for `path` uses the chips in `unknown`; its source has no such."""

    def __init__(self, path: str, unknown: Sequence[str]) -> None:
        self.path = path
        self.unknown = list(unknown)
        super().__init__(f"Unknown chips in {path}: {', '.join(self.unknown)}")


def extract(obj: models.Model) -> list[Segment]:
    """Return the segments of obj's source columns, in the model's field order.

    Raises modeltranslation's NotRegistered for a model without translation.
    """
    segments: list[Segment] = []

    def record(segment: Segment) -> str:
        segments.append(segment)
        return segment.text

    for field, value in _source_values(obj):
        map_field(field, value, record)
    return segments


def render(obj: models.Model, texts: Mapping[str, str]) -> dict[str, Any]:
    """Return {field name: value in another language} from {path: text}.

    Covers every translated field; texts for other paths are ignored. A text may
    leave chips out or repeat them.

    Raises IncompleteTranslation if a segment has no text, InvalidChips if a text
    uses a chip that its source does not have.
    """
    missing: list[str] = []

    def look_up(segment: Segment) -> str:
        text = texts.get(segment.path) or ""
        if not text.strip():
            missing.append(segment.path)
            return segment.text
        return text

    values = {field.name: map_field(field, value, look_up) for field, value in _source_values(obj)}
    if missing:
        raise IncompleteTranslation(missing)
    return values


def source_hash(segment: Segment) -> str:
    """Return 64 hex digits for what a translator sees: not path, label or links."""
    seen = f"{segment.format}\n{segment.text}"
    return hashlib.sha256(seen.encode()).hexdigest()


def map_field(field: models.Field, value: Any, transform: Transform) -> Any:
    """Return value with each text replaced by transform's answer for its segment.

    Takes what an object holds (str, StreamValue) or the stored JSON; returns a
    str, or for a StreamField a list in its stored form with the same ids. Text
    answered unchanged stays as it is, byte for byte. The value is not modified.
    A language's own column gives the same paths as the field it translates.

    Raises InvalidChips if an answer uses a chip that its source does not have.
    """
    field = getattr(field, "translated_field", field)
    place = Place(field.name, str(capfirst(field.verbose_name)), transform)
    if isinstance(field, StreamField):
        is_stored = isinstance(value, list)
        raw = copy.deepcopy(value) if is_stored else _stored(field.to_python(value))
        return map_block(field.stream_block, raw, place)
    if isinstance(field, RichTextField):
        return map_html(value, place) if value else value
    return _map_text(value, place) if _holds_words(field) else value


def _source_values(obj: models.Model) -> Iterator[tuple[models.Field, Any]]:
    """Yield in the model's own order: modeltranslation keeps names in a set, so its order changes at every start."""
    translated = translator.get_options_for_model(type(obj)).all_fields
    for field in obj._meta.fields:
        if field.name in translated:
            column = build_localized_fieldname(field.name, settings.MODELTRANSLATION_DEFAULT_LANGUAGE)
            yield field, getattr(obj, column)


def _holds_words(field: models.Field) -> bool:
    codes = models.URLField | models.EmailField | models.SlugField
    words = models.CharField | models.TextField
    return isinstance(field, words) and not (isinstance(field, codes) or field.choices)


# Blocks


@dataclass(frozen=True)
class Place:
    """Where the traversal stands, and whom it asks.

    A block may take over with `map_segments(raw, path, transform)`: it gets its
    stored JSON and returns it translated. It may call `map_html` or `map_block`
    with a Place of its own.
    """

    path: str
    label: str
    transform: Transform

    def step(self, suffix: str, label: str = "") -> "Place":
        return replace(self, path=self.path + suffix, label=label or self.label)

    def ask(self, text: str, format: str) -> str:
        return self.transform(Segment(self.path, text, format, self.label))


def map_block(block: blocks.Block, raw: Any, place: Place) -> Any:
    """Return the stored JSON of one block with its text mapped."""
    if hasattr(block, "map_segments"):
        return block.map_segments(raw, place.path, place.transform)
    is_stored_text = isinstance(raw, str | list | dict)
    return _map_raw(block, raw, place) if is_stored_text else raw


@singledispatch
def _map_raw(block: blocks.Block, raw: Any, place: Place) -> Any:
    """Numbers, dates, choices, choosers, URLs and raw HTML have no words."""
    return raw


@_map_raw.register
def _map_words(block: blocks.CharBlock | blocks.TextBlock, raw: str, at: Place) -> str:
    return _map_text(raw, at)


@_map_raw.register
def _map_rich_text(block: blocks.RichTextBlock, raw: str, at: Place) -> str:
    return map_html(raw, at)


@_map_raw.register
def _map_struct(block: blocks.BaseStructBlock, raw: dict, at: Place) -> dict:
    children = block.child_blocks
    return {k: _map_child(children.get(k), value, at, k) for k, value in raw.items()}


@_map_raw.register
def _map_stream(block: blocks.BaseStreamBlock, raw: list, at: Place) -> list:
    children = block.child_blocks
    return [
        {
            **item,
            "value": _map_child(children.get(item["type"]), item["value"], at, key),
        }
        for key, item in _keyed(raw)
    ]


@_map_raw.register
def _map_list(block: blocks.ListBlock, raw: list, at: Place) -> list:
    child = block.child_block
    return [
        {**item, "value": _map_child(child, item["value"], at, key)}
        if block._item_is_in_block_format(item)
        else _map_child(child, item, at, key)
        for key, item in _keyed(raw)
    ]


@_map_raw.register
def _map_typed_table(block: BaseTypedTableBlock, raw: dict, at: Place) -> dict:
    """Columns and rows have no ids, so they are named by position."""
    kinds = [block.child_blocks.get(column["type"]) for column in raw["columns"]]
    columns = [
        {**column, "heading": _map_text(column["heading"], at.step(f".columns.p{i}"))}
        for i, column in enumerate(raw["columns"])
    ]
    rows = [
        {**row, "values": _map_cells(kinds, row["values"], at.step(f".rows.p{i}"))} for i, row in enumerate(raw["rows"])
    ]
    table = {**raw, "columns": columns, "rows": rows}
    if "caption" in raw:
        table["caption"] = _map_text(raw["caption"], at.step(".caption"))
    return table


def _map_cells(kinds: list[blocks.Block | None], cells: list, at: Place) -> list:
    columns = enumerate(zip(kinds, cells, strict=True))
    return [_map_child(kind, cell, at, f"p{i}") for i, (kind, cell) in columns]


def _map_child(child: blocks.Block | None, raw: Any, place: Place, key: str) -> Any:
    if child is None:
        return raw
    return map_block(child, raw, place.step(f".{key}", str(child.label)))


def _map_text(value: Any, place: Place) -> Any:
    if not isinstance(value, str) or not value.strip():
        return value
    return place.ask(value, "plain")


def _stored(value: StreamValue) -> list:
    """Return a copy of a stream's JSON, as it stands.

    StreamValue.get_prep_value is not asked: it would give children that have no
    id a random one, in place, and their paths would change with every load.
    """
    children = zip(value._bound_blocks, value._raw_data, strict=True)
    return copy.deepcopy([bound.get_prep_value() if bound else raw for bound, raw in children])


def _keyed(items: list) -> Iterator[tuple[str, Any]]:
    taken: set[str] = set()
    for i, item in enumerate(items):
        key = item.get("id") if isinstance(item, dict) else None
        yield _unique(str(key or f"p{i}"), taken), item


def _unique(name: str, taken: set[str]) -> str:
    candidate, count = name, 1
    while candidate in taken:
        count += 1
        candidate = f"{name}~{count}"
    taken.add(candidate)
    return candidate


# Rich text
#
# The markup is never parsed into a tree and written out again: the pieces that
# hold words are found by position and replaced, so the rest stays byte for byte.

_PLAIN_TAGS = {"b", "strong", "i", "em", "sub", "sup", "code", "s", "del", "br", "mark", "u"}
_VOID_TAGS = {"br", "col", "embed", "hr", "img", "wbr"}
_BLOCK_TAGS = {
    "address",
    "article",
    "aside",
    "audio",
    "blockquote",
    "body",
    "caption",
    "center",
    "col",
    "colgroup",
    "dd",
    "details",
    "div",
    "dl",
    "dt",
    "embed",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "head",
    "header",
    "hr",
    "html",
    "iframe",
    "img",
    "legend",
    "li",
    "main",
    "nav",
    "object",
    "ol",
    "p",
    "pre",
    "section",
    "summary",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "tr",
    "ul",
    "video",
}
_KINDS = dict.fromkeys(["h1", "h2", "h3", "h4", "h5", "h6"], _("Heading")) | {
    "li": _("List item"),
    "blockquote": _("Quote"),
    "figcaption": _("Caption"),
    "alt": _("Alternative text"),
}
_SPACE = " \t\n\r\f"
_TOKEN = re.compile(
    r"""<!--.*?(?:-->|\Z)                              # opaque: comments,
      | <(script|style)\b.*?(?:</\1\s*>|\Z)           # code,
      | <[!?][^>]*>                                    # declarations
      | <(?P<close>/?)(?P<name>[a-z][a-z0-9:-]*)(?=[\s/>])
        (?:[^<>"']|"[^"]*"|'[^']*')*+>
    """,
    re.DOTALL | re.IGNORECASE | re.VERBOSE | re.ASCII,
)
_ATTRIBUTE = re.compile(r"""([^\s"'<>/=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'<>]+)))?""")


def map_html(markup: str, place: Place) -> str:
    """Return rich text in its database format with its text mapped.

    Raises InvalidChips if an answer uses a chip that its source does not have.
    """
    done, cursor, taken, positions = [], 0, set(), count()
    for start, end, kind, key in _pieces(markup):
        key = _unique(key or f"p{next(positions)}", taken)
        where = place.step(f"#{key}", _label(place.label, kind))
        map_piece = _map_alt if kind == "alt" else _map_run
        done += [markup[cursor:start], map_piece(markup[start:end], where)]
        cursor = end
    return "".join([*done, markup[cursor:]])


def _label(label: str, kind: str) -> str:
    return f"{label}: {_KINDS[kind]}" if kind in _KINDS else label


def _map_run(raw: str, place: Place) -> str:
    chips = _Chips()
    text = _rewrite(raw, chips.take_out)
    answer = place.ask(text, "html")
    if answer == text:
        return raw
    mapped = _rewrite(answer.strip(_SPACE), chips.put_back)
    if chips.unknown:
        raise InvalidChips(place.path, chips.unknown)
    return mapped


def _map_alt(raw: str, place: Place) -> str:
    text = _value(_ATTRIBUTE.match(raw))
    answer = place.ask(text, "plain")
    return raw if answer == text else f'alt="{escape(answer)}"'


def _pieces(markup: str) -> Iterator[tuple[int, int, str, str]]:
    """Yield (start, end, kind, key) of what holds words, in order.

    A piece is a run of inline content directly in one block element, of which
    kind is the name and key the data-block-key or "", or an attribute `alt`.
    """
    elements, cursor = [("", "")], 0
    for token in chain(_TOKEN.finditer(markup), [None]):
        name = _name(token) if token else ""
        if name and name not in _BLOCK_TAGS:
            continue
        end = token.start() if token else len(markup)
        if span := _words_span(markup, cursor, end):
            yield *span, *elements[-1]
        if token is None:
            return
        if name and token["close"]:
            _leave(elements, name)
        elif name:
            attributes = _attributes(token[0])
            yield from _alt_piece(attributes, end)
            if name not in _VOID_TAGS:
                elements.append((name, _value(attributes.get("data-block-key"))))
        cursor = token.end()


def _words_span(markup: str, start: int, end: int) -> tuple[int, int] | None:
    raw = markup[start:end]
    if not unescape(_TOKEN.sub("", raw)).strip():
        return None
    body = raw.strip(_SPACE)
    start += raw.index(body)
    return start, start + len(body)


def _alt_piece(attributes: dict[str, re.Match], offset: int) -> Iterator[tuple[int, int, str, str]]:
    alt, number = attributes.get("alt"), _value(attributes.get("id"))
    if alt is not None and _value(alt).strip():
        key = f"embed-{number}@alt" if number else ""
        yield offset + alt.start(), offset + alt.end(), "alt", key


def _leave(elements: list[tuple[str, str]], name: str) -> None:
    if any(name == open_name for open_name, _key in elements):
        while elements.pop()[0] != name:
            pass


class _Chips:
    """The inline tags of one run that a translator sees as `<a id="a1">`."""

    def __init__(self) -> None:
        self.tags: dict[tuple[str, str], str] = {}
        self.counts: Counter[str] = Counter()
        self.unknown: list[str] = []

    def take_out(self, name: str, tag: str) -> str:
        if name in _PLAIN_TAGS and not _attributes(tag):
            return _plain_tag(name)
        self.counts[name] += 1
        chip = f"{name}{self.counts[name]}"
        self.tags[name, chip] = tag
        return _plain_tag(name, f' id="{chip}"')

    def put_back(self, name: str, tag: str) -> str:
        chip = _value(_attributes(tag).get("id"))
        if not chip:
            return _plain_tag(name) if name in _PLAIN_TAGS else ""
        if (name, chip) not in self.tags and name not in _BLOCK_TAGS:
            self.unknown.append(chip)
        return self.tags.get((name, chip), "")


def _rewrite(fragment: str, open_tag: Callable[[str, str], str]) -> str:
    """Return inline markup, balanced, with its text escaped as the editor does.

    open_tag turns (name, tag) into what stands for it, or "" to drop the tag.
    """
    done, opened, cursor = [], [], 0
    for token in _TOKEN.finditer(fragment):
        done.append(_normal(fragment[cursor : token.start()]))
        cursor, name = token.end(), _name(token)
        if token["close"]:
            done += _close(opened, name)
        elif name and not (name == "a" and "a" in opened):
            tag = open_tag(name, token[0])
            done.append(tag)
            if tag and name not in _VOID_TAGS:
                opened.append(name)
    done.append(_normal(fragment[cursor:]))
    return "".join(done + [f"</{name}>" for name in reversed(opened)])


def _close(opened: list[str], name: str) -> Iterator[str]:
    while name in opened:
        last = opened.pop()
        yield f"</{last}>"
        if last == name:
            return


def _normal(text: str) -> str:
    return escape(unescape(text), quote=False)


def _plain_tag(name: str, attributes: str = "") -> str:
    return f"<{name}{attributes}{'/' if name in _VOID_TAGS else ''}>"


def _name(token: re.Match) -> str:
    return (token["name"] or "").lower()


def _attributes(tag: str) -> dict[str, re.Match]:
    """Return {name: match} of a start tag; the first of a name counts."""
    start = _TOKEN.match(tag)
    matches = list(_ATTRIBUTE.finditer(tag, start.end("name") if start else 0))
    return {match[1].lower(): match for match in reversed(matches)}


def _value(attribute: re.Match | None) -> str:
    return unescape("".join(filter(None, attribute.groups()[1:]))) if attribute else ""
