"""Places seen from above: a campus, a playground, villages joined by lines."""

import math
import random
from collections.abc import Sequence
from typing import NamedTuple

from .press import Board, Point, Print, bent, box, oval


class Solid(NamedTuple):
    x: float
    y: float
    wide: float
    deep: float
    tall: float


# Behind, left, right and in front: the order in which they hide one another.
BUILDINGS = (
    Solid(-410, -410, 620, 150, 150),
    Solid(-410, -200, 150, 380, 190),
    Solid(280, -300, 130, 300, 110),
    Solid(-180, 270, 420, 130, 80),
)


class Ground:
    """The ground seen at a slant, x running down to the right and y down to the left; `mirror` swaps them."""

    def __init__(self, sheet: Print, centre: Point, mirror: int) -> None:
        self.sheet, self.centre, self.mirror = sheet, centre, mirror

    def at(self, x: float, y: float, z: float = 0) -> Point:
        across, down = self.mirror * (x - y) * 0.866, (x + y) * 0.5 - z
        return self.sheet.spot(self.centre[0] + across, self.centre[1] + down)

    def put(self, points: Sequence[Point], z: float = 0, **strength: float) -> None:
        self.sheet.area([self.at(*point, z) for point in points], **strength)

    def stroke(self, points: Sequence[Point], thick: float, z: float = 0, **strength: float) -> None:
        self.sheet.line([self.at(*point, z) for point in points], thick, **strength)


def campus(sheet: Print) -> None:
    """Buildings around a court, seen from above at a slant."""
    rng = sheet.rng
    ground = Ground(sheet, (800 + rng.uniform(-60, 60), 500 + rng.uniform(0, 50)), rng.choice((-1, 1)))
    ground.put(box(-1600, -1600, 3200, 3200), second=0.30)
    for k in range(-40, 41):
        ground.stroke([(k * 40, -1600), (k * 40, 1600)], 2, second=0.55)
    ground.put(box(-470, -470, 940, 940))
    ground.put(box(-450, -450, 900, 900), main=0.10)
    for side in (-560, 490):
        ground.put(box(-1600, side, 3200, 60))
        ground.stroke([(-1600, side + 30), (1600, side + 30)], 3, main=0.5)
    court(ground, rng.uniform(-40, 20), rng.uniform(40, 80))
    red = rng.choice((1, 2))
    for n, solid in enumerate(BUILDINGS):
        walls(ground, solid)
        roof(ground, solid, "accent" if n == red else "main")
    for x, y in avenue(rng):
        tree(sheet, ground.at(x, y, 34), 34 * rng.uniform(0.85, 1.2), rng.choice((0.95, 0.75)))


def avenue(rng: random.Random) -> list[Point]:
    """Places of trees along two sides and in one corner, far to near."""
    rows = [(-430 + k * 75, 520) for k in range(-9, 16)] + [(530, -430 + k * 75) for k in range(-9, 14)]
    free = [(rng.uniform(300, 420), rng.uniform(60, 400)) for _ in range(6)]
    return sorted([*rows, *free], key=sum)


def court(ground: Ground, x: float, y: float) -> None:
    ground.put(box(x - 150, y - 190, 300, 230), second=0.72)
    for frame in (box(x - 132, y - 172, 264, 194), box(x - 132, y - 122, 60, 94), box(x + 72, y - 122, 60, 94)):
        ground.stroke([*frame, frame[0]], 4)
    ground.stroke([(x, y - 172), (x, y + 22)], 4)
    ground.stroke(oval((x, y - 75), 34, 34), 4)


def walls(ground: Ground, solid: Solid) -> None:
    """The two walls that face us, with rows of windows."""
    sheet, at, (x, y, wide, deep, tall) = ground.sheet, ground.at, solid
    west, south, east = (x, y + deep), (x + wide, y + deep), (x + wide, y)
    outline = [at(x, y, tall), at(*east, tall), at(*east), at(*south), at(*west), at(*west, tall)]
    sheet.line([*outline, outline[0]], 12)
    sheet.area([at(*west), at(*south), at(*south, tall), at(*west, tall)], main=0.96)
    sheet.area([at(*east), at(*south), at(*south, tall), at(*east, tall)], main=0.66)
    for z in range(14, round(tall) - 24, 36):
        for step in range(16, round(wide) - 20, 30):
            pane(sheet, [at(x + step + dx, y + deep, z + dz) for dx, dz in box(0, 0, 17, 22)])
        for step in range(16, round(deep) - 20, 30):
            pane(sheet, [at(x + wide, y + step + dy, z + dz) for dy, dz in box(0, 0, 17, 22)])


