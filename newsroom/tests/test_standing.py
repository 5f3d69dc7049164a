"""Which approvals count: those of the round that runs, by people who can still answer for them; and never an author's own."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Revision

from core.models import Notice, User
from core.publishing import bypass_review
from core.publishing.acts import NotPublishable
from news.tests.factories import make_story
from newsroom.models import Approval, Entry
from newsroom.reviewing.assigning import candidates
from newsroom.reviewing.authors import authors

from .reviewing import PATH, live


pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reviewed")]


@pytest.fixture
def story(desk):
    story = make_story(live=False, title="开学", owner=desk.people["reporter"])
    story.save_revision(user=desk.people["reporter"])
    desk.start(story)
    return live(story)


def form(desk, name, story):
    return desk.browser(name).get(reverse("wagtailadmin_pages:edit", args=[story.pk])).content.decode()


def panel(desk, name, story):
    return form(desk, name, story).partition('data-side-panel="review"')[2].partition("data-side-panel=")[0]


def waiting_step(desk, story):
    state = desk.state(story)
    return state and state.review.step


def close(desk, *names):
    for name in names:
        desk.people[name].is_active = False
        desk.people[name].save()


# The round that runs ----------------------------------------------------------------------------------


def cancel(desk, story):
    live(story).current_workflow_state.cancel(user=desk.people["reporter"])


def test_what_was_approved_in_a_round_that_was_cancelled_does_not_count(desk, story):
    desk.approve_all(story, ["reviewer1", "reviewer2"])
    cancel(desk, story)
    assert "演示" not in panel(desk, "admin", story)
    assert 'name="action-publish"' not in form(desk, "admin", story)
    desk.start(live(story))
    assert waiting_step(desk, story) == 1
    assert "reviewer1演示" not in panel(desk, "reviewer1", story).replace(" ", "")
    desk.decide("reviewer2", story)
    assert not Approval.objects.of(story).standing().exists()


def test_approvals_of_two_rounds_are_not_added_up(desk, story):
    """Nor do those of a whole round bring a text to readers that has been handed in anew."""
    story.go_live_at = timezone.now() + timedelta(days=1)
    with bypass_review("a test"):
        cancel(desk, story)
    story.save_revision(user=desk.people["reporter"])
    desk.start(live(story))
    desk.approve_all(story)
    scheduled = live(story).get_latest_revision()
    assert scheduled.approved_go_live_at
    desk.start(live(story))
    Revision.objects.filter(pk=scheduled.pk).update(content=scheduled.content | {"go_live_at": None})
    with pytest.raises(NotPublishable):
        Revision.objects.get(pk=scheduled.pk).publish()
    assert not live(story).live
    desk.approve_all(story)
    assert live(story).live


def test_publish_is_offered_when_all_have_approved_and_not_before(desk, story):
    desk.approve_all(story, ["reviewer1", "reviewer2"])
    assert 'name="action-publish"' not in form(desk, "admin", story)
    story.go_live_at = timezone.now() + timedelta(days=1)
    cancel(desk, story)
    story.save_revision(user=desk.people["reporter"])
    desk.start(live(story))
    desk.approve_all(story)
    Revision.objects.update(approved_go_live_at=None)  # somebody has taken back its time: the form is open again
    assert 'name="action-publish"' in form(desk, "admin", story)


# Who can still answer for it --------------------------------------------------------------------------


def test_a_step_of_somebody_whose_account_was_closed_is_taken_again(desk, story):
    desk.approve_all(story, ["reviewer1", "reviewer2"])
    close(desk, "reviewer1")
    said = panel(desk, "reviewer3", story)
    assert "停用" in said or "not active any more" in said
    desk.decide("reviewer3", story)
    assert (live(story).live, waiting_step(desk, story)) == (False, 1)
    desk.decide("reviewer4", story)
    assert live(story).live
    assert [each["account"] for each in Entry.objects.first().approvals] == [*PATH, "reviewer4"]


def test_the_step_is_taken_by_another_person_than_the_others(desk, story):
    desk.people["reviewer2"].groups.add(Group.objects.get(name="First review"))
    desk.approve_all(story, ["reviewer1", "reviewer2"])
    close(desk, "reviewer1")
    desk.approve_all(story, ["reviewer3", "reviewer2"])
    assert (live(story).live, waiting_step(desk, story)) == (False, 1)


def test_who_takes_the_step_again_may_correct_and_one_more_person_reads_it(desk, story):
    desk.approve_all(story, ["reviewer1", "reviewer2"])
    close(desk, "reviewer1")
    desk.decide("reviewer3", story)
    data = {"title": "秋季开学", "workflow-action-name": "approve"}
    desk.post("reviewer4", live(story), "action-workflow-action", **data)
    assert (live(story).live, desk.state(story).is_confirmation) == (False, True)
    desk.decide("reviewer4", story)
    assert not live(story).live
    desk.decide("reviewer5", story)
    assert (live(story).live, live(story).title) == (True, "秋季开学")


def test_who_reads_a_correction_does_not_take_the_step_of_somebody_who_left(desk, story):
    desk.approve_all(story, ["reviewer1", "reviewer2"])
    data = {"title": "秋季开学", "workflow-action-name": "approve"}
    desk.post("reviewer3", live(story), "action-workflow-action", **data)
    close(desk, "reviewer3")
    desk.decide("reviewer4", story)
    state = desk.state(story)
    assert (live(story).live, state.review.step, state.is_confirmation) == (False, 3, False)
    desk.decide("reviewer6", story)
    assert live(story).live


def test_what_waits_for_its_time_is_refused_with_a_word_when_an_account_was_closed(desk, story):
    cancel(desk, story)
    story.go_live_at = timezone.now() + timedelta(hours=1)
    story.save_revision(user=desk.people["reporter"])
    desk.start(live(story))
    desk.approve_all(story)
    close(desk, "reviewer2")
    revision = live(story).get_latest_revision()
    Revision.objects.filter(pk=revision.pk).update(
        content=revision.content | {"go_live_at": None}, approved_go_live_at=timezone.now() - timedelta(minutes=1)
    )
    call_command("publish_scheduled", verbosity=0)
    assert not live(story).live
    told = Notice.objects.filter(kind="newsroom.schedule_refused", recipient=desk.people["reviewer3"]).get()
    assert "reviewer2" in told.parameters["problem"]


# Authors ----------------------------------------------------------------------------------------------


def test_an_author_whose_revision_was_written_over_is_no_reviewer(desk):
    """A program writes into a revision again, without a word in the history: that dates the author's words anew."""
    author = desk.people["reviewer2"]
    story = make_story(live=False, title="开学", owner=desk.people["reporter"])
    story.save_revision(user=author)
    desk.start(story)
    desk.decide("reviewer1", story)
    revision = live(story).get_latest_revision()
    live(story).get_latest_revision_as_object().save_revision(user=author, overwrite_revision=revision, clean=False)
    assert author.pk in authors(live(story))
    desk.decide("reviewer2", story)
    assert (live(story).live, waiting_step(desk, story)) == (False, 2)
    cancel(desk, story)
    desk.start(live(story))
    desk.approve_all(story, ["reviewer1", "reviewer2"])
    assert waiting_step(desk, story) == 2


def test_those_who_may_take_a_step_are_found_and_told_in_as_many_queries_for_many(desk, story):
    def submit():
        other = make_story(live=False, owner=desk.people["reporter"])
        other.save_revision(user=desk.people["reporter"])
        with CaptureQueriesContext(connection) as asked:
            desk.start(live(other))
        with CaptureQueriesContext(connection) as listed:
            found = candidates(desk.state(other)).count()
        return found, len(asked), len(listed)

    submit()  # what is asked once
    few = submit()
    group = Group.objects.get(name="First review")
    for number in range(5):
        User.objects.create_user(f"more{number}").groups.add(group)
    many = submit()
    assert (few[0], many[0]) == (2, 7)
    assert many[1:] == few[1:]
