"""Taking on, with a text, what it cites."""

from collections.abc import Collection
from typing import Any

from django.db import transaction
from wagtail.log_actions import log

from core.models import Language

from ..models import Original
from .assigning import take
from .cited import cited_at_desk


@transaction.atomic
def take_along(
    original: Original, language: Language, user: Any, chosen: Collection[int] | None = None
) -> list[Original]:
    """What the text cites, is not begun, and nobody has, is the person's work now; with `chosen`, only these of it.

    Returns what was taken. The history of the text tells of it. Raises DeskError without the right to the language.
    """
    free = [each.original for each in cited_at_desk(original, language, user) if each.may_be_taken]
    taken = take([each for each in free if chosen is None or each.pk in chosen], language.code, user)
    if taken:
        data = {"language": language.code, "texts": [str(each) for each in taken]}
        log(instance=original.live(), action="languages.take_along", user=user, data=data)
    return taken
