"""One guide in one language.

Its anchors are those of the English headings, whatever language it is read in, so that a link to a part holds for
everybody: the files of a guide have the same headings in the same order.
"""

import posixpath
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from django.http import HttpRequest
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from PIL import Image

from ...languages import TAGS
from . import markdown
from .markdown import Heading
from .registry import ENGLISH, FOLDER, Guide, guide_in


PICTURES = {".png", ".webp"}
DEEPEST = 3  # level of headings in the table of contents


@dataclass(frozen=True)
class Entry:
    """A line of the table of contents, with those below it."""

    text: str
    anchor: str
    parts: list["Entry"]


@dataclass(frozen=True)
class Text:
    html: SafeString
    contents: list[Entry]


def read(guide: Guide, language: str, request: HttpRequest) -> Text:
    """Raises OSError if the file is not there."""
    tokens = markdown.tokens_of(guide.path(language).read_text(encoding="utf-8"))
    anchors = anchors_of(guide, language)
    links = Links(guide, language, request)
    html = markdown.rendered(tokens, list(anchors.values()), links.link, links.picture)
    return Text(mark_safe(html), _contents(headings_of(guide, language), anchors))  # noqa: S308 (tags are escaped)


def headings_of(guide: Guide, language: str) -> tuple[Heading, ...]:
    path = guide.path(language)
    return _headings(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=32)
def _headings(path: Path, changed: int) -> tuple[Heading, ...]:
    return tuple(markdown.headings_of(markdown.tokens_of(path.read_text(encoding="utf-8"))))


def anchors_of(guide: Guide, language: str) -> dict[str, str]:
    """{the slug of a heading: the anchor that it has here}"""
    own = headings_of(guide, language)
    try:
        english = headings_of(guide, ENGLISH)
    except OSError:
        english = own
    if len(english) != len(own):
        english = own
    return {here.slug: there.slug for here, there in zip(own, english, strict=True)}


def _contents(headings: tuple[Heading, ...], anchors: dict[str, str]) -> list[Entry]:
    entries: list[Entry] = []
    for heading in headings:
        entry = Entry(heading.text, anchors[heading.slug], [])
        if heading.level == DEEPEST and entries:
            entries[-1].parts.append(entry)
        elif heading.level == DEEPEST - 1:
            entries.append(entry)
    return entries


@dataclass(frozen=True)
class Links:
    """What the links of a file lead to within the admin."""

    guide: Guide
    language: str
    request: HttpRequest

    def link(self, address: str) -> dict[str, Any] | None:
        """Attributes of the link; none for what only those have who hold the whole project."""
        if address.startswith(("https://", "http://", "mailto:")):
            return {"rel": "noreferrer"}
        file, _hash, fragment = unquote(address).partition("#")
        found = guide_in(self._below_docs(file)) if file else (self.guide, self.language)
        if found is None or not found[0].may_read(self.request):
            return None
        there, language = found
        try:
            anchor = anchors_of(there, language).get(fragment, "") if fragment else ""
        except OSError:
            return None
        if not file:
            return {"href": f"#{anchor}"} if anchor else None
        address = reverse("guide", args=[there.name])
        end = f"#{anchor}" if anchor else ""
        if there.language_for(self.language) == language:
            return {"href": address + end}
        return {"href": f"{address}?language={language}{end}", "lang": TAGS[language], "hreflang": TAGS[language]}

    def picture(self, address: str) -> dict[str, Any] | None:
        """Where it is served, and its size, so that the text does not move when it comes."""
        file = self._below_docs(unquote(address))
        path = FOLDER / file
        if file.startswith("../") or path.suffix not in PICTURES or not path.is_file():
            return None
        with Image.open(path) as image:
            width, height = image.size
        source = reverse("guide_picture", args=[self.guide.name, path.name])
        return {"src": source, "width": width, "height": height, "loading": "lazy"}

    def _below_docs(self, file: str) -> str:
        return posixpath.normpath(posixpath.join(posixpath.dirname(self.guide.files[self.language]), file))


def pictures_of(guide: Guide) -> dict[str, Path]:
    """{name: file} of all that it shows, in any language."""
    found: dict[str, Path] = {}
    for file in guide.files.values():
        if (FOLDER / file).is_file():
            for token in markdown.tokens_of((FOLDER / file).read_text(encoding="utf-8")):
                for child in token.children or []:
                    if child.type == "image":
                        path = (FOLDER / file).parent / unquote(str(child.attrGet("src")))
                        found[path.name] = path.resolve()
    return {name: path for name, path in found.items() if path.suffix in PICTURES and path.is_relative_to(FOLDER)}
