"""What Chinese says in a form of its own: times, grades and classes, decades, multiples, shares, halves, 十几, 三五.

The patterns look at a text in simplified characters with digits folded; all are bounded, so the time is linear.
"""

from itertools import islice

from . import chinese_amounts, chinese_calendar
from .figures import Figure


_MOST = 300  # of one form; of a text with more nothing is compared


def constructs(text: str) -> list[Figure]:
    """In the order of the text's kinds, not of the text; what one pattern has read the next does not see."""
    found: list[Figure] = []
    for pattern, reader in (*chinese_calendar.READERS, *chinese_amounts.READERS):
        spans = []
        for match in islice(pattern.finditer(text), _MOST):
            new = list(reader(match, text))
            found += new
            if new:
                spans.append(match.span())
        text = _blotted(text, spans) if spans else text
    return found


def _blotted(text: str, spans: list[tuple[int, int]]) -> str:
    parts, cursor = [], 0
    for start, end in spans:
        parts += [text[cursor:start], "\ufffc" * (end - start)]
        cursor = end
    return "".join([*parts, text[cursor:]])
