"""What a story should have before it goes live."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from core.publishing.checklist import Finding, publish_check

from .choices import StoryKind
from .models import StoryPage


@publish_check(StoryPage)
def check_story(story: StoryPage) -> Iterator[Finding]:
    """A notice speaks for an authority: it needs neither a picture nor a name."""
    if story.kind == StoryKind.NOTICE:
        return
    if story.picture is None:
        yield Finding(_("There is no lead picture: lists and shared links show none."), "picture")
    if not story.byline.all():
        yield Finding(_("Nobody is named as author (byline)."), "byline")
