"""Runs the reader in a process of its own and takes what it has read. Nothing of it is left behind, however it ends."""

import json
import logging
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import IO, Any

from django.conf import settings

from . import limits
from .document import Document, File, unpacked
from .met import Refusal, Refused


logger = logging.getLogger(__name__)

WORKER = "newsroom.importing.reading.worker"
SAID = 4_000  # characters of a failure that are logged


def read_apart(file: IO[bytes], name: str) -> Document:
    """The document that a file holds. Raises Refused."""
    with tempfile.TemporaryDirectory(prefix="import-") as folder:
        path, out = Path(folder) / "file", Path(folder) / "read"
        out.mkdir()
        _store(file, path)
        error = _run(path, f"file.{_ending(name)}", out)
        if refused := _json(out / "refused.json"):
            raise Refused(Refusal(refused["refusal"]), number=refused["number"], what=refused["what"])
        data = _json(out / "document.json")
        if error or data is None:
            logger.error("A file could not be read: %s", error[-SAID:])
            raise Refused(Refusal.FAILED)
        document: Document = unpacked(data)
        document.name = name
        document.pictures = {
            each.name: File(each.name, each.read_bytes()) for each in sorted(out.iterdir()) if each.suffix != ".json"
        }
        return document


def _ending(name: str) -> str:
    """All of a name that matters to the reader, as an argument of a program can hold it."""
    return re.sub(r"[^A-Za-z0-9]", "", name.rpartition(".")[2])[:10]


def _store(file: IO[bytes], path: Path) -> None:
    """Raises Refused before more is read than may be."""
    file.seek(0)
    left = limits.MAX_BYTES
    with path.open("wb") as stored:
        while content := file.read(1 << 20):
            left -= len(content)
            if left < 0:
                raise Refused(Refusal.LARGE, number=limits.MAX_BYTES // limits.MB)
            stored.write(content)


def _run(path: Path, name: str, out: Path) -> str:
    """Why it failed; "" if it did not. It inherits no setting and no secret of the portal's. Raises Refused."""
    command = [sys.executable, "-B", "-m", WORKER, str(path), name, str(out)]
    environment = {"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "PYTHONUTF8": "1", "TMPDIR": str(path.parent)}
    try:
        done = subprocess.run(  # noqa: S603 (the interpreter that runs now, and names that it does not interpret)
            command,
            cwd=settings.BASE_DIR,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            timeout=limits.SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise Refused(Refusal.SLOW, number=limits.SECONDS) from None
    if done.returncode in (-9, -24):  # SIGKILL of the kernel without memory, SIGXCPU
        raise Refused(Refusal.SLOW, number=limits.SECONDS)
    return "" if done.returncode == 0 else done.stderr.decode(errors="replace") or f"exit {done.returncode}"


def _json(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else None
