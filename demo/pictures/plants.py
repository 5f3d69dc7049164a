"""Plants, near enough to touch."""

import math
import random
from collections.abc import Callable, Sequence

from .press import Point, Print, bent, box, horizon, land, oval, smooth, swell, turned


def lobes(rng: random.Random, size: float, waves: int) -> Callable[[float], float]:
    """Like `swell`, but it ends as it begins."""
    parts = [
        (size / (k + 1) * rng.uniform(0.6, 1.2), (k + 1) * math.tau, rng.uniform(0, math.tau)) for k in range(waves)
    ]
    return lambda t: sum(a * math.sin(w * t + phase) for a, w, phase in parts)


def rings(sheet: Print) -> None:
    """The rings of an old tree, cut close."""
    rng = sheet.rng
    cx, cy = sheet.at(rng.choice((rng.uniform(0.2, 0.36), rng.uniform(0.64, 0.8))), rng.uniform(0.42, 0.62))
    shape, drift = lobes(rng, 0.055, 5), lobes(rng, 0.03, 4)
    radii, radius = [], 1180.0
    while radius > 16:
        radii.append(radius)
        radius -= rng.choice((10, 14, 18, 30, 44)) * (0.6 + radius / 1500)
    for i, radius in enumerate(radii):
        grow = radius / 1180
        edge = []
        for step in range(241):
            t = step / 240
            r = radius * sheet.unit * (1 + shape(t) + drift(t) * grow)
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


def grove(sheet: Print) -> None:
    """Orange trees in rows over a round hill."""
    rng = sheet.rng
    sheet.disc(sheet.spot(rng.uniform(300, 1300), rng.uniform(170, 220)), rng.uniform(80, 105), second=0.55)
    land(sheet, horizon(sheet, 0.32, swell(rng, 0.07, 2)), second=0.28)
    shape = swell(rng, 0.055, 2)
    for row in range(7):
        depth = row / 6
        level = 0.36 + 0.62 * depth**1.25
        own = swell(rng, 0.012)

        def edge(t: float, bent_by: float = 1.2 - 0.7 * depth, own=own) -> float:
            return shape(t) * bent_by + own(t)

        field = horizon(sheet, level, edge)
        land(sheet, field, **({"second": 0.5 + 0.2 * depth} if row % 2 else {"main": 0.12 + 0.10 * depth}))
        for n in range(1, 5):
            sheet.line(
                horizon(sheet, level, edge, n * (0.009 + 0.016 * depth)), 1.6 + 2 * depth, main=0.3 + 0.25 * depth
            )
        size = 20 + 70 * depth**1.2
        x = rng.uniform(-0.06, 0.02)
        while x < 1.06:
            at = sheet.at(x, level + edge(x))
            orange_tree(
                sheet, (at[0], at[1] - size * 0.72 * sheet.unit), size * rng.uniform(0.9, 1.1), 0.55 + 0.42 * depth
            )
            x += size * rng.uniform(2.25, 2.7) / 1600


def orange_tree(sheet: Print, at: Point, size: float, dark: float) -> None:
    rng, unit = sheet.rng, sheet.unit
    sheet.line([at, (at[0], at[1] + size * 1.25 * unit)], max(3, size * 0.13), main=dark)
    edge = []
    phase = rng.uniform(0, 6)
    for step in range(91):
        a = step / 90 * math.tau
        r = size * unit * (1 + 0.022 * math.sin(11 * a + phase) + 0.03 * math.sin(3 * a - phase))
        edge.append((at[0] + 1.08 * r * math.cos(a), at[1] + 0.94 * r * math.sin(a)))
    sheet.area([(x + (x - at[0]) * 0.07, y + (y - at[1]) * 0.07) for x, y in edge])
    sheet.area(edge, main=dark)
    for _ in range(round(6 + size / 4)):
        turn, far = rng.uniform(0, math.tau), size * 0.8 * math.sqrt(rng.random())
        spot = (at[0] + far * math.cos(turn) * unit, at[1] + far * math.sin(turn) * 0.9 * unit)
        sheet.line(
            oval(spot, size * 0.13 * unit, size * 0.10 * unit, 0, (0.5, 1.0)), 1.4 + size * 0.014, main=dark * 0.45
        )
    for n in range(7):
        turn, far = n * 2.4 + phase + rng.uniform(-0.5, 0.5), size * 0.30 * math.sqrt(n + 0.2)
        spot = (at[0] + far * math.cos(turn) * unit, at[1] + far * math.sin(turn) * 0.9 * unit)
        sheet.disc(spot, size * 0.105 + 2)
        sheet.disc(spot, size * 0.105, accent=min(1, dark + 0.1))


