"""A metric as one SVG: proportions, bars, or a figure set large (docs/adr/0009).

Colours are presentation attributes, so that the file looks right wherever it is opened; the classes let a page that
holds the same SVG give it the colours of its own theme. There is no style and no script in it.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from xml.etree import ElementTree as ET

from core.languages import TAGS, direction
from core.text.cleaning import legal_xml

from .comparison import MIN_POINTS, comparable
from .labels import compared_with, more_rows
from .models import Observation


WIDTH, EDGE, MAX_ROWS = 800, 40, 40
INK, SOFT, PAPER = "#10211f", "#4b5954", "#fbf9f4"
TINTS = {  # of static/css/tokens.css: strong, wash
    "funding": ("#7a5000", "#f6ebcf"),
    "curriculum-reform": ("#2b6135", "#e4eddb"),
    "capacity": ("#1f5a80", "#deeaf1"),
    "governance": ("#14555c", "#d9e9e7"),
    "teachers": ("#7a4528", "#f3e4d7"),
    "honours": ("#922f3e", "#f6e1df"),
}
GREEN = ("#0b5d45", "#e3ede4")
SERIF = "Noto Serif CJK SC, Source Han Serif SC, Songti SC, Noto Serif, Georgia, serif"
SANS = "Noto Sans CJK SC, PingFang SC, Microsoft YaHei, Noto Sans, system-ui, sans-serif"
WIDE_EM, NARROW_EM = 1.0, 0.54  # how wide a letter is, about
PIECES = re.compile(r"[\u2e80-\u9fff\uff00-\uffef]|[^\s\u2e80-\u9fff\uff00-\uffef]+\s*|\s+")


@dataclass(frozen=True)
class Row:
    """One value: what it is of, how it reads, how long its bar is (0 to 1; None: no bar), what it is compared with."""

    label: str
    value: str
    length: float | None = None
    beside: str = ""


@dataclass(frozen=True)
class Words:
    """The texts around the rows."""

    title: str
    foot: str
    language: str
    theme: str = ""


# What is drawn -----------------------------------------------------------------------------------


def draw(observations: Sequence[Observation], words: Words) -> str:
    """The SVG of these observations, which are of one metric and have their context loaded."""
    shown, rows = plan(list(observations))
    common = _common(shown)
    sheet = _Sheet(words, describe(common, rows))
    sheet.text(words.title, 28, css="chart__title", font=SERIF, weight="700")
    sheet.skip(6)
    sheet.text(common, 16, css="chart__label", fill=SOFT)
    for row in rows:
        sheet.row(row, alone=len(rows) == 1)
    rest = len(observations) - len(rows)
    sheet.skip(24)
    sheet.text(" ".join(filter(None, [more_rows(rest) if rest else "", words.foot])), 14, css="chart__foot", fill=SOFT)
    return sheet.finished()


def plan(observations: list[Observation]) -> tuple[list[Observation], list[Row]]:
    """Which observations are shown, and their rows: proportions if three have a comparator, else bars if three can be
    compared, else figures. A value that stands alone beside its comparator is a proportion too."""
    shares = comparable(observations) or (observations if len(observations) == 1 else [])
    if any(o.share is not None for o in shares):
        lengths = [o.share for o in shares]
        return shares[:MAX_ROWS], _rows(shares, lengths)
    series = comparable_series(observations)
    if series:
        largest = max(o.value for o in series)
        return series[:MAX_ROWS], _rows(series, [float(o.value / largest) for o in series])
    return observations[:MAX_ROWS], _rows(observations, [None] * len(observations))


def comparable_series(observations: list[Observation]) -> list[Observation]:
    """The largest set of values on one scale: one unit, and either one period or one subject and part; [] below three.

    A total is not drawn among its parts, and nothing negative or all zero is drawn as bars.
    """
    ways: list[Callable[[Observation], Hashable]] = [
        lambda o: (o.unit_id, o.period_id, o.dimension.axis),
        lambda o: (o.unit_id, o.dimension_id, o.subject_school_id, o.subject_organisation_id),
    ]
    groups: dict[Hashable, list[Observation]] = defaultdict(list)
    for number, way in enumerate(ways):
        for observation in observations:
            groups[number, way(observation)].append(observation)
    found = max(groups.values(), key=len, default=[])
    values = [o.value for o in found]
    fit = len(found) >= MIN_POINTS and min(values) >= 0 and max(values) > 0
    return sorted(found, key=_by_time) if fit else []


def _by_time(observation: Observation) -> str:
    """Sorts a series by time; those of one period keep their order."""
    day = observation.period.end or observation.period.start
    return day.isoformat() if day else ""


def _rows(observations: list[Observation], lengths: Sequence[float | None]) -> list[Row]:
    common = _facts(observations)
    rows = []
    for observation, length in list(zip(observations, lengths, strict=True))[:MAX_ROWS]:
        own = [name for name in _names(observation) if name not in common]
        label = " · ".join(own)
        if observation.status != "final":
            label = f"{label} ({observation.get_status_display()})".strip()
        beside = ""
        if observation.share is not None and length is not None:
            beside = compared_with(str(observation.comparator_scope), observation.comparator_display())
        rows.append(Row(label, observation.display(), length, beside))
    return rows


def _names(observation: Observation) -> list[str]:
    part = [] if observation.dimension.is_total else [str(observation.dimension)]
    return [*part, str(observation.subject), str(observation.period)]


def _facts(observations: Sequence[Observation]) -> list[str]:
    """What all of them share: shown once, above."""
    names = [_names(observation) for observation in observations]
    return [name for name in names[0] if all(name in other for other in names)] if names else []


def _common(observations: Sequence[Observation]) -> str:
    return " · ".join(_facts(observations))


def describe(common: str, rows: Sequence[Row]) -> str:
    """The chart in words, for `<desc>`."""
    sentences = [" ".join(filter(None, [f"{row.label}:" if row.label else "", row.value, row.beside])) for row in rows]
    return "; ".join(filter(None, [common, *sentences]))


# How it is drawn ---------------------------------------------------------------------------------


def ems(text: str) -> float:
    return sum(WIDE_EM if unicodedata.east_asian_width(letter) in "WF" else NARROW_EM for letter in text)


def wrap_lines(text: str, width: float) -> list[str]:
    """Lines of at most `width` ems; a word that is longer stands alone."""
    lines = [""]
    for piece in PIECES.findall(text):
        if lines[-1] and ems(lines[-1] + piece.rstrip()) > width:
            lines.append("")
        lines[-1] += piece if lines[-1] else piece.lstrip()
    return [line.rstrip() for line in lines if line.strip()]


class _Sheet:
    """An SVG that grows downwards; in a language that is written from the right, it is mirrored."""

    def __init__(self, words: Words, description: str) -> None:
        self.mirrored = direction(words.language) == "rtl"
        self.strong, self.wash = TINTS.get(words.theme, GREEN)
        self.y = EDGE
        tag = TAGS[words.language]
        self.root = ET.Element(
            "svg",
            {
                "xmlns": "http://www.w3.org/2000/svg",
                "role": "img",
                "class": "chart",
                "lang": tag,
                "xml:lang": tag,
                "direction": "rtl" if self.mirrored else "ltr",
                "font-family": SANS,
            },
        )
        for name, content in (("title", words.title), ("desc", description)):
            ET.SubElement(self.root, name).text = legal_xml(content)
        self.paper = ET.SubElement(self.root, "rect", {"class": "chart__paper", "width": str(WIDTH), "fill": PAPER})

    def skip(self, height: float) -> None:
        self.y += round(height)

    def text(self, text: str, size: int, *, css: str, fill: str = INK, font: str = "", weight: str = "400") -> None:
        """Lines of text below what is there."""
        for line in wrap_lines(legal_xml(text), (WIDTH - 2 * EDGE) / size):
            self.skip(size * 1.3)
            attributes = {"class": css, "x": str(self._x(0)), "y": str(self.y), "font-size": str(size), "fill": fill}
            attributes |= {"font-family": font} if font else {}
            attributes |= {"font-weight": weight} if weight != "400" else {}
            ET.SubElement(self.root, "text", attributes).text = line

    def row(self, row: Row, *, alone: bool) -> None:
        self.skip(20)
        if alone:
            room = (WIDTH - 2 * EDGE) / max(ems(row.value), 1)
            self.text(
                row.value, int(min(120, max(36, room))), css="chart__value", fill=self.strong, font=SERIF, weight="700"
            )
        self.text(row.label, 16, css="chart__label")
        if row.length is not None:
            self._bar(row.length, is_share=bool(row.beside))
        if not alone:
            size = 18 if row.length is not None else 34
            self.text(row.value, size, css="chart__value", fill=self.strong, font=SERIF, weight="700")
        self.text(row.beside, 14, css="chart__label", fill=SOFT)

    def _bar(self, length: float, *, is_share: bool) -> None:
        """A bar; a share is drawn over its whole."""
        self.skip(10)
        full = WIDTH - 2 * EDGE
        if is_share:
            self._rect(full, "chart__all", self.wash)
        self._rect(max(1, round(full * min(1.0, max(0.0, length)))), "chart__part", self.strong)
        self.skip(24)

    def _rect(self, width: int, css: str, fill: str) -> None:
        x = self._x(0) - width if self.mirrored else self._x(0)
        values = {"x": x, "y": self.y, "width": width, "height": 24}
        ET.SubElement(self.root, "rect", {"class": css, "fill": fill, **{k: str(v) for k, v in values.items()}})

    def _x(self, offset: int) -> int:
        """The x of `offset` units from the edge where a line begins."""
        return WIDTH - EDGE - offset if self.mirrored else EDGE + offset

    def finished(self) -> str:
        height = str(self.y + EDGE)
        self.paper.set("height", height)
        self.root.attrib.update({"width": str(WIDTH), "height": height, "viewBox": f"0 0 {WIDTH} {height}"})
        return ET.tostring(self.root, encoding="unicode")
