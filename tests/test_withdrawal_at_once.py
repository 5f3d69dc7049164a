"""Somebody withdraws what somebody else, or the scheduler, is publishing: whoever comes first, it ends withdrawn."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import connections, transaction
from django.utils import timezone

from core.models import User
from core.publishing.acts import NotPublishable
from core.publishing.schedule import run_due
from news.models import StoryPage
from news.tests.factories import make_story
from newsroom.models import Entry, Withdrawal
from newsroom.record.verifying import problems
from newsroom.tests.factories import make_withdrawal


pytestmark = [
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
    pytest.mark.usefixtures("initial_data_restored"),
]

A_WHILE = 0.5  # seconds for which the first one holds its locks while the other one waits


@pytest.fixture
def story(settings):
    story = make_story(title="旧版", slug="opening")
    call_command("seal_existing", verbosity=0)
    settings.KEEPS_RECORD = True
    return story


@pytest.fixture
def chief():
    return User.objects.create_superuser("chief")


def in_turn(first, second):
    """Do `first`, and begin `second` before its transaction ends. What the second raised, or None."""
    begun = threading.Event()

    def hold():
        try:
            with transaction.atomic():
                first()
                begun.set()
                time.sleep(A_WHILE)
        finally:
            connections.close_all()

    def follow():
        begun.wait(60)
        try:
            second()
        except NotPublishable as error:
            return error
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        held, followed = pool.submit(hold), pool.submit(follow)
        held.result(timeout=120)
        return followed.result(timeout=120)


def assert_is_withdrawn(story, title):
    row = StoryPage.objects.get(pk=story.pk)
    made = Withdrawal.objects.in_effect().get()
    assert (row.live, made.content["title"]) == (False, title)
    assert Entry.objects.first().kind == "withdrawal"
    assert list(problems()) == []


def new_version(story):
    page = StoryPage.objects.get(pk=story.pk)
    page.title = "新版"
    return page.save_revision()


def test_publishing_what_is_being_withdrawn_is_refused(story, chief):
    revision = new_version(story)
    assert isinstance(in_turn(lambda: make_withdrawal(story, user=chief), revision.publish), NotPublishable)
    assert_is_withdrawn(story, "旧版")


def test_withdrawing_what_is_being_published_takes_the_new_version(story, chief):
    revision = new_version(story)
    assert in_turn(revision.publish, lambda: make_withdrawal(story, user=chief)) is None
    assert_is_withdrawn(story, "新版")


def test_the_scheduler_publishes_nothing_that_is_being_withdrawn(story, chief):
    revision = new_version(story)
    type(revision).objects.filter(pk=revision.pk).update(approved_go_live_at=timezone.now() - timedelta(minutes=1))
    outcomes = []
    in_turn(lambda: make_withdrawal(story, user=chief), lambda: outcomes.extend(run_due()))
    assert [outcome.act for outcome in outcomes] == []
    assert_is_withdrawn(story, "旧版")
