"""Whether what was withdrawn can return as it was: what it embeds may have been changed meanwhile, and then nobody has
approved what readers would see."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.conf import settings
from django.utils.text import capfirst

from core.models import BasePage
from core.publishing.canonical import contents
from core.publishing.canonical_forms import Hashes
from core.text.differences import Piece

from ..models import Withdrawal
from ..record.naming import thing_of
from ..reviewing.content import changed_words
from ..reviewing.kinds import needs_of
from ..reviewing.standing import was_shown


@dataclass(frozen=True)
class Changed:
    """One thing that the page shows, and what was changed of it."""

    kind: str
    pieces: list[Piece]


def what_has_changed(page: BasePage, withdrawal: Withdrawal) -> list[Changed] | None:
    """What stands against releasing it; None if nothing does. Empty if it was withdrawn before this was kept."""
    if not settings.REVIEWS_REQUIRED or needs_of(page) is None or withdrawal.content is None:
        return None
    now = contents([page.with_content_json(dict(withdrawal.content))])[0]
    if was_shown(thing_of(page), Hashes.of(now)):
        return None
    return list(_changed(withdrawal.seen, now)) if withdrawal.seen else []


def _changed(before: dict[str, Any], now: dict[str, Any]) -> Iterator[Changed]:
    for name, pieces in changed_words(before, now):
        yield Changed(_kind_of(name), pieces)


def _kind_of(name: str) -> str:
    """Of "metrics.observation 12"; "" of a field of the page itself."""
    label = name.partition(" ")[0]
    return str(capfirst(str(apps.get_model(label)._meta.verbose_name))) if "." in label else ""
