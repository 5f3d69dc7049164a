"""The translation memory: what was written before for the same words, or nearly the same.

A fuzzy match is scored by rapidfuzz's ratio, 0 to 100. As in Pontoon, texts of very different length are left out
first; as Weblate's users asked (WeblateOrg/weblate#13908), a lower threshold is tried if nothing else is found.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from html import escape

from django.db import models
from django.db.models.functions import Length
from rapidfuzz import fuzz, process

from core.segments import Segment, source_hash
from core.text.differences import Piece, differences

from ..models import Origin, Original, Unit, UnitState
from . import imported_memory, rights


THRESHOLDS = (70, 50)
MAX_SUGGESTIONS = 5
MAX_COMPARED = 20_000  # units, and as many pairs of imports, the newest first
LENGTH_TOLERANCE = 0.5  # a text may be shorter or longer by this share


@dataclass(frozen=True)
class Suggestion:
    """`score` is 101 for the same place in the same page, 100 for the same words, less for similar ones. `origin` is
    that of a text which is taken from here."""

    text: str
    score: int
    source: str = ""
    where: str = ""
    pieces: tuple[Piece, ...] = ()  # how the source of a similar text differs
    origin: str = str(Origin.MEMORY)


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
    imported = list(_imported(language, digest, text))
    same = visible_units(language, user).filter(source_hash=digest).select_related("original")
    found = [each for each in imported if each.score]
    found += [
        Suggestion(
            u.text, 101 if (u.original_id, u.path) == (original.pk, path) else 100, u.source_text, str(u.original)
        )
        for u in same.order_by("-updated_at")[:50]
    ]
    others = [each for each in imported if not each.score]
    found += _similar(visible_units(language, user), digest, text, others)
    unique = {each.text: each for each in sorted(found, key=lambda each: each.score)}
    return sorted(unique.values(), key=lambda each: -each.score)[:MAX_SUGGESTIONS]


def _imported(language: str, digest: str, text: str) -> Iterator[Suggestion]:
    """What was imported for words of about this length; the score of those that are not the same is 0 for now."""
    is_html = source_hash(Segment("", text, "html", "")) == digest
    markup, format = (text, "html") if is_html else (escape(text, quote=False), "plain")
    for pair in imported_memory.pairs(language, markup, format, tolerance=LENGTH_TOLERANCE, limit=MAX_COMPARED):
        score = (100 if pair.source == text else 99) if pair.has_same_words else 0
        pieces = tuple(differences(pair.source, text)) if score == 99 else ()
        yield Suggestion(pair.text, score, pair.source, pair.where, pieces, str(Origin.IMPORT))


def _similar(units: models.QuerySet[Unit], digest: str, text: str, imported: Sequence[Suggestion]) -> list[Suggestion]:
    near = (
        units.exclude(source_hash=digest)
        .annotate(length=Length("source_text"))
        .filter(length__gte=len(text) * (1 - LENGTH_TOLERANCE), length__lte=len(text) * (1 + LENGTH_TOLERANCE))
        .order_by("-updated_at")
        .values_list("source_text", "text", "original__title")[:MAX_COMPARED]
    )
    rows = [Suggestion(target, 0, source, where) for source, target, where in near] + list(imported)
    for threshold in THRESHOLDS:
        best = process.extract(
            text,
            [each.source for each in rows],
            scorer=fuzz.ratio,
            score_cutoff=threshold,
            limit=MAX_SUGGESTIONS,
        )
        if best:
            return [_scored(rows[place], text, score) for _source, score, place in best]
    return []


def _scored(suggestion: Suggestion, text: str, score: float) -> Suggestion:
    pieces = tuple(differences(suggestion.source, text))
    return replace(suggestion, score=min(99, int(score)), pieces=pieces)
