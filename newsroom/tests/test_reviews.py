"""Reviews as people do them: who approves what, in which order, and what a change of the text does to it."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Revision

from core.models import Notice
from core.publishing import bypass_review
from core.publishing.acts import NotPublishable
from core.roles import sync
from metrics.models import Observation
from metrics.tests.factories import make_observation
from news.tests.factories import make_story
from newsroom.models import Approval, Entry
from schools.tests.factories import make_image
from tests.forms import form_data

from .reviewing import live


pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reviewed")]


@pytest.fixture
def story(desk):
    story = make_story(live=False, title="开学", owner=desk.people["reporter"])
    story.save_revision(user=desk.people["reporter"])
    return story


def test_three_people_bring_a_story_to_readers(desk, story):
    desk.submit(story)
    for name in ("reviewer1", "reviewer2"):
        desk.decide(name, story)
        assert not live(story).live
    desk.decide("reviewer3", story)
    assert live(story).live
    entry = Entry.objects.first()
    assert [(each["step"], each["account"]) for each in entry.approvals] == [
        (1, "reviewer1"),
        (2, "reviewer2"),
        (3, "reviewer3"),
    ]
    assert {each["hash"] for each in entry.approvals} == {entry.content_hash}
    assert Approval.objects.standing().count() == 0


def test_a_change_in_the_same_revision_after_an_approval_does_not_go_live(desk, story):
    desk.submit(story)
    desk.decide("reviewer1", story)
    revision = story.get_latest_revision()
    changed = revision.as_object()
    changed.title = "没有人看过的题目"
    changed.save_revision(user=desk.people["reporter"], overwrite_revision=revision, clean=False)
    assert story.revisions.count() == revision.content_object.revisions.count()
    desk.decide("reviewer2", story)
    assert not live(story).live
    assert desk.state(story).review.step == 1
    desk.approve_all(story)
    assert live(story).live


def waiting_step(desk, story):
    state = desk.state(story)
    return state and state.review.step


def told(person, kind):
    return Notice.objects.filter(recipient=person, kind=f"newsroom.{kind}").count()


def approvers(story):
    return list(Approval.objects.of(story).standing().values_list("person__username", flat=True))


# Who may ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["reporter", "reviewer2", "reviewer3", "admin", "data"])
def test_a_step_is_for_its_own_people(name, desk, story):
    desk.start(story)
    desk.decide(name, story)
    assert (waiting_step(desk, story), approvers(story)) == (1, [])


def test_nobody_takes_two_steps(desk, story):
    desk.people["reviewer1"].groups.add(Group.objects.get(name="Second review"))
    desk.start(story)
    desk.approve_all(story, ["reviewer1", "reviewer1"])
    assert (waiting_step(desk, story), approvers(story)) == (2, ["reviewer1"])


def test_nobody_approves_what_they_wrote_before_it_was_submitted(desk, story):
    desk.post("reviewer1", story, title="评阅人写的题目")
    desk.start(live(story))
    desk.decide("reviewer1", story)
    assert approvers(story) == []
    desk.decide("reviewer4", story)
    assert approvers(story) == ["reviewer4"]


def test_the_number_of_steps_and_people_is_a_setting(desk, story, settings):
    settings.REVIEWS = settings.REVIEWS | {"stories": (2, 1)}
    sync()
    desk.people["reviewer1"].groups.add(Group.objects.get(name="Final review"))
    desk.start(story)
    desk.approve_all(story, ["reviewer1", "reviewer1"])
    assert live(story).live


# Corrections ------------------------------------------------------------------------------------------


def correct(desk, story, name, title, action="action-workflow-action"):
    return desk.post(name, live(story), action, title=title, **{"workflow-action-name": "approve"})


def test_a_reviewer_corrects_and_approves_in_one_act(desk, story):
    desk.start(story)
    desk.decide("reviewer1", story)
    correct(desk, story, "reviewer2", "改正的题目")
    assert [each.has_corrected for each in Approval.objects.standing()] == [False, True]
    desk.decide("reviewer3", story)
    assert (live(story).live, live(story).title) == (True, "改正的题目")


def test_a_correction_in_the_last_step_is_read_by_one_more_person(desk, story):
    desk.start(story)
    desk.approve_all(story, ["reviewer1", "reviewer2"])
    correct(desk, story, "reviewer3", "改正的题目")
    assert not live(story).live
    desk.decide("reviewer3", story)
    assert not live(story).live
    desk.decide("reviewer1", story)
    assert (live(story).live, live(story).title) == (True, "改正的题目")


def test_what_is_written_by_somebody_else_meanwhile_is_no_correction(desk, story):
    desk.start(story)
    desk.decide("reviewer1", story)
    desk.post("admin", live(story), title="别人写的题目")
    assert (waiting_step(desk, story), approvers(story)) == (1, [])
    assert [told(desk.people[name], "changed") for name in ("reviewer1", "reviewer2", "reporter")] == [1, 0, 1]
    assert "别人写的" in Notice.objects.filter(kind="newsroom.changed").first().parameters["words"]


def test_an_embedded_picture_that_is_changed_between_two_approvals(desk, story):
    picture = make_image()
    story.picture = picture
    story.save_revision(user=desk.people["reporter"])
    desk.start(story)
    desk.decide("reviewer1", story)
    picture.credit = "新的署名"
    picture.save()
    desk.decide("reviewer2", story)
    assert (waiting_step(desk, story), approvers(story)) == (1, [])


# Sent back --------------------------------------------------------------------------------------------


def test_it_is_sent_back_with_a_reason_only(desk, story):
    desk.submit(story)
    desk.decide("reviewer1", story, "reject", comment=" ")
    assert waiting_step(desk, story) == 1
    desk.decide("reviewer1", story)
    desk.decide("reviewer2", story, "reject", comment="缺少日期")
    assert waiting_step(desk, story) is None
    assert [told(desk.people[name], "sent_back") for name in ("reporter", "reviewer1")] == [1, 1]


def test_what_is_submitted_again_unchanged_goes_on_where_it_was(desk, story):
    desk.submit(story)
    desk.decide("reviewer1", story)
    desk.decide("reviewer2", story, "reject", comment="请再看")
    desk.submit(live(story))
    assert (waiting_step(desk, story), approvers(story)) == (2, ["reviewer1"])


def test_what_is_mended_begins_again(desk, story):
    desk.submit(story)
    desk.decide("reviewer1", story)
    desk.decide("reviewer2", story, "reject", comment="缺少日期")
    desk.submit(live(story), title="九月一日开学")
    assert (waiting_step(desk, story), approvers(story)) == (1, [])
    desk.approve_all(story)
    assert live(story).title == "九月一日开学"


# Its time ---------------------------------------------------------------------------------------------


def scheduled(desk, story):
    story.go_live_at = timezone.now() + timedelta(hours=1)
    story.save_revision(user=desk.people["reporter"])
    desk.start(live(story))
    desk.approve_all(story)
    assert live(story).get_latest_revision().approved_go_live_at


def test_it_goes_live_at_its_time(desk, story):
    story = make_story_that_is_due(desk)
    Revision.objects.filter(approved_go_live_at__isnull=False).update(approved_go_live_at=timezone.now())
    call_command("publish_scheduled", verbosity=0)
    assert live(story).live


def test_what_is_edited_after_approval_stays_and_says_so(desk, story):
    scheduled(desk, story)
    draft = live(story).get_latest_revision().as_object()
    draft.title = "后来写的题目"
    draft.save_revision(user=desk.people["reporter"])
    other = make_story_that_is_due(desk)
    Revision.objects.filter(approved_go_live_at__isnull=False).update(
        approved_go_live_at=timezone.now() - timedelta(minutes=1)
    )
    call_command("publish_scheduled", verbosity=0)
    assert not live(story).live
    assert live(other).live  # one that is refused keeps no other waiting
    assert told(desk.people["reviewer1"], "changed") == 1
    assert [told(desk.people[name], "schedule_refused") for name in ("reporter", "reviewer3")] == [1, 1]


def make_story_that_is_due(desk):
    other = make_story(live=False, owner=desk.people["reporter"])
    scheduled(desk, other)
    content = live(other).get_latest_revision().content | {"go_live_at": None}
    Revision.objects.filter(pk=live(other).latest_revision_id).update(content=content)
    return other


# Figures ----------------------------------------------------------------------------------------------


@pytest.fixture
def figure(desk):
    with bypass_review("a test"):
        figure = make_observation()
    figure.note = "说明"
    figure.save_revision(user=desk.people["data"])
    return Observation.objects.get(pk=figure.pk)


def decide_figure(desk, name, figure):
    url = reverse(
        figure.snippet_viewset.get_url_name("workflow_action"), args=[figure.pk, "approve", desk.state(figure).pk]
    )
    return desk.browser(name).post(url)


@pytest.mark.parametrize("name", ["data2", "reviewer3"])
def test_a_figure_takes_one_review_by_somebody_else(name, desk, figure):
    desk.start(figure, "data")
    decide_figure(desk, "data", figure)
    assert Observation.objects.get().note == ""
    decide_figure(desk, name, figure)
    assert Observation.objects.get().note == "说明"
    assert Entry.objects.first().approvals[0]["account"] == name


def test_a_figure_is_not_published_by_its_button(desk, figure):
    with pytest.raises(NotPublishable):
        figure.get_latest_revision().publish()
    url = reverse(figure.snippet_viewset.get_url_name("edit"), args=[figure.pk])
    data = form_data(Observation, figure.get_latest_revision_as_object()) | {"action-publish": "1"}
    desk.browser("data").post(url, data)
    assert Observation.objects.get().note == ""
    desk.browser("data").post(
        url, form_data(Observation, figure.get_latest_revision_as_object()) | {"action-submit": "1"}
    )
    assert desk.state(figure) is not None


def test_the_form_of_a_figure_is_locked_while_others_have_it(desk, figure):
    """Its author is a reviewer of others' figures."""
    desk.start(figure, "data")
    url = reverse(figure.snippet_viewset.get_url_name("edit"), args=[figure.pk])
    for name, written in (("data", "没有人看过的说明"), ("data2", "改正的说明")):
        html = desk.browser(name).get(url).content.decode()
        assert ('data-workflow-action-name="approve"' in html) == (name == "data2")
        data = form_data(Observation, figure.get_latest_revision_as_object(), note=written)
        said = desk.browser(name).post(url, data, follow=True).content.decode()
        assert (written in said) is True  # nothing that was typed is lost
        assert (again_figure().note == written) == (name == "data2")
    desk.browser("data").post(url, data | {"action-cancel-workflow": "1"})
    assert desk.state(figure) is None