def lotus(sheet: Print) -> None:
    """A lotus pond: round leaves, a few red flowers."""
    rng = sheet.rng
    sheet.area(sheet.spots(box(-50, -50, 1700, 1100)), second=0.22)
    for i in range(90):
        y, x = 1000 * (i / 90) ** 1.1, rng.uniform(-200, 1600)
        sheet.line(sheet.spots([(x, y), (x + rng.uniform(80, 500), y)]), 1.6 + 2.4 * i / 90, second=0.52)
    side = rng.choice((-1, 1))

    def inlet(y: float) -> float:
        return 800 + side * (330 * math.sin(y / 260 + 0.6) + 120)

    sheet.disc(sheet.spot(inlet(190), 190), 92, second=0.75)
    for x, y, size in pond(rng, inlet):
        pad(sheet, (x, y), size, rng.choice((0.97, 0.86, 0.72)), rng.uniform(0.05, 0.45))
    for n, (y, shift) in enumerate(((330, 1.5), (440, -1.6), (560, 1.35), (720, -1.3), (760, 1.75))):
        x = inlet(y) + side * shift * (110 + 0.19 * y) + rng.uniform(-30, 30)
        flower(sheet, (x, y + rng.uniform(-30, 30)), 66 + y * 0.085, n in (1, 2))


def pond(rng: random.Random, inlet: Callable[[float], float]) -> list[tuple[float, float, float]]:
    """Places for the leaves, far to near, none too close to another, none on the open water."""
    found: list[tuple[float, float, float]] = []
    for _ in range(900):
        y = rng.uniform(40, 1040)
        x, size = rng.uniform(-80, 1680), (40 + 0.16 * y) * rng.uniform(0.6, 1.2)
        open_water = abs(x - inlet(y)) < 60 + 0.15 * y + size
        if not open_water and all(math.hypot(x - a, (y - b) * 2.1) > (size + s) * 0.8 for a, b, s in found):
            found.append((x, y, size))
    return sorted(found, key=lambda leaf: leaf[1])


def pad(sheet: Print, centre: Point, size: float, dark: float, notch: float) -> None:
    """One leaf on the water: an ellipse with a notch, its veins, a lighter rim."""
    (x, y), unit = sheet.spot(*centre), sheet.unit
    across, down = size * unit, size * 0.46 * unit
    heart = (x, y - down * 0.06)
    rim = [heart, *oval((x, y), across, down, 0, (notch + 0.022, notch + 0.978))]
    sheet.area([(px + (px - x) * 0.05, py + (py - y) * 0.05 + 5 * unit) for px, py in rim])
    sheet.area(rim, main=dark)
    for k in range(13):
        share = notch + 0.06 + 0.88 * k / 12
        end = oval((x, y), across * 0.93, down * 0.93, 0, (share, share))[0]
        middle = ((heart[0] + end[0]) / 2, (heart[1] + end[1]) / 2 - down * 0.05)
        sheet.line(bent([heart, middle, end], 6), 1.4 + size * 0.012, main=dark * 0.42)
    sheet.line(oval((x, y), across * 0.95, down * 0.95, 0, (notch + 0.03, notch + 0.97)), 2, main=dark * 0.6)


def flower(sheet: Print, at: Point, size: float, bud: bool) -> None:
    stem = bent([at, (at[0] + 10, at[1] + size * 1.2), (at[0] - 6, at[1] + size * 2.6)], 12)
    sheet.line(sheet.spots(stem), 15)
    sheet.line(sheet.spots(stem), 9, main=0.95)
    angles = (-0.32, 0.32, 0) if bud else (-1.25, 1.25, -0.85, 0.85, -0.44, 0.44, 0)
    for n, lean in enumerate(angles):
        petal(
            sheet,
            at,
            lean,
            size * (0.95 if bud else 1.0 - 0.10 * abs(lean)),
            (0.62, 0.78, 0.95)[n % 3] if bud else 0.55 + 0.06 * n,
        )


def petal(sheet: Print, root: Point, lean: float, size: float, dark: float) -> None:
    half = [(0.30 * math.sin(math.pi * (t / 20) ** 0.85) ** 0.9, -t / 20) for t in range(21)]
    shape = [*half, *((-x, y) for x, y in reversed(half))]
    sheet.area(sheet.spots(turned([(x * 1.14, y * 1.05) for x, y in shape], root, lean, size)))
    sheet.area(sheet.spots(turned(shape, root, lean, size)), accent=dark)
    for k in (-0.5, 0, 0.5):
        vein = [(x * k, y) for x, y in half[4:17]]
        sheet.line(sheet.spots(turned(vein, root, lean, size)), 1.8, accent=dark * 0.5)
