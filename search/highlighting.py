"""Marked titles and snippets: escaped HTML in which `<mark>` stands around what was asked for."""

from collections.abc import Iterable, Sequence

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from .matching import Span, Text, merge, pinyin_spans
from .parsing import ParsedQuery, Token


BEFORE, LENGTH = 30, 110  # characters of Chinese; other scripts get twice as many
MAX_LENGTH = 20_000  # characters of a text that are looked at
_WIDE = 0x2E80  # from here on characters are as wide as Chinese ones


def name_spans(name: str, query: ParsedQuery) -> list[Span]:
    """Where the query is found in a name, as it is or in pinyin: of the variant that finds most of it."""
    return max((_spans_in_name(name, variant) for variant in query.variants), key=total_length, default=[])


def text_spans(text: str, query: ParsedQuery) -> list[Span]:
    return max((Text(text).spans(variant) for variant in query.variants), key=total_length, default=[])


def highlight(text: str, spans: Sequence[Span]) -> SafeString:
    """The text as HTML, with `<mark>` around the spans."""
    pieces, done = [], 0
    for start, end in spans:
        pieces += [escape(text[done:start]), f"<mark>{escape(text[start:end])}</mark>"]
        done = end
    pieces.append(escape(text[done:]))
    return mark_safe("".join(pieces))  # noqa: S308 (each piece is escaped)


def snippet(texts: Iterable[str], query: ParsedQuery) -> SafeString | None:
    """The part around the query of the text that contains most of it; None if no text contains any of it."""
    found = [(text, text_spans(text, query)) for text in (each[:MAX_LENGTH] for each in texts if each)]
    text, spans = max(found, key=lambda each: _distinct_words(*each), default=("", []))
    return _window(text, spans) if spans else None


def beginning(text: str) -> SafeString:
    """The first part of a text without marks."""
    return _window(text, [])


def _window(text: str, spans: Sequence[Span]) -> SafeString:
    """A window of the text that begins shortly before the first span, cut between words where there are any."""
    width = 1 if sum(ord(character) >= _WIDE for character in text[:200]) * 3 > len(text[:200]) else 2
    first = spans[0][0] if spans else 0
    start = max(0, first - BEFORE * width) if len(text) > LENGTH * width else 0
    end = min(len(text), start + LENGTH * width)
    if width == 2:
        start = start if not start else text.find(" ", start, first) + 1 or start
        end = end if end == len(text) else max(text.rfind(" ", start, end), spans[0][1] if spans else 0) or end
    inside = [(max(a, start) - start, min(b, end) - start) for a, b in spans if a < end and b > start]
    shown = highlight(text[start:end], inside)
    return mark_safe(("…" if start else "") + shown + ("…" if end < len(text) else ""))  # noqa: S308 (escaped above)


def _spans_in_name(name: str, variant: Sequence[Token]) -> list[Span]:
    return merge([*Text(name).spans(variant), *pinyin_spans(name, variant)])


def total_length(spans: Sequence[Span]) -> int:
    return sum(end - start for start, end in spans)


def _distinct_words(text: str, spans: Sequence[Span]) -> int:
    """How many different words of the query the spans contain."""
    return len({text[start:end].casefold() for start, end in spans})