def again_figure():
    return Observation.objects.get().get_latest_revision_as_object()


def test_no_typing_error_is_corrected_in_a_figure(desk, figure):
    """Where it would always be refused it is not offered."""
    html = (
        desk.browser("data2")
        .get(reverse(figure.snippet_viewset.get_url_name("edit"), args=[figure.pk]))
        .content.decode()
    )
    address = [
        reverse(name, args=["metrics.observation", figure.pk]) for name in ("publish_urgently", "correct_typing_error")
    ]
    assert [each in html for each in address] == [True, False]
    assert desk.browser("data2").get(address[1]).status_code != 200


# Every other page -------------------------------------------------------------------------------------


def test_another_page_takes_one_final_review(desk, story):
    index = story.get_parent().specific
    index.title = "新的栏目"
    index.save_revision(user=desk.people["admin"])
    desk.start(index, "admin")
    desk.decide("reviewer1", index)
    assert type(index).objects.get(pk=index.pk).title != "新的栏目"
    desk.decide("reviewer3", index)
    assert type(index).objects.get(pk=index.pk).title == "新的栏目"


def test_a_review_of_one_step_that_corrects_is_read_by_another(desk, story):
    index = story.get_parent().specific
    index.title = "新的栏目"
    index.save_revision(user=desk.people["admin"])
    desk.start(index, "admin")
    index.title = "改正的栏目"
    index.save_revision(user=desk.people["reviewer3"])
    desk.decide("reviewer3", index)
    assert type(index).objects.get(pk=index.pk).title != "改正的栏目"
    desk.decide("reviewer6", index)
    assert type(index).objects.get(pk=index.pk).title == "改正的栏目"
