"""What is wrong at a place of a text, and the table of patterns that find it."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple


Right = str | Callable[[re.Match[str]], str | None] | None


class Slip(NamedTuple):
    """The words from `start` to `end` of a text break a rule of `wording`. `right` is what should stand there, None if that is
    for people to say."""

    rule: str
    start: int
    end: int
    right: str | None = None


class Pattern(NamedTuple):
    """What finds slips: the group `x` of a match, or all of it. `right` is a template of the expression's groups or makes
    the words; a function that returns the words as they are says that nothing is wrong. A text without any of the words
    `needs` has no match, so it need not be looked for."""

    rule: str
    expression: re.Pattern[str]
    right: Right = None
    needs: tuple[str, ...] = ()


_PLAIN = re.compile(r"\(\?P<x>([\u4e00-\u9fff]+(?:\|[\u4e00-\u9fff]+)*)\)(?![?*{])")


def pattern(rule: str, expression: str, right: Right = None, *, needs: str = "") -> Pattern:
    """`needs`: words of which a match holds one, parted by spaces. If the group `x` is one of some words, it is those."""
    plain = _PLAIN.search(expression)
    words = needs.split() or (plain[1].split("|") if plain else [])
    return Pattern(rule, re.compile(expression), right, tuple(words))


def found_by(patterns: Sequence[Pattern], text: str) -> Iterator[Slip]:
    for each in patterns:
        if each.needs and not any(word in text for word in each.needs):
            continue
        for found in each.expression.finditer(text):
            name = "x" if "x" in each.expression.groupindex else 0
            right = _right(each.right, found)
            if right != found[name]:
                yield Slip(each.rule, found.start(name), found.end(name), right)


def without_overlaps(slips: Iterable[Slip]) -> list[Slip]:
    """In the order of the text; of two at one place the longer."""
    kept: list[Slip] = []
    for slip in sorted(slips, key=lambda each: (each.start, -each.end)):
        if not kept or slip.start >= kept[-1].end:
            kept.append(slip)
    return kept


def _right(right: Right, found: re.Match[str]) -> str | None:
    if right is None or isinstance(right, str):
        return None if right is None else found.expand(right)
    return right(found)
