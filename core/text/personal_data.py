"""Numbers of people in a text: citizens' identity numbers, telephones, bank cards.

An identity number is told by its form and checksum (GB 11643-1999), a card by the sum of Luhn (ISO/IEC 7812-1), a
telephone by the plan of numbers in China. Full-width digits, and blanks and hyphens between groups, are read over.
All functions are pure and need time linear in the text: each pattern has a fixed length at most.
"""

import re
from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from typing import NamedTuple


class Kind(StrEnum):
    IDENTITY = "identity"
    TELEPHONE = "telephone"
    CARD = "card"


class Number(NamedTuple):
    """`digits` is the number without what parts its groups; it stands from `start` to `end` in the text."""

    kind: Kind
    digits: str
    start: int
    end: int


_FULL_WIDTH = str.maketrans("０１２３４５６７８９Ｘｘ－＋（）\u3000", "0123456789Xx-+() ")
_GAP = r"[ \-\u00a0]?"
# The provinces of GB/T 2260, by the first two digits.
_PROVINCE = r"(?:1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3])"
# Behind G or L it is the number that a pupil is registered with.
_IDENTITY = re.compile(
    rf"(?<![0-9A-FH-KM-Za-fh-km-z]){_PROVINCE}[0-9]{{4}}{_GAP}(?:18|19|20)[0-9]{{2}}{_GAP}[01][0-9]{_GAP}[0-3][0-9]{_GAP}[0-9]{{3}}[0-9Xx]"
    r"(?![0-9A-Za-z])"
)
_CARD = re.compile(rf"(?<![0-9A-Za-z])[3-6][0-9]{{3}}(?:{_GAP}[0-9]){{9,15}}(?![0-9A-Za-z])")
_MOBILE = re.compile(
    rf"(?<![0-9A-Za-z.])(?:\+?86{_GAP})?(?P<own>1[3-9][0-9]{_GAP}[0-9]{{4}}{_GAP}[0-9]{{4}})(?![0-9A-Za-z])"
)
# With the area code, or eight or seven digits behind a word that says what they are.
_LANDLINE = re.compile(
    r"(?<![0-9A-Za-z.])(?P<area>\(0[1-9][0-9]{1,2}\) ?|0[1-9][0-9]{1,2}[- ]?)(?P<own>[2-8][0-9]{3}[ -]?[0-9]{3,4})(?![0-9A-Za-z])"
)
_LOCAL = re.compile(r"(?:电话|手机|传真|致电|拨打|热线|座机)[^0-9\n]{0,6}(?P<own>[2-8][0-9]{6,7})(?![0-9A-Za-z年月日])")
_BARE = re.compile(r"(?<![0-9])[0-9]{7,11}(?![0-9])")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"
_NOT_DIGITS = re.compile(r"[^0-9Xx]")


def personal_numbers(text: str) -> list[Number]:
    """All of them in the order of the text; none within another one."""
    folded = text.translate(_FULL_WIDTH)
    taken = bytearray(len(folded))
    found = []
    for number in (*_identities(folded), *_cards(folded), *_telephones(folded)):  # in the order of how sure they are
        if taken.find(1, number.start, number.end) < 0:
            taken[number.start : number.end] = b"\1" * (number.end - number.start)
            found.append(number)
    return sorted(found, key=lambda each: each.start)


def masked(number: str) -> str:
    """An identity number as it may be shown: where somebody is registered, not when they were born nor which of those
    born there they are; a telephone or a card with its last four digits at most."""
    places = [place for place, character in enumerate(number) if character.isalnum()]
    first, last = (6, 2) if len(places) == 18 else (3, 4)
    hidden = set(places[first:-last])
    return "".join("*" if place in hidden else character for place, character in enumerate(number))


def is_identity_number(digits: str) -> bool:
    """Eighteen characters: a place, a day that there was, a number, and the checksum of GB 11643-1999."""
    try:
        born = date(int(digits[6:10]), int(digits[10:12]), int(digits[12:14]))
    except ValueError:
        return False
    total = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, digits, strict=False))
    return born.year >= 1800 and _CHECKS[total % 11] == digits[17].upper()


def is_card_number(digits: str) -> bool:
    """Whether the sum of Luhn is right. One digit over and over is no card."""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (1 + place % 2)
        total += value - 9 if value > 9 else value
    return total % 10 == 0 and len(set(digits)) > 2


def telephone_digits(text: str) -> set[str]:
    """The telephones in a text that is known to hold some, without country code, area code and gaps."""
    folded = text.translate(_FULL_WIDTH)
    return {each.digits for each in _telephones(folded)} | set(_BARE.findall(folded))


def _identities(text: str) -> Iterator[Number]:
    for found in _IDENTITY.finditer(text):
        digits = _NOT_DIGITS.sub("", found[0])
        if is_identity_number(digits):
            yield Number(Kind.IDENTITY, digits.upper(), found.start(), found.end())


def _cards(text: str) -> Iterator[Number]:
    for found in _CARD.finditer(text):
        digits = _NOT_DIGITS.sub("", found[0])
        if is_card_number(digits):
            yield Number(Kind.CARD, digits, found.start(), found.end())


def _telephones(text: str) -> Iterator[Number]:
    for pattern in (_MOBILE, _LANDLINE):
        for found in pattern.finditer(text):
            yield Number(Kind.TELEPHONE, _NOT_DIGITS.sub("", found["own"]), found.start(), found.end())
    for found in _LOCAL.finditer(text):
        yield Number(Kind.TELEPHONE, found["own"], found.start("own"), found.end())
