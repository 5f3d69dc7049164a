"""The school directory, narrowed and ordered by its address: /schools/?stage=…&town=…&q=…&sort=…&page=…

A district has some hundreds of schools, so all is worked out from one light row for each: facets with their counts,
names in any spelling, order, and what stands on a page. The number of queries is always the same.
"""

from collections import Counter
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from typing import Any

from django.core.paginator import InvalidPage, Page, Paginator
from django.db.models import QuerySet
from django.http import Http404, QueryDict

from core.caching.kept import KeptValues
from core.languages import SOURCE, column
from core.queries.narrow import reading_state
from core.queries.prepared import prepared
from core.rendering.facets import Facet, query_before, values
from core.text.chinese import fold
from core.text.fallback import in_source
from core.text.pinyin import pinyin_tokens, spelt, syllables
from core.text.traditional import Standard, to_traditional

from .choices import Setting, Stage, Status
from .labels import COMMAS, facet_labels, no_year


PER_PAGE = 200  # all schools of a district, as a rule
MOST_VALUES = 30  # of one facet: a district has about as many towns
LONGEST_NAME = 60
SORTS = ("stage", "name", "opened")
CHOICES: dict[str, Any] = {"stage": Stage, "setting": Setting, "status": Status}
BODIES = ("town", "group", "zone")
FACETS = ("stage", "town", "group", "zone", "setting", "status")
ALSO_NAMED_IN = "en"
_DIGITS = str.maketrans("一二三四五六七八九", "123456789")


@dataclass(frozen=True)
class Names:
    """What a school is found by: its names folded, and how they are typed in pinyin. The page's script reads both."""

    text: str
    said: str

    def have(self, words: list[str]) -> bool:
        return all(word in self.text or f" {spelt(word)}" in self.said for word in words)


@lru_cache(maxsize=4096)
def names_of(names: tuple[str, ...]) -> Names:
    """('双福六小', '双福实验小学'): also as 双福6小, in traditional characters, as shuangfuliuxiao and as sflx."""
    folded = fold(" ".join(names))
    said = [token for name in names for token in pinyin_tokens(name)]
    traditional = (to_traditional(folded, standard) for standard in Standard)
    forms = dict.fromkeys((folded, folded.translate(_DIGITS), *traditional))
    return Names(" ".join(forms), f" {' '.join(said)}" if said else "")


@dataclass(frozen=True)
class Row:
    """One school as far as narrowing and ordering need it; `values` and `labels` are by facet."""

    pk: int
    name: str
    values: dict[str, str]
    labels: dict[str, Any]
    opened: int | None
    place: tuple[int, str]
    names: Names
    is_in_language: bool


@dataclass(frozen=True)
class Group:
    """Schools under one heading: a stage, a first letter or a year."""

    key: str
    heading: Any
    stage: str
    schools: list[Any]


class Directory:
    """Schools that may be read, narrowed by what the address asks for; what is not known there counts as not asked.

    They are found by their names in `language`, in Chinese, and in English if that is among the open languages.
    `section` is the key of the page that the schools stand below: their rows are kept until something changes. Two
    queries. Raises Http404 for a page that is not there.
    """

    def __init__(
        self, schools: QuerySet, language: str, query: QueryDict, open_codes: Iterable[str] = (), section: int = 0
    ) -> None:
        self.schools = schools
        self.language = language
        codes = frozenset(open_codes)
        self.q = " ".join(query.get("q", "").replace("\0", "")[:LONGEST_NAME].split())
        self.sort = query["sort"] if query.get("sort") in SORTS else SORTS[0]
        key = (section, reading_state(), language, codes, self.sort)
        self.rows = _kept_rows.get(key, lambda: sorted(_rows(schools, language, codes), key=self._order))
        self._labels = _kept_labels.get(key[:-1], lambda: _labels(self.rows))
        self.narrowing = {name: query[name] for name in FACETS if query.get(name) in self._labels.get(name, ())}
        self.chosen = self.narrowing | ({"q": self.q} if self.q else {})
        self.asked = self.chosen | ({"sort": self.sort} if self.sort != SORTS[0] else {})
        self.page = self._page(query.get("page") or "1")
        self.groups = self._groups()

    # What is found ---------------------------------------------------------------------------------

    def narrowed(self, *, is_in_language: bool | None = None, but: str = "") -> list[Row]:
        """The schools that have every chosen value, but for one facet's: all, or those in the language or not in it. They
        are in order. Nobody may change the list."""
        words = fold(self.q).split()
        rows = self.rows
        if is_in_language is not None:
            rows = [row for row in rows if row.is_in_language == is_in_language]
        for name, value in self.narrowing.items():
            if name != but:
                rows = [row for row in rows if row.values.get(name) == value]
        return [row for row in rows if row.names.have(words)] if words else rows

    def _page(self, number: str) -> Page:
        try:
            page = Paginator(self.narrowed(is_in_language=True), PER_PAGE).page(number)
        except InvalidPage as error:
            raise Http404("There is no such page of the directory.") from error
        chinese = self.narrowed(is_in_language=False) if page.number == 1 else []
        self._loaded = self._load([*page, *chinese[:PER_PAGE]])
        self.in_chinese_only = self._schools(chinese)
        return page

    def _load(self, rows: list[Row]) -> dict[int, Any]:
        """The schools of these rows, each with the names it is found by: one query."""
        names = {row.pk: row.names for row in rows}
        found = {school.pk: school for school in _listed(self.schools.model, list(names))}
        for pk, school in found.items():
            school.found_by = names[pk]
        return found

    def _schools(self, rows: list[Row]) -> list[Any]:
        return [self._loaded[row.pk] for row in rows if row.pk in self._loaded]

    # Order -----------------------------------------------------------------------------------------

    def _order(self, row: Row) -> tuple[Any, ...]:
        """By stage schools stand as editors put them; by name and by year as a reader looks for them."""
        if self.sort == "name":
            return (_letter(row.name) == "", _said(row.name), row.place)
        if self.sort == "opened":
            return (row.opened is None, -(row.opened or 0), _said(row.name))
        return row.place

    def _heading(self, row: Row) -> tuple[str, Any, str]:
        """(key, heading, stage) of what a school stands under."""
        if self.sort == "name":
            letter = _letter(row.name)
            return (letter or "other", letter or "#", "")
        if self.sort == "opened":
            return (str(row.opened or "none"), row.opened or no_year(), "")
        stage = row.values["stage"]
        return (stage, row.labels["stage"], stage)

    def _groups(self) -> list[Group]:
        grouped = groupby(self.page.object_list, key=self._heading)
        return [Group(*heading, self._schools(list(rows))) for heading, rows in grouped]

    @property
    def listed(self) -> list[Any]:
        return [school for group in self.groups for school in group.schools]

    @property
    def shown(self) -> int:
        """How many schools are found, those in Chinese only with them."""
        return self.page.paginator.count + len(self.in_chinese_only)

    @property
    def is_whole(self) -> bool:
        """Whether every school of the language stands on this page, so that the page itself can narrow it."""
        return not self.q and not self.page.has_other_pages()

    # Addresses -------------------------------------------------------------------------------------

    def facets(self) -> list[Facet]:
        """Each facet by which what is found can be made less, and those that are chosen."""
        facets = [self._facet(name) for name in FACETS]
        return [facet for facet in facets if facet is not None]

    def _facet(self, name: str) -> Facet | None:
        rows = self.narrowed(but=name)
        labels = self._labels.get(name, {})
        counts = Counter(row.values[name] for row in rows if name in row.values)
        if name in self.narrowing:
            counts[self.narrowing[name]] += 0
        elif all(count == len(rows) for count in counts.values()):
            return None
        counted = sorted(counts.items(), key=lambda pair: _place_of_value(name, *pair))[:MOST_VALUES]
        return Facet(name, facet_labels()[name], values(name, counted, labels, self.asked))

    def sorts(self) -> Iterator[tuple[str, str, bool]]:
        """(name, query, whether it is the one in use) of each order."""
        for name in SORTS:
            asked = self.chosen | ({"sort": name} if name != SORTS[0] else {})
            yield name, f"?{query_before(asked).rstrip('&')}", name == self.sort

    @property
    def query(self) -> str:
        return query_before(self.asked)


