"""Generated pictures: prints in three inks, drawn from a seed and tinted by stage of school.

Every picture is made of shapes on three plates (main, second, accent). The plates are drawn larger than
needed, scaled down, given a little grain and printed over one another on tinted paper.
"""

import hashlib
import math
import random
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from PIL import Image, ImageChops, ImageDraw


Point = tuple[float, float]
Colour = tuple[int, int, int]

OVERSAMPLE = 3
PLATES = ("main", "second", "accent")


class Inks(NamedTuple):
    paper: Colour
    main: Colour
    second: Colour
    accent: Colour


PEPPER_RED = (184, 58, 42)
INKS = {
    "kindergarten": Inks((248, 238, 214), (196, 128, 30), (92, 146, 112), PEPPER_RED),
    "primary": Inks((240, 243, 228), (38, 112, 82), (206, 168, 84), PEPPER_RED),
    "secondary": Inks((233, 240, 242), (38, 96, 128), (126, 170, 150), PEPPER_RED),
    "complete-secondary": Inks((232, 239, 236), (16, 74, 82), (112, 156, 166), PEPPER_RED),
    "institution": Inks((243, 236, 226), (124, 84, 60), (104, 140, 128), PEPPER_RED),
}
DISTRICT = Inks((244, 240, 231), (24, 60, 58), (74, 138, 110), PEPPER_RED)

# The Yangtze at Jiangjin, west to east, in units of the picture: the bend of the character 几.
RIVER: Sequence[Point] = (
    (-0.20, 0.86), (-0.05, 0.88), (0.12, 0.87), (0.26, 0.81), (0.335, 0.66), (0.365, 0.46), (0.41, 0.27),
    (0.51, 0.20), (0.61, 0.21), (0.675, 0.31), (0.69, 0.48), (0.715, 0.66), (0.80, 0.765), (0.92, 0.75),
    (1.05, 0.66), (1.20, 0.56),
)  # fmt: skip


