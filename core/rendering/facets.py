"""Facets: what a list can be filtered by: each value with its count and the address that choosing it leads to.

The chosen values are in the address, `?topic=teachers&kind=notice`; the list does the counting.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode


LONGEST = 100  # of a value in the address


@dataclass(frozen=True)
class Value:
    """One value of a facet: how many things have it, and the address that choosing (or removing) it leads to."""

    key: str
    label: Any
    count: int
    is_chosen: bool
    query: str


@dataclass(frozen=True)
class Facet:
    name: str
    label: str
    values: list[Value]


def is_sane(value: str | None) -> bool:
    """Whether a value of the address is worth looking up at all."""
    return bool(value) and len(str(value)) <= LONGEST and "\0" not in str(value)


def values(
    name: str, counted: Iterable[tuple[str, int]], labels: Mapping[str, Any], asked: Mapping[str, str]
) -> list[Value]:
    """The values of a facet in the order in which they were counted; a key without a label is not shown."""
    return [
        Value(key, labels[key], count, asked.get(name) == key, query_with(asked, name, key))
        for key, count in counted
        if key in labels
    ]


def query_with(asked: Mapping[str, str], name: str, key: str) -> str:
    """The query of the same list with this value chosen, or removed if it is chosen already: never empty."""
    others = {other: value for other, value in asked.items() if other != name}
    if asked.get(name) != key:
        others[name] = key
    return f"?{urlencode(others)}" if others else "?"


def query_before(asked: Mapping[str, str]) -> str:
    """The chosen values as the beginning of a query string: `topic=teachers&`."""
    return f"{urlencode(asked)}&" if asked else ""