def roof(ground: Ground, solid: Solid, ink: str) -> None:
    x, y, wide, deep, tall = solid
    ground.put(box(x, y, wide, deep), tall, **{ink: 0.9 if ink == "accent" else 0.22})
    frame = box(x + 12, y + 12, wide - 24, deep - 24)
    ground.stroke([*frame, frame[0]], 3, tall, **{ink: 0.45})
    for step in range(38, round(max(wide, deep)) - 20, 26):
        along_x = [(x + step, y + 12), (x + step, y + deep - 12)]
        along_y = [(x + 12, y + step), (x + wide - 12, y + step)]
        ground.stroke(along_x if wide > deep else along_y, 2, tall, **{ink: 0.5})


def pane(sheet: Print, points: Sequence[Point]) -> None:
    sheet.area(points, second=sheet.rng.choice((0.0, 0.0, 0.35, 0.7)))


def tree(sheet: Print, at: Point, size: float, dark: float) -> None:
    """A round crown with the light on one side."""
    unit = sheet.unit
    sheet.line([at, (at[0], at[1] + size * 1.5 * unit)], 5, main=0.9)
    sheet.disc(at, size + 4)
    sheet.disc(at, size, main=dark)
    for share in (0.3, 0.55, 0.8):
        sheet.line(oval(at, size * share * unit, size * share * unit, 0, (0.5, 0.78)), 2.2, main=dark * 0.4)


STRAIGHT, RADIUS, LANE, LANES = 400, 205, 23, 8


def playground(sheet: Print) -> None:
    """A running track and courts from straight above."""
    rng, edge = sheet.rng, RADIUS + LANES * LANE
    turn = rng.choice((-1, 1)) * rng.uniform(0.16, 0.42)
    board = Board(sheet, (800 + rng.uniform(-140, 140), 500 + rng.uniform(-70, 70)), turn)
    sheet.area(sheet.spots(box(-50, -50, 1700, 1100)), second=0.24)
    for k in range(-40, 41):
        board.stroke([(-1400, k * 36), (1400, k * 36)], 2, second=0.42)
    for side in (-1, 1):
        for k in range(-2, 2):
            hoops(board, k * 380 + 190, side * (edge + 190), (k + side) % 2 == 0)
    lanes(board, edge)
    pitch(board)
    for k in range(-22, 23):
        for side in (-1, 1):
            at = board.placed([(k * 74 + rng.uniform(-8, 8), side * (edge + 62))])[0]
            crown(sheet, at, rng.uniform(23, 31))


def lanes(board: Board, edge: float) -> None:
    """The track, one of its lanes red, with the steps of a staggered start."""
    board.put(track(STRAIGHT, edge + 14))
    for n in range(LANES, 0, -1):
        board.put(track(STRAIGHT, RADIUS + n * LANE), **({"accent": 0.92} if n == 5 else {"main": 0.95}))
        board.stroke(track(STRAIGHT, RADIUS + n * LANE), 3, main=0.12)
    board.put(track(STRAIGHT, RADIUS), second=0.85)
    board.stroke(track(STRAIGHT, RADIUS), 3, main=0.12)
    for n in range(LANES):
        x = STRAIGHT - 240 - n * 34
        board.stroke([(x, RADIUS + n * LANE), (x, RADIUS + (n + 1) * LANE)], 5)


def track(straight: float, radius: float) -> list[Point]:
    east = [
        (straight + radius * math.cos(a), radius * math.sin(a)) for a in (math.pi * (k / 40 - 0.5) for k in range(41))
    ]
    return [*east, *((-x, -y) for x, y in east), east[0]]


def pitch(board: Board) -> None:
    """A football field, mown in stripes."""
    stroke, straight, radius = board.stroke, STRAIGHT, RADIUS
    for k in range(-4, 4, 2):
        board.put(box(k * 100, -radius + 14, 100, 2 * radius - 28), second=0.6)
    field = box(-straight, -radius + 24, 2 * straight, 2 * radius - 48)
    stroke([*field, field[0]], 4)
    stroke([(0, -radius + 24), (0, radius - 24)], 4)
    stroke(oval((0, 0), 66, 66), 4)
    for side in (-1, 1):
        for deep, half in ((110, 110), (44, 54)):
            stroke(
                [
                    (side * straight, -half),
                    (side * (straight - deep), -half),
                    (side * (straight - deep), half),
                    (side * straight, half),
                ],
                4,
            )
        stroke(oval((side * (straight - 78), 0), 52, 52, 0, (0.36, 0.64) if side > 0 else (-0.14, 0.14)), 4)


