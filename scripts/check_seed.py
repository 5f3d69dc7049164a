"""`make check-seed SEED=article.txt PUBLISHED=2023-10-20 SCHOOLS=双福六小,江津六中`: what the checks of texts find in one file,
outside the suite.

For real articles, whose sentences are nobody's test data. Prints damage, relative times, numbers that may be figures, and
where these schools are named, each with its line.
"""

import os
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import django


ROOT = Path(__file__).resolve().parents[1]


def main(seed: str = "", published: str = "", schools: str = "") -> None:
    if not seed:
        sys.exit("Say which file: make check-seed SEED=article.txt")
    sys.path.insert(0, str(ROOT))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "eduportal.settings.test")
    django.setup()
    path, day = Path(seed), date.fromisoformat(published) if published else date.today()
    for heading, lines in (
        ("Damage", damage(path)),
        ("Relative times", times(path, day)),
        ("Numbers", recognised(path)),
        ("Schools", recognised(path, schools.split(",")) if schools else ()),
    ):
        found = list(lines)
        print(f"{heading}: {len(found)}", *found, sep="\n  ")


def damage(path: Path) -> Iterator[str]:
    from newsroom.damage.documents import damage_of
    from newsroom.importing.assigning import assign
    from newsroom.importing.reader import read

    with path.open("rb") as file:
        story = assign(read(file, path.name))
    for found in damage_of(story):
        where = f"{found.place.number}–{found.place.last}" if found.place.last else str(found.place.number)
        belongs = f" -> {found.belongs_at.number}" if found.belongs_at.number else ""
        yield f"{where:>7} {found.kind}: {found.message}{belongs}"


def times(path: Path, day: date) -> Iterator[str]:
    from core.text.absolute_times import in_chinese
    from core.text.relative_times import relative_times

    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        for told in relative_times(line, day):
            yield f"{number:>7} {told.text} = {in_chinese(told.time)}"


def recognised(path: Path, schools: list[str] | None = None) -> Iterator[str]:
    """The schools, if any are named; else the numbers."""
    from newsroom.recognition import numbers_in, schools_in

    lines = path.read_text("utf-8").splitlines()
    for spot in schools_in(lines, schools) if schools else numbers_in(lines):
        yield f"{spot.line + 1:>7} {spot.words}"


if __name__ == "__main__":
    main(*sys.argv[1:])
