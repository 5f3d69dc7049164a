"""A file, read and stored until it is a draft, and read back from what is stored."""

import hashlib
from collections.abc import Iterator
from dataclasses import asdict, replace
from typing import IO, Any

from django.db import transaction

from core.models import BasePage

from ..importing.assigning import assign
from ..importing.bylines import Byline
from ..importing.document import Document, File, packed, unpacked
from ..importing.library import library_hash
from ..importing.reader import read
from ..importing.story import Kind, Piece
from ..models import ImportedPicture, StoryImport
from .parts import Choices, packed_parts, parts_of, unpacked_parts


NAME = 255
BLOCK = 1 << 20  # bytes that are read at once


def store(file: IO[bytes], name: str, user: Any, onto: BasePage | None = None) -> StoryImport:
    """What a file holds, as nobody has touched it yet. Raises ImportRefused.

    It is read outside of a transaction, which would keep everybody else from writing meanwhile.
    """
    name = _plain(name)[-NAME:]
    digest = _hash_of(file)
    document = _storable(read(file, name))
    story = assign(document)
    document.blocks = [piece.block for piece in story.pieces]
    with transaction.atomic():
        made = StoryImport.objects.create(
            name=name,
            file_hash=digest,
            by=user,
            onto=onto,
            document=packed(document),
            assigned=[_packed_piece(piece) for piece in story.pieces],
            parts=packed_parts(parts_of(story.pieces)),
        )
        for each in document.pictures.values():  # one by one: together they may be large
            digest = library_hash(each.content)
            ImportedPicture.objects.create(story_import=made, name=each.name, digest=digest, content=each.content)
    return made


def choices_of(stored: StoryImport) -> Choices:
    """Without the bytes of its pictures."""
    document: Document = unpacked(stored.document)
    document.pictures = {name: File(name, b"") for name in stored.pictures.values_list("name", flat=True)}
    assigned = [_unpacked_piece(piece, block) for piece, block in zip(stored.assigned, document.blocks, strict=True)]
    return Choices(document, assigned, unpacked_parts(stored.parts))


def with_pictures(choices: Choices, stored: StoryImport) -> Choices:
    """The same with the bytes, which the draft needs."""
    rows = stored.pictures.values_list("name", "content")
    choices.document.pictures = {name: File(name, bytes(content)) for name, content in rows}
    return choices


def keep_parts(stored: StoryImport, choices: Choices) -> None:
    stored.parts = packed_parts(choices.parts)
    stored.save(update_fields=["parts"])


def as_it_came(stored: StoryImport) -> Choices:
    """With all that was chosen taken back."""
    choices = choices_of(stored)
    choices.parts = parts_of(choices.assigned)
    return choices


def _hash_of(file: IO[bytes]) -> str:
    digest = hashlib.sha256()
    for block in _blocks(file):
        digest.update(block)
    return digest.hexdigest()


def _blocks(file: IO[bytes]) -> Iterator[bytes]:
    file.seek(0)
    while content := file.read(BLOCK):
        yield content


def _storable(document: Document) -> Document:
    """No database keeps a character that is none."""
    pictures = document.pictures
    clean: Document = unpacked(_plain(packed(document)))
    clean.pictures = pictures
    return clean


def _plain(thing: Any) -> Any:
    if isinstance(thing, str):
        return thing.replace("\0", "").encode("utf-8", "replace").decode()
    if isinstance(thing, list):
        return [_plain(each) for each in thing]
    if isinstance(thing, dict):
        return {name: _plain(value) for name, value in thing.items()}
    return thing


def _packed_piece(piece: Piece) -> dict[str, Any]:
    return {
        "kind": str(piece.kind),
        "words": packed(piece.words),
        "byline": asdict(piece.byline) if piece.byline else None,
    }


def _unpacked_piece(data: dict[str, Any], block: Any) -> Piece:
    byline = data["byline"]
    people = [(role, name) for role, name in byline["people"]] if byline else []
    return Piece(
        Kind(data["kind"]),
        block,
        tuple(unpacked(data["words"])),
        replace(Byline(**byline), people=people) if byline else None,
    )
