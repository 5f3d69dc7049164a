"""Roofs and walls."""

from .press import Point, Print, bent, box, horizon, land, oval, swell


def roofs(sheet: Print) -> None:
    """A town of tiled roofs climbing the bank."""
    rng = sheet.rng
    sheet.disc(sheet.at(rng.uniform(0.2, 0.8), 0.2), rng.uniform(64, 90), accent=0.92)
    land(sheet, horizon(sheet, 0.35, swell(rng, 0.10, 2)), second=0.34)
    land(sheet, horizon(sheet, 0.46, swell(rng, 0.08, 2)), second=0.58)
    low = rng.uniform(-0.07, 0.06)
    for row, level in enumerate((0.48 + low, 0.62 + low, 0.78 + low, 0.96)):
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


def windows(sheet: Print) -> None:
    """A teaching building at dusk, some of its windows lit."""
    rng = sheet.rng
    top, wide, gap = rng.uniform(190, 290), rng.uniform(196, 232), 52
    sheet.area(sheet.spots(box(-50, -50, 1700, 1100)), second=0.62)
    sheet.fade(0, 420, 0.35)
    sheet.disc(
        sheet.spot(rng.choice((rng.uniform(260, 620), rng.uniform(980, 1340))), rng.uniform(95, 120)), 62, accent=0.92
    )
    land(sheet, horizon(sheet, (top - 60) / 1000, swell(rng, 0.035, 2)), main=0.42)
    sheet.area(sheet.spots(box(-50, top - 8, 1700, 1100)))
    sheet.area(sheet.spots(box(-50, top, 1700, 1100)), main=0.97)
    for n in range(3):
        sheet.line(sheet.spots([(-50, top + 16 + n * 11), (1650, top + 16 + n * 11)]), 3, main=0.55)
    tall, start, red = 178.0, -rng.uniform(20, wide), rng.randrange(3, 12)
    number = 0
    for row in range(4):
        y = top + 76 + row * (tall + 62)
        for n in range(8):
            number += 1
            lit = number == red or rng.random() < 0.62
            window(
                sheet, start + n * (wide + gap), y, wide, tall, ("red" if number == red else "lit") if lit else "dark"
            )
        sheet.line(sheet.spots([(-50, y + tall + 26), (1650, y + tall + 26)]), 3, main=0.45)
        sheet.line(sheet.spots([(-50, y + tall + 36), (1650, y + tall + 36)]), 3, main=0.65)


def window(sheet: Print, x: float, y: float, wide: float, tall: float, state: str) -> None:
    """Six panes; behind the lit ones a lamp, plants or a row of books."""
    rng = sheet.rng
    inks = {"lit": {"second": rng.choice((0.0, 0.22, 0.42))}, "red": {"accent": 0.9}, "dark": {"main": 0.74}}[state]
    sheet.area(sheet.spots(box(x, y, wide, tall)), **inks)
    if state == "lit":
        rng.choice((lamp, plants, books, blind))(sheet, x, y, wide, tall)
    elif state == "red":
        lamp(sheet, x, y, wide, tall)
    else:
        for k in range(3):
            sheet.line(sheet.spots([(x + 20 + k * 26, y + tall), (x + 90 + k * 26, y)]), 3, main=0.6)
    for k in (1, 2):
        sheet.area(sheet.spots(box(x + wide * k / 3 - 4, y, 8, tall)), main=0.97)
    sheet.area(sheet.spots(box(x, y + tall * 0.30, wide, 8)), main=0.97)
    sheet.area(sheet.spots(box(x - 10, y + tall, wide + 20, 9)), main=0.5)


def lamp(sheet: Print, x: float, y: float, wide: float, _tall: float) -> None:
    for share in (1 / 6, 1 / 2, 5 / 6):
        at = x + wide * share
        sheet.line(sheet.spots([(at, y), (at, y + 66)]), 3, main=0.9)
        sheet.area(sheet.spots([(at - 6, y + 62), (at + 6, y + 62), (at + 22, y + 84), (at - 22, y + 84)]), main=0.9)


