"""The paragraphs of a story as they are looked through, and changed where they stand."""

import re
from collections.abc import Callable, Iterator
from functools import partial
from html import unescape
from itertools import pairwise
from typing import NamedTuple

from core.publishing.checklist import shared
from core.publishing.page_texts import change_text
from core.publishing.text_checks import all_texts
from core.text.tags import paragraphs
from news.models import StoryPage

from .slips import Slip


Look = Callable[[str], list[Slip]]
_CHARACTER = re.compile(r"&(?:#[0-9]+|#x[0-9a-fA-F]+|[A-Za-z][A-Za-z0-9]*);|.", re.DOTALL)


class Passage(NamedTuple):
    """A paragraph; `spots` are the places of its characters in what is stored."""

    text: str
    spots: list[tuple[int, int]]


class Placed(NamedTuple):
    place: str
    text: str


def passages(story: StoryPage) -> list[Placed]:
    """Those of all texts of a story, in the order of reading; codes of documents and the like are none."""
    return [
        Placed(each.place, passage.text)
        for each in shared(story, all_texts)
        if each.place not in story.contact_fields
        for passage in _within(each.raw, each.is_markup)
        if passage.text.strip()
    ]


def replace(story: StoryPage, look: Look, rule: str, words: str) -> None:
    """Write what is right wherever the story breaks this rule with these words."""
    for each in list(all_texts(story)):
        if each.place not in story.contact_fields and words[:1] in each.said:
            change_text(story, each.place, partial(_replaced, look, rule, words, each.is_markup))


def _replaced(look: Look, rule: str, words: str, is_markup: bool, raw: str) -> str:
    changes: list[tuple[int, int, str]] = []
    for passage in _within(raw, is_markup):
        for slip in look(passage.text):
            if slip.right is None or slip.rule != rule or passage.text[slip.start : slip.end] != words:
                continue
            spots = passage.spots[slip.start : slip.end]
            if all(one[1] == other[0] for one, other in pairwise(spots)):
                changes.append((spots[0][0], spots[-1][1], slip.right))
    for start, end, right in sorted(changes, reverse=True):
        raw = raw[:start] + right + raw[end:]
    return raw


def is_in_one_piece(story: StoryPage, place: str, words: str) -> bool:
    """Whether no tag parts the words: then one click can write others."""
    return any(each.place == place and words in each.raw for each in shared(story, all_texts))


def _within(raw: str, is_markup: bool) -> Iterator[Passage]:
    if not is_markup:
        yield Passage(raw, [(at, at + 1) for at in range(len(raw))])
        return
    for pieces in paragraphs(raw):
        text: list[str] = []
        spots: list[tuple[int, int]] = []
        for piece in pieces:
            if piece.name == "br":
                text.append("\n")
                spots.append((piece.start, piece.end))
            elif piece.is_text and "&" not in piece.raw:
                text.append(piece.raw)
                spots.extend((at, at + 1) for at in range(piece.start, piece.end))
            elif piece.is_text:
                for found in _CHARACTER.finditer(piece.raw):
                    text.append(unescape(found[0])[:1])
                    spots.append((piece.start + found.start(), piece.start + found.end()))
        yield Passage("".join(text), spots)
