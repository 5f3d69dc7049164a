"""What people say to each other about a segment."""

from dataclasses import dataclass

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.models import Language
from core.notices import mentions

from ..models import Comment, Original
from . import rights, telling
from .errors import DeskError
from .texts import cleaned


MAX_LENGTH = 2000  # characters


@dataclass(frozen=True)
class Said:
    """A comment, and what its writer is to know: who was told of it and who was not."""

    comment: Comment
    outcome: str


@transaction.atomic
def say(original: Original, language: Language, path: str, digest: str, text: str, user: models.Model) -> Said:
    """Comment on a segment, as it is worded now: `digest` is the hash of that. Whoever is mentioned in it is told, if they may see the text. Raises DeskError."""
    text = cleaned(text).strip()
    if not text or len(text) > MAX_LENGTH:
        raise DeskError(_("Write a comment of at most %(number)d characters.") % {"number": MAX_LENGTH})
    found, told, not_allowed = mentions.Found(), [], []
    if mentions.may_mention(text):
        allowed = {person.pk for person in rights.people_who_see(original, language.code)}
        found = mentions.find(text, mentions.staff())
        meant = {person.pk: person for person in found.people.values() if person.pk != user.pk}
        told = [person for key, person in meant.items() if key in allowed]
        not_allowed = [person for key, person in meant.items() if key not in allowed]
    of_segment = {"original": original, "language": language.code, "path": path, "source_hash": digest}
    comment = Comment.objects.create(**of_segment, text=text, by=user, mentions=mentions.stored(found))
    telling.said(comment, told)
    return Said(comment, mentions.outcome(found, told, not_allowed))


def resolve(original: Original, language: Language, path: str, key: int | None) -> None:
    """Mark a comment on a segment as done."""
    found = original.comments.filter(language=language.code, path=path, pk=key)
    found.update(resolved_at=timezone.now())
