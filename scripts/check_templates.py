"""`make lint`: templates can be read: no line is too wide, no file too long. Without arguments, all of templates/."""

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path


TEMPLATES = Path(__file__).resolve().parent.parent / "templates"
WIDEST = 140  # characters of a line
LONGEST = 120  # lines of a file


def problems(path: Path) -> Iterator[str]:
    lines = path.read_text(encoding="utf-8").splitlines()
    for number, line in enumerate(lines, start=1):
        if len(line) > WIDEST:
            yield f"{path}:{number}: {len(line)} characters; at most {WIDEST}"
    if len(lines) > LONGEST:
        yield f"{path}: {len(lines)} lines; at most {LONGEST}: make components of its parts"


def main(names: Iterable[str]) -> int:
    paths = [Path(name) for name in names] or sorted(path for path in TEMPLATES.rglob("*") if path.is_file())
    found = [problem for path in paths for problem in problems(path)]
    print("\n".join(found) or "Templates are narrow and short enough.")
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
