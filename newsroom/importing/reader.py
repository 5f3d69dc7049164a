"""`read`: a file as a document, whatever it is. It is read in a process of its own, within limits."""

import io
from typing import IO

from .child import read_apart
from .document import Document
from .met import Refused
from .wording import refusal


class ImportRefused(Exception):
    """A file that is not taken; the message is for the person who chose it."""


def read(file: IO[bytes] | bytes, name: str) -> Document:
    """What the file of that name holds; what is pasted is a file as well, `paste.html`. Raises ImportRefused.

    Takes up to ten seconds. Writes nothing but files in a temporary folder, which is gone afterwards.
    """
    try:
        return read_apart(io.BytesIO(file) if isinstance(file, bytes) else file, name)
    except Refused as refused:
        raise ImportRefused(refusal(refused)) from refused
