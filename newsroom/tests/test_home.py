"""The first page of the admin, where reviews are: what waits for somebody, what came back, what is urgent."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.admin.models import EditingSession
from wagtail.users.models import UserProfile

from core.caching import stamp
from core.models import User
from core.publishing import bypass_review
from metrics.tests.factories import make_metric, make_observation
from news.models import StoryPage
from news.tests.factories import make_index, make_story
from newsroom.models import Allowance, ReviewState
from newsroom.record import sealing
from newsroom.reviewing.without_review import publish_urgently

from .reviewing import Desk


pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reviewed"), pytest.mark.once]

HOME = "wagtailadmin_home"
OURS = ("waiting-for-me", "sent-back-to-me", "urgent-without-review", "handed-in", "nothing")


@pytest.fixture
def desk():
    with bypass_review("a test"):
        make_index()
    sealing.seal_existing("a test")
    desk = Desk()
    for person in desk.people.values():
        UserProfile.objects.create(user=person, preferred_language="en")
    return desk


def draft(desk, title="开学", name="reporter", **fields):
    story = make_story(live=False, title=title, owner=desk.people[name], **fields)
    story.save_revision(user=desk.people[name])
    return StoryPage.objects.get(pk=story.pk)


def submitted(desk, title="开学", name="reporter", **fields):
    story = draft(desk, title, name, **fields)
    desk.start(story, name)
    return StoryPage.objects.get(pk=story.pk)


def panels(desk, name):
    """{anchor: section}, in their order."""
    html = BeautifulSoup(desk.browser(name).get(reverse(HOME)).content, "html.parser")
    found = html.find_all("section", class_="w-panel--dashboard")
    return {each["id"].removesuffix("-section"): each for each in found}


def shown(desk, name):
    return [each for each in panels(desk, name) if each in OURS]


def lines(desk, name, panel):
    """[all that a line says]"""
    return [" ".join(row.text.split()) for row in panels(desk, name)[panel].find_all("li", class_="home-row")]


def test_what_is_to_go_live_by_itself_is_submitted_not_published(desk):
    said = panels(desk, "reporter")["scheduled"].text
    assert "submit it" in said
    assert "publish it" not in said


# Who sees which ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("reporter", ["sent-back-to-me", "handed-in"]),
        ("reviewer1", ["waiting-for-me"]),
        ("reviewer3", ["waiting-for-me", "urgent-without-review"]),
        ("data", ["waiting-for-me", "urgent-without-review"]),
        ("admin", ["sent-back-to-me", "handed-in"]),
    ],
)
def test_panels_of_a_role_without_work_say_what_to_do(name, expected, desk):
    assert shown(desk, name) == expected
    for panel in expected:
        assert len(panels(desk, name)[panel].find(class_="home-empty").text) > 20


def test_somebody_whom_nothing_concerns_is_told_so(desk):
    desk.people["guest"] = User.objects.create_user("guest")
    desk.people["guest"].groups.add(Group.objects.get(name="Translators (fr)"))
    assert shown(desk, "guest") == ["nothing"]


def test_work_that_was_given_to_them_is_never_beside_nothing_waits(desk):
    story = submitted(desk)
    desk.people["guest"] = User.objects.create_user("guest")
    desk.people["guest"].groups.add(Group.objects.get(name="Translators (fr)"))
    ReviewState.objects.filter(pk=desk.state(story).pk).update(assignee=desk.people["guest"])
    assert shown(desk, "guest") == ["waiting-for-me"]


def test_wagtails_own_panels_of_workflows_are_not_there_twice(desk):
    submitted(desk)
    for name in ("reporter", "reviewer1"):
        assert not {"objects-in-workflow", "objects-to-moderate", "awaiting-review"} & set(panels(desk, name))
        html = desk.browser(name).get(reverse(HOME)).content.decode()
        assert html.count(">开学<") == 1 + (name == "reporter")  # among their drafts, too


def test_without_reviews_there_are_none(desk, settings):
    settings.REVIEWS_REQUIRED = False
    assert shown(desk, "reviewer1") == []


# Waiting for me ---------------------------------------------------------------------------------------


def test_a_line_says_who_handed_it_in_how_long_ago_when_it_is_due_and_who_reads_it(desk):
    story, now = submitted(desk), timezone.now()
    ReviewState.objects.update(started_at=now - timedelta(days=3), due=now + timedelta(days=2))
    EditingSession.objects.create(
        user=desk.people["reviewer4"],
        content_type=ContentType.objects.get_for_model(StoryPage),
        object_id=str(story.pk),
        last_seen_at=now,
    )
    (line,) = lines(desk, "reviewer1", "waiting-for-me")
    line = line.replace("\xa0", " ")
    for words in ("开学", "Handed in by", "reporter", "Being read by reviewer4", "Story · First review", "3 days ago"):
        assert words in line
    assert "due " in line
    assert "Overdue" not in line
    link = panels(desk, "reviewer1")["waiting-for-me"].li.a
    assert link["href"] == reverse("wagtailadmin_pages:edit", args=[story.pk])
    assert "Being read by" not in lines(desk, "reviewer4", "waiting-for-me")[0]  # they know


def test_what_is_due_first_comes_first_and_what_is_late_says_so(desk):
    now = timezone.now()
    for title, hours in (("无期", None), ("明天", 24), ("昨天", -24)):
        state = desk.state(submitted(desk, title))
        ReviewState.objects.filter(pk=state.pk).update(due=now + timedelta(hours=hours) if hours else None)
    found = lines(desk, "reviewer1", "waiting-for-me")
    assert [line.split()[0] for line in found] == ["昨天", "明天", "无期"]
    assert ["Overdue" in line for line in found] == [True, False, False]


def test_it_goes_on_to_the_next_step_and_leaves_who_took_it(desk):
    story = submitted(desk)
    desk.decide("reviewer1", story)
    assert lines(desk, "reviewer1", "waiting-for-me") == []
    assert "Second review" in lines(desk, "reviewer2", "waiting-for-me")[0]


def test_what_one_corrected_last_waits_for_others_only(desk):
    story = submitted(desk)
    desk.approve_all(story, ["reviewer1", "reviewer2"])
    data = {"title": "秋季开学", "workflow-action-name": "approve"}
    desk.post("reviewer3", StoryPage.objects.get(pk=story.pk), "action-workflow-action", **data)
    assert lines(desk, "reviewer3", "waiting-for-me") == []
    assert "one more person reads them" in lines(desk, "reviewer6", "waiting-for-me")[0]


def test_somebody_of_two_groups_of_a_step_has_it_once(desk):
    metric = make_metric(name="学位数", live=False)
    metric.save_revision(user=desk.people["data2"])
    desk.start(metric, "data2")
    desk.people["data"].groups.add(Group.objects.get(name="Final review"))
    panel = panels(desk, "data")["waiting-for-me"]
    assert len(panel.find_all("li")) == 1
    assert "more" not in " ".join(panel.find(class_="home-more").text.split())


def test_figures_wait_for_data_officers_and_final_reviewers(desk):
    figure = make_observation(live=False)
    figure.save_revision(user=desk.people["data"])
    desk.start(figure, "data")
    assert lines(desk, "data", "handed-in")
    for name in ("data2", "reviewer3"):
        (line,) = lines(desk, name, "waiting-for-me")
        assert "Observation · Final review" in line
    assert lines(desk, "reviewer1", "waiting-for-me") == []


# Sent back, handed in ---------------------------------------------------------------------------------


def test_what_was_sent_back_says_why_and_by_whom_until_it_is_submitted_again(desk):
    story = submitted(desk)
    desk.decide("reviewer1", story, "reject", comment="缺少日期")
    (line,) = lines(desk, "reporter", "sent-back-to-me")
    assert "缺少日期" in line
    assert "Sent back by reviewer1" in line
    assert lines(desk, "reporter", "handed-in") == []
    desk.submit(StoryPage.objects.get(pk=story.pk))
    assert lines(desk, "reporter", "sent-back-to-me") == []


def test_what_one_handed_in_says_where_it_is(desk):
    story = submitted(desk)
    assert "Anybody of: First review" in lines(desk, "reporter", "handed-in")[0]
    ReviewState.objects.update(assignee=desk.people["reviewer4"])
    assert "With reviewer4" in lines(desk, "reporter", "handed-in")[0]
    ReviewState.objects.update(assignee=None)
    desk.approve_all(story)
    assert lines(desk, "reporter", "handed-in") == []


# Urgent -----------------------------------------------------------------------------------------------


def test_what_is_urgent_stands_there_until_it_is_reviewed(desk):
    notice = draft(desk, "明日停课", "reviewer3", kind="notice")
    publish_urgently(notice, desk.people["reviewer3"], "暴雨红色预警")
    for name in ("reviewer3", "reviewer6", "reviewer1", "reporter"):  # everybody who works on news
        (line,) = lines(desk, name, "urgent-without-review")
        assert "暴雨红色预警" in line
        assert "Published urgently by reviewer3" in line
        assert "due" in line
    assert lines(desk, "data", "urgent-without-review") == []
    Allowance.objects.update(due=timezone.now() - timedelta(hours=1))
    assert "Overdue" in lines(desk, "reviewer3", "urgent-without-review")[0]
    desk.approve_all(notice, ["reviewer1", "reviewer2", "reviewer6"])
    assert lines(desk, "reviewer3", "urgent-without-review") == []
    assert "urgent-without-review" not in shown(desk, "reporter")


# As many queries --------------------------------------------------------------------------------------


def many(desk, number, name):
    """So many of each part for one person."""
    for each in range(number):
        submitted(desk, f"候{each}", "reporter")
        own = submitted(desk, f"交{each}", name)
        back = submitted(desk, f"退{each}", name)
        desk.state(back).reject(desk.people["reviewer4"], comment="改")
        EditingSession.objects.create(
            user=desk.people["reviewer4"],
            content_type=ContentType.objects.get_for_model(StoryPage),
            object_id=str(own.pk),
            last_seen_at=timezone.now(),
        )
        publish_urgently(draft(desk, f"急{each}", "reviewer3"), desk.people["reviewer3"], "暴雨")


@pytest.mark.parametrize(("name", "most"), [("reporter", 37), ("reviewer1", 40), ("admin", 39)])
def test_much_that_waits_asks_as_much_as_a_little(name, most, desk):
    asked = []
    for number in (1, 4):
        many(desk, number, name)
        desk.browser(name).get(reverse(HOME))
        stamp.forget()
        with CaptureQueriesContext(connection) as queries:
            desk.browser(name).get(reverse(HOME))
        asked.append(len(queries))
    assert asked == [most, most]
