"""Several people at once: two tabs between two approvals, two who decide, two who publish."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Event
from time import sleep

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import WorkflowState

from core.models import BasePage
from core.publishing import bypass_review
from core.publishing.acts import NotPublishable
from news.models import StoryPage
from news.tests.factories import make_index, make_story
from newsroom.models import Approval, Entry, ReviewState
from newsroom.record import chain, files, sealing
from newsroom.record.verifying import problems
from newsroom.tests.reviewing import Desk, live
from newsroom.withdrawing.acts import withdraw
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


def attempt(act):
    """Done in a transaction, as a request is; whether it was not refused."""

    def tried():
        try:
            with transaction.atomic():
                act()
        except (PermissionDenied, NotPublishable):
            return False
        return True

    return tried


def approving(desk, state, name):
    return attempt(lambda: ReviewState.objects.get(pk=state).approve(user=desk.people[name]))


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

    assert sorted(run_at_once(approving(desk, state, "reviewer1"), approving(desk, state, "reviewer4"))) == [
        False,
        True,
    ]
    assert Approval.objects.count() == 1
    assert desk.state(story).review.step == 2


# The last approval, and something else ------------------------------------------------------------------


@pytest.fixture
def nearly(transactional_db):
    """A desk, a story that two have approved, and what waits for the third. On both databases."""
    desk = a_desk()
    story = a_story(desk, title="大家读过的题目")
    desk.start(story)
    desk.approve_all(story, ["reviewer1", "reviewer2"])
    return desk, story, desk.state(story).pk


def entries_of(story):
    return Entry.objects.filter(model="news.storypage", object_id=story.pk)


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
@pytest.mark.usefixtures("initial_data_restored")
def test_one_person_approves_twice_at_once_and_it_counts_once(nearly):
    desk, story, state = nearly
    assert sorted(run_at_once(*[approving(desk, state, "reviewer3")] * 2)) == [False, True]
    assert (live(story).live, Approval.objects.count(), entries_of(story).count()) == (True, 3, 1)


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
@pytest.mark.usefixtures("initial_data_restored")
def test_what_is_written_while_the_last_approves_does_not_go_live(nearly):
    desk, story, state = nearly

    def write():
        draft = StoryPage.objects.get(pk=story.pk).get_latest_revision_as_object()
        draft.title = "没有人看过的题目"
        draft.save_revision(user=desk.people["admin"], clean=False)

    run_at_once(approving(desk, state, "reviewer3"), attempt(write))
    assert StoryPage.objects.get(pk=story.pk).get_latest_revision().content["title"] == "没有人看过的题目"
    found = live(story)
    assert found.title == "大家读过的题目" if found.live else desk.state(story).review.step == 1
    assert found.live or not Approval.objects.standing().exists()
    assert list(problems()) == []


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
@pytest.mark.usefixtures("initial_data_restored")
def test_what_is_taken_back_while_the_last_approves_is_either(nearly):
    desk, story, state = nearly

    def take_back():
        if (waiting := story.current_workflow_state) is None:
            raise PermissionDenied  # it is approved already
        waiting.cancel(user=desk.people["reporter"])

    taken_back = attempt(take_back)
    approved, cancelled = run_at_once(approving(desk, state, "reviewer3"), taken_back)
    assert approved != cancelled
    assert live(story).live == approved
    assert WorkflowState.objects.get().status == ("approved" if approved else "cancelled")


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
@pytest.mark.usefixtures("initial_data_restored")
def test_what_is_withdrawn_while_a_new_version_is_approved_is_not_live(nearly):
    desk, story, state = nearly
    ReviewState.objects.get(pk=state).approve(user=desk.people["reviewer3"])
    draft = live(story).get_latest_revision_as_object()
    draft.title = "新的题目"
    draft.save_revision(user=desk.people["reporter"])
    desk.start(live(story))
    desk.approve_all(story, ["reviewer1", "reviewer2"])
    state, pages, chief = desk.state(story).pk, [BasePage.objects.get(pk=story.pk)], desk.people["reviewer6"]
    withdrawing = attempt(lambda: withdraw(pages, user=chief, kind="checking", reason="核实"))
    _approved, is_withdrawn = run_at_once(approving(desk, state, "reviewer3"), withdrawing)
    assert is_withdrawn
    assert not live(story).live
    assert entries_of(story).first().kind == Entry.Kind.WITHDRAWAL
    assert list(problems()) == []


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
@pytest.mark.usefixtures("initial_data_restored")
def test_the_file_of_a_day_waits_for_whoever_wrote_at_midnight(settings, tmp_path):
    """An entry of yesterday is stored after midnight, while the scheduler writes yesterday's file."""
    settings.RECORD_DIR = str(tmp_path)
    has_entry = Event()

    def publish():
        with transaction.atomic():
            chain.lock()
            chain.append([{"kind": "publication", "title": "子夜"}])
            has_entry.set()
            sleep(0.5)

    def write_file():
        has_entry.wait(5)
        files.write_days(timezone.now() + timedelta(days=1))

    run_at_once(publish, write_file)
    assert "子夜" in files.path_of(timezone.localdate()).read_text()
