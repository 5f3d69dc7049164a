"""Who is told of what happens at the desk. Called by the actions themselves, so whoever calls an action tells people."""

from collections.abc import Iterable, Sequence
from typing import Any
from urllib.parse import quote

from django.contrib.auth import get_user_model
from django.db import models
from django.urls import reverse

from core.models import Language, Notice
from core.notices.kinds import Kind
from core.notices.sending import notify

from ..models import Comment, Original, TranslationStage, Unit, UnitState
from . import notice_kinds as kinds
from . import rights


def workbench_at(original: Original, code: str, place: str = "") -> str:
    """The address of the workbench: `place` is the path of a segment, or ":open", ":review" or ":outdated" for the first
    one of which that is true (static/js/admin/desk-arrival.js)."""
    address = reverse("languages_workbench", args=[original.pk, code])
    return f"{address}#segment={quote(place)}" if place else address


def _tell(
    people: Iterable[Any], kind: Kind, original: Original, code: str, *, place: str = "", **options: Any
) -> list[Notice]:
    about = {"subject": original, "part": code, "label": str(original), "url": workbench_at(original, code, place)}
    return notify(people, kind, **{**about, "language": code, **options})


def _authors(units: Iterable[Unit | None], code: str) -> list[Any]:
    """Of those who still translate into the language."""
    authors = {unit.author_id: unit.author for unit in units if unit and unit.author}
    return [person for person in authors.values() if rights.may_translate(person, code)]


def assigned(original: Original, code: str, person: models.Model, by: models.Model) -> None:
    _tell([person], kinds.ASSIGNED, original, code, place=":open", actor=by)


def handed_in(original: Original, language: Language, units: Iterable[Unit], by: models.Model | None) -> None:
    """The reviewers of a language: one notice for all the segments of an original. And those whose texts a publisher has
    corrected: they may approve that."""
    code = language.code
    reviewers = rights.people_who_see(original, code, only_publishers=True)
    corrected = {unit.corrected_author for unit in units if unit.corrected_author}
    reviewers += [person for person in corrected if rights.may_translate(person, code)]
    _tell(reviewers, kinds.TO_REVIEW, original, code, place=":review", actor=by)


def sent_back(original: Original, language: Language, units: Sequence[Unit], by: models.Model, reason: str) -> None:
    """The authors of these texts: the notice leads to the first of each."""
    code = language.code
    for person in _authors(units, code):
        theirs = [unit for unit in units if unit.author_id == person.pk]
        wordings = sorted({unit.source_hash for unit in theirs})
        place = theirs[0].path
        _tell([person], kinds.SENT_BACK, original, code, place=place, actor=by, reason=reason, wordings=wordings)


def approved(original: Original, language: Language, units: Sequence[Unit], by: models.Model | None) -> None:
    """The authors of these texts."""
    _tell(_authors(units, language.code), kinds.APPROVED, original, language.code, actor=by)


def published(original: Original, code: str, units: Iterable[Unit | None], by: models.Model | None) -> None:
    """The authors of what was published."""
    _tell(_authors(units, code), kinds.PUBLISHED, original, code, actor=by)


def not_published(original: Original, code: str, problem: str, asked: models.Model | None) -> None:
    """Whoever asked that it be published at a time, or with the source."""
    if asked:
        _tell([asked], kinds.REFUSED, original, code, problem=problem)


def source_changed(original: Original) -> None:
    """The authors of published translations that the Chinese has left behind: one notice for all the languages of an
    author."""
    left_behind = original.translations.filter(stage=TranslationStage.OUTDATED)
    codes = list(left_behind.order_by().values_list("language", flat=True))
    written = Unit.objects.known().filter(original=original, language__in=codes, state=UnitState.APPROVED)
    pairs = written.exclude(author=None).order_by("language").values_list("author", "language").distinct()
    languages: dict[int, list[str]] = {}
    for author, code in pairs:
        languages.setdefault(author, []).append(code)
    for person in get_user_model().objects.filter(pk__in=languages).order_by("pk"):
        mine = [code for code in languages[person.pk] if rights.may_translate(person, code)]
        if not mine:
            continue
        address = workbench_at(original, mine[0], ":outdated")
        about = {"subject": original, "label": str(original), "url": address, "languages": mine}
        notify([person], kinds.SOURCE_CHANGED, **about)


def said(comment: Comment, mentioned: Iterable[Any]) -> None:
    """Those whom a comment mentions; and the authors of the segment and those who have commented on it before."""
    original, code, path = comment.original, comment.language, comment.path
    place = {"place": path, "actor": comment.by}
    mentioned = list(mentioned)
    _tell(mentioned, kinds.MENTIONED, original, code, part=f"{code} {comment.pk}", **place)
    of_segment = {"original": original, "language": code, "path": path}
    units = Unit.objects.known().filter(**of_segment).select_related("author")
    earlier = Comment.objects.known().filter(**of_segment).exclude(pk=comment.pk).select_related("by")
    people = {person.pk: person for person in _authors(units, code)}
    people |= {each.by.pk: each.by for each in earlier if each.by and rights.may_translate(each.by, code)}
    others = [person for key, person in people.items() if key not in {each.pk for each in mentioned}]
    _tell(others, kinds.COMMENTED, original, code, part=f"{code} {path}"[:300], **place)
