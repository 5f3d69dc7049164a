"""Facets: what a list can be narrowed by, each value with its count and the address where choosing it leads.

The values that are chosen stand in the address, `?topic=teachers&kind=notice`; whoever lists things counts them.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode


LONGEST = 100  # of a value in the address


@dataclass(frozen=True)
class Value:
    """One value of a facet: how many things have it, and where choosing it (or letting it go) leads."""

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
    """The query of the same list with this value chosen, or let go if it is chosen already: never empty."""
    others = {other: value for other, value in asked.items() if other != name}
    if asked.get(name) != key:
        others[name] = key
    return f"?{urlencode(others)}" if others else "?"


def query_before(asked: Mapping[str, str]) -> str:
    """What is asked as the beginning of a query that goes on: `topic=teachers&`."""
    return f"{urlencode(asked)}&" if asked else ""
