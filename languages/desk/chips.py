"""What the tags of a segment stand for, shown so that translators need not know about tags.

A link to a figure or a school is a token: in a translation it needs no words, since readers see what it points to said in
their language. Where grammar asks for it a translator gives it words of its own (`token_words`). Other links keep their
place and get a translator's words.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from django.db import models
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from wagtail.rich_text import features

from core import cldr
from core.languages import reading
from core.rendering.rich_text import ObjectLinkHandler
from core.segments import Segment
from core.text.chinese import HAN_CHARACTERS
from core.text.fallback import FallbackText
from core.text.tags import BLOCKS, Piece, pieces, plain
from core.text.tags import attributes as attributes_of


TOKENS = {"figure", "school"}  # kinds of links that say their words by themselves
_CHIP = '<{} id="{}">{}</{}>'
_HAN = re.compile(f"[{HAN_CHARACTERS}]")


@dataclass(frozen=True)
class Chip:
    """`label` says what it points to; `token` is what readers see in the language, "" if words are needed.

    `is_token`: it points to a figure or a school that is there. Of a figure, `stated` is its value in Chinese with its
    unit, and `stamp` tells whether that has changed. `is_corrected`: the Chinese words of the link say an earlier one.
    """

    label: str
    token: str = ""
    is_token: bool = False
    stated: str = ""
    stamp: str = ""
    is_corrected: bool = False


Chips = Mapping[str, Mapping[str, Chip]]  # path of a segment -> id of a chip -> what it is


def chips_of(segments: Iterable[Segment], language: str) -> Chips:
    """Of all segments at once: one query for each kind of link."""
    links: dict[str, list[_LinkPlace]] = defaultdict(list)
    found: dict[str, dict[str, Chip]] = defaultdict(dict)
    for segment in segments:
        words = chip_words(segment.text) if segment.chips else {}
        for chip, tag in segment.chips.items():
            attrs = {name: attribute.value for name, attribute in attributes_of(tag).items()}
            found[segment.path][chip] = Chip(attrs.get("href", tag))
            links[attrs.get("linktype", "")].append(_LinkPlace(segment.path, chip, attrs, words.get(chip, "")))
    for kind, places in links.items():
        for place, known in zip(places, _linked_chips(kind, places, language), strict=True):
            if known:
                found[place.path][place.chip] = known
    return found


class _LinkPlace(NamedTuple):
    """A link of a segment: its tag's attributes, and its words in Chinese."""

    path: str
    chip: str
    attributes: dict[str, str]
    words: str


def _linked_chips(kind: str, places: list[_LinkPlace], language: str) -> list[Chip | None]:
    handler = features.get_link_types().get(kind)
    if not (isinstance(handler, type) and issubclass(handler, ObjectLinkHandler)):
        return [None] * len(places)
    objects = handler.get_many([place.attributes for place in places])
    return [
        _chip(handler, obj, place.words, language) if obj else Chip(_("Link to something gone"))
        for obj, place in zip(objects, places, strict=True)
    ]


def _chip(handler: type[ObjectLinkHandler], obj: models.Model, words: str, language: str) -> Chip:
    if handler.identifier not in TOKENS:
        return Chip(handler.label(obj))
    with reading(language):
        words_now = handler.words(obj)
    return Chip(
        label=handler.label(obj),
        # A plain string: the fields of the desk say their language themselves.
        token=words_now[:] if _is_in_language(language, words_now) else "",
        is_token=True,
        stated=handler.stated(obj),
        stamp=handler.stamp(obj),
        is_corrected=handler.contradicts(obj, words),
    )


def _is_in_language(language: str, words: str) -> bool:
    """A name that has not been translated yet comes in Chinese: then somebody has to write the words."""
    is_known = bool(words) and not isinstance(words, FallbackText)
    return is_known and (cldr.script(language) in cldr.HAN or not _HAN.search(words))


class _Place(NamedTuple):
    """A chip in a text: its name, its id, and the markup between its tags; `raw` is all of it as it is written."""

    name: str
    id: str
    words: str
    raw: str


def chip_words(text: str) -> dict[str, str]:
    """{id of a chip: the words between its tags, plain}; '' if there are none. Of chips in others, of the outer one."""
    found: dict[str, str] = {}

    def note(place: _Place) -> str:
        found[place.id] = plain(place.words)
        return place.raw

    _map_chips(text, note)
    return found


def with_chip_words(text: str, words: Mapping[str, str]) -> str:
    """The text with other words, plain, in some of its chips."""

    def replaced(place: _Place) -> str:
        said = words.get(place.id)
        return place.raw if said is None else format_html(_CHIP, place.name, place.id, said, place.name)

    return _map_chips(text, replaced)


def with_lost_words(text: str, chips: Mapping[str, Chip], before: str) -> str:
    """A text that was written for the wording `before`, to be worked on: a token that is not in the source any more, and so
    has no words to be shown, gets those that stood there."""
    own = chip_words(text)
    lost = {chip: words for chip, words in chip_words(before).items() if chip not in chips and own.get(chip) == ""}
    return with_chip_words(text, lost) if lost else text


def expand_tokens(text: str, chips: Mapping[str, Chip]) -> str:
    """A translation with the words that readers will see in place of its tokens: the input of the checks."""

    def expand(place: _Place) -> str:
        chip = chips.get(place.id)
        if chip is None or not chip.token or place.words:
            return place.raw
        return format_html(_CHIP, place.name, place.id, chip.token, place.name)

    return _map_chips(text, expand)


def as_html(text: str, chips: Mapping[str, Chip], *, target: bool) -> SafeString:
    """A segment as HTML for the desk; `text` is a tidy segment. In a target, tokens are locked and filled with their
    words."""

    def chip_html(place: _Place) -> str:
        chip = chips.get(place.id, Chip(_("Unknown link")))
        is_token = target and chip.token and (not place.words or plain(place.words) == chip.token)
        return format_html(
            '<span class="desk-chip{}" data-chip="{}" data-tag="{}" title="{}"{}{}>{}</span>',
            " desk-chip--token" if is_token else "",
            place.id,
            place.name,
            chip.label,
            mark_safe(' contenteditable="false"') if is_token else "",
            format_html(' data-token="{}"', chip.token) if target and chip.token else "",
            chip.token if is_token else mark_safe(place.words),  # noqa: S308 (tidy: only plain tags)
        )

    return mark_safe(_map_chips(text, chip_html))  # noqa: S308 (tidy)


def _map_chips(text: str, function: Callable[[_Place], str]) -> str:
    """`text` with `function` applied to each chip. Of chips within each other only the outer one is asked about."""
    done: list[str] = []
    chip: Piece | None = None
    depth = start = 0  # elements of the chip's name that are open, and where its words begin
    for piece in pieces(text):
        if chip is None:
            if not _is_chip(piece):
                done.append(piece.raw)
            elif piece.is_empty:
                done.append(function(_Place(piece.name, piece.attributes["id"], "", piece.raw)))
            else:
                chip, depth, start = piece, 1, piece.end
        elif piece.name == chip.name:
            depth += -1 if piece.is_end else not piece.is_empty
            if not depth:
                place = _Place(
                    chip.name, chip.attributes["id"], text[start : piece.start], text[chip.start : piece.end]
                )
                done.append(function(place))
                chip = None
    return "".join(done) + (text[chip.start :] if chip else "")


def _is_chip(piece: Piece) -> bool:
    """A paragraph with an id is none: chips stand within a text."""
    return piece.is_start and piece.name not in BLOCKS and bool(piece.attributes.get("id"))
