"""Which guides there are. Each app registers its own; the admin knows none of them."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import HttpRequest


FOLDER = Path(settings.BASE_DIR) / "docs"
ENGLISH = "en"

Test = Callable[[HttpRequest], bool]


def everybody(request: HttpRequest) -> bool:
    """Who has come into the admin."""
    return True


@dataclass(frozen=True)
class Guide:
    """A guide: a file for each language that it is written in, below docs/.

    `concerns` says whose help menu names it, `may_read` who may open it.
    """

    name: str  # in its address
    title: Any
    description: Any
    files: dict[str, str]  # one of them English: its headings are the anchors of all
    concerns: Test
    may_read: Test = everybody
    order: int = 100

    def path(self, language: str) -> Path:
        return FOLDER / self.files[language]

    def language_for(self, wanted: str) -> str:
        """That one if it is written in it, for traditional Chinese the simplified, else English."""
        alike = [code for code in self.files if code.partition("-")[0] == wanted.partition("-")[0]]
        return wanted if wanted in self.files else next(iter(alike), ENGLISH)


_guides: dict[str, Guide] = {}


def register_guide(guide: Guide) -> None:
    _guides[guide.name] = guide


def all_guides() -> list[Guide]:
    return sorted(_guides.values(), key=lambda guide: guide.order)


def guide_named(name: str) -> Guide | None:
    return _guides.get(name)


def guide_in(file: str) -> tuple[Guide, str] | None:
    """The guide that this file below docs/ holds, and in which language."""
    return next(
        ((guide, code) for guide in _guides.values() for code, path in guide.files.items() if path == file), None
    )
