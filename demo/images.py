"""The demo's pictures: drawn by a program once, then stored."""

import io
import multiprocessing
import tempfile
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from django.core.files.images import ImageFile
from django.core.files.storage import default_storage

from core.models import PortalImage
from core.rendering.renditions import make_renditions

from . import pictures
from .english import translate
from .records import load, zh


FOLDER = "original_images"
SIZE = (1600, 1000)
WORKERS = 2


def find(key: str) -> PortalImage | None:
    return PortalImage.objects.filter(file__startswith=f"{FOLDER}/demo-{key}.").first()


def make_pictures() -> int:
    """Draw and save what is missing, in all sizes; returns how many that were."""
    wanted = [record for record in _records() if find(record["key"]) is None]
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder) / f"demo-{record['key']}.jpg" for record in wanted]
        _draw(wanted, paths)
        images = [_save(record, path) for record, path in zip(wanted, paths, strict=True)]
    make_renditions(images)
    return len(images)


def _records() -> list[dict]:
    schools = [
        {
            "key": school["key"],
            "title": zh(school["title"]),
            "stage": school["stage"],
            "composition": school["composition"],
        }
        for school in load("schools")
    ]
    return schools + load("site")["pictures"]["extra"]


def _draw(records: list[dict], paths: list[Path]) -> None:
    """On two processors: drawing is most of the work of seeding."""
    if not records:
        return
    with ProcessPoolExecutor(WORKERS, mp_context=multiprocessing.get_context("spawn")) as pool:
        jobs = [
            pool.submit(pictures.save, path, record["key"], record["stage"], *SIZE, record["composition"])
            for record, path in zip(records, paths, strict=True)
        ]
    for job in jobs:
        job.result()


def _save(record: dict, path: Path) -> PortalImage:
    texts = load("site")["pictures"]
    description, credit = texts["compositions"][record["composition"]], texts["credit"]
    default_storage.delete(f"{FOLDER}/{path.name}")  # left over from an earlier database
    image = PortalImage(title=f"{record['title']}（示意图）", description=zh(description), credit=zh(credit))
    image.file = ImageFile(io.BytesIO(path.read_bytes()), name=path.name)
    image._set_image_file_metadata()
    image.save()
    translate(image, [description, credit])
    return image
