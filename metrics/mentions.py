"""Where a figure is mentioned. Whoever publishes sentences registers a finder; metrics knows no page of text."""

from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from django.utils.safestring import SafeString


class Mention(NamedTuple):
    """A page that cites a figure, and the sentences that do: (address of the passage, the sentence as safe markup)."""

    page: Any
    sentences: list[tuple[str, SafeString]]


Finder = Callable[[Iterable[int], str], list[Mention]]

_finders: list[Finder] = []


def register_finder(finder: Finder) -> None:
    """`finder(ids of observations, language)` says which readable pages of that language cite any of them."""
    if finder not in _finders:
        _finders.append(finder)


def find_mentions(observations: Iterable[int], language: str) -> list[Mention]:
    ids = list(observations)
    return [found for finder in _finders for found in finder(ids, language)] if ids else []
