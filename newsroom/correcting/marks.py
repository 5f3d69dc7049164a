"""Links, figures and schools that an editor has marked, in the later words of a paragraph."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from html import escape, unescape

from core.text.tags import pieces


MOST = (
    9_000_000  # letters of one text times those of the other, beyond which only words that stand there once are found
)


@dataclass(frozen=True)
class Letter:
    """`formats` are the names of the tags around it but links; `link` is the tag of its link, or ""."""

    text: str
    formats: tuple[str, ...] = ()
    link: str = ""


@dataclass(frozen=True)
class Mark:
    start: int
    end: int
    link: str
    words: str


def with_marks(earlier: str, later: str) -> tuple[str, list[str]]:
    """(the later words with the links of the earlier ones, the words of links that have no place any more). Both are what
    stands within a paragraph."""
    old, new = letters(earlier), letters(later)
    marks = list(_marks(old))
    if not marks:
        return later, []
    lost = []
    before, after = _said(old), _said(new)
    is_long = len(before) * len(after) > MOST
    matching = [] if is_long else SequenceMatcher(None, before, after, autojunk=False).get_matching_blocks()
    for mark in marks:
        at = _place(mark, after, matching)
        if at is None:
            lost.append(mark.words)
            continue
        for number in range(at, at + mark.end - mark.start):
            new[number] = replace(new[number], link=mark.link)
    return markup_of(new), lost


def _place(mark: Mark, after: str, matching: Sequence[tuple[int, int, int]]) -> int | None:
    """Where the words of a mark stand now: where they stood, else where they are, if that is one place."""
    for old, new, size in matching:
        if old <= mark.start and mark.end <= old + size:
            return new + mark.start - old
    found = after.find(mark.words)
    return found if found >= 0 and after.find(mark.words, found + 1) < 0 else None


def _marks(found: Sequence[Letter]) -> Iterator[Mark]:
    start = 0
    for number in range(1, len(found) + 1):
        if number == len(found) or found[number].link != found[start].link:
            if link := found[start].link:
                yield Mark(start, number, link, _said(found[start:number]))
            start = number


def _said(found: Sequence[Letter]) -> str:
    return "".join(each.text for each in found)


def letters(markup: str) -> list[Letter]:
    """A break of line is a letter as well."""
    found: list[Letter] = []
    opened: list[str] = []
    link = ""
    for piece in pieces(markup):
        if piece.is_text:
            found += [Letter(each, tuple(opened), link) for each in unescape(piece.raw)]
        elif piece.name == "br":
            found.append(Letter("\n", tuple(opened), link))
        elif piece.name == "a":
            link = "" if piece.is_end else piece.raw
        elif piece.is_end:
            if piece.name in opened:
                del opened[opened.index(piece.name) :]
        elif piece.name and not piece.is_empty:
            opened.append(piece.name)
    return found


def markup_of(found: Sequence[Letter]) -> str:
    done: list[str] = []
    link = ""
    formats: tuple[str, ...] = ()
    for each in [*found, Letter("")]:
        if (each.link, each.formats) != (link, formats):
            done += [f"</{name}>" for name in reversed(formats)]
            if each.link != link:
                done += [*(["</a>"] if link else []), *([each.link] if each.link else [])]
            done += [f"<{name}>" for name in each.formats]
            link, formats = each.link, each.formats
        done.append("<br/>" if each.text == "\n" else escape(each.text, quote=False))
    return "".join(done)
