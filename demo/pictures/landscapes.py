"""Land and water."""

import math
from collections.abc import Callable, Sequence

from .press import Point, Print, bent, beside, box, horizon, land, oval, smooth, stretched, swell, turned


# The Yangtze at Jiangjin, west to east, in units of the picture: the bend of the character 几.
RIVER: Sequence[Point] = (
    (-0.20, 0.86), (-0.05, 0.88), (0.12, 0.87), (0.26, 0.81), (0.335, 0.66), (0.365, 0.46), (0.41, 0.27),
    (0.51, 0.20), (0.61, 0.21), (0.675, 0.31), (0.69, 0.48), (0.715, 0.66), (0.80, 0.765), (0.92, 0.75),
    (1.05, 0.66), (1.20, 0.56),
)  # fmt: skip


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
    shape, first = swell(rng, 0.10, 2), rng.uniform(0.26, 0.38)
    for i in range(8):
        depth = i / 7
        terrace(sheet, first + (1.04 - first) * depth**1.15, depth, shape, "second" if i in (1, 4) else "main")


def terrace(sheet: Print, level: float, depth: float, shape: Callable[[float], float], ink: str) -> None:
    rng, own = sheet.rng, swell(sheet.rng, 0.028)

    def edge(t: float) -> float:
        return shape(t + depth * 0.22) * (1.05 - 0.6 * depth) + own(t)

    land(sheet, horizon(sheet, level, edge), **{ink: 0.24 + 0.72 * depth})
    for n in range(1, 9):
        cut = horizon(sheet, level, edge, n * (0.008 + 0.012 * depth))
        begin, end = sorted(rng.sample(range(len(cut)), 2))
        sheet.line(cut[max(0, begin - 30) : end + 30], 1.8 + 3 * depth, **{ink: 0.05 + 0.3 * depth})


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


def wharf(sheet: Print) -> None:
    """Stone steps down to the river, a ferry and its wake."""
    rng = sheet.rng
    sheet.area(sheet.spots(box(-50, -50, 1700, 1100)), main=0.93)
    far = swell(rng, 0.05, 2)
    for i in range(38):
        level = i / 36
        current = horizon(sheet, level, stretched(far, level * 0.5, 1.0))
        start = rng.randrange(0, 50)
        while start < len(current):
            stop = start + rng.randrange(12, 60)
            sheet.line(current[start:stop], 2.2, main=0.62)
            start = stop + rng.randrange(4, 22)
    side = rng.choice((-1, 1))
    bow = (800 + side * rng.uniform(60, 200), rng.uniform(400, 450))
    turn = math.pi / 2 - side * rng.uniform(0.95, 1.2)
    wake(sheet, bow, turn)
    ferry(sheet, bow, turn, rng.uniform(165, 190))
    steps(sheet, side)


def wake(sheet: Print, bow: Point, turn: float) -> None:
    """Two sheaves of waves that open behind the boat, and the smooth lane between them."""
    for n in range(15):
        for side in (-1, 1):
            course = []
            for k in range(60):
                s = k / 59
                spread = (0.10 + 0.034 * n) * s * 1000 + 20
                course.append((-90 - 1500 * s, side * (spread + 16 * math.sin(s * 22 + n * 0.9) * s)))
            begin = sheet.rng.randrange(0, 8) + n // 2
            end = sheet.rng.randrange(34, 60)
            sheet.line(sheet.spots(turned(course[begin:end], bow, turn)), 7 - 0.32 * n, main=0.05 + 0.035 * n)


def ferry(sheet: Print, at: Point, turn: float, size: float) -> None:
    hull = [(1.25, 0), (1.0, 0.2), (0.6, 0.34), (-0.7, 0.36), (-1.0, 0.28), (-1.05, 0)]
    hull += [(x, -y) for x, y in reversed(hull[1:-1])]
    edge = bent([*hull, hull[0]], 8)
    sheet.area(sheet.spots(turned([(x * 1.07, y * 1.16) for x, y in edge], at, turn, size)))
    sheet.area(sheet.spots(turned(edge, at, turn, size)), second=0.75)
    sheet.line(sheet.spots(turned([(x * 0.9, y * 0.82) for x, y in edge], at, turn, size)), 3.5, main=0.8)
    sheet.area(sheet.spots(turned(box(-0.78, -0.24, 1.2, 0.48), at, turn, size)), accent=0.95)
    for k in range(1, 8):
        x = -0.78 + k * 0.15
        sheet.line(sheet.spots(turned([(x, -0.24), (x, 0.24)], at, turn, size)), 2.6, accent=0.45)
    sheet.line(sheet.spots(turned([(-0.78, 0), (0.42, 0)], at, turn, size)), 5, accent=0.2)


