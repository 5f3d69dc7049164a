"""Writing a selection of originals into one file."""

from collections.abc import Callable, Iterable
from typing import NamedTuple

from django.http import HttpResponse
from django.utils import timezone

from ..models import Original
from . import po, xliff, xliff2
from .files import Outgoing, name_of, outgoing


class Format(NamedTuple):
    """A format of translations. `tools` are the programs that ask for it."""

    write: Callable[[Outgoing], bytes]
    media_type: str
    ending: str
    name: str
    tools: str

    @property
    def label(self) -> str:
        return f"{self.name} ({self.tools})"


FORMATS = {
    "xliff": Format(xliff.write, "application/xliff+xml", "xlf", "XLIFF 1.2", "Trados, memoQ, OmegaT"),
    "xliff-2.0": Format(xliff2.write_2_0, "application/xliff+xml", "xlf", "XLIFF 2.0", "OmegaT, Swordfish"),
    "xliff-2.1": Format(xliff2.write_2_1, "application/xliff+xml", "xlf", "XLIFF 2.1", "memoQ, Okapi"),
    "po": Format(po.write, "text/x-gettext-translation", "po", "PO", "Poedit, Weblate"),
}


def export_bytes(originals: Iterable[Original], code: str, format: str) -> bytes:
    """One file of the translation of the originals into a language. Raises KeyError for an unknown format."""
    return FORMATS[format].write(outgoing(originals, code))


def export_response(originals: Iterable[Original], code: str, format: str) -> HttpResponse:
    """The file as a download; XLIFF 1.2 if the format is unknown."""
    chosen = FORMATS.get(format, FORMATS["xliff"])
    out = outgoing(originals, code)
    response = HttpResponse(chosen.write(out), content_type=f"{chosen.media_type}; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{_file_name(out)}.{chosen.ending}"'
    return response


def _file_name(out: Outgoing) -> str:
    texts = out.texts
    what = name_of(texts[0].original).replace(":", "-") if len(texts) == 1 else "translations"
    return f"{what}-{out.language}-{timezone.localtime(out.at):%Y%m%d-%H%M}"
