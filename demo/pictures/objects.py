"""Things of the classroom and the yard: pages, slips of bamboo, kites, an abacus."""

import math
from collections.abc import Sequence

from .press import Board, Point, Print, bent, box, horizon, land, oval, swell, turned


def pages(sheet: Print) -> None:
    """An open book whose pages rise like hills, and a sun in the fold."""
    rng = sheet.rng
    fold = rng.uniform(640, 960)
    sheet.disc(sheet.spot(fold + rng.uniform(-50, 50), rng.uniform(300, 350)), rng.uniform(100, 130), accent=0.92)
    lifts = [[rng.uniform(0.85, 1.2) for _ in range(8)] for _ in (0, 1)]
    for i in range(8):
        left, right = (page(fold, i, side, lifts[n][i]) for n, side in enumerate((-1, 1)))
        edge = [*reversed(left), *right[1:]]
        ink, dark = ("second", 0.34 + 0.05 * i) if i % 3 == 1 else ("main", 0.16 + 0.115 * i)
        sheet.area(sheet.spots([*edge, (1900, 1300), (-300, 1300)]), **{ink: dark})
        for row in range(1, 7):
            for half in (left, right):
                begin = rng.randrange(6, 16)
                end = rng.choice((len(half) - 8, len(half) - 8, rng.randrange(26, len(half) - 8)))
                line = [(x, y + row * (9 + 1.9 * i)) for x, y in half[begin:end]]
                sheet.line(sheet.spots(line), 1.8 + 0.4 * i, **{ink: dark * 0.42})


def page(fold: float, i: int, side: int, lift: float) -> list[Point]:
    """The upper edge of one page, from the fold outwards."""
    reach = (1900 - fold if side > 0 else fold + 300) * (0.9 + 0.02 * i)
    tall = (430 - 34 * i) * lift
    points = []
    for step in range(61):
        s = step / 60
        rise = math.sin(math.pi * s**0.56) * (1 - 0.25 * s) + 0.10 * s
        points.append((fold + side * reach * s**1.15, 640 + 52 * i - tall * rise))
    return points


def slips(sheet: Print) -> None:
    """Slips of bamboo tied into a mat, one end still rolled up, under a moon and bamboo leaves."""
    rng = sheet.rng
    from_right = rng.random() < 0.5
    sheet.disc(sheet.spot(rng.uniform(380, 620), rng.uniform(330, 400)), rng.uniform(250, 300), second=0.42)
    wave, width = swell(rng, 20, 2), rng.uniform(50, 58)
    top, tall = rng.uniform(220, 270), rng.uniform(560, 600)
    count = round(1210 / width)
    for n in range(count):
        x = -60 + n * width
        y = top + wave(n / count) + rng.uniform(-3, 3)
        slip(sheet, x, y, width - 7, tall + rng.uniform(-4, 4), rng.choice((0.80, 0.88, 0.96)))
    for share in (0.2, 0.78):
        cord(sheet, [(-60 + n * width, top + wave(n / count) + tall * share) for n in range(count + 1)], width)
    roll(sheet, (-60 + count * width + 72, top + wave(1)), tall)
    branch = bent([(1660, -20), (1480, 40), (1330, 130), (1180, 160)], 16)
    sheet.line(sheet.spots(branch), 9, main=0.95)
    for i in range(6, len(branch), 7):
        spray(sheet, branch[i], math.pi - rng.uniform(0.2, 1.2) + (i % 2) * 0.7, 1)
    if from_right:
        sheet.mirror()


def slip(sheet: Print, x: float, y: float, wide: float, tall: float, dark: float) -> None:
    rng = sheet.rng
    sheet.area(sheet.spots(box(x - 4, y - 4, wide + 8, tall + 8)))
    sheet.area(sheet.spots(box(x, y, wide, tall)), main=dark)
    for _ in range(5):
        at, begin = x + rng.uniform(6, wide - 6), y + rng.uniform(10, tall * 0.7)
        end = min(y + tall - 8, begin + rng.uniform(60, 300))
        sheet.line(sheet.spots([(at, begin), (at, end)]), 1.8, main=dark * 0.6)
    joint = y + tall * rng.uniform(0.3, 0.7)
    sheet.line(sheet.spots([(x, joint), (x + wide, joint)]), 3, main=dark * 0.35)


def cord(sheet: Print, points: Sequence[Point], width: float) -> None:
    """Two twisted strings over and under the slips."""
    for shift in (-7, 7):
        line = [(x, y + shift + (4 if i % 2 else -4)) for i, (x, y) in enumerate(points)]
        curve = sheet.spots(bent(line, 8))
        sheet.line(curve, 12)
        sheet.line(curve, 7, accent=0.95)
    for x, y in points:
        sheet.area(oval(sheet.spot(x - 3.5, y), 4 * sheet.unit, 13 * sheet.unit), accent=0.95)


