"""Telephone numbers, proportions, and marks with digits such as A4: said again as they are, with other marks between the digits."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from core.numbers.chinese_words import NOT_FIGURES

from .chinese import blanked
from .chinese_calendar import RATIO
from .dates import FOLD


_PHONE = re.compile(
    r"(?<![0-9])(?P<number>(?:\+?86[- ]?)?0[0-9]{2,3}[- ]?[0-9]{3,4}[- ]?[0-9]{4}"
    r"|(?:\+?86[- ]?)?1[3-9][0-9][- ]?[0-9]{4}[- ]?[0-9]{4}|400[- ]?[0-9]{3}[- ]?[0-9]{4})(?![0-9])"
    r"|(?:拨打|致电|电话|热线)[：:为是]? ?(?P<called>[0-9]{3,8}|[0-9]{4}[- ][0-9]{4})(?!-?[0-9]|[人名个次元万])"
)
_CODE = re.compile(NOT_FIGURES)
_TIME = re.compile("(?:[01]?[0-9]|2[0-4])[:：][0-5][0-9]")
DIALLED = re.compile(r"(?<![0-9.,])\+?[0-9](?:[- .()\u00a0]{0,2}[0-9]){6,15}(?![0-9])")
_PROPORTION = re.compile("[0-9]{1,6}[:：][0-9]{1,6}")
_DIGITS = re.compile("[0-9]+")


@dataclass(frozen=True)
class Code:
    """A telephone number, or a mark with digits: A4, 1+2+3."""

    text: str
    span: tuple[int, int]
    is_phone: bool = False


def codes_of(text: str) -> Iterator[Code]:
    phones = [(found, found.lastgroup or 0) for found in _PHONE.finditer(text)]
    for found, name in phones:
        yield Code(found[name], found.span(name), is_phone=True)
    rest = blanked(text, [found.span(name) for found, name in phones])
    for found in _CODE.finditer(rest):
        is_ratio = RATIO.search(text, max(0, found.start() - 6), found.start())
        if _DIGITS.search(found[0]) and (is_ratio or not _TIME.fullmatch(found[0])):
            yield Code(found[0], found.span())


def same_code(code: str, target: str) -> list[tuple[int, int]]:
    """Where the target has the digits of a code, with other marks between them."""
    verbatim = [found.span() for found in re.finditer(re.escape(code), target)]
    if verbatim:
        return verbatim
    runs = _DIGITS.findall(code)
    if not runs or sum(map(len, runs)) > _LONGEST_CODE:
        return []
    digits = r"[^0-9]{0,2}?".join(re.escape(run) if len(runs) > 2 else _spread(run) for run in runs)
    pattern = rf"(?<![0-9])0{{0,2}}{digits.removeprefix('0')}(?![0-9])"
    folded = target.translate(FOLD)
    spans = [found.span() for found in re.finditer(pattern, folded)]
    return spans or (_proportion(runs, folded) if _PROPORTION.fullmatch(code) else [])


def _proportion(runs: list[str], target: str) -> list[tuple[int, int]]:
    """1:12 is one to twelve, and twelve to one."""
    either = "|".join(rf"{one}[^0-9]{{1,12}}{other}" for one, other in (runs, runs[::-1]))
    return [found.span() for found in re.finditer(rf"(?<![0-9.,])(?:{either})(?![0-9])", target)]


_LONGEST_CODE = 40  # digits


def _spread(run: str) -> str:
    """The digits of a telephone number may stand in groups."""
    return "[ .\u00a0-]?".join(run)