def plants(sheet: Print, x: float, y: float, wide: float, tall: float) -> None:
    rng = sheet.rng
    for share in (1 / 6, 5 / 6):
        at, foot = x + wide * share, y + tall
        sheet.area(
            sheet.spots([(at - 15, foot - 26), (at + 15, foot - 26), (at + 11, foot), (at - 11, foot)]), main=0.9
        )
        for _ in range(7):
            lean, rise = rng.uniform(-26, 26), rng.uniform(30, 66)
            sheet.line(
                sheet.spots(
                    bent([(at, foot - 26), (at + lean * 0.3, foot - 26 - rise * 0.7), (at + lean, foot - 26 - rise)], 6)
                ),
                5,
                main=0.75,
            )


def books(sheet: Print, x: float, y: float, wide: float, tall: float) -> None:
    at = x + 8
    while at < x + wide - 26:
        thick, height = sheet.rng.uniform(9, 19), sheet.rng.uniform(40, 68)
        sheet.area(sheet.spots(box(at, y + tall - height, thick, height)), main=sheet.rng.choice((0.9, 0.65, 0.4)))
        at += thick + 3


def blind(sheet: Print, x: float, y: float, wide: float, tall: float) -> None:
    drop = tall * sheet.rng.uniform(0.3, 0.7)
    for k in range(round(drop / 11)):
        sheet.line(sheet.spots([(x, y + 6 + k * 11), (x + wide, y + 6 + k * 11)]), 4, main=0.5)


def lanterns(sheet: Print) -> None:
    """Lanterns on strings across a lane, over the roofs."""
    rng = sheet.rng
    sheet.area(sheet.spots(box(-50, -50, 1700, 1100)), second=0.5)
    sheet.fade(0, 760, 0.2)
    for row, level in enumerate((0.80, 0.94)):
        x = -0.1 + rng.uniform(0, 0.08)
        while x < 1.1:
            wide = rng.uniform(0.16, 0.27) * (1 + 0.2 * row)
            house(sheet, x, level + rng.uniform(-0.03, 0.02), wide, 0.12 + 0.03 * row, 0.6 + 0.35 * row)
            x += wide * rng.uniform(0.76, 1.0)
    for n in range(4):
        size = 34 + 24 * n
        left, right = (rng.uniform(-110, 110) + (330, 190, 40, -150)[n] for _ in (0, 1))
        sag = rng.uniform(90, 170)
        string = bent(
            [(-60, left), (500, (left + right) / 2 + sag), (1100, (left + right) / 2 + sag), (1660, right)], 60
        )
        sheet.line(sheet.spots(string), 2.6 + n * 0.6, main=0.9)
        step = round(size * 0.33 + 16)
        for i in range(rng.randrange(4, 4 + step), len(string), step):
            x, y = string[i]
            lantern(
                sheet,
                (x, y + size * 1.35),
                size,
                rng.choices(("accent", "second", "main"), (5, 2, 1))[0],
                0.6 + 0.12 * n,
            )


def lantern(sheet: Print, centre: Point, size: float, ink: str, dark: float) -> None:
    (x, y), unit = sheet.spot(*centre), sheet.unit
    across, down = size * 1.04 * unit, size * 0.88 * unit
    sheet.line([(x, y - 1.35 * size * unit), (x, y - down)], 2.4, main=0.9)
    sheet.area(oval((x, y), across + 4 * unit, down + 4 * unit))
    sheet.area(oval((x, y), across, down), **{ink: dark})
    for share in (0.33, 0.68):
        sheet.line(oval((x, y), across * share, down), max(1.6, size * 0.035), **{ink: dark * 0.4})
    sheet.line([(x, y - down), (x, y + down)], max(1.6, size * 0.035), **{ink: dark * 0.4})
    for side in (-1, 1):
        cap = [(x + dx * size * unit, y + side * (down + dy * size * unit)) for dx, dy in box(-0.42, -0.14, 0.84, 0.2)]
        sheet.area(cap, main=0.95)
    for k in (-0.2, -0.07, 0.07, 0.2):
        foot = y + down + 0.06 * size * unit
        sheet.line(
            [(x + k * size * unit, foot), (x + k * size * 1.15 * unit, foot + size * 0.62 * unit)],
            max(1.6, size * 0.04),
            accent=0.9,
        )
