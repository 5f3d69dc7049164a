"""Times that a text tells from its day of publication, with what they mean as a tooltip: 去年 of a story of 2023 is 2022.

Who renders a page says of which day its texts are (`told_from`); outside of that nothing is marked. Times within links
are left alone: a link has a title of its own.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date
from html import escape

from ..text.absolute_times import words
from ..text.tags import pieces
from ..text.time_phrases import times_told


_day: ContextVar[date | None] = ContextVar("told_from", default=None)


@contextmanager
def told_from(day: date | None) -> Iterator[None]:
    token = _day.set(day)
    try:
        yield
    finally:
        _day.reset(token)


def day_told_from() -> date | None:
    return _day.get()


def with_times(html: str, code: str, day: date) -> str:
    """Safe markup in this language with `<time title="2026年9月">今年9月</time>` outside of its links."""
    written, links = [], 0
    for piece in pieces(html):
        if piece.name == "a":
            links += -1 if piece.is_end else 1
        written.append(_marked(piece.raw, code, day) if piece.is_text and links <= 0 else piece.raw)
    return "".join(written)


def _marked(raw: str, code: str, day: date) -> str:
    """`raw` is markup: no phrase holds a character that would be written as an entity."""
    written, cursor = [], 0
    for told in times_told(raw, code, day):
        name, value = ("time", f' datetime="{told.time.datetime}"') if told.time.datetime else ("span", "")
        title = escape(words(told.time, code))
        written.append(f'{raw[cursor : told.start]}<{name} class="told"{value} title="{title}">{told.text}</{name}>')
        cursor = told.end
    return "".join([*written, raw[cursor:]]) if written else raw
