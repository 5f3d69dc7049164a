"""Many requests at once: by wrk, or where there is none by threads of Python, which cost more than a fast server does."""

import http.client
import json
import shutil
import subprocess
import tempfile
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Self
from urllib.parse import urlsplit

from .figures import percentile
from .processes import Server, processor_time


SCRIPT = Path(__file__).with_name("load.lua")
MOST = 100_000  # requests of one run in Python
TIMEOUT = 60  # seconds for one answer
FEWEST, LONGER = 10, 10  # requests that say something; seconds in which to get them
NO_HEADERS: dict[str, str] = {}
MISSING = (
    "wrk is not on this machine (apt-get install wrk, brew install wrk): the requests come from Python, which takes "
    "much of the processor itself. Processor time of a request holds, requests in a second do not."
)


@dataclass(frozen=True)
class Load:
    """What came of many requests. Times are seconds."""

    requests: int
    seconds: float
    p50: float
    p95: float
    most: float
    refused: int = 0  # answers that are errors
    broken: int = 0  # no answers

    @property
    def rate(self) -> float:
        return self.requests / self.seconds

    @classmethod
    def read(cls, said: str) -> Self:
        """What wrk has written, with our script."""
        found = next((line for line in said.splitlines() if line.startswith("RESULT ")), None)
        if found is None:
            raise ValueError(f"wrk has said no result:\n{said}")
        data = json.loads(found.removeprefix("RESULT "))
        times = {name: data[name] / 1e6 for name in ("p50", "p95", "most")}
        return cls(
            data["requests"], data["microseconds"] / 1e6, refused=data["refused"], broken=data["broken"], **times
        )

    def checked(self, what: str) -> Self:
        """Raises RuntimeError if something else than answers came: the figures would say nothing."""
        if self.refused or self.broken or not self.requests:
            raise RuntimeError(
                f"{what}: {self.requests} answers, {self.refused} errors, {self.broken} without an answer"
            )
        return self


@dataclass(frozen=True)
class Cost:
    """A run of many requests; `processor` is seconds of the server for each, `database` those of PostgreSQL."""

    load: Load
    processor: float
    database: float


def has_wrk() -> bool:
    return shutil.which("wrk") is not None


def run(
    server: Server, paths: Sequence[str], *, connections: int, seconds: float, headers: Mapping[str, str] = NO_HEADERS
) -> Load:
    """Ask a server for addresses in turn, over so many connections, for so long; longer if that gives next to nothing."""
    by = by_wrk if has_wrk() else by_python
    load = by(server, paths, connections, seconds, headers)
    if load.requests < FEWEST:
        load = by(server, paths, connections, max(seconds, LONGER), headers)
    return load.checked(f"{server.name}, {paths[0]}")


def cost(server: Server, database: int | None, paths: Sequence[str], **options) -> Cost:
    """The same, with the processor time that it took; `database` is the process above all of PostgreSQL's."""
    before = [processor_time(pid) if pid else 0 for pid in (server.pid, database)]
    load = run(server, paths, **options)
    after = [processor_time(pid) if pid else 0 for pid in (server.pid, database)]
    return Cost(load, *((late - early) / load.requests for early, late in zip(before, after, strict=True)))


def together(*costs: Cost) -> Cost:
    """Several runs as one. Its percentiles are the greatest of theirs: they cannot be added."""
    loads = [each.load for each in costs]
    sums = {name: sum(getattr(each, name) for each in loads) for name in ("requests", "seconds", "refused", "broken")}
    tops = {name: max(getattr(each, name) for each in loads) for name in ("p50", "p95", "most")}
    load = Load(**sums, **tops)

    def of_each(name: str) -> float:
        return sum(getattr(each, name) * each.load.requests for each in costs) / load.requests

    return Cost(load, of_each("processor"), of_each("database"))


def by_wrk(server: Server, paths: Sequence[str], connections: int, seconds: float, headers: Mapping[str, str]) -> Load:
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as file:
        file.write("\n".join(paths) + "\n")
        file.flush()
        told = [f"--header={name}: {value}" for name, value in headers.items()]
        amount = [f"--duration={max(1, round(seconds))}s", "--threads=1", f"--connections={connections}"]
        command = ["wrk", *amount, f"--timeout={TIMEOUT}s", *told, f"--script={SCRIPT}", server.origin, "--", file.name]
        done = subprocess.run(command, capture_output=True, text=True, timeout=seconds + 2 * TIMEOUT, check=True)  # noqa: S603 (our own command)
    return Load.read(done.stdout)


def by_python(
    server: Server, paths: Sequence[str], connections: int, seconds: float, headers: Mapping[str, str]
) -> Load:
    times: list[float] = []
    failures: list[int] = []
    started = time.perf_counter()

    def ask_on(first: int) -> None:
        connection = http.client.HTTPConnection(urlsplit(server.origin).netloc, timeout=TIMEOUT)
        number = first
        while time.perf_counter() - started < seconds and len(times) < MOST:
            begun = time.perf_counter()
            try:
                connection.request("GET", paths[number % len(paths)], headers=dict(headers))
                answer = connection.getresponse()
                answer.read()
            except OSError:
                failures.append(0)
                connection.close()
            else:
                (times if answer.status < 400 else failures).append(
                    time.perf_counter() - begun if answer.status < 400 else answer.status
                )
            number += connections
        connection.close()

    threads = [threading.Thread(target=ask_on, args=[number]) for number in range(connections)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    took = time.perf_counter() - started
    known = times or [0.0]
    middle, slow, slowest = percentile(known, 50), percentile(known, 95), max(known)
    broken = failures.count(0)
    return Load(len(times), took, middle, slow, slowest, refused=len(failures) - broken, broken=broken)