_kept_rows: KeptValues[list[Row]] = KeptValues()
_kept_labels: KeptValues[dict[str, dict[str, Any]]] = KeptValues()


def _labels(rows: Iterable[Row]) -> dict[str, dict[str, Any]]:
    """The label of each value of each facet that any school has."""
    found: dict[str, dict[str, Any]] = {}
    for row in rows:
        for name, value in row.values.items():
            found.setdefault(name, {})[value] = row.labels[name]
    return found


@prepared
def _listed(model: Any, ids: Iterable[int]) -> QuerySet:
    """The schools with these keys, with what a list shows."""
    return model.objects.for_listing().filter(pk__in=ids)


def _place_of_value(name: str, key: str, count: int) -> tuple[Any, ...]:
    """Where a value stands in its facet: closed lists in their own order, others with the commonest first."""
    return (CHOICES[name].values.index(key),) if name in CHOICES else (-count, key)


def _rows(schools: QuerySet, language: str, open_codes: Container[str]) -> Iterator[Row]:
    """All schools that may be read, published in the language or not: one query."""
    codes = list(dict.fromkeys((language, SOURCE, *([ALSO_NAMED_IN] if ALSO_NAMED_IN in open_codes else []))))
    titles = [column("title", code) for code in codes]
    officials = [column("official_name", code) for code in codes]
    bodies = {name: (f"{name}__key", *(f"{name}__{column('name', code)}" for code in codes[:2])) for name in BODIES}
    wanted = [*titles, *officials, *(field for fields in bodies.values() for field in fields)]
    found = schools.readable().values("pk", "path", "stage", "setting", "status", "opened_year", "other_names", *wanted)
    for row in found:
        chosen = {name: row[name] for name in CHOICES if row[name] and row[name] != Status.EXISTING}
        labels: dict[str, Any] = {name: str(CHOICES[name](value).label) for name, value in chosen.items()}
        for name, (key, *names) in bodies.items():
            if row[key]:
                chosen[name], labels[name] = row[key], row[names[0]] or in_source(_first(row, names)) or row[key]
        aliases = (alias.strip() for alias in COMMAS.split(row["other_names"]))
        named = (*(row[field] for field in (*titles, *officials)), *aliases)
        yield Row(
            pk=row["pk"],
            name=_first(row, titles),
            values=chosen,
            labels=labels,
            opened=row["opened_year"],
            place=(Stage.values.index(row["stage"]), row["path"]),
            names=names_of(tuple(dict.fromkeys(filter(None, named)))),
            is_in_language=bool(row[titles[0]]),
        )


def _first(row: dict[str, Any], fields: list[str]) -> str:
    return next((row[field] for field in fields if row[field]), "")


def _said(name: str) -> str:
    """A name as dictionaries order it: Chinese by its pinyin, everything folded."""
    said = dict(syllables(name))
    return " ".join([said.get(place, fold(character)) for place, character in enumerate(name)]) if said else fold(name)


def _letter(name: str) -> str:
    """The letter that a name stands under; empty if it begins with none."""
    first = _said(name)[:1]
    return first.upper() if first.isalpha() else ""
