"""How long readers wait when there is a great deal to read: `make bench`.

A throwaway database with the demo is measured, filled with generated content and measured again. What counts are the
ratios, which come from one run on one machine; no test depends on them. With --postgres the database is a PostgreSQL
server of its own, else SQLite in a temporary folder. What is measured stands in benches.py.
"""

import argparse
import io
import os
import subprocess
import sys
import tempfile
import time
from itertools import groupby
from pathlib import Path
from statistics import median
from typing import Any, NamedTuple


ROOT = Path(__file__).resolve().parents[1]


class Measured(NamedTuple):
    seconds: float
    queries: int


def main() -> int:
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__.partition("\n")[0])
    parser.add_argument("--stories", type=int, default=100_000, help="generated stories (default: %(default)s)")
    parser.add_argument("--schools", type=int, default=300, help="generated schools (default: %(default)s)")
    parser.add_argument("--repeat", type=int, default=5, help="requests of which the median counts (%(default)s)")
    parser.add_argument("--only", default="", help="a part of the group or the name of what is to be measured")
    parser.add_argument("--postgres", action="store_true", help="on PostgreSQL instead of SQLite")
    options = parser.parse_args()
    if options.postgres and "BENCH_INSIDE" not in os.environ:
        command = [ROOT / "scripts" / "with_postgres.sh", sys.executable, *sys.argv]
        return subprocess.run(command, env=os.environ | {"BENCH_INSIDE": "1"}, check=False).returncode  # noqa: S603
    with tempfile.TemporaryDirectory(prefix="eduportal-bench-") as folder:
        if not options.postgres:
            os.environ["DATABASE_URL"] = f"sqlite:///{folder}/bench.sqlite3"
        os.environ["DJANGO_SETTINGS_MODULE"] = "eduportal.settings.test"
        sys.path.insert(0, str(ROOT))
        run(options)
    return 0


def run(options: argparse.Namespace) -> None:
    """Make the database, measure, fill it, measure again, and print the table."""
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    say(f"Making the demo on {connection.vendor} …")
    call_command("migrate", verbosity=0)
    call_command("seed_demo", verbosity=0)
    small = measure_all(options)
    started = time.perf_counter()
    call_command("generate_content", stories=options.stories, schools=options.schools)
    if any(group == "desk" for group, _name in small):
        call_command("translations", "check", fix=True, stdout=io.StringIO())  # rows were written past its signals
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")
    say(f"Generated in {time.perf_counter() - started:.0f} seconds.")
    print_table(small, measure_all(options), options, connection.vendor)


def measure_all(options: argparse.Namespace) -> dict[tuple[str, str], Measured]:
    from benches import BENCHES, World
    from django.test import Client

    world = World(Client(HTTP_HOST="localhost"))
    wanted = [bench for bench in BENCHES if options.only in f"{bench.group} {bench.name}"]
    return {(bench.group, bench.name): measure(bench.prepare(world), options.repeat) for bench in wanted}


def measure(act: Any, repeat: int) -> Measured:
    """The median time of some runs, after one that warms caches and counts queries."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    act()
    with CaptureQueriesContext(connection) as captured:
        act()
    queries = len(captured)  # the next request forgets them
    times = []
    for _number in range(repeat):
        started = time.perf_counter()
        act()
        times.append(time.perf_counter() - started)
    return Measured(median(times), queries)


def print_table(small: dict, big: dict, options: argparse.Namespace, vendor: str) -> None:
    """Markdown: milliseconds and queries with the demo and with all of it, and how many times as long it takes."""
    print(f"\n{vendor}: the demo, and the demo with {options.stories} stories and {options.schools} schools more\n")
    print("| What | Demo ms | Full ms | Ratio | Queries |\n|---|--:|--:|--:|--:|")
    for group, keys in groupby(big, key=lambda key: key[0]):
        print(f"| **{group}** | | | | |")
        for key in keys:
            one, other = small[key], big[key]
            queries = str(one.queries) if one.queries == other.queries else f"{one.queries} → {other.queries}"
            times = f"{one.seconds * 1000:.0f} | {other.seconds * 1000:.0f} | {other.seconds / one.seconds:.1f}"
            print(f"| {key[1]} | {times} | {queries} |")


def say(line: str) -> None:
    print(line, flush=True)


if __name__ == "__main__":
    sys.exit(main())
