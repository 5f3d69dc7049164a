"""Links in the demo's texts: `{figure:KEY|words}` and `{school:KEY|words}`."""

import re
from collections.abc import Callable
from html import escape

from .records import Text


MARK = re.compile(r"\{(figure|school):([\w-]+)\|([^}]*)\}")


def as_rich_text(text: str, find: Callable[[str, str], int]) -> str:
    """The text with links as the database holds them; `find` gives the primary key for (kind, key)."""

    def link(mark: re.Match) -> str:
        return f'<a linktype="{mark[1]}" id="{find(mark[1], mark[2])}">{mark[3]}</a>'

    return MARK.sub(link, escape(text, quote=False))


def as_segments(text: Text) -> tuple[str, str]:
    """(Chinese, English) as translators see them: a link is a chip, numbered in the order of the Chinese.

    Raises KeyError if the English links to something that the Chinese does not.
    """
    numbers: dict[tuple[str, str], int] = {}
    for mark in MARK.finditer(text["zh"]):
        if numbers.setdefault((mark[1], mark[2]), len(numbers) + 1) != len(numbers):
            raise ValueError(f"Two links to the same thing in one paragraph: {text['zh']}")

    def chip(mark: re.Match) -> str:
        return f'<a id="a{numbers[mark[1], mark[2]]}">{mark[3]}</a>'

    return tuple(MARK.sub(chip, escape(text[code], quote=False)) for code in ("zh", "en"))
