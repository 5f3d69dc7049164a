"""What the tags of a segment stand for, shown so that translators need not know about tags.

A link to a figure or a school is a token: it has no words of its own in a translation: readers see the current name of
what it points to, in their language. Other links keep their place and get a translator's words.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.html import format_html, strip_tags
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from wagtail.rich_text import features
from wagtail.rich_text.rewriters import extract_attrs

from core.languages import reading
from core.rendering.rich_text import ObjectLinkHandler
from core.segments import Segment
from core.text.chinese import HAN_CHARACTERS


TOKENS = {"figure", "school"}  # kinds of links without words of their own
LANGUAGES_WITH_HAN = {"zh-hant", "ja"}
_CHIP = re.compile(r'<([a-z]+) id="([^"]*)"(?:/>|>(.*?)</\1>|>)', re.DOTALL)
_HAN = re.compile(f"[{HAN_CHARACTERS}]")
_TAG = re.compile(r"^<[a-z]+(.*?)/?>$", re.DOTALL | re.IGNORECASE)


@dataclass(frozen=True)
class Chip:
    """`label` says what it points to; `token` is what readers see in the language, "" if words are needed."""

    label: str
    token: str = ""


Chips = Mapping[str, Mapping[str, Chip]]  # path of a segment -> id of a chip -> what it is


def chips_of(segments: Iterable[Segment], language: str) -> Chips:
    """Of all segments at once: one query for each kind of link."""
    links: dict[str, list[tuple[str, str, dict[str, str]]]] = defaultdict(list)
    found: dict[str, dict[str, Chip]] = defaultdict(dict)
    for segment in segments:
        for chip, tag in segment.chips.items():
            attrs = extract_attrs(_TAG.sub(r"\1", tag))
            found[segment.path][chip] = Chip(attrs.get("href", tag))
            links[attrs.get("linktype", "")].append((segment.path, chip, attrs))
    for kind, places in links.items():
        for (path, chip, _attrs), known in zip(
            places, _linked_chips(kind, [a for _p, _c, a in places], language), strict=True
        ):
            if known:
                found[path][chip] = known
    return found


def _linked_chips(kind: str, links: list[dict[str, str]], language: str) -> list[Chip | None]:
    handler = features.get_link_types().get(kind)
    if not (isinstance(handler, type) and issubclass(handler, ObjectLinkHandler)):
        return [None] * len(links)
    objects = handler.get_many(links)
    with reading(language):
        words = [handler.words(obj) if obj and kind in TOKENS else "" for obj in objects]
    return [
        Chip(handler.label(obj), said if _is_in_language(language, said) else "")
        if obj
        else Chip(_("Link to something gone"))
        for obj, said in zip(objects, words, strict=True)
    ]


def _is_in_language(language: str, words: str) -> bool:
    """A name that has not been translated yet comes in Chinese: then somebody has to write the words."""
    return bool(words) and (language in LANGUAGES_WITH_HAN or not _HAN.search(words))


def expand_tokens(text: str, chips: Mapping[str, Chip]) -> str:
    """A translation with the words that readers will see in place of its tokens: the input of the checks."""

    def expand(match: re.Match) -> str:
        chip = chips.get(match[2])
        if chip is None or not chip.token or match[3]:
            return match[0]
        return f'<{match[1]} id="{match[2]}">{chip.token}</{match[1]}>'

    return _CHIP.sub(expand, text)


def as_html(text: str, chips: Mapping[str, Chip], *, target: bool) -> SafeString:
    """A segment as HTML for the desk; `text` is a tidy segment. In a target, tokens are locked and filled with their
    words."""

    def chip_html(match: re.Match) -> str:
        tag, identity, words = match[1], match[2], match[3] or ""
        chip = chips.get(identity, Chip(_("Unknown link")))
        is_token = target and chip.token and (not words or strip_tags(words) == chip.token)
        return format_html(
            '<span class="desk-chip{}" data-chip="{}" data-tag="{}" title="{}"{}>{}</span>',
            " desk-chip--token" if is_token else "",
            identity,
            tag,
            chip.label,
            mark_safe(' contenteditable="false"') if is_token else "",
            chip.token if is_token else mark_safe(words),  # noqa: S308 (tidy: only plain tags)
        )

    return mark_safe(_CHIP.sub(chip_html, text))  # noqa: S308 (tidy)
