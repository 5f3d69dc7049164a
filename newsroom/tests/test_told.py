"""Who is told of what in a review: one line for each act, with everybody who hears of it and nobody else."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone, translation
from wagtail.models import Revision

from core.models import Notice
from core.notices.reading import shown
from core.publishing import bypass_review
from metrics.tests.factories import make_observation
from news.models import StoryPage
from news.tests.factories import make_index, make_story
from newsroom.models import ReviewState
from newsroom.reviewing.assigning import assign
from newsroom.reviewing.reminding import remind
from newsroom.reviewing.without_review import publish_urgently

from .reviewing import Desk


pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reviewed"), pytest.mark.once]


class Room(Desk):
    """A story of which `reporter` and `data2` wrote; the latter may not open pages any more."""

    def __init__(self):
        with bypass_review("a test"):
            make_index()
        super().__init__()
        story = make_story(live=False, title="开学", owner=self.people["reporter"])
        for name in ("data2", "reporter"):
            story.save_revision(user=self.people[name])
        self.key = story.pk

    @property
    def story(self):
        return StoryPage.objects.get(pk=self.key)

    def approve(self, *names, **values):
        for name in names:
            self.decide(name, self.story, **values)

    def wait_for_its_time(self):
        draft = self.story.get_latest_revision().as_object()
        draft.go_live_at = timezone.now() + timedelta(hours=1)
        draft.save_revision(user=self.people["reporter"])
        self.start(self.story)
        self.approve(*ALL)

    def let_time_pass(self):
        revisions = Revision.objects.filter(approved_go_live_at__isnull=False)
        for revision in revisions:
            revision.content["go_live_at"] = None
            revision.approved_go_live_at = timezone.now() - timedelta(minutes=1)
            revision.save(update_fields=["content", "approved_go_live_at"])
        call_command("publish_scheduled", verbosity=0)

    def heard(self):
        found = {}
        for kind, name in Notice.objects.values_list("kind", "recipient__username"):
            found.setdefault(kind.partition(".")[2], set()).add(name)
        return found


FIRST = {"reviewer1", "reviewer4"}
SECOND = {"reviewer2", "reviewer5"}
AUTHORS = {"reporter", "data2"}
ALL = ("reviewer1", "reviewer2", "reviewer3")


def is_due(room):
    ReviewState.objects.update(due=timezone.now() + timedelta(hours=20))
    list(remind(timezone.now()))


def is_due_by_one(room):
    ReviewState.objects.update(assignee=room.people["reviewer4"])
    is_due(room)


def is_edited_while_it_waits_for_its_time(room):
    room.wait_for_its_time()
    Notice.objects.all().delete()
    draft = room.story.get_latest_revision().as_object()
    draft.title = "后来写的题目"
    draft.save_revision(user=room.people["reporter"])
    room.let_time_pass()


def is_live_at_its_time(room):
    room.wait_for_its_time()
    Notice.objects.all().delete()
    room.let_time_pass()


def is_approved(*names, **values):
    """By these, the last of whom is heard of."""

    def act(room):
        room.start(room.story)
        room.approve(*names[:-1])
        Notice.objects.all().delete()
        room.approve(names[-1], **values)

    return act


def is_sent_back_by_the_second(room, comment="缺少日期"):
    is_approved("reviewer1")(room)
    Notice.objects.all().delete()
    room.decide("reviewer2", room.story, "reject", comment=comment)


def is_changed_after_an_approval(room):
    is_approved("reviewer1")(room)
    Notice.objects.all().delete()
    room.post("admin", room.story, title="秋季开学")


def submitted(act):
    def both(room):
        room.start(room.story)
        Notice.objects.all().delete()
        act(room)

    return both


def is_published_urgently(room):
    publish_urgently(room.story, room.people["reviewer3"], "暴雨，@reviewer6 请补审")


TOLD = {
    "asked to review": (lambda room: room.submit(room.story), {"to_review": FIRST}),
    "given to one": (
        submitted(
            lambda room: assign(room.state(room.story), room.people["reviewer4"], None, room.people["reviewer1"])
        ),
        {"assigned": {"reviewer4"}},
    ),
    "approved, and asked to review": (is_approved("reviewer1"), {"approved": AUTHORS, "to_review": SECOND}),
    "sent back, earlier reviewers too": (is_sent_back_by_the_second, {"sent_back": {*AUTHORS, "reviewer1"}}),
    "mentioned in a remark": (
        is_approved("reviewer1", comment="@reviewer5 请核对数字，@data2 @nobody 也看看"),
        {"approved": AUTHORS, "to_review": SECOND, "mentioned": {"reviewer5"}, "not_told": {"reviewer1"}},
    ),
    "mentioned in a reason, but once": (
        lambda room: is_sent_back_by_the_second(room, "@reporter 缺少日期，@reviewer6 也看看"),
        {"sent_back": {*AUTHORS, "reviewer1"}, "mentioned": {"reviewer6"}},
    ),
    "published": (is_approved(*ALL), {"approved": AUTHORS, "published": {*AUTHORS, "reviewer1", "reviewer2"}}),
    "waits for its time": (
        lambda room: room.wait_for_its_time(),
        {
            "approved": AUTHORS,
            "to_review": {*FIRST, *SECOND, "reviewer3", "reviewer6"},
            "scheduled": {*AUTHORS, "reviewer1", "reviewer2"},
        },
    ),
    "published at its time": (is_live_at_its_time, {"published": {*AUTHORS, *ALL}}),
    "refused at its time": (
        is_edited_while_it_waits_for_its_time,
        {"changed": set(ALL), "schedule_refused": {*AUTHORS, *ALL}},
    ),
    "changed after an approval": (
        is_changed_after_an_approval,
        {"changed": {"reporter", "reviewer1"}, "to_review": FIRST},
    ),
    "due tomorrow, all who may": (submitted(is_due), {"due": FIRST}),
    "due tomorrow, who has it": (submitted(is_due_by_one), {"due": {"reviewer4"}}),
    "published urgently": (is_published_urgently, {"to_review": FIRST, "mentioned": {"reviewer6"}}),
}


@pytest.mark.parametrize("what", TOLD)
def test_who_hears_of_it(what):
    act, expected = TOLD[what]
    room = Room()
    act(room)
    assert room.heard() == expected


def test_what_they_read(settings):
    room = Room()
    room.wait_for_its_time()
    with translation.override("en"):
        told = {
            each.notice.kind: each
            for each in shown(room.people["reporter"], Notice.objects.filter(recipient=room.people["reporter"]))
        }
    assert "goes live on" in told["newsroom.scheduled"].text
    assert str(timezone.localtime().year) in told["newsroom.scheduled"].text


def test_of_a_figure_those_are_told_who_work_on_figures():
    room = Room()
    with bypass_review("a test"):
        figure = make_observation()
    figure.note = "说明"
    figure.save_revision(user=room.people["data"])
    room.start(figure, "data")
    Notice.objects.all().delete()
    room.state(figure).approve(user=room.people["data2"], comment="@data @reviewer6 @reporter 已核对")
    assert room.heard() == {
        "approved": {"data"},
        "published": {"data"},
        "mentioned": {"data", "reviewer6"},
        "not_told": {"data2"},
    }
    (notice,) = Notice.objects.filter(kind="core.mentioned", recipient=room.people["data"])
    (told,) = shown(room.people["data"], [notice])
    assert (told.is_hidden, notice.url.endswith(f"/edit/{figure.pk}/")) == (False, True)
    (kept,) = shown(room.people["reporter"], [notice])
    assert kept.is_hidden
