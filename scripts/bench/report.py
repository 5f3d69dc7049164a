"""Sections as Markdown: what is printed, and docs/benchmarks.md."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from .figures import Aim, Waited, number


@dataclass(frozen=True)
class Table:
    """The first column holds words, the others numbers."""

    columns: Sequence[str]
    rows: Sequence[Sequence[str]]

    def lines(self) -> Iterator[str]:
        yield line(self.columns)
        yield "|" + "---|" + "--:|" * (len(self.columns) - 1)
        yield from map(line, self.rows)


def line(cells: Iterable[object]) -> str:
    return "| " + " | ".join(str(cell).replace("|", "\\|") for cell in cells) + " |"


@dataclass
class Section:
    """What was measured about one thing."""

    title: str
    how: str
    tables: list[Table] = field(default_factory=list)
    aims: list[Aim] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)

    def lines(self) -> Iterator[str]:
        yield from (f"## {self.title}", "", self.how)
        for table in self.tables:
            yield from ("", *table.lines())
        if self.remarks:
            yield from ("", *(f"- {remark}" for remark in self.remarks))


def waits_table(times: Mapping[str, Waited]) -> Table:
    """What somebody waits for, by name."""
    rows = [(name, str(each.seconds.times(1000)), str(each.processor.times(1000))) for name, each in times.items()]
    return Table(("What", "ms", "CPU ms"), rows)


def aims_table(sections: Iterable[Section]) -> Table:
    aims = [aim for section in sections for aim in section.aims]
    rows = [(aim.what, aim.bound, f"{number(aim.value)}{aim.unit}", aim.mark) for aim in aims]
    return Table(("Aim", "Bound", "Measured", "Met"), rows)


def verdict(sections: Iterable[Section]) -> str:
    aims = [aim for section in sections for aim in section.aims]
    return f"{sum(aim.is_met for aim in aims)} of {len(aims)} aims are met."


def document(sections: Sequence[Section], machine: Table, how: str) -> str:
    """The page docs/benchmarks.md."""
    parts: list[str] = [
        "# Benchmarks",
        "",
        "Made by `make bench`. Do not edit. A figure is the median of several measurements, with the least and the greatest.",
        how,
        "",
        *machine.lines(),
        "",
        "## Aims",
        "",
        verdict(sections),
        "",
        *aims_table(sections).lines(),
    ]
    for section in sections:
        parts += ["", *section.lines()]
    return "\n".join(parts) + "\n"
