"""Documents: what is in them agrees with the ending of their name, for readers trust that and some programs do too."""

import os
import re
import zipfile
from collections.abc import Callable
from typing import IO

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _


Rule = Callable[[IO[bytes]], bool]
MAX_UNPACKED = 1024**3  # bytes: what an archive may say that it holds
# No encoding that spreadsheets write has these bytes, UTF-16 aside; others separate lines and columns.
CONTROLS = bytes(sorted({*range(0x20), 0x7F} - set(b"\t\n\v\f\r")))
UTF_16 = (b"\xff\xfe", b"\xfe\xff")
MARKUP = re.compile(r"\s*<[a-z!?%/]", re.IGNORECASE)


def check_document(file: IO[bytes], name: str) -> None:
    """Raises ValidationError, for the person who uploads it, if the content is not of the kind that the name says."""
    ending = ending_of(name)
    file.seek(0)
    is_right = ending in RULES and RULES[ending](file)
    file.seek(0)
    if not is_right:
        text = _("This is not a {kind} file, or it is damaged. Save it as one in the program that made it.")
        raise ValidationError(text.format(kind=ending.upper()), code="wrong_content")


def ending_of(name: str) -> str:
    return os.path.splitext(name)[1].lower().removeprefix(".")


def is_pdf(file: IO[bytes]) -> bool:
    return file.read(1024).lstrip(b"\xef\xbb\xbf\r\n\t \0").startswith(b"%PDF-")


def is_archive(file: IO[bytes]) -> bool:
    return _members(file) is not None


def is_office(folder: str) -> Rule:
    """Whether an archive is an Office Open XML document whose main part lies in this folder (ECMA-376)."""

    def rule(file: IO[bytes]) -> bool:
        names = _members(file) or []
        return "[Content_Types].xml" in names and any(name.startswith(f"{folder}/") for name in names)

    return rule


def _members(file: IO[bytes]) -> list[str] | None:
    """The names of what an archive holds; None if it is none. A program that unpacks itself is a program."""
    if file.read(4) not in (b"PK\x03\x04", b"PK\x05\x06"):
        return None
    try:
        with zipfile.ZipFile(file) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, NotImplementedError, OSError, ValueError):
        return None
    is_bomb = sum(entry.file_size for entry in entries) > MAX_UNPACKED
    return None if is_bomb else [entry.filename for entry in entries]


def is_text(file: IO[bytes]) -> bool:
    """Text in any encoding, but neither a page nor a program."""
    content = file.read()
    if content.startswith(UTF_16):
        content = content.decode("utf-16", "replace").encode()
    content = content.removeprefix(b"\xef\xbb\xbf")
    return len(content) == len(content.translate(None, CONTROLS)) and not MARKUP.match(content[:1024].decode("latin-1"))


# An ending without a rule is refused, so one that is newly allowed needs its rule (a system check asks for it).
RULES: dict[str, Rule] = {
    "csv": is_text,
    "docx": is_office("word"),
    "pdf": is_pdf,
    "pptx": is_office("ppt"),
    "txt": is_text,
    "xlsx": is_office("xl"),
    "zip": is_archive,
}
