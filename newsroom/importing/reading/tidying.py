"""Words as they are meant: without the blanks and breaks that only placed them on a sheet of paper.

* blanks at the beginning (two full-width ones are the indent of Chinese paragraphs) and at the end are dropped;
* several blanks in a row, full-width ones and tabs among them, become one; beside Chinese punctuation, none;
* a break of line within a paragraph parts two paragraphs, joins two lines, or stays, by what stands around it.

A single blank between two words stays, also between Chinese ones: 源头活水 受益一生 is two halves of a motto.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from core.text.scripts import CJK, WIDE

from ..document import Span, Words, said
from ..met import Met
from .ledger import Ledger


BLANKS = " \t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
_BLANKS = re.compile(f"[{BLANKS}]+")
_INDENT = re.compile(f"(?:[{BLANKS}]{{2,}}|\\u3000|\t)")
_PUNCTUATION = "，。、；：？！”’）》】」』〉…"
_BESIDE_PUNCTUATION = re.compile(rf" (?=[{_PUNCTUATION}])|(?<=[{_PUNCTUATION}]) (?=[{CJK}“‘（《【「『〈])")
_OPENING = re.compile(r"(?<=[“‘（《【「『〈]) | (?=[）》】」』〉])")
_ENDS = re.compile(r"[。！？；：!?;:…—][”’）」』》\"']*$|[”」』）]$")
_WIDE = re.compile(f"[{WIDE}“”‘’…—]")
KEPT = 60  # characters of a line that are looked at: more than of a full one
FULL_LINE = 18  # characters: a line that is as long was broken because it was full


@dataclass
class Tidied:
    """What had to be done."""

    indents: int = 0
    spaces: int = 0
    breaks: int = 0

    def add(self, other: "Tidied") -> None:
        self.indents += other.indents
        self.spaces += other.spaces
        self.breaks += other.breaks

    def note(self, ledger: Ledger) -> None:
        for kind, count in ((Met.INDENT, self.indents), (Met.SPACES, self.spaces), (Met.BREAK, self.breaks)):
            if count:
                ledger.changed(kind, count=count)


def tidied(words: Iterable[Span], done: Tidied) -> list[Words]:
    """The paragraphs that a paragraph is: none if it says nothing, several if breaks of line part it."""
    paragraphs: list[list[Span]] = []
    before = ""  # the end of the line before, with what it was joined to
    for number, line in enumerate(_lines(words)):
        text = said(line)
        clean = one_line(line, done if number == 0 or not _INDENT.match(text) else Tidied())
        done.breaks += number > 0
        joint = _joint(before, text, said(clean)) if number else None
        if joint is None:
            paragraphs.append(list(clean))
        else:
            paragraphs[-1] += [_like(paragraphs[-1], joint), *clean]
        before = (said(clean) if joint in (None, "\n") else before + said(clean))[-KEPT:]
    return [merged(each) for each in paragraphs if said(each).strip()]


def one_line(words: Sequence[Span], done: Tidied | None = None) -> Words:
    """Without needless blanks; a break of line counts as one."""
    done = done or Tidied()
    text = said(words).replace("\n", " ")
    keep = [True] * len(text)
    for found in _BLANKS.finditer(text):
        for place in range(found.start() + 1, found.end()):
            keep[place] = False
    begins, ends = len(text) - len(text.lstrip()), len(text.rstrip())
    for place in (*range(begins), *range(ends, len(text))):
        keep[place] = False
    done.indents += bool(_INDENT.match(text))
    inner = text[begins:ends]
    done.spaces += sum(len(found[0]) > 1 for found in _BLANKS.finditer(inner))
    _drop_beside_punctuation(text, keep)
    return merged(_kept(words, keep))


def _kept(words: Sequence[Span], keep: Sequence[bool]) -> Iterator[Span]:
    """Words without the letters that are not kept; all blanks are plain ones."""
    start = 0
    for span in words:
        marked = zip(span.text, keep[start : start + len(span.text)], strict=True)
        start += len(span.text)
        text = "".join(letter for letter, is_kept in marked if is_kept)
        if text:
            yield replace(span, text=_BLANKS.sub(" ", text.replace("\n", " ")))


def _drop_beside_punctuation(text: str, keep: list[bool]) -> None:
    places = [place for place, is_kept in enumerate(keep) if is_kept]
    shown = "".join(" " if _BLANKS.fullmatch(text[place]) else text[place] for place in places)
    for pattern in (_BESIDE_PUNCTUATION, _OPENING):
        for found in pattern.finditer(shown):
            keep[places[found.start()]] = False


def merged(words: Iterable[Span]) -> Words:
    """With one span for all neighbours that look alike; blanks look like what stands before them."""
    done: list[Span] = []
    for alike, spans in groupby(words, key=lambda span: replace(span, text="")):
        text = "".join(span.text for span in spans)
        is_blank = not text.strip() and not alike.href
        if done and ((is_blank and not done[-1].href) or replace(done[-1], text="") == alike):
            done[-1] = replace(done[-1], text=done[-1].text + text)
        elif text:
            done.append(replace(alike, text=text))
    return tuple(done)


def _lines(words: Iterable[Span]) -> Iterator[list[Span]]:
    line: list[Span] = []
    for span in words:
        first, *others = span.text.split("\n")
        line.append(replace(span, text=first))
        for text in others:
            yield line
            line = [replace(span, text=text)]
    yield line


def _joint(before: str, raw: str, after: str) -> str | None:
    """What stands between two lines instead of the break; None if they are two paragraphs."""
    if not before.strip() or not after or _INDENT.match(raw) or _ENDS.search(before):
        return None
    if len(before) < FULL_LINE:
        return "\n"
    return "" if _WIDE.match(before[-1]) or _WIDE.match(after[0]) else " "


def _like(words: Sequence[Span], text: str) -> Span:
    return replace(words[-1], text=text, href="") if words else Span(text)


def joined(words: Words) -> Words:
    """On one line, as a heading is: breaks are blanks."""
    return one_line(words)


def with_prefix(prefix: str, words: Words) -> Words:
    """A number or a mark before words, looking as they do."""
    if not prefix:
        return words
    gap = "" if _WIDE.match(prefix[-1]) else " "
    first = words[0] if words else Span("")
    return merged([replace(first, text=prefix + gap, href=""), *words])


def without_first(words: Words, count: int) -> Words:
    """Words without their first characters."""
    left: list[Span] = []
    for span in words:
        left.append(replace(span, text=span.text[count:]))
        count = max(0, count - len(span.text))
    return merged(left)
