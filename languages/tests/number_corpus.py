"""The project's own corpus of numbers in translations, and how the check does on it.

`data/numbers/held_out.tsv` was written first and laid aside; `tuning.tsv` is what the grammars were made with. A line is a language, a
Chinese text, its translation, and what a reader of both says: right, or wrong in a number.
"""

import csv
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from languages.checks import ERROR, run


FOLDER = Path(__file__).parent / "data" / "numbers"
FILES = ("tuning", "held_out")


@dataclass(frozen=True)
class Pair:
    language: str
    source: str
    target: str
    verdict: str

    def level(self) -> str:
        """What the check says: "error", "warning" or ""."""
        found = [each for each in run(self.source, self.target, self.language) if each.check == "numbers"]
        return "error" if any(each.level == ERROR for each in found) else "warning" if found else ""


def pairs(name: str) -> list[Pair]:
    with (FOLDER / f"{name}.tsv").open(encoding="utf-8", newline="") as lines:
        return [Pair(**row) for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)]


@dataclass
class Measure:
    """Of one language: how many wrong translations are stopped, warned of and passed, how many right ones are not."""

    counts: Counter = field(default_factory=Counter)
    amiss: list[str] = field(default_factory=list)

    def add(self, pair: Pair) -> None:
        level = pair.level()
        self.counts[pair.verdict, level] += 1
        if (pair.verdict, level) not in {("right", ""), ("wrong", "error")}:
            self.amiss.append(f"{pair.verdict}, {level or 'silent'}: {pair.language} | {pair.source} | {pair.target}")

    def of(self, verdict: str) -> int:
        return sum(count for (said, _level), count in self.counts.items() if said == verdict)

    def share(self, verdict: str, level: str) -> float:
        return self.counts[verdict, level] / max(1, self.of(verdict))


def measured(name: str) -> dict[str, Measure]:
    """By language, and of all together under "all"."""
    by_language: dict[str, Measure] = {}
    for pair in pairs(name):
        for key in (pair.language, "all"):
            by_language.setdefault(key, Measure()).add(pair)
    return dict(sorted(by_language.items(), key=lambda item: item[0] == "all"))


def report(name: str) -> str:
    """A table of one file, and the lines that are amiss."""
    lines = [f"{name:9} wrong  stopped  warned  silent | right  false errors  false warnings"]
    found = measured(name)
    for language, measure in found.items():
        counts = measure.counts
        lines.append(
            f"{language:9} {measure.of('wrong'):5}  {counts['wrong', 'error']:7}  {counts['wrong', 'warning']:6}  {counts['wrong', '']:6}"
            f" | {measure.of('right'):5}  {counts['right', 'error']:12}  {counts['right', 'warning']:14}"
        )
    return "\n".join([*lines, *(f"  {line}" for line in found["all"].amiss)])
