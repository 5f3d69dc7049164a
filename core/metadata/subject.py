"""What a response is about, as its page type or its view hands it to those who describe it: the head, structured data,
feeds, the links to other languages.

It stands in the context under one name, `subject`, and is typed: nobody looks for anything else there. A page type
with more to tell has a subclass of its own, and a describer for that (`facts.describes`).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from ..languages import SOURCE
from ..models import BasePage, TranslatedMixin


Feed = tuple[str, str]  # its title, and its path


@dataclass(frozen=True, kw_only=True)
class Subject:
    page: BasePage | None = None
    thing: TranslatedMixin | None = None
    """What the page shows and is no page itself, as the page of all figures shows one metric below it."""
    is_in_every_language: bool = False
    """Whether it is the words of the portal only, as the site map is, and has no page to say where it is published."""
    query: str = ""
    """What is kept of the address when a reader changes the language: `?q=…`."""
    number: int = 1
    """Which page of a list. A list narrowed or ordered by its address stands for the whole list: 1."""
    place: str = ""
    """Where a page of a list begins that has no number: `before=…`."""
    listed: tuple[Iterable[BasePage], ...] = ()
    """Lists of pages that are shown with their pictures: these are loaded together with the page's own."""
    feeds: tuple[Feed, ...] = ()
    """Those of what is being shown, besides those of the page."""

    @property
    def has_address(self) -> bool:
        """Whether one address stands for it: not for what is found by a search, or not found."""
        return self.page is not None or self.is_in_every_language

    def is_in(self, code: str) -> bool:
        """Whether it is published in a language: the source language always is."""
        shown = self.thing or self.page
        return code == SOURCE or self.is_in_every_language or (shown is not None and shown.is_in(code))


def subject_of(context: Mapping[str, Any]) -> Subject:
    """What was handed over; from who hands nothing over, the page alone."""
    return context.get("subject") or Subject(page=context.get("page"))
