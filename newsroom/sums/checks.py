"""Sums in the list before publishing."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from core.publishing.checklist import Finding, publish_check, shared
from news.models import StoryPage

from ..style.passages import passages
from .finding import wrong_sums


@publish_check("newsroom.sums", StoryPage)
def check_sums(story: StoryPage) -> Iterator[Finding]:
    """Which of the numbers is wrong nobody but the writer knows, so no click mends it."""
    for passage in shared(story, passages):
        for wrong in wrong_sums(passage.text):
            words = passage.text[wrong.start : wrong.end]
            message = _("“{words}” does not come out: {sum}").format(words=words, sum=wrong.sum)
            yield Finding(message, passage.place, f"{words} {wrong.sum}")