def roll(sheet: Print, top: Point, tall: float) -> None:
    """The rest of the mat, rolled up: a cylinder of slips with its spiral on top."""
    (x, y), unit = top, sheet.unit
    wide, down = 98.0, 40.0
    body = [(x - wide, y), *oval((x, y + tall), wide, down, 0, (0.5, 0.0)), (x + wide, y)]
    sheet.area(sheet.spots([(px + (px - x) * 0.05, py) for px, py in body]))
    sheet.area(sheet.spots(body), main=0.95)
    for k in range(1, 9):
        turn = math.pi * k / 9
        at, low = x + wide * math.cos(turn), y + down * math.sin(turn)
        sheet.line(sheet.spots([(at, low), (at, low + tall)]), 4, main=0.3)
    for share in (0.2, 0.78):
        for shift in (-7, 7):
            band = oval((x, y + tall * share + shift), wide, down, 0, (0, 0.5))
            sheet.line(sheet.spots(band), 7, accent=0.95)
    sheet.area(oval(sheet.spot(x, y), (wide + 4) * unit, (down + 4) * unit))
    sheet.area(oval(sheet.spot(x, y), wide * unit, down * unit), main=0.4)
    spiral = [
        (x + wide * (1 - k / 150) * math.cos(k / 9), y + down * (1 - k / 150) * math.sin(k / 9)) for k in range(140)
    ]
    sheet.line(sheet.spots(spiral), 4, main=1)


def spray(sheet: Print, root: Point, turn: float, forks: int) -> None:
    """A twig of bamboo leaves."""
    rng = sheet.rng
    length = rng.uniform(50, 90)
    tip = (root[0] + length * math.cos(turn), root[1] + length * math.sin(turn))
    sheet.line(sheet.spots([root, tip]), 5, main=0.9)
    for lean in (-0.55, -0.05, 0.5):
        blade(sheet, tip, turn + lean + rng.uniform(-0.15, 0.15), rng.uniform(150, 230))
    if forks:
        spray(sheet, tip, turn + rng.uniform(-0.5, 0.5), forks - 1)


def blade(sheet: Print, root: Point, turn: float, length: float) -> None:
    half = [(t / 20, 0.075 * math.sin(math.pi * (t / 20) ** 0.7)) for t in range(21)]
    shape = turned([*half, *((x, -y) for x, y in reversed(half))], root, turn, length)
    sheet.area(sheet.spots(shape), main=sheet.rng.choice((0.95, 0.8, 0.62)))
    sheet.line(sheet.spots(turned([(0.08, 0), (0.85, 0)], root, turn, length)), 1.8, main=0.25)


def kites(sheet: Print) -> None:
    """Kites over low hills."""
    rng, mirror = sheet.rng, sheet.rng.choice((-1, 1))
    for level, dark in ((0.80, 0.30), (0.87, 0.55)):
        land(sheet, horizon(sheet, level, swell(rng, 0.05, 2)), second=dark)
    near = swell(rng, 0.03, 2)
    land(sheet, horizon(sheet, 0.93, near), main=0.9)
    for n in range(1, 6):
        sheet.line(horizon(sheet, 0.93, near, n * 0.014), 2.4, main=0.45)
    for _ in range(5):
        cloud(sheet, rng.uniform(-100, 1500), rng.uniform(60, 720))
    hands = (800 + mirror * rng.uniform(250, 420), 1040)
    places = [(-500, 480, 120), (360, 200, 118), (90, 590, 84), (560, 470, 104), (-130, 330, 230)]
    for n, (x, y, size) in enumerate(places):
        at = (800 + mirror * x + rng.uniform(-50, 50), y + rng.uniform(-40, 40))
        string = bent([at, ((at[0] * 0.45 + hands[0] * 0.55), at[1] * 0.5 + hands[1] * 0.5 + 60), hands])
        sheet.line(sheet.spots(string), 1.8, main=0.8)
        red = n == len(places) - 1
        (swallow if red or n == 1 else diamond)(sheet, at, size, mirror * rng.uniform(-0.1, 0.4), red)


def cloud(sheet: Print, x: float, y: float) -> None:
    for row in range(sheet.rng.randrange(3, 6)):
        begin, wide = x + sheet.rng.uniform(-60, 60), sheet.rng.uniform(120, 340)
        sheet.line(sheet.spots([(begin, y + row * 15), (begin + wide, y + row * 15)]), 4, second=0.38)


def diamond(sheet: Print, at: Point, size: float, turn: float, _red: bool) -> None:
    top, right, low, left, middle = (0, -1), (0.72, -0.15), (0, 1.25), (-0.72, -0.15), (0, -0.15)
    sheet.area(sheet.spots(turned((top, right, low, left), at, turn, size * 1.09)))
    for shape, inks in (
        ((top, right, middle), {"main": 0.95}),
        ((top, left, middle), {"second": 0.85}),
        ((low, right, middle), {"second": 0.6}),
        ((low, left, middle), {"main": 0.7}),
    ):
        sheet.area(sheet.spots(turned(shape, at, turn, size)), **inks)
    for rod in ((top, low), (left, right)):
        sheet.line(sheet.spots(turned(rod, at, turn, size)), 4)
    course = [(0.22 * math.sin(t / 4) * (t / 24), 1.25 + t * 0.09) for t in range(30)]
    sheet.line(sheet.spots(turned(course, at, turn, size)), 3.5, main=0.9)
    for k in range(6, 30, 6):
        x, y = course[k]
        bow = [(x - 0.17, y - 0.1), (x + 0.17, y + 0.1), (x + 0.17, y - 0.1), (x - 0.17, y + 0.1)]
        sheet.area(sheet.spots(turned(bow, at, turn, size)), accent=0.95)


