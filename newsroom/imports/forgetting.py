"""Files that nobody goes on with are thrown away."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction

from core.publishing.schedule import Outcome

from ..models import ImportedPicture, StoryImport


KEPT = timedelta(days=30)


def forget_old(now: datetime) -> Iterable[Outcome]:
    """A job of the scheduler: files that have been no draft for so long, and the pictures of those that are, which the
    library has."""
    old = StoryImport.objects.filter(changed_at__lt=now - KEPT)
    pictures = ImportedPicture.objects.filter(story_import__in=old)
    if not old.filter(state=StoryImport.State.OPEN).exists() and not pictures.exists():
        return []
    with transaction.atomic():
        pictures.delete()
        old.filter(state=StoryImport.State.OPEN).delete()
    return [Outcome("imports of stories", "forgotten")]
