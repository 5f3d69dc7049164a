"""How one text differs from another, to be shown to people."""

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import NamedTuple


_PIECE = re.compile(r"<[^>]*>|[a-zA-Z0-9.,%]+|.", re.DOTALL)  # a tag, a number or a word stays whole


class Piece(NamedTuple):
    """`kind` is "same", "gone" or "new"."""

    kind: str
    text: str


def differences(before: str, after: str) -> Iterator[Piece]:
    """The pieces of both texts in order: character by character in Chinese."""
    old, new = _PIECE.findall(before), _PIECE.findall(after)
    for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            yield Piece("same", "".join(old[a:b]))
            continue
        if b > a:
            yield Piece("gone", "".join(old[a:b]))
        if d > c:
            yield Piece("new", "".join(new[c:d]))
