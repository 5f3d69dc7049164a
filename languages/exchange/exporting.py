"""Writing a selection of originals into one file."""

from collections.abc import Iterable

from django.http import HttpResponse
from django.utils import timezone

from ..models import Original
from . import po, xliff
from .files import Outgoing, name_of, outgoing


FORMATS = {"xliff": (xliff.write, "application/xliff+xml", "xlf"), "po": (po.write, "text/x-gettext-translation", "po")}


def export_bytes(originals: Iterable[Original], code: str, format: str) -> bytes:
    """One file of the translation of the originals into a language. Raises KeyError for an unknown format."""
    write = FORMATS[format][0]
    return write(outgoing(originals, code))


def export_response(originals: Iterable[Original], code: str, format: str) -> HttpResponse:
    """The file as a download; XLIFF unless PO is asked for."""
    write, kind, ending = FORMATS.get(format, FORMATS["xliff"])
    out = outgoing(originals, code)
    response = HttpResponse(write(out), content_type=f"{kind}; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{_file_name(out)}.{ending}"'
    return response


def _file_name(out: Outgoing) -> str:
    texts = out.texts
    what = name_of(texts[0].original).replace(":", "-") if len(texts) == 1 else "translations"
    return f"{what}-{out.language}-{timezone.localtime(out.at):%Y%m%d-%H%M}"
