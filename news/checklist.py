"""What a story should have before it goes live."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from core.publishing.checklist import Finding, publish_check

from .choices import StoryKind
from .models import StoryPage


# A notice speaks for an authority: it needs neither a picture nor a name.


@publish_check("news.lead-picture", StoryPage)
def check_lead_picture(story: StoryPage) -> Iterator[Finding]:
    if story.kind != StoryKind.NOTICE and story.picture is None:
        yield Finding(_("There is no lead picture: lists and shared links show none."), "picture")


@publish_check("news.byline", StoryPage)
def check_byline(story: StoryPage) -> Iterator[Finding]:
    if story.kind != StoryKind.NOTICE and not story.byline.all():
        yield Finding(_("Nobody is named as author (byline)."), "byline")


@publish_check("news.topic", StoryPage)
def check_topic(story: StoryPage) -> Iterator[Finding]:
    if story.kind != StoryKind.NOTICE and not story.topics.all():
        yield Finding(_("It has no topic: readers of a topic do not find it."), "topics")


@publish_check("news.notice-number", StoryPage)
def check_number(story: StoryPage) -> Iterator[Finding]:
    if story.kind == StoryKind.NOTICE and not (story.index_number or story.document_number):
        yield Finding(_("The notice has neither an index number nor a document number."), "index_number")


@publish_check("news.notice-date", StoryPage)
def check_date(story: StoryPage) -> Iterator[Finding]:
    if story.kind == StoryKind.NOTICE and story.issued_on is None:
        yield Finding(_("The notice does not say of which day the document is."), "issued_on")