class Print:
    """Three plates of one size; a shape on one plate rubs out what lies under it on the others."""

    def __init__(self, rng: random.Random, inks: Inks, width: int, height: int) -> None:
        self.rng, self.inks = rng, inks
        self.out = (width, height)
        self.width, self.height = width * OVERSAMPLE, height * OVERSAMPLE
        self.unit = self.height / 1000
        self.plates = {name: Image.new("L", (self.width, self.height), 0) for name in PLATES}
        self.pens = {name: ImageDraw.Draw(plate) for name, plate in self.plates.items()}

    def at(self, x: float, y: float) -> Point:
        return x * self.width, y * self.height

    def area(self, points: Sequence[Point], **strength: float) -> None:
        for name, pen in self.pens.items():
            pen.polygon(points, fill=round(255 * strength.get(name, 0)))

    def line(self, points: Sequence[Point], thickness: float, **strength: float) -> None:
        width = max(1, round(thickness * self.unit))
        for name, pen in self.pens.items():
            pen.line(points, fill=round(255 * strength.get(name, 0)), width=width, joint="curve" if width > 8 else None)

    def disc(self, centre: Point, radius: float, **strength: float) -> None:
        (x, y), r = centre, radius * self.unit
        for name, pen in self.pens.items():
            pen.ellipse((x - r, y - r, x + r, y + r), fill=round(255 * strength.get(name, 0)))

    def pull(self) -> Image.Image:
        """Print the plates one over another."""
        sheet = Image.new("RGB", self.out, self.inks.paper)
        white = Image.new("RGB", self.out, (255, 255, 255))
        for name, shift in zip(PLATES, ((0, 0), (1, 1), (-1, 1)), strict=True):
            plate = self.plates[name].reduce(OVERSAMPLE)
            plate.paste(plate.copy(), shift)
            plate = ImageChops.multiply(plate, self.grain())
            ink = Image.new("RGB", self.out, getattr(self.inks, name))
            sheet = ImageChops.multiply(sheet, Image.composite(ink, white, plate))
        return sheet

    def grain(self) -> Image.Image:
        """Almost white, with the unevenness of ink on paper."""
        width, height = self.out
        fine = Image.frombytes("L", self.out, self.rng.randbytes(width * height))
        coarse = Image.frombytes("L", (64, 40), self.rng.randbytes(64 * 40)).resize(self.out, Image.Resampling.BICUBIC)
        return Image.blend(fine, coarse, 0.55).point([255 - (255 - value) // 5 for value in range(256)])


def smooth(points: Sequence[Point], steps: int = 24) -> list[Point]:
    """A Catmull-Rom curve through the points; the first and last only give direction."""
    curve = []
    for a, b, c, d in zip(points, points[1:], points[2:], points[3:], strict=False):
        for step in range(steps):
            t = step / steps
            curve.append(tuple(_catmull(a[i], b[i], c[i], d[i], t) for i in (0, 1)))
    return [*curve, points[-2]]  # type: ignore[list-item]


def _catmull(a: float, b: float, c: float, d: float, t: float) -> float:
    return 0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t * t + (3 * b - a - 3 * c + d) * t**3)


def beside(curve: Sequence[Point], distance: float) -> list[Point]:
    """The curve moved sideways."""
    moved = []
    for i, (x, y) in enumerate(curve):
        (x0, y0), (x1, y1) = curve[max(i - 1, 0)], curve[min(i + 1, len(curve) - 1)]
        length = math.hypot(x1 - x0, y1 - y0) or 1
        moved.append((x - (y1 - y0) / length * distance, y + (x1 - x0) / length * distance))
    return moved


def swell(rng: random.Random, size: float, waves: int = 3) -> Callable[[float], float]:
    """A gentle random function of 0..1."""
    parts = [(size / (k + 1), (k + 0.6 + rng.random()) * math.tau, rng.random() * math.tau) for k in range(waves)]

    def height(t: float) -> float:
        return sum(a * math.sin(w * t + phase) for a, w, phase in parts)

    return height


def stretched(shape: Callable[[float], float], shift: float, size: float) -> Callable[[float], float]:
    def height(t: float) -> float:
        return shape(t + shift) * size

    return height


def horizon(sheet: Print, level: float, shape: Callable[[float], float], drop: float = 0) -> list[Point]:
    return [sheet.at(i / 160, level + shape(i / 160) + drop) for i in range(-2, 163)]


def land(sheet: Print, edge: Sequence[Point], **strength: float) -> None:
    sheet.area([*edge, (sheet.width * 1.1, sheet.height * 1.1), (-sheet.width * 0.1, sheet.height * 1.1)], **strength)


def river(sheet: Print) -> None:
    """Fields in lines, the river as a band of currents, the town as a disc inside the bend."""
    rng, unit = sheet.rng, sheet.unit
    shape = swell(rng, 0.035)
    rise = rng.uniform(0.3, 1.0)
    for i in range(-4, 46):
        level = i / 40
        edge = horizon(sheet, level, stretched(shape, level * rise, 0.5 + level))
        if i == 6:
            land(sheet, edge, second=0.30)
        if i >= 6:
            sheet.line(edge, 1.6 + 2.6 * level, main=0.55)
    lean, lift = rng.uniform(-0.06, 0.06), rng.uniform(-0.05, 0.03)
    course = [sheet.at(x + lean, y + lift + 0.02) for x, y in smooth(RIVER)]
    half = rng.uniform(50, 62)
    sheet.area([*beside(course, (half + 7) * unit), *reversed(beside(course, -(half + 7) * unit))])
    sheet.area([*beside(course, half * unit), *reversed(beside(course, -half * unit))], main=1)
    for k in range(-3, 4):
        current = beside(course, k * half / 4.2 * unit)
        start = rng.randrange(0, 60)
        while start < len(current):
            stop = start + rng.randrange(40, 150)
            sheet.line(current[start:stop], 2.4, main=0.25)
            start = stop + rng.randrange(6, 26)
    sheet.disc(sheet.at(0.53 + lean, 0.47 + lift), rng.uniform(46, 60), accent=1)


def terraces(sheet: Print) -> None:
    """Rice terraces, back to front, each cut with the lines of its fields."""
    rng = sheet.rng
    sheet.disc(sheet.at(rng.uniform(0.18, 0.82), rng.uniform(0.17, 0.24)), rng.uniform(70, 100), accent=0.92)
    shape = swell(rng, 0.10, 2)
    for i in range(8):
        depth = i / 7
        terrace(sheet, 0.30 + 0.74 * depth**1.15, depth, shape, "second" if i in (1, 4) else "main")


def terrace(sheet: Print, level: float, depth: float, shape: Callable[[float], float], ink: str) -> None:
    rng, own = sheet.rng, swell(sheet.rng, 0.028)

    def edge(t: float) -> float:
        return shape(t + depth * 0.22) * (1.05 - 0.6 * depth) + own(t)

    land(sheet, horizon(sheet, level, edge), **{ink: 0.24 + 0.72 * depth})
    for n in range(1, 9):
        cut = horizon(sheet, level, edge, n * (0.008 + 0.012 * depth))
        begin, end = sorted(rng.sample(range(len(cut)), 2))
        sheet.line(cut[max(0, begin - 30) : end + 30], 1.8 + 3 * depth, **{ink: 0.05 + 0.3 * depth})


def roofs(sheet: Print) -> None:
    """A town of tiled roofs climbing the bank."""
    rng = sheet.rng
    sheet.disc(sheet.at(rng.uniform(0.2, 0.8), 0.2), rng.uniform(64, 90), accent=0.92)
    land(sheet, horizon(sheet, 0.36, swell(rng, 0.10, 2)), second=0.34)
    land(sheet, horizon(sheet, 0.46, swell(rng, 0.08, 2)), second=0.58)
    for row, level in enumerate((0.48, 0.62, 0.78, 0.96)):
        size = 0.095 + 0.045 * row
        x = -0.1 + rng.uniform(0, 0.1)
        while x < 1.1:
            wide = size * rng.uniform(1.15, 2.1)
            house(sheet, x, level + rng.uniform(-0.035, 0.03), wide, size * 0.9, 0.42 + 0.19 * row)
            x += wide * rng.uniform(0.72, 1.02)


def house(sheet: Print, x: float, y: float, wide: float, tall: float, dark: float) -> None:
    unit = wide / 2
    left, right, ridge, eaves = x - unit * 0.14, x + wide + unit * 0.14, y - tall * 0.75, y
    wall = [sheet.at(x, y - tall * 0.1), sheet.at(x + wide, y - tall * 0.1), sheet.at(x + wide, 1.1), sheet.at(x, 1.1)]
    sheet.area(wall, second=0.10)
    sheet.line([wall[3], wall[0], wall[1], wall[2]], 2.5, main=dark)
    for k in range(1, max(2, round(wide / 0.05))):
        at = x + wide * k / max(2, round(wide / 0.05))
        sheet.line([sheet.at(at, y + tall * 0.22), sheet.at(at, y + tall * 0.75)], 9, main=dark * 0.8)

    def slope(t: float) -> float:
        return ridge + (eaves - ridge) * (1 - (1 - t) ** 1.7) - tall * 0.16 * max(0.0, t - 0.78) / 0.22

    steps = [i / 14 for i in range(15)]
    inset = wide * 0.2
    west = [(x + inset + (left - x - inset) * t, slope(t)) for t in steps]
    east = [(x + wide - inset + (right - x - wide + inset) * t, slope(t)) for t in steps]
    sheet.area([sheet.at(*p) for p in [*west, *reversed(east)]], main=dark)
    for k in range(1, round(wide / 0.013)):
        share = k / round(wide / 0.013)
        tile = [sheet.at(w[0] + (e[0] - w[0]) * share, w[1]) for w, e in zip(west, east, strict=True)]
        sheet.line(tile[1:-2], 2.2, main=dark * 0.45)
    sheet.line([sheet.at(west[0][0] - 0.006, ridge), sheet.at(east[0][0] + 0.006, ridge)], 9, main=min(1, dark * 1.2))


def closed(shape: Callable[[float], float], t: float) -> float:
    """The same function bent so that it ends where it begins."""
    return shape(t) - shape(1) * t - shape(0) * (1 - t)


def rings(sheet: Print) -> None:
    """The rings of an old tree, cut close."""
    rng = sheet.rng
    cx, cy = sheet.at(rng.choice((rng.uniform(0.2, 0.36), rng.uniform(0.64, 0.8))), rng.uniform(0.42, 0.62))
    shape, drift = swell(rng, 0.055, 4), swell(rng, 0.03, 3)
    radii, radius = [], 1180.0
    while radius > 16:
        radii.append(radius)
        radius -= rng.choice((10, 14, 18, 30, 44)) * (0.6 + radius / 1500)
    for i, radius in enumerate(radii):
        grow = radius / 1180
        edge = []
        for step in range(241):
            t = step / 240
            r = radius * sheet.unit * (1 + closed(shape, t) + closed(drift, t) * grow)
            edge.append((cx + r * math.cos(t * math.tau) * 1.08, cy + r * math.sin(t * math.tau)))
        if i % 9 in (3, 4):
            sheet.area(edge, second=0.75 - 0.3 * grow)
        elif i % 5 == 1:
            sheet.area(edge, main=0.9 - 0.15 * grow)
        else:
            sheet.area(edge, main=0.10 + 0.12 * (i % 3))
        sheet.line(edge, 2 + 2.2 * grow, main=0.7)
    sheet.disc((cx, cy), 20, accent=1)


def pepper(sheet: Print) -> None:
    """Branches of Sichuan pepper, green leaves and red husks."""
    rng = sheet.rng
    sheet.disc(sheet.at(rng.uniform(0.3, 0.7), 0.52), 410, second=0.34)
    mirror = rng.random() < 0.5
    for n in range(3):
        x, lean, top = (
            (-0.10, 0.24, 0.56)[n] + rng.uniform(-0.05, 0.05),
            rng.uniform(0.7, 1.15),
            rng.uniform(0.06, 0.24),
        )
        base = [(-0.1, 1.25), (0.0, 1.06), (0.10, 0.76), (0.25, 0.28 + top), (0.48, top), (0.7, 0.0)]
        course = smooth([(x + px * lean, py) for px, py in base], 30)
        stem = [sheet.at(1 - px if mirror else px, py) for px, py in course]
        sheet.line(stem, 9, main=0.95)
        for i in range(8, len(stem) - 1, 10):
            for side in (-1, 1):
                leaf(sheet, stem, i, side, 122 - 50 * i / len(stem))
        for i in range(18, len(stem) - 8, 26):
            cluster(sheet, stem[i], rng.uniform(30, 42))


def leaf(sheet: Print, stem: Sequence[Point], i: int, side: int, size: float) -> None:
    (x0, y0), (x1, y1) = stem[i - 1], stem[i]
    turn = math.atan2(y1 - y0, x1 - x0) + side * sheet.rng.uniform(0.75, 1.0)
    length, cos, sin = size * sheet.unit * 1.75, math.cos(turn), math.sin(turn)

    def place(t: float, off: float) -> Point:
        across = off + side * 0.12 * math.sin(t * math.pi)
        return x1 + length * (t * cos - across * sin), y1 + length * (t * sin + across * cos)

    ts = [k / 24 for k in range(25)]
    body = [math.sin(t**0.8 * math.pi) ** 1.1 * 0.19 for t in ts]
    edge = [place(t, b) for t, b in zip(ts, body, strict=True)]
    edge += [place(t, -b) for t, b in zip(reversed(ts), reversed(body), strict=True)]
    sheet.area(edge, main=sheet.rng.choice((0.95, 0.8, 0.62)))
    sheet.line([place(t, 0) for t in ts[:-3]], 3, main=0.2)
    for k in range(5, 20, 3):
        for wing in (-1, 1):
            sheet.line([place(ts[k], 0), place(ts[k + 2], wing * body[k] * 0.72)], 1.6, main=0.3)


def cluster(sheet: Print, centre: Point, size: float) -> None:
    rng, unit = sheet.rng, sheet.unit
    for n in range(13):
        turn, far = n * 2.4, size * 0.62 * math.sqrt(n) * unit
        at = (centre[0] + far * math.cos(turn), centre[1] + far * math.sin(turn) * 0.92)
        radius = size * rng.uniform(0.38, 0.5)
        sheet.disc(at, radius + 4)
        sheet.disc(at, radius, accent=rng.choice((1.0, 0.88)))
        sheet.disc((at[0] + 3 * unit, at[1] + 2 * unit), radius * 0.28, main=1, accent=1)


def bridge(sheet: Print) -> None:
    """A stone bridge over still water, and a boat."""
    rng = sheet.rng
    water, spans = rng.uniform(0.60, 0.66), rng.choice((2, 3, 4))
    land(sheet, horizon(sheet, water - 0.26, swell(rng, 0.09, 2)), second=0.26)
    land(sheet, horizon(sheet, water - 0.14, swell(rng, 0.06, 2)), second=0.50)
    land(sheet, [sheet.at(i / 4, water) for i in range(-1, 6)], second=0.16)
    hump, middle = rng.uniform(0.12, 0.18), rng.uniform(0.42, 0.58)
    for flip, strength in ((-1, 0.34), (1, 0.95)):
        deck = [
            (i / 80, water - flip * (0.13 + hump * math.exp(-(((i / 80 - middle) / 0.26) ** 2)))) for i in range(-4, 85)
        ]
        foot = [(1.1, water), (-0.1, water)]
        sheet.area([sheet.at(*p) for p in [*deck, *foot]], main=strength)
        for k in (0.010, 0.030):
            sheet.line([sheet.at(x, y + flip * k) for x, y in deck], 3, main=strength * 0.3)
        for n in range(spans):
            arch(
                sheet,
                middle + (n - (spans - 1) / 2) * 0.62 / spans,
                water,
                0.25 / spans,
                flip * (0.10 + hump * 0.62),
                strength,
            )
    for i in range(60):
        y, x = water + 0.4 * (i / 60) ** 1.2, rng.uniform(-0.1, 1)
        sheet.line([sheet.at(x, y), sheet.at(x + rng.uniform(0.08, 0.5), y)], 1.6 + 3 * i / 60, second=0.1)
    boat(sheet, rng.uniform(0.2, 0.75), water + rng.uniform(0.16, 0.24))


def arch(sheet: Print, x: float, water: float, half: float, tall: float, strength: float) -> None:
    """An opening, narrower than the pier beside it, with its ring of stones."""
    for grow, tint in ((1.0, None), (0.86, strength), (0.80, None)):
        turn = [math.pi * k / 40 for k in range(41)]
        edge = [sheet.at(x + half * grow * math.cos(t), water - tall * grow * math.sin(t)) for t in turn]
        if tint is not None:
            sheet.area(edge, main=tint)
        elif grow == 1.0:
            sheet.line(edge, 4, main=strength * 0.25)
        else:
            sheet.area(edge, second=0.40 if tall > 0 else 0.16)


def boat(sheet: Print, x: float, y: float) -> None:
    def arc(wide: float, tall: float, low: float = 0) -> list[Point]:
        turn = [math.pi * k / 30 for k in range(31)]
        return [sheet.at(x + wide * math.cos(t), y + low - tall * math.sin(t)) for t in turn]

    sheet.area(arc(0.045, 0.062), accent=1)
    sheet.line(arc(0.022, 0.058), 2.5, accent=0.3)
    sheet.area([*arc(0.098, -0.032), *(sheet.at(x + s * 0.098, y - 0.014) for s in (-1, 1))], main=1)
    sheet.area(arc(0.05, -0.03, 0.045), accent=0.3)


COMPOSITIONS: dict[str, Callable[[Print], None]] = {
    "river": river,
    "terraces": terraces,
    "roofs": roofs,
    "rings": rings,
    "pepper": pepper,
    "bridge": bridge,
}


def composition_of(seed: str) -> str:
    return list(COMPOSITIONS)[hashlib.sha256(seed.encode()).digest()[0] % len(COMPOSITIONS)]


def draw(seed: str, stage: str, width: int = 1600, height: int = 1000, composition: str = "") -> Image.Image:
    """The same picture for the same arguments; `composition` overrides the one that the seed chooses."""
    rng = random.Random(hashlib.sha256(f"{seed}|{stage}".encode()).digest())  # noqa: S311
    sheet = Print(rng, INKS.get(stage, DISTRICT), width, height)
    COMPOSITIONS[composition or composition_of(seed)](sheet)
    return sheet.pull()


def save(path: Path | str, seed: str, stage: str, width: int = 1600, height: int = 1000, composition: str = "") -> Path:
    path = Path(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    draw(seed, stage, width, height, composition).save(path, quality=86)
    return path
