"""Writing the memory of a language: what somebody has handed in or approved, and what was imported.

Nothing that the person may not see at the desk: no texts of languages that nobody works on, of private or unpublished
pages, or of drafts that were taken back (desk/memory.py).
"""

from collections.abc import Iterator

from django.db import models
from django.http import HttpResponse
from django.utils import timezone

from ...desk.memory import visible_units
from ...models import MemoryEntry, Original, Unit, UnitState
from ..files import name_of
from ..inline import hash_of
from . import tmx


def exported(language: str, user: models.Model | None) -> bytes:
    """The memory of a language, each pair once; without a user, all that translators may see."""
    at = timezone.now()
    return tmx.write(_pairs(language, user), language, at)


def export_response(language: str, user: models.Model) -> HttpResponse:
    """The file as a download."""
    response = HttpResponse(exported(language, user), content_type="application/x-tmx+xml; charset=utf-8")
    name = f"memory-{language}-{timezone.localtime():%Y%m%d-%H%M}.tmx"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _pairs(language: str, user: models.Model | None) -> Iterator[tmx.Pair]:
    units = visible_units(language, user) if user else _all_units(language)
    finished = units.exclude(state=UnitState.DRAFT).select_related("original__content_type")
    seen = set()
    for unit in finished.order_by(models.Case(models.When(state=UnitState.APPROVED, then=0), default=1), "-updated_at"):
        if (unit.source_hash, unit.text) not in seen:
            seen.add((unit.source_hash, unit.text))
            format = "html" if hash_of(unit.source_text, "html") == unit.source_hash else "plain"
            properties = {"text": name_of(unit.original), "state": unit.state}
            yield tmx.Pair(unit.source_text, unit.text, format, unit.updated_at, properties)
    for entry in MemoryEntry.objects.filter(language=language).select_related("file"):
        yield tmx.Pair(entry.source_text, entry.text, "html", entry.file.at, {"file": entry.file.name})


def _all_units(language: str) -> models.QuerySet[Unit]:
    shown = models.Q(is_live=True) | models.Q(released__isnull=False)
    present = Original.objects.present().filter(shown)
    return Unit.objects.known().filter(original__in=present.values("pk"), language=language).exclude(text="")
