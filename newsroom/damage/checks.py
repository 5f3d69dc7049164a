"""Damage of a story, in the list before publishing."""

from collections.abc import Iterator

from core.publishing.checklist import Finding, publish_check
from news.models import StoryPage

from .finding import Broken, damage
from .mending import mend
from .stored import body_of, items_of, lines_of
from .wording import said


@publish_check("newsroom.damage", StoryPage)
def check_damage(story: StoryPage) -> Iterator[Finding]:
    """But for the numbers of headings and headings with nothing below, which `core.headings` finds on every page."""
    body = body_of(story)
    if body is None:
        return
    items = items_of(body)
    lines = lines_of(items, body)
    for each in damage(lines):
        if each.kind is Broken.HEADING and each.other is None:
            continue
        first, last = lines[each.first].text, lines[each.last].text
        other = None if each.other is None else lines[each.other].text
        about = " ".join(filter(None, (each.kind, first, last, other)))
        place = f"{body.name}.{items[each.first].home}"
        yield Finding(said(each.kind, first, last, other), place, about, mend(story, each, items))
