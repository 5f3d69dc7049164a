"""Reads one file in a process of its own, which may not take more memory and time than it is given.

    python -m newsroom.importing.reading.worker FILE NAME FOLDER

Writes document.json and the pictures into the folder, or refused.json. Knows neither the portal's settings nor its
database, and is given no secret of them.
"""

import contextlib
import json
import resource
import sys
from pathlib import Path

from .. import limits
from ..document import Document, packed
from ..met import Refusal, Refused


RECURSION = 5_000  # frames: 256 elements within one another, which the parser takes, need some 2,000


def read(path: Path, name: str) -> Document:
    """Raises Refused."""
    from . import reading  # after the limits are in force: a parser is loaded here

    return reading.document(path, name)


def main(path: str, name: str, folder: str) -> None:
    _limit()
    sys.setrecursionlimit(RECURSION)
    out = Path(folder)
    try:
        document = read(Path(path), name)
        for file in document.pictures.values():
            (out / file.name).write_bytes(file.content)
        _write(out / "document.json", packed(document))
    except Refused as refused:
        _refuse(out, refused)
    except (MemoryError, RecursionError):
        _refuse(out, Refused(Refusal.MEMORY))


def _refuse(out: Path, refused: Refused) -> None:
    _write(out / "refused.json", {"refusal": refused.refusal, "number": refused.number, "what": refused.what})


def _write(path: Path, data: object) -> None:
    path.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")


def _limit() -> None:
    """Some systems do not let a process limit itself: the parent watches the time as well."""
    for kind, most in (
        (resource.RLIMIT_AS, limits.MEMORY),
        (resource.RLIMIT_CPU, limits.PROCESSOR),
        (resource.RLIMIT_FSIZE, limits.MAX_ALL_PICTURES),
        (resource.RLIMIT_CORE, 0),
    ):
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(kind, (most, most))


if __name__ == "__main__":
    main(*sys.argv[1:])
