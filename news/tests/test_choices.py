"""The label of a choice, in the language of the page."""

import pytest

from core.languages import reading
from news.choices import StoryKind
from news.models import StoryPage


@pytest.mark.django_db  # a page asks for its content type when it is made
def test_in_each_language_and_of_what_is_no_choice():
    story = StoryPage(kind=StoryKind.NOTICE)
    labels = []
    for code in ("zh-hans", "en", "zh-hans"):
        with reading(code):
            labels.append(story.get_kind_display())
            assert labels[-1] == str(StoryKind.NOTICE.label)
            assert type(labels[-1]) is str
    assert labels[0] == labels[2] != labels[1]
    assert StoryPage(kind="letter").get_kind_display() == "letter"
    assert StoryPage(kind=None).get_kind_display() is None
