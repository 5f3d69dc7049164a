"""How one text differs from another, to be shown to people."""

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import NamedTuple

from . import tags
from .scripts import CJK


# A number or a word stays whole; in Chinese, Japanese and Korean each character is by itself.
_WORD = re.compile(rf"[0-9][0-9.,%]*[0-9%]|[^\W{CJK}]+|.", re.DOTALL)


class Piece(NamedTuple):
    """`kind` is "same", "gone" or "new"."""

    kind: str
    text: str


def differences(before: str, after: str) -> Iterator[Piece]:
    """The pieces of both texts in order: word by word, character by character in Chinese."""
    old, new = _units(before), _units(after)
    for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            yield Piece("same", "".join(old[a:b]))
            continue
        if b > a:
            yield Piece("gone", "".join(old[a:b]))
        if d > c:
            yield Piece("new", "".join(new[c:d]))


def _units(text: str) -> list[str]:
    """What is gone or new as a whole: a tag, a number, a word, a Chinese character."""
    found = ((_WORD.findall(piece.raw) if piece.is_text else [piece.raw]) for piece in tags.pieces(text))
    return [unit for units in found for unit in units]
