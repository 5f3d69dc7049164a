"""The archive that a .docx is, opened only when what it says of itself is within the limits."""

import posixpath
import zipfile
import zlib
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote

from ... import limits
from ...met import Refusal, Refused
from .xml import Element, children, parse


_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, RuntimeError)


class Relation(NamedTuple):
    """`kind` is the end of its type: image, hyperlink. `target` is the name of a part, or an address elsewhere."""

    kind: str
    target: str
    is_external: bool


class Archive:
    """Raises Refused, here and in every method, for what cannot be read."""

    def __init__(self, path: Path) -> None:
        try:
            self._zip = zipfile.ZipFile(path)
            entries = self._zip.infolist()
        except _BROKEN as error:
            raise Refused(Refusal.DAMAGED) from error
        if len(entries) > limits.MAX_MEMBERS:
            raise Refused(Refusal.MANY_FILES, number=limits.MAX_MEMBERS)
        if sum(entry.file_size for entry in entries) > limits.MAX_UNPACKED:
            raise Refused(Refusal.UNPACKED, number=limits.MAX_UNPACKED // limits.MB)
        if any(entry.flag_bits & 1 for entry in entries):
            raise Refused(Refusal.PASSWORD)
        self._entries = {entry.filename.lstrip("/").lower(): entry for entry in entries}
        self._relations: dict[str, dict[str, Relation]] = {}

    @property
    def names(self) -> list[str]:
        """In small letters: programs do not agree on how they write them, and the standard takes them as equal."""
        return list(self._entries)

    def size(self, name: str) -> int:
        """Of a part, as the archive says; 0 if there is none."""
        entry = self._entries.get(name.lower())
        return entry.file_size if entry else 0

    def content(self, name: str, most: int) -> bytes:
        """The bytes of a part. Raises KeyError without one."""
        entry = self._entries[name.lower()]
        if entry.file_size > most:
            raise Refused(Refusal.MARKUP, number=most // limits.MB)
        try:
            with self._zip.open(entry) as file:
                return file.read(most + 1)
        except _BROKEN as error:
            raise Refused(Refusal.DAMAGED) from error

    def xml(self, name: str) -> Element | None:
        return parse(self.content(name, limits.MAX_XML)) if name.lower() in self._entries else None

    def relations(self, name: str) -> dict[str, Relation]:
        """{id: relation} of a part; "" is the archive itself."""
        if name not in self._relations:
            folder, file = posixpath.split(name)
            root = self.xml(posixpath.join(folder, "_rels", f"{file}.rels"))
            found = {} if root is None else {each.get("Id", ""): _relation(each, folder) for each in _rows(root)}
            self._relations[name] = found
        return self._relations[name]

    def related(self, name: str, kind: str) -> list[str]:
        """The parts that a part relates to in this way."""
        return [each.target for each in self.relations(name).values() if each.kind == kind and not each.is_external]


def _rows(root: Element) -> list[Element]:
    return list(children(root, "rel:Relationship"))


def _relation(row: Element, folder: str) -> Relation:
    kind, target = row.get("Type", "").rpartition("/")[2], row.get("Target", "")
    if row.get("TargetMode", "") == "External":
        return Relation(kind, target, True)
    path = unquote(target)
    joined = path.lstrip("/") if path.startswith("/") else posixpath.normpath(posixpath.join(folder, path))
    return Relation(kind, joined, False)
