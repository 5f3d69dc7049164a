"""Texts in the source language where another language is read: all of a text, or places in it.

A page in Arabic names a school that nobody has translated: a Chinese name in an Arabic line. It must be marked as
Chinese (WCAG 2.2, 3.1.2) and its direction kept apart from the line's (Unicode Standard Annex 9, 3.1.2). Such a text
knows this by itself, however far it is handed on: written into a page it is `<bdi lang="zh-Hans" dir="ltr">`, in JSON,
a table or the database it is a string like any other.

A translated field that falls back gives one by itself (`core/fallback.py`). What is put together of several texts is
put together by `joined` and `filled`, which keep the places; Python's own operators give plain strings.

Django's templates do not know whether they write text or an attribute. So a place is written between two
noncharacters, which no stored text holds (`cleaning`), and `marked` makes elements of them where elements can stand.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from html import escape
from typing import Self

from ..languages import SOURCE, TAGS, content_language, direction
from .quotations import nested, opening
from .scripts import HAN_CHARACTERS
from .tags import pieces


START, END = "\ufdd0", "\ufdd1"  # "for internal use by applications": Unicode Standard, 23.7
Span = tuple[int, int]

_HAN = re.compile(f"[{HAN_CHARACTERS}]")
_PLACE = re.compile(f"{START}([^{START}{END}]*){END}")
# What was searched for may stand in a place; any other element there ends in no place.
_SEARCHED = re.compile(f"{START}((?:[^<{START}{END}]*<mark>[^<{START}{END}]*</mark>)+[^<{START}{END}]*){END}")
_SIGNS = re.compile(f"[{START}{END}]")
_VALUE = re.compile(r"%\((\w+)\)s|\{(\w+)\}")
_ATTRIBUTES = f' lang="{TAGS[SOURCE]}" dir="{direction(SOURCE)}"'
_ELEMENT = rf"<bdi{_ATTRIBUTES}>\1</bdi>"
_ONLY_TEXT = {"title", "option", "textarea"}  # elements in which no other can stand


class FallbackText(str):
    """A string with `spans`, the places (start, end) in it that are in the source language; at first all of it."""

    spans: tuple[Span, ...]

    def __new__(cls, text: str, spans: Iterable[Span] | None = None) -> Self:
        made = super().__new__(cls, text)
        made.spans = ((0, len(text)),) if spans is None else tuple(spans)
        return made

    def __str__(self) -> str:
        return self

    def __html__(self) -> str:
        """What templates write: escaped, the places between START and END."""
        written, cursor = [], 0
        for start, end in self.spans:
            written += [escape(self[cursor:start]), START, escape(self[start:end]), END]
            cursor = end
        return "".join([*written, escape(self[cursor:])])

    def part(self, start: int, end: int) -> str:
        """The text from `start` to `end`, without the blanks around it, with the places in it."""
        while start < end and self[start].isspace():
            start += 1
        while start < end and self[end - 1].isspace():
            end -= 1
        within = [(max(first, start) - start, min(last, end) - start) for first, last in self.spans]
        return _made(self[start:end], (span for span in within if span[0] < span[1]))


def in_source(text: str) -> str:
    """A text of the source language: it knows that it is, wherever another language is read."""
    return FallbackText(text) if text and content_language() != SOURCE else text


def if_chinese(text: str) -> str:
    """A text that is the same for all languages, as the other names of a school are: Chinese if it looks so."""
    return in_source(text) if _HAN.search(text) else text


def joined(separator: str, texts: Iterable[object]) -> str:
    """`separator.join(map(str, texts))`, with the places of the texts."""
    parts = list(map(str, texts))
    if not any(isinstance(part, FallbackText) for part in parts):
        return separator.join(parts)
    return _put_together(each for number, part in enumerate(parts) for each in (separator * bool(number), part))


def filled(message: str, values: Mapping[str, object]) -> str:
    """A translated message with its values, `%(name)s` or `{name}`, and their places. Raises KeyError for another.

    A value in quotation marks has its own quotation marks one level further in.
    """
    return _put_together(_parts(message, values))


def part(text: str, start: int, end: int) -> str:
    """The text from `start` to `end`, without the blanks around it, with the places in it."""
    return text.part(start, end) if isinstance(text, FallbackText) else text[start:end].strip()


def with_place(text: str, part: str) -> str:
    """`text`, in which `part` is of the source language where it stands last, if `part` is."""
    start = text.rfind(part.strip()) if isinstance(part, FallbackText) else -1
    return text if start < 0 else FallbackText(text, [(start, start + len(part.strip()))])


def _parts(message: str, values: Mapping[str, object]) -> Iterator[str]:
    cursor = 0
    for found in _VALUE.finditer(message):
        before, value = message[cursor : found.start()], str(values[found[1] or found[2]])
        around = "" if isinstance(value, FallbackText) else opening(before)
        yield before
        yield nested(value, around, content_language()) if around else value
        cursor = found.end()
    yield message[cursor:]


def _put_together(texts: Iterable[str]) -> str:
    parts, spans, length = [], [], 0
    for text in texts:
        if isinstance(text, FallbackText):
            spans += [(length + start, length + end) for start, end in text.spans]
        parts.append(text)
        length += len(text)
    return _made("".join(parts), spans)


def _made(text: str, spans: Iterable[Span]) -> str:
    found = tuple(spans)
    return FallbackText(text, found) if found else text


def marked(html: str) -> str:
    """A page with its places marked: an element in text; on the picture or the option that is nothing else; else
    left out, as in other attributes and in the title."""
    if START not in html:
        return html
    html = _SEARCHED.sub(_ELEMENT, html)
    written: list[str] = []
    inside = ""  # the element that holds text only
    for piece in pieces(html):
        raw = piece.raw
        if piece.name in _ONLY_TEXT:
            inside = piece.name if piece.is_start else ""
        if START not in raw:
            written.append(raw)
        elif piece.is_text and not inside:
            written.append(_PLACE.sub(_ELEMENT, raw))
        else:
            if inside == "option" and piece.is_text and _PLACE.fullmatch(raw.strip()):
                written[-1] = _with_attributes(written[-1])
            written.append(_with_attributes(raw) if piece.name == "img" else raw)
    return bare("".join(written))


def bare(text: str) -> str:
    """Without the signs: what is written by a template and is no page."""
    return _SIGNS.sub("", text)


def _with_attributes(tag: str) -> str:
    """A start tag that says which language its text or its attributes are in."""
    end = -2 if tag.endswith("/>") else -1
    return tag[:end].rstrip() + _ATTRIBUTES + tag[end:]
