"""Which translations a page's draft will leave behind when it is published."""

from dataclasses import dataclass
from typing import Any

from core.models import Language
from core.segments import Segment, extract

from .models import Original, Translation
from .rows import match


@dataclass(frozen=True)
class Aging:
    """`segments` of the draft have no approved text in the language: new or changed ones."""

    language: Language
    translation: Translation
    segments: list[Segment]


def aging(page: Any) -> list[Aging]:
    """For each published translation that is written by people: what the latest draft has that it has not."""
    original = Original.objects.for_object(page).first()
    if original is None:
        return []
    segments = extract(page.get_latest_revision_as_object())
    units = list(original.units.all())
    published = {row.language: row for row in original.translations.exclude(publication=None)}
    found = []
    for language in Language.objects.filter(code__in=published, provider=""):
        rows = match(segments, [unit for unit in units if unit.language == language.code])
        lacking = [row.segment for row in rows if not row.is_done]
        found.append(Aging(language, published[language.code], lacking))
    return found
