"""`make lint`: modules can be read at one go: none is too long, tests and migrations apart. Without arguments, all."""

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path


ROOT = Path(__file__).resolve().parent.parent
LONGEST = 350  # lines of a module
APART = {"tests", "migrations"}  # folders at any depth


def modules() -> list[Path]:
    """Every module of the apps and of scripts/, and those beside them."""
    folders = [folder.parent for folder in ROOT.glob("*/__init__.py")]
    return sorted(
        [*ROOT.glob("*.py"), *(path for folder in (*folders, ROOT / "scripts") for path in folder.rglob("*.py"))]
    )


def problems(path: Path) -> Iterator[str]:
    name = path.resolve().relative_to(ROOT)
    count = len(path.read_text(encoding="utf-8").splitlines())
    if count > LONGEST and not APART & set(name.parts):
        yield f"{name}: {count} lines; at most {LONGEST}: make a package of its parts"


def main(names: Iterable[str]) -> int:
    found = [problem for path in ([Path(name) for name in names] or modules()) for problem in problems(path)]
    print("\n".join(found) or "Modules are short enough.")
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
