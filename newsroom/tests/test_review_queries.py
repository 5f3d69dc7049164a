"""What waits for whom, what the buttons and the self-check say, and that people are told."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.urls import reverse
from django.utils import timezone
from wagtail.admin.models import EditingSession
from wagtail.models import Site, Workflow

from core.editing.self_check import Checked, State
from core.models import Notice
from core.notices.kinds import all_kinds, problems
from core.publishing.acts import NotPublishable
from core.roles import sync
from metrics.models import Observation
from news.models import StoryIndexPage, StoryPage
from news.tests.factories import make_index, make_story
from newsroom.models import Entry, ReviewState
from newsroom.record import sealing
from newsroom.reviewing import queries
from newsroom.reviewing.reminding import remind
from newsroom.reviewing.sync import say_what_is_to_be_done
from newsroom.self_check import check_reviewers, check_seal


pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reviewed"), pytest.mark.once]


@pytest.fixture
def story(desk):
    story = make_story(live=False, title="开学", owner=desk.people["reporter"])
    story.save_revision(user=desk.people["reporter"])
    desk.start(story)
    return StoryPage.objects.get(pk=story.pk)


def whose(desk):
    names = ("reporter", "reviewer1", "reviewer4", "reviewer2", "reviewer3", "data", "admin")
    return [name for name in names if queries.waiting_for(desk.people[name]).exists()]


def test_what_waits_is_with_those_who_may_take_the_step(desk, story):
    assert whose(desk) == ["reviewer1", "reviewer4"]
    desk.decide("reviewer1", story)
    assert whose(desk) == ["reviewer2"]
    ReviewState.objects.filter(pk=desk.state(story).pk).update(assignee=desk.people["reviewer5"])
    assert whose(desk) == []
    assert queries.waiting_for(desk.people["reviewer5"]).get().workflow_state.object_id == str(story.pk)


def test_what_was_sent_back_says_why(desk, story):
    desk.decide("reviewer1", story, "reject", comment="缺少日期")
    (state,) = queries.sent_back_to(desk.people["reporter"])
    assert (state.comment, state.finished_by) == ("缺少日期", desk.people["reviewer1"])


def test_what_is_due_tomorrow(desk, story):
    now = timezone.now()
    ReviewState.objects.update(due=now + timedelta(hours=30))
    assert not queries.due_tomorrow(now)
    assert queries.due_tomorrow(now + timedelta(hours=12))


def test_the_list_needs_few_queries_and_names_who_is_reading(desk, story, django_assert_num_queries):
    EditingSession.objects.create(
        user=desk.people["reviewer1"],
        content_type=ContentType.objects.get_for_model(StoryPage),
        object_id=str(story.pk),
        last_seen_at=timezone.now(),
    )
    with django_assert_num_queries(3):
        states = list(queries.waiting())
        objects = queries.objects_of(states)
        reading = queries.being_read_by(list(objects.values()))
    assert reading == {story.pk: [desk.people["reviewer1"]]}


# The form ---------------------------------------------------------------------------------------------


def buttons(desk, name, story):
    html = desk.browser(name).get(reverse("wagtailadmin_pages:edit", args=[story.pk])).content.decode()
    offered = [name for name in ("action-publish", "action-submit") if f'name="{name}"' in html]
    offered += [name for name in ("approve", "reject") if f'data-workflow-action-name="{name}"' in html]
    return offered


def test_the_buttons_are_what_somebody_may_do_now(desk, story):
    assert buttons(desk, "reviewer3", story) == []
    assert buttons(desk, "reviewer1", story) == ["approve", "reject"]
    desk.decide("reviewer1", story, "reject", comment="缺少日期")
    assert buttons(desk, "reporter", story) == ["action-submit"]
    assert buttons(desk, "admin", story) == ["action-submit"]


def test_somebody_who_may_not_approve_is_told_why(desk, story):
    desk.decide("reviewer1", story)
    desk.people["reviewer1"].groups.add(Group.objects.get(name="Second review"))
    said = desk.decide("reviewer1", story, follow=True).content.decode()
    assert "You approved an earlier step." in said or "您已核准" in said


# Giving it to somebody --------------------------------------------------------------------------------


def assign(desk, by, story, person, due=""):
    url = reverse("review_assign", args=[desk.state(story).pk])
    return desk.browser(by).post(url, {"person": desk.people[person].pk if person else "", "due": due})


def test_a_step_is_given_to_one_person_with_a_date(desk, story):
    assert desk.browser("reviewer1").get(reverse("review_assign", args=[desk.state(story).pk])).status_code == 200
    assign(desk, "reviewer1", story, "reviewer4", "2026-12-01 09:00")
    assert desk.state(story).assignee == desk.people["reviewer4"]
    assert whose(desk) == ["reviewer4"]
    assert Notice.objects.filter(kind="newsroom.assigned", recipient=desk.people["reviewer4"]).count() == 1


@pytest.mark.parametrize("name", ["reporter", "reviewer2", "data"])
def test_others_do_not_give_it(name, desk, story):
    assign(desk, name, story, "reviewer4")
    assert desk.state(story).assignee is None


def test_who_is_due_is_reminded_once(desk, story):
    now = timezone.now()
    ReviewState.objects.update(due=now + timedelta(hours=20), assignee=desk.people["reviewer1"])
    for _again in range(2):
        list(remind(now))
    assert Notice.objects.filter(kind="newsroom.due").values_list("recipient__username", flat=True).get() == "reviewer1"


# The panel --------------------------------------------------------------------------------------------


def panel(desk, name, story):
    html = desk.browser(name).get(reverse("wagtailadmin_pages:edit", args=[story.pk])).content.decode()
    return html.partition('data-side-panel="review"')[2].partition("data-side-panel=")[0]


def test_the_panel_marks_what_a_reviewer_corrected(desk, story):
    desk.decide("reviewer1", story)
    data = {"title": "秋季开学", "workflow-action-name": "approve"}
    desk.post("reviewer2", StoryPage.objects.get(pk=story.pk), "action-workflow-action", **data)
    assert "<ins>秋季</ins>开学" in panel(desk, "reviewer3", story)


def test_the_panel_shows_what_was_changed_after_an_approval(desk, story):
    desk.decide("reviewer1", story)
    desk.post("admin", StoryPage.objects.get(pk=story.pk), title="春季开学")
    assert "<ins>春季</ins>开学" in panel(desk, "reviewer1", story)


def test_the_panel_is_beside_forms_of_what_is_made_too(desk):
    """Else what is saved by itself has no place for it: Chromium said so, and it came with the next page only."""
    for name, address, args in (
        ("reporter", "wagtailadmin_pages:add", ["news", "storypage", StoryIndexPage.objects.get().pk]),
        ("data", Observation.snippet_viewset.get_url_name("add"), []),
    ):
        html = desk.browser(name).get(reverse(address, args=args)).content.decode()
        assert 'data-side-panel="review"' in html


@pytest.mark.parametrize(
    ("name", "values", "told"),
    [
        ("approve", {}, ("Approved. It waits for the next step", "已核准")),
        ("reject", {"workflow-action-extra-data": '{"comment": "改"}'}, ("It was sent back", "已退回")),
    ],
)
def test_the_button_of_the_form_says_what_became_of_the_step(name, values, told, desk, story):
    """It said that the page was saved."""
    data = values | {"workflow-action-name": name}
    answer = desk.post("reviewer1", story, "action-workflow-action", follow=True, **data)
    assert any(words in answer.content.decode() for words in told)


# Notices and the self-check ---------------------------------------------------------------------------


def test_those_are_told_who_may_take_the_step(desk, story):
    told = Notice.objects.filter(kind="newsroom.to_review").values_list("recipient__username", flat=True)
    assert set(told) == {"reviewer1", "reviewer4"}


def test_the_bell_is_the_channel_and_wagtail_mails_nothing_of_its_own(desk, story, mailoutbox):
    desk.approve_all(story)
    assert mailoutbox == []


def test_the_kinds_of_notices_are_whole():
    assert [problems(kind) for kind in all_kinds() if kind.id.startswith("newsroom.")] == [[]] * 13


def test_the_self_check_says_when_reviewers_are_missing(desk):
    assert {finding.state for finding in check_reviewers(None)} == {State.OK}
    for name in ("reviewer2", "reviewer5"):
        desk.people[name].groups.clear()
    wrong = [finding for finding in check_reviewers(None) if finding.state != State.OK]
    assert len(wrong) == 1


def test_before_the_first_sync_it_is_said_what_is_to_be_done(desk, settings, caplog):
    Workflow.objects.all().delete()
    wrong = [finding for finding in check_reviewers(None) if finding.state != State.OK]
    assert len(wrong) == 3
    assert all("sync_roles" in finding.advice for finding in wrong)
    say_what_is_to_be_done()
    assert "sync_roles" in caplog.text
    draft = make_story(live=False)
    with pytest.raises(NotPublishable, match="sync_roles"):
        draft.save_revision().publish()
    sync()
    caplog.clear()
    say_what_is_to_be_done()
    assert caplog.text == ""


def test_the_self_check_says_when_what_is_live_was_never_recorded(desk, rf):
    Entry.objects.all()._raw_delete("default")
    site = checked_site(desk)
    assert [finding.state for finding in check_seal(site)] == [State.ATTENTION]
    sealing.seal_existing("a test")
    assert [finding.state for finding in check_seal(site)] == [State.OK]


def checked_site(desk):
    home = make_index().get_parent().specific
    return Checked(site=Site(root_page=home), portal=None, pages=[home], languages=[])


def test_syncing_again_changes_nothing(desk):
    assert sync().changes == []
