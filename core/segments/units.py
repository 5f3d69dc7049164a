"""What a translator sees, and its place in the text."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Segment:
    """One piece of text for a translator. `format` is "plain" or "html".

    `chips` tells what each chip of the text stands for: {"a1": '<a linktype="page" id="7">'}. It is no part of what
    is translated, so a link that was put right leaves the segment what it was.
    """

    path: str
    text: str
    format: str
    label: str
    chips: Mapping[str, str] = field(default_factory=dict, compare=False)


Transform = Callable[[Segment], str]


class IncompleteTranslation(ValueError):
    """Segments at the paths in `missing` have no text, or only blanks."""

    def __init__(self, missing: Sequence[str]) -> None:
        self.missing = list(missing)
        super().__init__(f"No text for {', '.join(self.missing)}")


class InvalidChips(ValueError):
    """The text for `path` uses the chips in `unknown`, which its source does not have."""

    def __init__(self, path: str, unknown: Sequence[str]) -> None:
        self.path = path
        self.unknown = list(unknown)
        super().__init__(f"Unknown chips in {path}: {', '.join(self.unknown)}")


def source_hash(segment: Segment) -> str:
    """Return 64 hex digits for what a translator sees: not path, label or links."""
    seen = f"{segment.format}\n{segment.text}"
    return hashlib.sha256(seen.encode()).hexdigest()


@dataclass(frozen=True)
class Place:
    """Where the traversal is, and the function that it calls.

    A block may take over with `map_segments(raw, path, transform)`: it gets its
    stored JSON and returns it translated. It may call `map_html` or `map_block`
    with a Place of its own.
    """

    path: str
    label: str
    transform: Transform

    def step(self, suffix: str, label: str = "") -> "Place":
        return Place(self.path + suffix, label or self.label, self.transform)

    def ask(self, text: str, format: str, chips: Mapping[str, str] | None = None) -> str:
        return self.transform(Segment(self.path, text, format, self.label, chips or {}))


def unique(name: str, taken: set[str]) -> str:
    candidate, count = name, 1
    while candidate in taken:
        count += 1
        candidate = f"{name}~{count}"
    taken.add(candidate)
    return candidate
