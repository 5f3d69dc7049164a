"""The press: three plates of ink, and the lines and curves that all compositions are made of."""

import math
import random
from collections.abc import Callable, Sequence
from typing import NamedTuple

from PIL import Image, ImageChops, ImageDraw, ImageOps


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

    def spot(self, x: float, y: float) -> Point:
        """A place in thousandths of the height: the sheet is 1000 tall and, as a rule, 1600 wide."""
        return x * self.unit, y * self.unit

    def spots(self, points: Sequence[Point]) -> list[Point]:
        return [self.spot(*point) for point in points]

    def area(self, points: Sequence[Point], **strength: float) -> None:
        for name, pen in self.pens.items():
            pen.polygon(points, fill=round(255 * strength.get(name, 0)))

    def line(self, points: Sequence[Point], thickness: float, **strength: float) -> None:
        width = max(1, round(thickness * self.unit))
        for name, pen in self.pens.items():
            pen.line(
                points, fill=round(255 * strength.get(name, 0)), width=width, joint="curve" if width > 20 else None
            )

    def disc(self, centre: Point, radius: float, **strength: float) -> None:
        (x, y), r = centre, radius * self.unit
        for name, pen in self.pens.items():
            pen.ellipse((x - r, y - r, x + r, y + r), fill=round(255 * strength.get(name, 0)))

    def fade(self, top: float, bottom: float, keep: float = 0) -> None:
        """Mist: what is printed so far grows paler from one level (in thousandths) down to another, and stays so."""
        box = (0, round(top * self.unit), self.width, round(bottom * self.unit))
        mask = ImageChops.invert(Image.linear_gradient("L")).point([round(v + (255 - v) * keep) for v in range(256)])
        mask = mask.resize((self.width, box[3] - box[1]), Image.Resampling.BILINEAR)
        for plate in self.plates.values():
            plate.paste(ImageChops.multiply(plate.crop(box), mask), box)
            below = plate.crop((0, box[3], self.width, self.height))
            plate.paste(below.point([round(value * keep) for value in range(256)]), (0, box[3]))

    def mirror(self) -> None:
        """Left and right exchanged; the last step, for the pens stay with the old plates."""
        self.plates = {name: ImageOps.mirror(plate) for name, plate in self.plates.items()}

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


def oval(centre: Point, across: float, down: float, turn: float = 0, part: tuple[float, float] = (0, 1)) -> list[Point]:
    """An ellipse, or a part of it, from the right and clockwise; `turn` in radians."""
    cos, sin = math.cos(turn), math.sin(turn)
    points = []
    steps = 14 + min(70, round(max(across, down) / 4))
    for step in range(steps + 1):
        angle = (part[0] + (part[1] - part[0]) * step / steps) * math.tau
        x, y = across * math.cos(angle), down * math.sin(angle)
        points.append((centre[0] + x * cos - y * sin, centre[1] + x * sin + y * cos))
    return points


def bent(points: Sequence[Point], steps: int = 24) -> list[Point]:
    """A smooth curve from the first point to the last."""
    return smooth([points[0], *points, points[-1]], steps)


def box(left: float, top: float, wide: float, tall: float) -> list[Point]:
    return [(left, top), (left + wide, top), (left + wide, top + tall), (left, top + tall)]


def turned(points: Sequence[Point], centre: Point, turn: float, size: float = 1) -> list[Point]:
    """Points drawn around 0, enlarged, turned and moved to their place."""
    cos, sin = math.cos(turn) * size, math.sin(turn) * size
    return [(centre[0] + x * cos - y * sin, centre[1] + x * sin + y * cos) for x, y in points]


class Board:
    """A plane lying on the sheet, its own 0 in the middle of it and turned a little."""

    def __init__(self, sheet: Print, middle: Point, turn: float) -> None:
        self.sheet, self.middle, self.turn = sheet, middle, turn

    def placed(self, points: Sequence[Point]) -> list[Point]:
        return turned(points, self.middle, self.turn)

    def put(self, points: Sequence[Point], **strength: float) -> None:
        self.sheet.area(self.sheet.spots(self.placed(points)), **strength)

    def stroke(self, points: Sequence[Point], thick: float, **strength: float) -> None:
        self.sheet.line(self.sheet.spots(self.placed(points)), thick, **strength)
