"""Servers as processes: starting and ending them, their processor time and memory, from /proc."""

import os
import re
import socket
import subprocess
import time
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple


TICK = os.sysconf("SC_CLK_TCK")
PATIENCE = 60  # seconds for a server to answer, and to end


class Process(NamedTuple):
    """A line of /proc/PID/stat: in ticks, `own` is its time and `ended` that of its children that have ended."""

    parent: int
    own: int
    ended: int


def read_stat(text: str) -> Process:
    """The name of the program, which may hold anything, stands in brackets."""
    fields = text.rpartition(")")[2].split()
    return Process(int(fields[1]), int(fields[11]) + int(fields[12]), int(fields[13]) + int(fields[14]))


class Memory(NamedTuple):
    """Of one process, in MB: `rss` counts what it shares with others in full, `pss` its share of that."""

    rss: float
    pss: float


def read_rollup(text: str) -> Memory:
    """/proc/PID/smaps_rollup."""
    known = {name: int(size) / 1024 for name, size in re.findall(r"^(Rss|Pss):\s+(\d+) kB", text, re.MULTILINE)}
    return Memory(known["Rss"], known["Pss"])


def processes() -> dict[int, Process]:
    found = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            found[int(path.parent.name)] = read_stat(path.read_text())
        except OSError:  # it has ended meanwhile
            continue
    return found


def family(pid: int, known: Mapping[int, Process]) -> list[int]:
    """A process and all below it."""
    below = [child for child, process in known.items() if process.parent == pid]
    return [pid, *(each for child in below for each in family(child, known))]


def processor_time(pid: int) -> float:
    """Seconds that a process and those below it have used, those that have ended included."""
    known = processes()
    return sum(known[each].own + known[each].ended for each in family(pid, known) if each in known) / TICK


@dataclass(frozen=True)
class Server:
    """Something that answers on this machine; `pid` is the process above all of its own."""

    name: str
    port: int
    pid: int

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def workers(self) -> list[int]:
        return [pid for pid, process in processes().items() if process.parent == self.pid]

    def memory(self) -> list[Memory]:
        """Of each worker."""
        return [read_rollup(Path(f"/proc/{pid}/smaps_rollup").read_text()) for pid in self.workers]


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


@contextmanager
def serving(
    name: str, command: Sequence[str], port: int, *, cwd: Path, log: Path, env: Mapping[str, str], ready: str = "/"
) -> Iterator[Server]:
    """A server that answers at the address `ready`, until the end of the block."""
    with log.open("ab") as written:
        process = subprocess.Popen(command, cwd=cwd, env=dict(env), stdout=written, stderr=written)  # noqa: S603 (our own commands)
    server = Server(name, port, process.pid)
    try:
        wait_for(server.origin + ready, process, log)
        yield server
    finally:
        process.terminate()
        try:
            process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def wait_for(address: str, process: subprocess.Popen, log: Path) -> None:
    failure = ""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and process.poll() is None:
        try:
            with urllib.request.urlopen(address, timeout=PATIENCE):  # noqa: S310 (our own server)
                return
        except OSError as error:
            failure = str(error)
            time.sleep(0.2)
    raise RuntimeError(f"{address} does not answer ({failure}):\n{log.read_text()[-4000:]}")
