"""The names of schools in a text. Pure, but for `known_names`, which reads them all at once.

One of the other names of a school may say in brackets from when to when it was the school's: 双福小学（1998—2015）. A text of
another time does not mean the school by it.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from django.db.models import QuerySet

from core.languages import SOURCE, column
from core.models import BasePage
from core.publishing.offers import day_of
from core.queries.prepared import prepared

from .models import SchoolPage


SHORTEST = 3  # characters of a name: shorter ones are words, too
_SEPARATORS = re.compile("[,，、;；]")
_DATES = re.compile(
    r"\s*[(（]\s*(?:自|从)?(?P<first>[0-9]{4})?年?\s*[—–~～至到起-]{0,2}\s*(?P<last>[0-9]{4})?年?\s*[)）]\s*\Z"
)
# What makes another name, or no name at all, of the characters before it: 江津中学附属小学, 江津中学生.
_OTHER = re.compile(r"附属|附小|附中|(?<=[中小大]学)生(?![源均态活物机动长命涯])")
# 江津中学滨江校区 is not 江津中学; 江津中学新校区 is, and 江津中学师生走进双福校区 begins with it.
_CAMPUS = re.compile(r"([\u4e00-\u9fff]{1,4})(?:校区|分校)")
_NO_CAMPUS = re.compile(r"[的和与及在各将等了是为有把从到师生走赴往搬迁]|\A[新老本主原两]\Z")


class Name(NamedTuple):
    """A name that stands in a text, and the key of the school that it is of."""

    words: str
    school: int
    start: int

    @property
    def end(self) -> int:
        return self.start + len(self.words)


class Names:
    """What schools are called: {name: key of the school}."""

    def __init__(self, names: Iterable[tuple[str, int]]) -> None:
        self._by_beginning: dict[str, list[tuple[str, int]]] = defaultdict(list)
        for words, school in sorted(names, key=lambda item: -len(item[0])):
            self._by_beginning[words[:2]].append((words, school))
        beginnings = "|".join(map(re.escape, self._by_beginning))
        self._begins = re.compile(beginnings or r"(?!)")

    def __bool__(self) -> bool:
        return bool(self._by_beginning)

    def found_in(self, text: str) -> Iterator[Name]:
        """The longest name at each place, none within another one. A known name that goes on as the name of a campus that is
        not known is neither."""
        at = 0
        while found := self._begins.search(text, at):
            at = found.start()
            for words, school in self._by_beginning[found[0]]:
                if text.startswith(words, at):
                    end = at + len(words)
                    if not _goes_on(text, end):
                        yield Name(words, school, at)
                    at = end
                    break
            else:
                at += 1


def _goes_on(text: str, end: int) -> bool:
    campus = _CAMPUS.match(text, end)
    return bool(_OTHER.match(text, end)) or (campus is not None and not _NO_CAMPUS.search(campus[1]))


class Dated(NamedTuple):
    """A name, and the years in which it was the school's; None if that is not said."""

    words: str
    first: int | None = None
    last: int | None = None

    def holds_on(self, day: date) -> bool:
        return (self.first or 0) <= day.year <= (self.last or date.max.year)


def dated_names(other_names: str) -> list[Dated]:
    """Those that are written with commas between them."""
    return [_dated(words.strip()) for words in _SEPARATORS.split(other_names) if words.strip()]


def _dated(words: str) -> Dated:
    """（2015） alone is the one year."""
    found = _DATES.search(words)
    if not found or not (found["first"] or found["last"]):
        return Dated(words)
    first, last = (int(found[group]) if found[group] else None for group in ("first", "last"))
    is_one_year = last is None and not re.search("[—–~～至到起-]", found[0])
    return Dated(words[: found.start()], first, first if is_one_year else last)


def without_years(words: str) -> str:
    """As it is, if it says none."""
    return _dated(words).words if _DATES.search(words) else words


def names_for(page: BasePage) -> Names:
    """`known_names` of the day of the page, for checks that share them."""
    return known_names(day_of(page))


def known_names(day: date) -> Names:
    """What schools that readers may see are called in a text of this day: one query. A name that two schools have then belongs
    to neither."""
    owners: dict[str, set[int]] = defaultdict(set)
    for key, title, official, others in _named():
        dated = dated_names(others or "")
        past = {each.words for each in dated if not each.holds_on(day)} - {
            each.words for each in dated if each.holds_on(day)
        }
        for name in (title, official, *(each.words for each in dated)):
            if len(cleaned := (name or "").strip()) >= SHORTEST and cleaned not in past:
                owners[cleaned].add(key)
    return Names((name, keys.pop()) for name, keys in owners.items() if len(keys) == 1)


@prepared
def _named() -> QuerySet[SchoolPage, tuple[int, str, str, str]]:
    columns = [column("title", SOURCE), column("official_name", SOURCE), "other_names"]
    return SchoolPage.objects.readable().values_list("pk", *columns)
