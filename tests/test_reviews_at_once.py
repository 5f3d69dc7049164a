"""Several people at once: two tabs between two approvals, two who decide, two who publish."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.urls import reverse

from core.publishing import bypass_review
from core.publishing.acts import NotPublishable
from news.models import StoryPage
from news.tests.factories import make_index, make_story
from newsroom.models import Approval, Entry, ReviewState
from newsroom.record import sealing
from newsroom.record.verifying import problems
from newsroom.tests.reviewing import Desk, live
from tests.forms import form_data


@pytest.fixture(autouse=True)
def _reviewed(settings):
    settings.REVIEWS_REQUIRED = settings.WAGTAIL_WORKFLOW_ENABLED = settings.KEEPS_RECORD = True


def a_desk():
    with bypass_review("a test"):
        make_index()
    sealing.seal_existing("a test")
    return Desk()


def a_story(desk, **fields):
    story = make_story(live=False, owner=desk.people["reporter"], **fields)
    story.save_revision(user=desk.people["reporter"])
    return StoryPage.objects.get(pk=story.pk)


@pytest.mark.django_db
def test_autosave_in_two_tabs_between_two_approvals():
    """One tab writes a new revision, the other over it; neither reaches readers by the approvals from before."""
    desk = a_desk()
    story = a_story(desk, title="开学")
    desk.start(story)
    desk.approve_all(story, ["reviewer1", "reviewer2"])
    url = reverse("wagtailadmin_pages:edit", args=[story.pk])
    tabs = [Client(), Client()]
    for number, tab in enumerate(tabs):
        tab.force_login(desk.people["admin"])
        latest = StoryPage.objects.get(pk=story.pk).get_latest_revision()
        data = form_data(StoryPage, latest.as_object(), title=f"第{number}页")
        own = {"overwrite_revision_id": latest.pk} if number else {}
        answer = tab.post(url, data | own, headers={"accept": "application/json"})
        assert answer.status_code == 200, answer.content
    assert StoryPage.objects.get(pk=story.pk).revisions.count() == 2
    desk.decide("reviewer3", story)
    assert not live(story).live
    assert not Approval.objects.standing().exists()
    assert desk.state(story).review.step == 1


def run_at_once(*acts):
    def run(act):
        try:
            return act()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return [future.result() for future in [pool.submit(run, act) for act in acts]]


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
@pytest.mark.usefixtures("initial_data_restored")
def test_two_publish_at_once_and_the_record_is_one_chain():
    desk = a_desk()
    stories = [a_story(desk) for _number in range(2)]
    for story in stories:
        desk.start(story)
        desk.approve_all(story, ["reviewer1", "reviewer2"])
    states = [desk.state(story).pk for story in stories]
    chiefs = [desk.people["reviewer3"], desk.people["reviewer6"]]

    def approve(pk, chief):
        return lambda: ReviewState.objects.get(pk=pk).approve(user=chief)

    run_at_once(*(approve(pk, chief) for pk, chief in zip(states, chiefs, strict=True)))
    assert all(live(story).live for story in stories)
    numbers = list(Entry.objects.order_by("number").values_list("number", flat=True))
    assert numbers == list(range(1, len(numbers) + 1))
    assert list(problems()) == []


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
@pytest.mark.usefixtures("initial_data_restored")
def test_two_decide_at_once_and_one_is_told_that_it_is_decided():
    desk = a_desk()
    story = a_story(desk)
    desk.start(story)
    state = desk.state(story).pk

    def approve(name):
        def act():
            try:
                ReviewState.objects.get(pk=state).approve(user=desk.people[name])
            except (PermissionDenied, NotPublishable):
                return False
            return True

        return act

    assert sorted(run_at_once(approve("reviewer1"), approve("reviewer4"))) == [False, True]
    assert Approval.objects.count() == 1
    assert desk.state(story).review.step == 2
