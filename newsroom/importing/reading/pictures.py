"""The pictures of a file, as bytes: each once, and of the kinds that readers' browsers show."""

import hashlib
import io
from dataclasses import dataclass, field

from PIL import Image

from .. import limits
from ..document import File, Place
from ..met import Met, Refusal, Refused
from .ledger import Ledger


SHOWN = {"JPEG": "jpg", "MPO": "jpg", "PNG": "png", "GIF": "gif", "WEBP": "webp"}
CONVERTED = ("BMP", "TIFF")
_OPENED = [*(kind for kind in SHOWN if kind != "MPO"), *CONVERTED]  # Pillow opens MPO as JPEG
MAX_PIXELS = 40_000_000
TINY = 16  # pixels: what is no larger on a side parts or adorns the text
_DRAWN = {b"\x01\x00\x00\x00": "EMF", b"\xd7\xcd\xc6\x9a": "WMF", b"\x01\x00\x09\x00": "WMF", b"%PDF": "PDF"}


@dataclass
class Pictures:
    """{name: file} of those that were taken."""

    ledger: Ledger
    files: dict[str, File] = field(default_factory=dict)
    total: int = 0  # bytes
    placed: int = 0
    pixels: int = 0

    def take(self, content: bytes, place: Place) -> str:
        """The name of a picture; "" if it cannot be shown, which is noted. Raises Refused if there are too many."""
        self.placed += 1
        if self.placed > limits.MAX_PICTURES:
            raise Refused(Refusal.MANY_PICTURES, number=limits.MAX_PICTURES)
        digest = hashlib.sha256(content).hexdigest()[:16]
        for name in self.files:
            if name.startswith(digest):
                return name
        taken = self._taken(content, place)
        if taken is None:
            return ""
        kind, content = taken
        self.total += len(content)
        if self.total > limits.MAX_ALL_PICTURES:
            raise Refused(Refusal.LARGE_PICTURES, number=limits.MAX_ALL_PICTURES // limits.MB)
        name = f"{digest}.{kind}"
        self.files[name] = File(name, content)
        self.ledger.kept(Met.PICTURE)
        return name

    def _taken(self, content: bytes, place: Place) -> tuple[str, bytes] | None:
        """(ending, bytes), by what the bytes are and whatever their name says."""
        if len(content) > limits.MAX_PICTURE:
            self.ledger.dropped(Met.LARGE_PICTURE, place)
            return None
        try:
            with Image.open(io.BytesIO(content), formats=_OPENED) as picture:
                kind, (width, height) = picture.format or "", picture.size
                if width * height > MAX_PIXELS or self.pixels + width * height > limits.MAX_ALL_PIXELS:
                    self.ledger.dropped(Met.LARGE_PICTURE, place)
                    return None
                if max(width, height) <= TINY:
                    self.ledger.dropped(Met.TINY_PICTURE, place)
                    return None
                self.pixels += width * height
                if kind in CONVERTED:
                    self.ledger.changed(Met.CONVERTED_PICTURE, place, kind)
                    return "png", _as_png(picture)
        except Exception:  # noqa: BLE001 (a file that was made to break its reader raises whatever it likes)
            drawn = _drawn(content)
            self.ledger.dropped(Met.ODD_PICTURE if drawn else Met.DAMAGED_PICTURE, place, drawn)
            return None
        return SHOWN[kind], content


def _as_png(picture: Image.Image) -> bytes:
    file = io.BytesIO()
    picture.convert("RGBA" if picture.has_transparency_data else "RGB").save(file, "PNG")
    return file.getvalue()


def _drawn(content: bytes) -> str:
    """The kind of a picture that is a drawing, which no browser shows; "" of anything else."""
    if b"<svg" in content[:1024]:
        return "SVG"
    return _DRAWN.get(content[:4], "")
