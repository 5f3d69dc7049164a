"""Times that a story tells from the day it is published: an editor sees what they mean, and may have it written."""

from collections.abc import Iterator
from functools import partial

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from core.publishing.checklist import Finding, Level, Mend, publish_check, shared
from core.publishing.page_texts import change_text
from core.publishing.text_checks import all_texts
from core.text.absolute_times import in_chinese, words
from core.text.relative_times import Told, relative_times
from core.text.tags import map_text

from .models import StoryPage


SINCE = "以来"


@publish_check("news.relative-times", StoryPage, Level.NOTE)
def check_relative_times(story: StoryPage) -> Iterator[Finding]:
    """Each of the words once, where they stand first."""
    day, known = story.told_on, set()
    for text in shared(story, all_texts):
        for told in relative_times(text.said, day):
            if (about := f"{told.text} {told.time.code}") not in known:
                known.add(about)
                date = words(told.time, get_language())
                message = _("“{words}” means {date}: readers see that beside it.").format(words=told.text, date=date)
                yield Finding(message, text.place, about, None if told.is_now else _mend(story, told))


def _mend(story: StoryPage, told: Told) -> Mend:
    said = _absolute(told)
    return Mend(_("Write “{date}”").format(date=said), partial(_write, story, told.text, said))


def _absolute(told: Told) -> str:
    return in_chinese(told.time) + (SINCE if told.text.endswith(SINCE) else "")


def _write(story: StoryPage, told: str, said: str) -> None:
    """Wherever the story says it."""
    day = story.told_on

    def written(words: str) -> str:
        for each in reversed(relative_times(words, day)):
            if each.text == told:
                words = words[: each.start] + said + words[each.end :]
        return words

    for text in list(all_texts(story)):
        if told in text.said:
            change_text(story, text.place, partial(map_text, function=written) if text.is_markup else written)
