"""An approval is of what its reviewer had before them: what was written meanwhile is refused with a word, and nothing is lost."""

from html import unescape

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from core.publishing import bypass_review
from metrics.models import Observation
from metrics.tests.factories import make_observation
from news.models import StoryPage
from news.tests.factories import make_story
from newsroom.models import Approval
from newsroom.reviewing.looking import FIELD
from schools.tests.factories import make_image

from .reviewing import live


pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reviewed")]
APPROVE = {"workflow-action-name": "approve"}
REFUSED = ("changed meanwhile", "期间")


@pytest.fixture
def story(desk):
    story = make_story(live=False, title="开学", owner=desk.people["reporter"], picture=make_image())
    story.save_revision(user=desk.people["reporter"])
    desk.start(story)
    return live(story)


def opened(desk, name, obj):
    """What the form takes along."""
    url = (
        reverse("wagtailadmin_pages:edit", args=[obj.pk])
        if isinstance(obj, StoryPage)
        else reverse(obj.snippet_viewset.get_url_name("edit"), args=[obj.pk])
    )
    found = BeautifulSoup(desk.browser(name).get(url).content, "html.parser").select_one(f"input[name={FIELD}]")
    return unescape(found["value"]) if found else ""


def write(desk, story, title, name="admin"):
    """A program of somebody: a second tab is asked about by the form (tests/test_collisions.py)."""
    draft = live(story).get_latest_revision_as_object()
    draft.title = title
    draft.save_revision(user=desk.people[name], clean=False)


def is_told(answer):
    html = answer.content.decode()
    return any(words in html for words in REFUSED)


def approvers():
    return list(Approval.objects.standing().values_list("person__username", flat=True))


def test_the_form_takes_along_what_it_shows_to_those_who_may_approve_it(desk, story):
    assert opened(desk, "reviewer1", story)
    assert not opened(desk, "admin", story)


def test_what_was_changed_after_it_was_opened_is_not_approved(desk, story):
    seen = opened(desk, "reviewer1", story)
    write(desk, story, "没有人看过的题目")
    answer = desk.decide("reviewer1", story, follow=True, **{FIELD: seen})
    assert (is_told(answer), approvers()) == (True, [])
    desk.decide("reviewer1", story, **{FIELD: opened(desk, "reviewer1", story)})
    assert approvers() == ["reviewer1"]


def test_what_was_changed_at_the_first_step_is_not_approved_unseen(desk, story):
    write(desk, story, "没有人看过的题目")
    answer = desk.decide("reviewer1", story, follow=True)
    assert (is_told(answer), approvers()) == (True, [])


def test_what_a_colleague_of_the_step_has_corrected_meanwhile_is_read_first(desk, story):
    seen = opened(desk, "reviewer1", story)
    write(desk, story, "改正的题目", "reviewer4")
    desk.decide("reviewer1", story, **{FIELD: seen})
    assert approvers() == []


def test_a_picture_that_was_changed_after_the_form_was_opened(desk, story):
    """The form keeps what was typed as a draft, and says that nothing was approved."""
    seen = opened(desk, "reviewer1", story)
    story.picture.credit = "新的署名"
    story.picture.save()
    values = {"title": "改正的题目", FIELD: seen, **APPROVE}
    answer = desk.post("reviewer1", story, "action-workflow-action", follow=True, **values)
    assert (is_told(answer), approvers()) == (True, [])
    assert live(story).get_latest_revision().content["title"] == "改正的题目"


def test_a_reviewer_corrects_in_steps_and_approves_in_the_same_form(desk, story):
    seen = opened(desk, "reviewer1", story)
    desk.post("reviewer1", story, title="改正的题目")
    values = {"title": "再改的题目", FIELD: seen, **APPROVE}
    desk.post("reviewer1", live(story), "action-workflow-action", **values)
    assert approvers() == ["reviewer1"]
    assert Approval.objects.get().seen["fields"]["title"] == "再改的题目"
    desk.approve_all(story, ["reviewer2", "reviewer3"])
    assert live(story).title == "再改的题目"


def test_a_figure_that_was_changed_after_its_form_was_opened(desk):
    with bypass_review("a test"):
        figure = make_observation()
    figure.note = "说明"
    figure.save_revision(user=desk.people["data"])
    figure = Observation.objects.get(pk=figure.pk)
    desk.start(figure, "data")
    seen = opened(desk, "data2", figure)
    draft = Observation.objects.get().get_latest_revision_as_object()
    draft.note = "没有人看过的说明"
    draft.save_revision(user=desk.people["data"], clean=False)
    url = figure.snippet_viewset.get_url_name("workflow_action")
    address = reverse(url, args=[figure.pk, "approve", desk.state(figure).pk])
    desk.browser("data2").post(address, {FIELD: seen})
    assert (Observation.objects.get().note, approvers()) == ("", [])
    desk.browser("data2").post(address, {FIELD: opened(desk, "data2", figure)})
    assert Observation.objects.get().note == "没有人看过的说明"
