"""What may have been meant when nothing was found: names that are nearly the query, or sound nearly like it."""

from collections.abc import Iterable, Sequence

from core.text.chinese import fold
from core.text.pinyin import syllables

from .asking import Asked


LONGEST = 40  # characters of a name and of a query that are compared
NEAR = 0.34  # of the longer one's letters may differ
MEANT = 4


def similar(names: Iterable[str], asked: Asked) -> list[str]:
    """At most MEANT names that are near the query, the nearest first."""
    typed = _forms(asked.text)
    near = [(min(_difference(a, b) for a, b in zip(typed, _forms(name), strict=True)), name) for name in names]
    return [name for difference, name in sorted(near) if difference <= NEAR][:MEANT]


def _forms(text: str) -> tuple[str, str]:
    """As written, and as said."""
    short = text[:LONGEST]
    said = "".join(syllable for _place, syllable in syllables(short))
    return "".join(fold(short).split()), said or "".join(fold(short).split())


def _difference(one: str, other: str) -> float:
    """The share of letters that must change to make one of the other: 0 to 1."""
    longer = max(len(one), len(other))
    if not longer or abs(len(one) - len(other)) > longer * NEAR:
        return 1.0
    return _distance(one, other) / longer


def _distance(one: Sequence[str], other: Sequence[str]) -> int:
    """Levenshtein's: insertions, deletions and changes."""
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        above, row = row, [i]
        for j, b in enumerate(other, 1):
            row.append(min(above[j] + 1, row[j - 1] + 1, above[j - 1] + (a != b)))
    return row[-1]
