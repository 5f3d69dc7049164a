"""Which end goes with which beginning: 江津区以敢 | 于破冰的魄力 make a word together."""

from collections.abc import Iterable, Sequence

from .lines import Kind, Line
from .sentences import begins_within, ends, is_cut, one_word


FAR = 50  # ends: where more lines stop within a sentence, all are cut, and each goes on at once or nowhere


def cut_lines(lines: Sequence[Line]) -> set[int]:
    """The numbers of those that stop within a sentence."""
    return {
        number for number, line in enumerate(lines) if line.is_words and is_cut(line.text) and _alone(lines, number)
    }


def joints(lines: Sequence[Line], cut: set[int]) -> dict[int, int]:
    """{number of the line that stops: number of the one that goes on with it}. What makes a word together goes together,
    wherever it stands; then what begins within a sentence goes with the nearest end before it."""
    open_ends = _open_ends(lines, cut)
    found: dict[int, int] = {}
    taken: set[int] = set()
    for end in sorted(open_ends):
        following = _next_text(lines, end)
        looked_at: Iterable[int] = range(len(lines)) if len(open_ends) <= FAR else filter(None, [following])
        beginnings = [
            number
            for number in looked_at
            if number not in taken
            and number != end
            and lines[number].is_text
            and one_word(lines[end].text, lines[number].text)
        ]
        if beginnings:
            found[end] = min(beginnings, key=lambda number: (number != following, abs(number - end)))
            taken.add(found[end])
    return found | _nearest(lines, open_ends - set(found), taken)


def _nearest(lines: Sequence[Line], ends: set[int], taken: set[int]) -> dict[int, int]:
    """The same for what begins within a sentence and goes with none of these ends for certain."""
    found: dict[int, int] = {}
    before: list[int] = []
    for number, line in enumerate(lines):
        if before and line.is_text and number not in taken and begins_within(line.text):
            found[before.pop()] = number
        if number in ends:
            before.append(number)
    return found


def _open_ends(lines: Sequence[Line], cut: set[int]) -> set[int]:
    """Those that stop for certain; and a long line without an end that what follows goes on with."""
    more = {
        number
        for number, line in enumerate(lines)
        if line.kind is Kind.TEXT and number not in cut and not ends(line.text) and _goes_on(lines, number)
    }
    return cut | more


def _goes_on(lines: Sequence[Line], number: int) -> bool:
    following = _next_text(lines, number)
    if following is None or len(lines[number].text) < 8:
        return False
    after = lines[following].text
    return begins_within(after) or ("，" in lines[number].text and one_word(lines[number].text, after))


def _next_text(lines: Sequence[Line], number: int) -> int | None:
    """The next paragraph; headings and captions may stand between."""
    return next((at for at in range(number + 1, len(lines)) if lines[at].is_text), None)


def _alone(lines: Sequence[Line], number: int) -> bool:
    """Not a line among others like it: verses, names, items."""
    text = lines[number].text.strip()
    if len(text) > 40 or "。" in text:
        return True
    beside = [lines[at] for at in (number - 1, number + 1) if 0 <= at < len(lines)]
    return not any(line.is_words and len(line.text) <= 40 and _is_like(line.text, text) for line in beside)


def _is_like(one: str, other: str) -> bool:
    """Both without an end and about as long."""
    return abs(len(one) - len(other)) <= 6 and (not ends(one) or one.strip()[-1] in "。！？；")
