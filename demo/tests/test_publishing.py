"""What publishing costs: the demo's longest feature, in three languages, with all that it links to."""

import pytest
from django.db import connection

from core.publishing.canonical import content_hash, content_hashes
from news.models import StoryPage
from newsroom.models import Entry
from newsroom.record import sealing
from newsroom.record.verifying import problems


pytestmark = pytest.mark.django_db

FEATURE = "jiangjin-education-autumn-2023"
# One of them is the content stamp, one locks the row and asks when it was first published; three are about withdrawals:
# the row is locked, whether it is withdrawn, and whether something was at its address. One asks for the figures that its
# numbers are linked to, which they must not contradict; four read what else it says of figures and what is
# known of that, one the rules of house style, one asks whether its chart shows anything.
QUERIES = 154
# Of the record: the newest entry, the row as it is now, what it says (10) and shows, the last hash, the entry.
RECORD = 15
LOCK = {"postgresql": 1, "sqlite": 0}  # statements: SQLite has one writer anyway


def test_publishing_the_long_feature_again(demo, django_assert_num_queries):
    """Whoever changes this number says why; a row that is written for each link or language would show here."""
    story = StoryPage.objects.get(slug=FEATURE)
    story.save_revision().publish()  # fills the caches of content types, sites and languages
    revision = story.save_revision()
    with django_assert_num_queries(QUERIES):
        revision.publish()


def test_what_the_long_feature_says_is_read_in_few_queries(demo, django_assert_num_queries):
    """Child rows and topics (5), and one query for each kind of what is embedded: pages, pictures, figures, charts, documents."""
    story = StoryPage.objects.get(slug=FEATURE)
    with django_assert_num_queries(10):
        content_hash(story)
    stories = list(StoryPage.objects.all())
    with django_assert_num_queries(10):
        content_hashes(stories)


def test_the_record_of_the_demo(demo, settings, django_assert_num_queries):
    """What publishing costs with it, and that all is as it was recorded then."""
    settings.KEEPS_RECORD = True
    sealing.seal_existing("the test")
    assert list(problems()) == []
    story = StoryPage.objects.get(slug=FEATURE)
    story.save_revision().publish()
    revision = story.save_revision()
    with django_assert_num_queries(QUERIES + RECORD + LOCK[connection.vendor]):
        revision.publish()
    assert list(problems()) == []
    assert Entry.objects.first().title == story.title
