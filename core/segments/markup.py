"""Segments of rich text.

The markup is never parsed into a tree and written out again: the pieces that
hold words are found by position and replaced, so the rest stays byte for byte.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from html import escape, unescape
from itertools import chain, count

from django.utils.translation import gettext_lazy as _

from ..text.markup import SAYS
from ..text.tags import BLOCKS, VOID, Attribute, attributes, pieces, plain
from .units import InvalidChips, Place, Segment, unique


_PLAIN_TAGS = {"b", "strong", "i", "em", "sub", "sup", "code", "s", "del", "br", "mark", "u"}
_KINDS = dict.fromkeys(["h1", "h2", "h3", "h4", "h5", "h6"], _("Heading")) | {
    "li": _("List item"),
    "blockquote": _("Quote"),
    "figcaption": _("Caption"),
    "alt": _("Alternative text"),
}
_SPACE = " \t\n\r\f"


def map_html(markup: str, place: Place) -> str:
    """Return rich text in its database format with its text mapped.

    Raises InvalidChips if an answer uses a chip that its source does not have.
    """
    done, cursor, taken, positions = [], 0, set(), count()
    for start, end, kind, key in _pieces(markup):
        key = unique(key or f"p{next(positions)}", taken)
        where = place.step(f"#{key}", _label(place.label, kind))
        map_piece = _map_alt if kind == "alt" else _map_run
        done += [markup[cursor:start], map_piece(markup[start:end], where)]
        cursor = end
    return "".join([*done, markup[cursor:]])


def tidy(text: str) -> str:
    """A text for a segment with only what such a text may hold: plain inline tags and chips, balanced and escaped."""

    def keep(name: str, tag: str) -> str:
        chip = _value(attributes(tag).get("id"))
        if chip and name not in BLOCKS:
            return _plain_tag(name, f' id="{escape(chip)}"')
        return _plain_tag(name) if name in _PLAIN_TAGS else ""

    return _rewrite(text, keep).strip(_SPACE)


def with_tags(segment: Segment) -> str:
    """The text of a segment with the tags that its chips stand for."""
    if segment.format != "html":
        return escape(segment.text, quote=False)
    return _rewrite(segment.text, lambda name, tag: segment.chips.get(_value(attributes(tag).get("id")), tag))


def _label(label: str, kind: str) -> str:
    return f"{label}: {_KINDS[kind]}" if kind in _KINDS else label


def _map_run(raw: str, place: Place) -> str:
    chips = _Chips()
    text = _rewrite(raw, chips.take_out)
    answer = place.ask(text, "html", {chip: tag for (_name, chip), tag in chips.tags.items()})
    if answer == text:
        return raw
    mapped = _rewrite(answer.strip(_SPACE), chips.put_back)
    if chips.unknown:
        raise InvalidChips(place.path, chips.unknown)
    return mapped


def _map_alt(raw: str, place: Place) -> str:
    text = attributes(raw)["alt"].value
    answer = place.ask(text, "plain")
    return raw if answer == text else f'alt="{escape(answer)}"'


def _pieces(markup: str) -> Iterator[tuple[int, int, str, str]]:
    """Yield (start, end, kind, key) of what holds words, in order.

    A piece is a run of inline content directly in one block element, of which
    kind is the name and key the data-block-key or "", or an attribute `alt`.
    """
    elements, cursor = [("", "")], 0
    for piece in chain(pieces(markup), [None]):
        if piece and (piece.is_text or (piece.name and piece.name not in BLOCKS)):
            continue
        end = piece.start if piece else len(markup)
        if span := _words_span(markup, cursor, end):
            yield *span, *elements[-1]
        if piece is None:
            return
        if piece.is_end:
            _leave(elements, piece.name)
        elif piece.name:
            found = attributes(piece.raw)
            yield from _alt_piece(found, end)
            if piece.name not in VOID:
                elements.append((piece.name, _value(found.get("data-block-key"))))
        cursor = piece.end


def _words_span(markup: str, start: int, end: int) -> tuple[int, int] | None:
    raw = markup[start:end]
    if not plain(raw).strip():
        return None
    body = raw.strip(_SPACE)
    start += raw.index(body)
    return start, start + len(body)


def _alt_piece(found: dict[str, Attribute], offset: int) -> Iterator[tuple[int, int, str, str]]:
    alt, number = found.get("alt"), _value(found.get("id"))
    if alt is not None and alt.value.strip():
        key = f"embed-{number}@alt" if number else ""
        yield offset + alt.start, offset + alt.end, "alt", key


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
        if name in _PLAIN_TAGS and not attributes(tag):
            return _plain_tag(name)
        self.counts[name] += 1
        chip = f"{name}{self.counts[name]}"
        self.tags[name, chip] = tag
        return _plain_tag(name, f' id="{chip}"')

    def put_back(self, name: str, tag: str) -> str:
        found = attributes(tag)
        chip, says = _value(found.get("id")), _value(found.get(SAYS))
        if not chip:
            return _plain_tag(name) if name in _PLAIN_TAGS else ""
        if (name, chip) not in self.tags and name not in BLOCKS:
            self.unknown.append(chip)
        stored = self.tags.get((name, chip), "")
        return f'{stored[:-1]} {SAYS}="{escape(says)}">' if stored and says else stored


def _rewrite(fragment: str, open_tag: Callable[[str, str], str]) -> str:
    """Return inline markup, balanced, with its text escaped as the editor does.

    open_tag turns (name, tag) into what stands for it, or "" to drop the tag.
    """
    done, opened, link = [], [], ""
    for piece in pieces(fragment):
        name = piece.name
        if piece.is_text:
            done.append(_normal(piece.raw))
        elif piece.is_end:
            done += _close(opened, name)
        elif name and (tag := open_tag(name, piece.raw)):
            if name == "a":
                if "a" in opened and tag == link:
                    continue
                done += _close(opened, "a")  # no link stands in another: the one that begins ends the one before
                link = tag
            done.append(tag)
            if name not in VOID:
                opened.append(name)
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
    return f"<{name}{attributes}{'/' if name in VOID else ''}>"


def _value(attribute: Attribute | None) -> str:
    return attribute.value if attribute else ""