def swallow(sheet: Print, at: Point, size: float, turn: float, red: bool) -> None:
    """The swallow kite of the north and the south alike: broad wings, a forked tail."""
    ink = "accent" if red else "main"
    half = [(0, -0.58), (0.10, -0.54), (0.16, -0.40), (0.30, -0.36), (0.75, -0.58), (1.3, -0.92), (1.22, -0.6)]
    half += [(0.8, -0.1), (0.34, 0.12), (0.17, 0.3), (0.22, 0.52), (0.52, 1.12), (0.3, 0.98), (0.0, 0.5)]
    edge = bent(half, 8)
    edge += [(-x, y) for x, y in reversed(edge)]
    sheet.area(sheet.spots(turned([(x * 1.05, y * 1.05) for x, y in edge], at, turn, size)))
    sheet.area(sheet.spots(turned(edge, at, turn, size)), **{ink: 0.95})
    for side in (-1, 1):
        for k in range(5):
            root, tip = (side * (0.2 + 0.1 * k), -0.22 + 0.01 * k), (side * (0.42 + 0.2 * k), 0.02 - 0.175 * k)
            middle = (root[0] + side * 0.16 + side * 0.03 * k, root[1] + 0.02 - 0.06 * k)
            sheet.line(sheet.spots(turned(bent([root, middle, tip], 8), at, turn, size)), 4, **{ink: 0.25})
        for off in (0.06, 0.13, 0.2):
            feather = [(side * off * 0.6, 0.25), (side * (off + 0.16), 0.86)]
            sheet.line(sheet.spots(turned(feather, at, turn, size)), 3.5, **{ink: 0.25})
    breast = oval((0, -0.02), 0.13, 0.22)
    sheet.area(sheet.spots(turned(breast, at, turn, size)), second=0.5)
    for off in (-0.1, 0.0, 0.1):
        bar = [(-0.11, off), (0, off + 0.05), (0.11, off)]
        sheet.line(sheet.spots(turned(bar, at, turn, size)), 3.5, **{ink: 0.9})


def abacus(sheet: Print) -> None:
    """An abacus seen close, its beads in rows, a few of them red."""
    rng = sheet.rng
    board = Board(sheet, (800, 500), rng.choice((-1, 1)) * rng.uniform(0.05, 0.11))
    gap, upper, lower = rng.uniform(128, 146), rng.uniform(-170, -140), rng.uniform(560, 590)
    board.put(box(-1100, -900, 2200, 1800), second=0.30)
    for k in range(-9, 10):
        board.put(box(k * gap - 6, -900, 12, 1800), main=0.55)
        rod(board, k, gap, (upper, lower))
    for top, tall in ((upper - 26, 52), (lower, 700)):
        board.put(box(-1100, top - 8, 2200, tall + 16))
        board.put(box(-1100, top, 2200, tall), main=0.95)
        for n in range(1, 5):
            board.put(box(-1100, top + n * 10, 2200, 2), main=0.5)


def rod(board: Board, k: int, gap: float, bars: tuple[float, float]) -> None:
    """Two beads above the bar and five below, some pushed up to it, some not."""
    raised, down, (upper, lower) = board.sheet.rng.randrange(0, 6), board.sheet.rng.randrange(0, 3), bars
    for n in range(2):
        y = upper - 70 - (1 - n) * 76 if n >= 2 - down else upper - 300 - (1 - n) * 76
        bead(board, (k * gap, y), gap, "second" if down and n == 1 else "main")
    for n in range(5):
        y = upper + 70 + n * 76 if n < raised else lower - 56 - (4 - n) * 76
        bead(board, (k * gap, y), gap, "accent" if k in (-1, 0, 2) and raised and n == 0 else "main")


def bead(board: Board, at: Point, gap: float, ink: str) -> None:
    """A flat bead with a sharp rim, seen from the side."""
    wide, tall = gap * 0.455, 36.0
    half = [(-wide, 0), (-wide * 0.45, -tall), (wide * 0.45, -tall), (wide, 0)]
    below = [(x, -y) for x, y in half]
    board.put(turned([*half, *reversed(below)], at, 0, 1.07))
    board.put(turned(half, at, 0), **{ink: 0.92})
    board.put(turned(below, at, 0), **{ink: 0.74})
    board.stroke(turned([half[0], half[3]], at, 0), 3, **{ink: 0.3})
    for share in (-0.62, -0.35):
        glint = [(-wide * 0.4, tall * share), (wide * (0.25 + share * 0.3), tall * share)]
        board.stroke(turned(glint, at, 0), 2.4, **{ink: 0.45})
