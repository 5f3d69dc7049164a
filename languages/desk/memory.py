"""The translation memory: what was written before for the same words, or nearly the same.

A fuzzy match is scored by rapidfuzz's ratio, 0 to 100. As in Pontoon, texts of very different length are left out
first; as Weblate's users asked (WeblateOrg/weblate#13908), a lower threshold is tried if nothing else is found.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import models
from django.db.models.functions import Length
from rapidfuzz import fuzz, process

from core.text.differences import Piece, differences

from ..models import Original, Unit, UnitState
from . import rights


THRESHOLDS = (70, 50)
MAX_SUGGESTIONS = 5
MAX_COMPARED = 20_000  # units, the newest first
LENGTH_TOLERANCE = 0.5  # a text may be shorter or longer by this share


@dataclass(frozen=True)
class Suggestion:
    """`score` is 101 for the same place in the same page, 100 for the same words, less for similar ones."""

    text: str
    score: int
    source: str = ""
    where: str = ""
    pieces: tuple[Piece, ...] = ()  # how the source of a similar text differs


def visible_units(language: str, user: models.Model) -> models.QuerySet[Unit]:
    """The units that may be suggested to this user: known ones of what they may see, and approved ones of records that
    have been deleted. Not of deleted pages, which Wagtail unpublishes first: nobody can say any more who might see them."""
    seen = models.Q(original__in=rights.visible_to(user, [language]).values("pk"))
    gone = models.Q(original__is_gone=True, original__is_live=True, state=UnitState.APPROVED)
    return Unit.objects.known().filter(seen | gone, language=language).exclude(text="")


def exact(language: str, hashes: Iterable[str], user: models.Model) -> dict[str, Unit]:
    """{hash: the best unit for the same words, anywhere}: one query. Approved ones win, then the newest."""
    units = visible_units(language, user).filter(source_hash__in=set(hashes))
    ranked = sorted(units.select_related("original"), key=lambda unit: (unit.state == "approved", unit.updated_at))
    return {unit.source_hash: unit for unit in ranked}


def suggest(
    original: Original, language: str, path: str, digest: str, text: str, user: models.Model
) -> list[Suggestion]:
    """What was written for this segment's words or similar ones, the best first; no text twice."""
    same = visible_units(language, user).filter(source_hash=digest).select_related("original")
    found = [
        Suggestion(
            u.text, 101 if (u.original_id, u.path) == (original.pk, path) else 100, u.source_text, str(u.original)
        )
        for u in same.order_by("-updated_at")[:50]
    ]
    found += _similar(visible_units(language, user), digest, text)
    unique = {each.text: each for each in sorted(found, key=lambda each: each.score)}
    return sorted(unique.values(), key=lambda each: -each.score)[:MAX_SUGGESTIONS]


def _similar(units: models.QuerySet[Unit], digest: str, text: str) -> list[Suggestion]:
    near = (
        units.exclude(source_hash=digest)
        .annotate(length=Length("source_text"))
        .filter(length__gte=len(text) * (1 - LENGTH_TOLERANCE), length__lte=len(text) * (1 + LENGTH_TOLERANCE))
        .order_by("-updated_at")
        .values_list("source_text", "text", "original__title")[:MAX_COMPARED]
    )
    rows = list(near)
    for threshold in THRESHOLDS:
        best = process.extract(
            text,
            [source for source, _text, _where in rows],
            scorer=fuzz.ratio,
            score_cutoff=threshold,
            limit=MAX_SUGGESTIONS,
        )
        if best:
            return [_suggestion(text, rows[place], score) for _source, score, place in best]
    return []


def _suggestion(text: str, row: tuple[str, str, str], score: float) -> Suggestion:
    source, target, where = row
    return Suggestion(target, min(99, int(score)), source, where, tuple(differences(source, text)))
