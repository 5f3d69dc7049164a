"""Run a command only if something it depends on has changed since it last succeeded.

    if_changed.py STAMP [--needs PRODUCT] [--env NAME] [PATH-OR-GLOB ...] -- COMMAND ...

The stamp remembers a hash of the files' names and contents, of the named environment variables, of the command and of
the Python version. It also holds the time of the run, so that a later step which lists this stamp among its files runs
again whenever this one did. Only the standard library: this runs before anything is installed.
"""

import argparse
import hashlib
import os
import subprocess
import sys
import time
from pathlib import Path


LEFT_OUT = {"__pycache__", "tests", "LC_MESSAGES"}


def files_of(pattern):
    """Files named by one path or glob, in a stable order; a folder stands for all files below it."""
    for path in sorted(Path().glob(pattern)):
        candidates = sorted(path.rglob("*")) if path.is_dir() else [path]
        yield from (file for file in candidates if file.is_file() and not LEFT_OUT & set(file.parts))


def fingerprint(patterns, names, command):
    """One hash over everything that decides whether the command has to run again."""
    digest = hashlib.sha256()
    for part in [sys.version, *command, *(f"{name}={os.environ.get(name, '')}" for name in names)]:
        digest.update(part.encode() + b"\0")
    for pattern in patterns:
        for file in files_of(pattern):
            digest.update(str(file).encode() + b"\0" + hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()


def arguments(argv):
    if "--" not in argv:
        sys.exit("if_changed.py: '--' and a command are missing")
    split = argv.index("--")
    parser = argparse.ArgumentParser(prog="if_changed.py")
    parser.add_argument("stamp", type=Path)
    parser.add_argument("patterns", nargs="*")
    parser.add_argument("--needs", action="append", default=[], type=Path)
    parser.add_argument("--env", action="append", default=[])
    return parser.parse_args(argv[:split]), argv[split + 1 :]


def main():
    options, command = arguments(sys.argv[1:])
    current = fingerprint(options.patterns, options.env, command)
    known = options.stamp.read_text().split() if options.stamp.exists() else [""]
    if known[0] == current and all(product.exists() for product in options.needs):
        return 0
    options.stamp.unlink(missing_ok=True)
    status = subprocess.call(command)  # noqa: S603 - the command is the Makefile's own
    if status == 0:
        options.stamp.parent.mkdir(parents=True, exist_ok=True)
        options.stamp.write_text(f"{current} {time.time_ns()}\n")
    return status


if __name__ == "__main__":
    sys.exit(main())
