"""What was measured, and on what."""

import os
import platform
import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from .report import Table


ROOT = Path(__file__).resolve().parents[2]


def machine(database: str) -> Table:
    """`database` is what the server says its version is."""
    return Table(("Measured on", ""), list(_lines(database)))


def _lines(database: str) -> Iterator[tuple[str, str]]:
    yield "date", f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC"
    yield "commit", commit()
    yield "processor", f"{processor(Path('/proc/cpuinfo').read_text())}, {len(os.sched_getaffinity(0))} cores for us"
    yield "memory", f"{memory(Path('/proc/meminfo').read_text()):.0f} GB"
    yield "system", f"{platform.system()} {platform.release()}"
    yield "busy before (load average)", "{:.1f}, {:.1f}, {:.1f}".format(*os.getloadavg())
    yield "Python", platform.python_version()
    yield "PostgreSQL", database.partition(" ")[0]
    for name in ("Django", "wagtail", "gunicorn", "psycopg"):
        yield name, version(name)
    for program in ("nginx", "wrk"):
        yield program, program_version(program)


def commit() -> str:
    def git(*arguments: str) -> str:
        return subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, text=True, check=False).stdout.strip()  # noqa: S603, S607 (our own command)

    changed = git("status", "--porcelain", "--untracked-files=no")
    return git("rev-parse", "--short", "HEAD") + (" with changes" if changed else "")


def processor(cpuinfo: str) -> str:
    found = re.search(r"^model name\s*: (.+)$", cpuinfo, re.MULTILINE)
    return found[1] if found else platform.machine()


def memory(meminfo: str) -> float:
    """In GB."""
    found = re.search(r"^MemTotal:\s+(\d+) kB", meminfo, re.MULTILINE)
    return int(found[1]) / 1024**2 if found else 0


def program_version(program: str) -> str:
    try:
        said = subprocess.run([program, "-v"], capture_output=True, text=True, check=False)  # noqa: S603 (our own commands)
    except FileNotFoundError:
        return "not there"
    found = re.search(r"\d+(\.\d+)+", said.stdout + said.stderr)
    return found[0] if found else "unknown"


def say(line: str) -> None:
    """What is going on, beside the figures."""
    print(line, file=sys.stderr, flush=True)