def steps(sheet: Print, side: int) -> None:
    """The bank: long steps of stone, each with its joints; `side` is where it is highest."""
    rng = sheet.rng
    shore = swell(rng, 22, 2)
    tall = rng.uniform(52, 60)

    def tread(n: float) -> list[Point]:
        return [(t * 17, 800 - side * (t * 17 - 800) * 0.22 + n * tall + shore(t / 100)) for t in range(-4, 101)]

    sheet.line(sheet.spots(tread(-0.22)), 10, main=0.1)
    for n in range(9):
        edge = tread(n)
        sheet.area(sheet.spots([*edge, (1750, 1400), (-80, 1400)]), second=0.16 + 0.03 * (n % 3))
        riser = [*edge, *reversed([(x, y + 15) for x, y in edge])]
        sheet.area(sheet.spots(riser), main=0.5)
        sheet.line(sheet.spots(edge), 3, main=0.9)
        at = rng.randrange(0, 12)
        while at < len(edge):
            x, y = edge[at]
            sheet.line(sheet.spots([(x, y + 15), (x + side * -9, y + tall)]), 2.4, main=0.45)
            at += rng.randrange(7, 16)


def pagoda(sheet: Print) -> None:
    """A pagoda on a ridge, mist in the valleys."""
    rng = sheet.rng
    x = rng.choice((rng.uniform(440, 600), rng.uniform(1000, 1160)))
    sheet.disc(sheet.spot(1600 - x + rng.uniform(-160, 160), rng.uniform(190, 260)), rng.uniform(90, 120), accent=0.92)
    ridge(sheet, 0.34, 0.09, {"second": 0.40}, 300)
    ridge(sheet, 0.46, 0.09, {"main": 0.34}, 280)
    shape = swell(rng, 0.04, 2)

    def top(t: float) -> float:
        return shape(t) - 0.12 * math.exp(-(((t * 1600 - x) / 300) ** 2))

    foot = (0.70 + top(x / 1600)) * 1000
    tower(sheet, x, foot + 12, rng.choice((5, 7)))
    edge = horizon(sheet, 0.70, top)
    land(sheet, edge, main=0.78)
    for n in range(1, 11):
        begin, end = sorted(rng.sample(range(len(edge)), 2))
        sheet.line(horizon(sheet, 0.70, top, n * 0.017)[max(0, begin - 25) : end + 25], 2.6, main=0.45)
    sheet.fade(560, 860, 0.06)
    ridge(sheet, 0.86, 0.05, {"second": 0.7}, 0)
    ridge(sheet, 0.95, 0.04, {"main": 0.97}, 0)
    for _ in range(7):
        veil(sheet, rng.uniform(-200, 1300), rng.uniform(560, 830))


def veil(sheet: Print, x: float, y: float) -> None:
    """Three lines of mist."""
    for row in range(3):
        begin, level = x + row * 40, y + row * 17
        sheet.line(sheet.spots([(begin, level), (begin + sheet.rng.uniform(250, 600), level)]), 5)


def ridge(sheet: Print, level: float, size: float, inks: dict[str, float], mist: float) -> None:
    shape = swell(sheet.rng, size, 3)
    edge = horizon(sheet, level, shape)
    land(sheet, edge, **inks)
    for n in range(1, 8):
        begin, end = sorted(sheet.rng.sample(range(len(edge)), 2))
        cut = horizon(sheet, level, shape, n * 0.016)[max(0, begin - 20) : end + 20]
        sheet.line(cut, 2.2, **{ink: dark * 0.6 for ink, dark in inks.items()})
    if mist:
        sheet.fade(level * 1000 - 20, level * 1000 + mist, 0.04)


def tower(sheet: Print, x: float, foot: float, tiers: int) -> None:
    """Tiers that narrow upwards, each under a swept roof; a spire on top."""
    tall, wide = 390 / tiers, 70.0
    for n in range(tiers):
        half, y = wide * (1 - 0.55 * n / tiers), foot - n * tall
        sheet.area(sheet.spots(box(x - half, y - tall, 2 * half, tall + 4)), main=0.16)
        sheet.line(sheet.spots([(x - half, y - tall), (x - half, y + 2)]), 4, main=0.95)
        sheet.line(sheet.spots([(x + half, y - tall), (x + half, y + 2)]), 4, main=0.95)
        door = [
            (x - half * 0.24, y),
            *oval((x, y - tall * 0.34), half * 0.24, half * 0.24, 0, (0.5, 1.0)),
            (x + half * 0.24, y),
        ]
        sheet.area(sheet.spots(door), main=0.95)
        for side in (-1, 1):
            sheet.line(
                sheet.spots([(x + side * half * 0.62, y - tall * 0.5), (x + side * half * 0.62, y - tall * 0.12)]),
                6,
                main=0.7,
            )
        eaves(sheet, x, y - tall, half, tall)
    top = foot - tiers * tall
    sheet.line(sheet.spots([(x, top - 96), (x, top)]), 6, main=0.95)
    for n, size in enumerate((13, 10, 7)):
        sheet.disc(sheet.spot(x, top - 34 - n * 22), size, main=0.95)


def eaves(sheet: Print, x: float, y: float, half: float, tall: float) -> None:
    out, rise = half * 1.62, tall * 0.34
    curve = [
        (x + half * 0.8, y - rise),
        (x + half * 1.05, y - rise * 0.3),
        (x + half * 1.35, y),
        (x + out, y - rise * 0.22),
    ]
    right = [*bent(curve, 8), (x + half * 1.3, y + rise * 0.26)]
    left = [(2 * x - px, py) for px, py in reversed(right)]
    sheet.area(sheet.spots([*left, *right]), main=0.97)
    sheet.line(sheet.spots([left[0], right[-1]]), 3, main=0.3)
