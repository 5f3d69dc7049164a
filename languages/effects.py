"""What a phrase of traditional Chinese would change besides the word it is for."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from core.languages import source_columns
from core.segments import extract
from core.text.traditional import words_of, words_with

from .conversion import Conversion, conversion
from .desk.originals import source_name
from .reconversion import having


MOST_WORDS, MOST_PLACES, MOST_OBJECTS = 12, 12, 200


@dataclass(frozen=True)
class Change:
    """Words that would be written otherwise, and where they stand on the site, if they do."""

    before: str
    after: str
    where: str = ""

    def __str__(self) -> str:
        return f"{self.before} → {self.after}" + (f" ({self.where})" if self.where else "")


def of_phrase(simplified: str, traditional: str) -> list[Change]:
    """Words in which the phrase is no word of its own, as the site's texts have them, and as the dictionary has.

    A phrase of one character is in other words (公里 for 里); a longer one across two of them (学生发展 for 生发). What is
    made of it is meant: 软件园 for 软件.
    """
    now = conversion().without(simplified)
    then = now.with_phrase(simplified, traditional)
    alone = now.convert(simplified)
    in_texts = _worst_first(_in_texts(simplified, now, then), alone)[:MOST_PLACES]
    known = {change.before for change in in_texts}
    others = words_with(simplified) if len(simplified) == 1 else []
    words = (Change(now.convert(word), then.convert(word)) for word in others)
    changed = (change for change in words if change.before != change.after and change.before not in known)
    return [*in_texts, *_worst_first(changed, alone)[:MOST_WORDS]]


def _worst_first(changes: Iterable[Change], alone: str) -> list[Change]:
    """Those first in which the phrase is another word, written otherwise than it is alone: 公里, where 里 alone is 裏."""
    return sorted(changes, key=lambda change: alone in change.before)


def _in_texts(simplified: str, now: Conversion, then: Conversion) -> Iterator[Change]:
    """The words around each place where the phrase begins or ends within a word: 学生发展 for 生发."""
    seen = set()
    for obj in islice(having(simplified), MOST_OBJECTS):
        with source_columns():
            segments = extract(obj)
        for segment in segments:
            for words in _across(segment.text, simplified):
                change = Change(now.convert(words), then.convert(words), source_name(obj))
                if words not in seen and change.before != change.after:
                    seen.add(words)
                    yield change


def _across(text: str, phrase: str) -> Iterator[str]:
    if phrase not in text:
        return
    edges = [0]
    for word in words_of(text):
        edges.append(edges[-1] + len(word))
    start = text.find(phrase)
    while start >= 0:
        end = start + len(phrase)
        first, last = max(edge for edge in edges if edge <= start), min(edge for edge in edges if edge >= end)
        is_within = len(phrase) > 1 and last - first == len(next(iter(words_of(text[first:last])), ""))
        if (first, last) != (start, end) and not is_within:
            yield text[first:last]
        start = text.find(phrase, end)
