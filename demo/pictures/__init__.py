"""Generated pictures: prints in three inks, drawn from a seed and tinted by stage of school.

Every picture is made of shapes on three plates (main, second, accent). The plates are drawn larger than
needed, scaled down, given a little grain and printed over one another on tinted paper.
"""

import hashlib
import random
from collections.abc import Callable
from pathlib import Path

from PIL import Image

from . import landscapes, objects, patterns, plants, town
from .press import DISTRICT, INKS, Print


COMPOSITIONS: dict[str, Callable[[Print], None]] = {
    "river": landscapes.river,
    "terraces": landscapes.terraces,
    "roofs": town.roofs,
    "rings": plants.rings,
    "pepper": plants.pepper,
    "bridge": landscapes.bridge,
    "wharf": landscapes.wharf,
    "pagoda": landscapes.pagoda,
    "grove": plants.grove,
    "lotus": plants.lotus,
    "windows": town.windows,
    "lanterns": town.lanterns,
    "campus": patterns.campus,
    "playground": patterns.playground,
    "network": patterns.network,
    "pages": objects.pages,
    "slips": objects.slips,
    "kites": objects.kites,
    "abacus": objects.abacus,
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
