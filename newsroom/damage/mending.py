"""What one click does about damage: join the halves of a sentence, move a stray to where it belongs, take away a repeat."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from django.utils.translation import gettext as _

from core.languages import source_columns
from core.publishing.checklist import Mend
from news.models import StoryPage

from .finding import Broken, Damage
from .stored import Item, body_of, items_of, joined, raw_of


Edit = Callable[[list[Item], Damage], list[Item]]


def mend(story: StoryPage, found: Damage, items: list[Item]) -> Mend | None:
    """None where somebody has to decide."""
    if found.kind is Broken.REPEATED:
        return Mend(_("Take it away"), partial(_edit, story, _taken_away, found, items))
    if found.other is None or found.kind not in (Broken.CUT, Broken.STRAY):
        return None
    if not (items[found.last].is_paragraph and items[found.other].is_paragraph):
        return None
    if found.kind is Broken.STRAY:
        return Mend(_("Move it there"), partial(_edit, story, _moved, found, items))
    return Mend(_("Join them"), partial(_edit, story, _joined, found, items))


def _edit(story: StoryPage, edit: Edit, found: Damage, items: list[Item]) -> None:
    """In memory; nothing if the body has been changed since it was looked at."""
    body = body_of(story)
    if body is None or items_of(body) != items:
        return
    with source_columns():
        story.body = body.block.to_python(raw_of(edit(list(items), found)))


def _taken_away(items: list[Item], found: Damage) -> list[Item]:
    return [item for number, item in enumerate(items) if not found.first <= number <= found.last]


def _joined(items: list[Item], found: Damage) -> list[Item]:
    """The second half comes to the first; what stands between them follows."""
    other = _other(found)
    items[found.last] = joined(items[found.last], items[other])
    del items[other]
    return items


def _moved(items: list[Item], found: Damage) -> list[Item]:
    """The stray comes before the paragraph that goes on with its end."""
    other = _other(found)
    home = items[other].home
    stray = [item if item.block else replace(item, home=home) for item in items[found.first : found.last + 1]]
    stray[-1] = joined(stray[-1], items[other])
    before = [item for number, item in enumerate(items[:other]) if not found.first <= number <= found.last]
    after = [item for number, item in enumerate(items) if number > other and not found.first <= number <= found.last]
    return [*before, *stray, *after]


def _other(found: Damage) -> int:
    if found.other is None:
        raise ValueError(found)
    return found.other
