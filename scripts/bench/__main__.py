"""`make bench`: measure the portal on a PostgreSQL server of its own, and write docs/benchmarks.md."""

import argparse
import os
import subprocess
import sys
import tempfile
import traceback
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from . import portal
from .machine import ROOT, machine, say
from .report import Section, Table, aims_table, document, verdict


NAMES = ("pages", "memory", "publish", "desk", "autosave", "growth")
INSIDE = "BENCH_HAS_A_DATABASE"
WRITTEN = ROOT / "docs" / "benchmarks.md"
QUICK = {
    "rounds": 2,
    "seconds": 1,
    "autosave_seconds": 12,
    "few_stories": 100,
    "stories": 1000,
    "schools": 30,
    "few_schools": 20,
}
FULL = {
    "rounds": 5,
    "seconds": 2,
    "autosave_seconds": 60,
    "few_stories": 1000,
    "stories": 100_000,
    "schools": 2000,
    "few_schools": 300,
}


def arguments(given: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make bench", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--only", default="", help=f"some of {', '.join(NAMES)}, parted by commas")
    parser.add_argument(
        "--quick", action="store_true", help="short measurements and little growth, to see whether it works"
    )
    parser.add_argument("--stories", type=int, help=f"generated stories at last ({FULL['stories']})")
    parser.add_argument("--schools", type=int, help=f"generated schools at last ({FULL['schools']})")
    parser.add_argument("--rounds", type=int, help=f"measurements of which the median counts ({FULL['rounds']})")
    parser.add_argument("--seconds", type=int, help=f"of one measurement ({FULL['seconds']})")
    parser.add_argument(
        "--with", type=Path, dest="beside", metavar="PATH", help="a checkout of bakerydemo, measured beside"
    )
    parser.add_argument(
        "--write", action="store_true", help="write docs/benchmarks.md although not all was measured in full"
    )
    options = parser.parse_args(given)
    options.names = [name for name in NAMES if not options.only or name in options.only.split(",")]
    unknown = set(filter(None, options.only.split(","))) - set(NAMES)
    if unknown:
        parser.error(f"--only knows {', '.join(NAMES)}, not {', '.join(sorted(unknown))}")
    for name, value in (QUICK if options.quick else FULL).items():
        if getattr(options, name, None) is None:
            setattr(options, name, value)
    return options


def is_full(options: argparse.Namespace) -> bool:
    """Whether it may stand in docs/benchmarks.md without being asked for."""
    return options.names == list(NAMES) and all(getattr(options, name) >= value for name, value in FULL.items())


def how(options: argparse.Namespace) -> str:
    said = f"{options.rounds} measurements of {options.seconds} seconds each."
    return said if is_full(options) else f"{said} **This was no full run**: it shows what is measured, and no more."


def main() -> int:
    options = arguments(sys.argv[1:])
    if INSIDE not in os.environ:
        command = [ROOT / "scripts" / "with_postgres.sh", sys.executable, "-m", "scripts.bench", *sys.argv[1:]]
        return subprocess.run(command, cwd=ROOT, env=os.environ | {INSIDE: "1"}, check=False).returncode  # noqa: S603
    with tempfile.TemporaryDirectory(prefix="eduportal-bench-") as folder:
        bench = portal.prepared(options, Path(folder))
        from .sections import SECTIONS  # they need the models

        about = machine(bench.database_version)
        sections, failures = measured(bench, {name: SECTIONS[name] for name in options.names})
    report(options, sections, about, failures)
    return 1 if failures else 0


def measured(
    bench: portal.Bench, wanted: Mapping[str, Callable[[portal.Bench], Section]]
) -> tuple[list[Section], list[str]]:
    """Each is printed as soon as it is there; one that fails takes nothing from the others. Their names come second."""
    sections, failures = [], []
    for name, measure in wanted.items():
        try:
            sections.append(measure(bench))
        except Exception:  # noqa: BLE001 (the others have taken an hour)
            say(f"{name} could not be measured:\n{traceback.format_exc()}")
            failures.append(name)
        else:
            print("\n".join(["", *sections[-1].lines()]), flush=True)
    return sections, failures


def report(options: argparse.Namespace, sections: Sequence[Section], about: Table, failures: Sequence[str]) -> None:
    if any(section.aims for section in sections):
        print("\n".join(["", "## Aims", "", *aims_table(sections).lines(), "", verdict(sections)]))
    if failures:
        say(f"Not measured: {', '.join(failures)}. Nothing is written.")
    elif options.write or is_full(options):
        WRITTEN.write_text(document(sections, about, how(options)), encoding="utf-8")
        say(f"Written to {WRITTEN.relative_to(ROOT)}.")


if __name__ == "__main__":
    sys.exit(main())
