"""Links and marks that hold what does not belong to them: the end of the sentence, the words behind, one another."""

import re
from collections import defaultdict
from collections.abc import Iterator

from django.utils.translation import gettext_noop as _

from core.languages import SOURCE

from .findings import ERROR, WARNING, Finding
from .punctuation import last_mark
from .texts import Tag, Text


CHECK = "links"
# How much of the source a link may cover in the translation, in characters: so many times its own, and so many more.
# At the beginning or the end of the text, where in the source something follows, it is nearly always a slip.
_ANYWHERE, _AT_AN_END = (2.2, 5), (1.5, 2.5)
_OUTSIDE = 2  # characters: fewer say nothing, as 的 or 等
_SHOWN = 30
_TAIL = 8
_ABBREVIATION = re.compile(r"(?:(?<!\w)\w{1,3}|\.\w)\.\Z")  # etc., др.


def check_links(source: Text, target: Text, language: str) -> Iterator[Finding]:
    """What is nested is an error for links, a warning for marks; a link that covers far more than in the source is one."""
    yield from _nested(target)
    spans = {chip: (start, end) for start, end, chip in target.chip_spans}
    for start, end, chip in source.chip_spans:
        if chip in spans:
            parts = _Part(source.plain, start, end), _Part(target.plain, *spans[chip])
            yield from _swallowed(chip, *parts, language)


def _nested(target: Text) -> Iterator[Finding]:
    opened: dict[str, list[Tag]] = defaultdict(list)  # the tags of each name that are open
    for tag in target.tags:
        around = opened[tag.name]
        if tag.closing:
            del around[-1:]
            continue
        if around and tag.name == "a":
            message = _("The link %(chip)s stands within the link %(outer)s.")
            yield Finding(ERROR, "chips", message, {"chip": tag.shown, "outer": around[-1].shown})
        elif around and not tag.is_void:
            yield Finding(WARNING, CHECK, _("The mark %(chip)s stands within another one."), {"chip": tag.shown})
        if not tag.is_void:
            around.append(tag)


class _Part:
    """The words of a chip within a text. Sizes are in letters and digits."""

    def __init__(self, text: str, start: int, end: int) -> None:
        self.words = text[start:end].strip()
        self.before, self.size, self.behind = map(_size, (text[:start], text[start:end], text[end:]))
        self.whole = self.before + self.size + self.behind


def _size(text: str) -> int:
    return sum(map(str.isalnum, text))


def _swallowed(chip: str, source: _Part, target: _Part, language: str) -> Iterator[Finding]:
    if not source.size or not target.size:
        return
    end = last_mark(target.words, language)
    if end and not last_mark(source.words, SOURCE) and not _ABBREVIATION.search(target.words[-_TAIL:]):
        message = _("The link or mark %(chip)s goes on to the end of the sentence: “%(end)s” is no part of it.")
        yield Finding(WARNING, CHECK, message, {"chip": chip, "end": target.words[-1]})
        return
    covered = target.size / target.whole * source.whole  # as if it were of the source
    is_at_an_end = (not target.before and source.before >= _OUTSIDE) or (
        not target.behind and source.behind >= _OUTSIDE
    )
    times, more = _AT_AN_END if is_at_an_end else _ANYWHERE
    if covered > source.size * times + more:
        message = _(
            "The link or mark %(chip)s covers much more than in the source: does all of “%(words)s” belong to it?"
        )
        yield Finding(WARNING, CHECK, message, {"chip": chip, "words": _shortened(target.words)})


def _shortened(words: str) -> str:
    return words if len(words) <= 2 * _SHOWN else f"{words[:_SHOWN]} … {words[-_SHOWN:]}"
