# ruff: noqa: RUF001  # letters and marks of other scripts
"""Whether a number is what something changes by, to or from."""

import re

from .figures import Figure
from .lexicon import Lexicon


_SENTENCE = re.compile(r"[.!?;؛۔…]\s")
_BEFORE, _AFTER = 64, 24  # characters in which a verb of change is looked for


def change(text: str, figure: Figure, lexicon: Lexicon) -> tuple[str, bool]:
    """By, to or from, after a verb of change; and whether that is of falling."""
    start = max(0, figure.start - _BEFORE)
    breaks = [found.end() for found in _SENTENCE.finditer(text, start, figure.start)]
    before = text[breaks[-1] if breaks else start : figure.start]
    after = text[figure.end : figure.end + _AFTER]
    if not (lexicon.changing.search(before) or lexicon.changing.search(after)):
        return "", False
    falls = bool(lexicon.falling.search(before) or lexicon.falling.search(after))
    hedge = lexicon.hedges.search(before)
    found = lexicon.way.search(before[: hedge.start()] if hedge else before)
    found = found or lexicon.way_after.match(text, figure.end)
    return (str(found.lastgroup) if found else ""), falls
