"""The articles in `data/articles` that recognition is measured on: their text, and what people marked in it (see README there)."""

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import NamedTuple

from newsroom.recognition import Spot


FOLDER = Path(__file__).parent / "data" / "articles"
NAMES = ("news", "notice", "interview", "damaged")
_MARK = re.compile(r"\{(?:@[^{}]*|d [^{}]*|(?P<kind>[snt]) (?P<words>[^{}|]*)(?:\|(?P<meaning>[^{}]*))?)\}")


class Mark(NamedTuple):
    """Words that people marked as a school ("s"), a number ("n") or a time ("t")."""

    kind: str
    spot: Spot
    meaning: str = ""


@dataclass(frozen=True)
class Article:
    published: date
    schools: list[str]
    lines: list[str]
    marks: list[Mark]

    def marked(self, kind: str) -> list[Spot]:
        return [each.spot for each in self.marks if each.kind == kind]


def read_article(name: str) -> Article:
    head: dict[str, str] = {}
    lines: list[str] = []
    marks: list[Mark] = []
    for raw in (FOLDER / f"{name}.txt").read_text("utf-8").splitlines():
        if raw.startswith("# "):
            key, _colon, value = raw[2:].partition(": ")
            head[key] = value
        else:
            line, found = _unmarked(raw, len(lines))
            lines.append(line)
            marks += found
    return Article(date.fromisoformat(head["published"]), head["schools"].split(", "), lines, marks)


def _unmarked(raw: str, number: int) -> tuple[str, list[Mark]]:
    line, marks, cursor = "", [], 0
    for found in _MARK.finditer(raw):
        line += raw[cursor : found.start()]
        cursor = found.end()
        if words := found["words"]:
            marks.append(Mark(found["kind"], Spot(number, len(line), words), found["meaning"] or ""))
            line += words
    return line + raw[cursor:], marks
