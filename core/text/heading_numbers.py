"""The numbers that headings of Chinese texts begin with (GB/T 9704-2012, 7.3.3): 一、 （一） 1. （1）."""

import re
from collections.abc import Iterable, Iterator


_DIGITS = {character: value for value, character in enumerate("零一二三四五六七八九")}
_CHINESE = "[一二三四五六七八九十]{1,3}"
_KINDS = (
    re.compile(rf"({_CHINESE})、"),
    re.compile(rf"[（(]({_CHINESE})[）)]"),
    re.compile(r"([1-9][0-9]?)[.．、](?![0-9])"),
    re.compile(r"[（(]([1-9][0-9]?)[）)]"),
)


def numbered(heading: str) -> tuple[int, int] | None:
    """(kind of number, from 0 the outermost; value) that a heading begins with; None without one."""
    for kind, pattern in enumerate(_KINDS):
        if found := pattern.match(heading.strip()):
            value = small_number(found[1])
            return (kind, value) if value else None
    return None


def out_of_order(headings: Iterable[str]) -> Iterator[tuple[int, int]]:
    """(place, expected number) of each heading whose number does not follow from those before."""
    counts: dict[int, int] = {}
    for place, heading in enumerate(headings):
        found = numbered(heading)
        if found is None:
            continue
        kind, value = found
        expected = counts.get(kind, 0) + 1
        if value != expected:
            yield place, expected
        counts = {each: count for each, count in counts.items() if each < kind} | {kind: value}


def small_number(numeral: str) -> int:
    """一 to 九十九, or digits; 0 for what is no number."""
    if numeral.isdigit() and numeral.isascii():
        return int(numeral)
    tens, ten, ones = numeral.rpartition("十") if "十" in numeral else ("", "", numeral)
    if not {tens, ones} <= {"", *_DIGITS}:
        return 0
    return (_DIGITS.get(tens, 1) * 10 if ten else 0) + _DIGITS.get(ones, 0)
