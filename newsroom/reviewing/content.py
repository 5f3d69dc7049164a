"""What a draft says, and which words of it have changed."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from django.db import models

from core.locking import held
from core.text.differences import Piece, differences


AROUND = 20  # characters of what stayed that are shown on each side of a change

Reader = Callable[[Sequence[Any]], list[dict[str, Any]]]

_readers: list[Reader] = []


def read_with(reader: Reader) -> None:
    """Models are loaded before what reads bodies is: it is named when all apps are ready (core.publishing.canonical)."""
    _readers[:] = [reader]


def latest_held(obj: models.Model) -> Any:
    """The object as its newest revision has it. Its row is held until the transaction ends, before anything else is."""
    row: Any = held(type(obj), obj.pk).get()
    revision = row.get_latest_revision()
    return revision.as_object() if revision else getattr(row, "specific", row)


def said_by(obj: models.Model) -> dict[str, Any]:
    return _readers[0]([obj])[0]


def embeds_what_it_did(before: dict[str, Any], now: dict[str, Any]) -> bool:
    """Whether what both embed says the same in both: a figure may have changed while nobody touched the text."""
    old, new = before.get("embedded", {}), now.get("embedded", {})
    return all(old[name] == new[name] for name in old.keys() & new.keys())


def changed_texts(before: dict[str, Any], now: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
    """(name of the field or thing, what it said, what it says now) of what differs; "" for what was not there."""
    for part in ("fields", "embedded"):
        old, new = before.get(part, {}), now.get(part, {})
        for name in sorted(old.keys() | new.keys()):
            if old.get(name) != new.get(name):
                yield name, *map(text_of, _differing(old.get(name), new.get(name)))


def _differing(old: Any, new: Any) -> tuple[Any, Any]:
    """Of a thing with several values, those that are not the same in both: no hash of a file whose credit was changed."""
    if not isinstance(old, dict) or not isinstance(new, dict):
        return old, new
    names = [name for name in new | old if old.get(name) != new.get(name)]
    return {name: old.get(name) for name in names}, {name: new.get(name) for name in names}


def changed_words(before: dict[str, Any], now: dict[str, Any]) -> Iterator[tuple[str, list[Piece]]]:
    """(name of the field or thing, which words of it were changed, with a little of what stayed)."""
    for name, old, new in changed_texts(before, now):
        yield name, list(_shortened(old, new))


def _shortened(before: str, after: str) -> Iterator[Piece]:
    for piece in differences(before, after):
        text = piece.text
        if piece.kind == "same" and len(text) > 2 * AROUND:
            text = f"{text[:AROUND]}…{text[-AROUND:]}"
        yield Piece(piece.kind, text)


def text_of(value: Any) -> str:
    """All words of a value in their order, a line for each."""
    return "\n".join(_words(value))


def _words(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for each in value.values():
            yield from _words(each)
    elif isinstance(value, list):
        for each in value:
            yield from _words(each)
    elif value not in (None, "", False):
        yield str(value)