def hoops(board: Board, x: float, y: float, dark: bool) -> None:
    """A basketball court, its middle at x, y."""
    put, stroke = board.put, board.stroke
    put(box(x - 165, y - 95, 330, 190), main=0.62 if dark else 0.4)
    frame = box(x - 150, y - 80, 300, 160)
    stroke([*frame, frame[0]], 4)
    stroke([(x, y - 80), (x, y + 80)], 4)
    stroke(oval((x, y), 26, 26), 4)
    for side in (-1, 1):
        key = [(x + side * 150, y - 28), (x + side * 92, y - 28), (x + side * 92, y + 28), (x + side * 150, y + 28)]
        stroke(key, 4)
        stroke(oval((x + side * 138, y), 66, 66, 0, (0.26, 0.74) if side > 0 else (-0.24, 0.24)), 4)


def crown(sheet: Print, at: Point, size: float) -> None:
    x, y = sheet.spot(*at)
    sheet.disc((x + 7 * sheet.unit, y + 8 * sheet.unit), size, main=0.25, second=0.5)
    sheet.disc((x, y), size, main=0.9)
    for share in (0.35, 0.68):
        sheet.line(oval((x, y), size * share * sheet.unit, size * share * sheet.unit, 0, (0.45, 0.85)), 2.2, main=0.35)


def network(sheet: Print) -> None:
    """Villages among hills, joined by lines like rivers; the red one is the middle."""
    rng = sheet.rng
    sheet.area(sheet.spots(box(-50, -50, 1700, 1100)), second=0.16)
    for x, y in ((180, 130), (760, -40), (1380, 190), (60, 760), (620, 1010), (1180, 820), (1660, 980)):
        hill(sheet, (x + rng.uniform(-80, 80), y + rng.uniform(-60, 60)), rng.uniform(250, 330))
    places = villages(rng)
    hub = min(places, key=lambda p: math.dist(p, (800, 500)))
    joined = joints(places, hub)
    curves = [bow(a, b, rng.uniform(-0.22, 0.22)) for a, b in joined]
    for wide, strength in ((26, {}), (17, {"main": 0.95}), (3, {"main": 0.3})):
        for curve in curves:
            sheet.line(sheet.spots(curve), wide, **strength)
    for place in places:
        share = sum(place in pair for pair in joined)
        village(sheet, place, 74 if place == hub else 26 + 9 * min(share, 3), place == hub)


def hill(sheet: Print, centre: Point, size: float) -> None:
    """Contour lines."""
    waves = [(sheet.rng.uniform(0.02, 0.14) / k, k, sheet.rng.uniform(0, math.tau)) for k in (2, 3, 4, 5)]
    for n in range(9, 0, -1):
        edge = []
        for step in range(121):
            a = step / 120 * math.tau
            r = size * n / 10 * (1 + sum(s * math.sin(k * a + p + n * 0.05) for s, k, p in waves))
            edge.append((centre[0] + 1.15 * r * math.cos(a), centre[1] + r * math.sin(a)))
        if n in (3, 7):
            sheet.area(sheet.spots(edge), second=0.50 - 0.03 * n)
        sheet.line(sheet.spots(edge), 2.4, main=0.5)


def villages(rng: random.Random) -> list[Point]:
    """One in each field of a chessboard, so that none is too near another."""
    return [
        (140 + 330 * i + (165 if j % 2 else 0) - 80 + rng.uniform(-70, 70), 130 + 245 * j + rng.uniform(-60, 60))
        for j in range(4)
        for i in range(5)
    ]


def joints(places: list[Point], hub: Point) -> list[tuple[Point, Point]]:
    """The shortest tree from the hub through all places (Prim)."""
    done, pairs = [hub], []
    while len(done) < len(places):
        near = min(
            ((a, b) for a in done for b in places if b not in done),
            key=lambda pair: math.dist(*pair) + 0.35 * math.dist(pair[0], hub),
        )
        pairs.append(near)
        done.append(near[1])
    return pairs


def bow(a: Point, b: Point, bend: float) -> list[Point]:
    dx, dy = b[0] - a[0], b[1] - a[1]
    first = (a[0] + dx * 0.33 - dy * bend, a[1] + dy * 0.33 + dx * bend)
    second = (a[0] + dx * 0.67 + dy * bend, a[1] + dy * 0.67 - dx * bend)
    return bent([a, first, second, b], 16)


def village(sheet: Print, place: Point, size: float, red: bool) -> None:
    at = sheet.spot(*place)
    sheet.disc(at, size + 9)
    sheet.disc(at, size, **({"accent": 0.95} if red else {"main": 0.95}))
    for share in (0.72, 0.46):
        edge = oval(at, size * share * sheet.unit, size * share * sheet.unit)
        sheet.line(edge, 3.5, **({"accent": 0.2} if red else {"main": 0.2}))
    sheet.disc(at, size * 0.18)
