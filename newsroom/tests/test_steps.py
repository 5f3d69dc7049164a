"""How many steps and people a review has is a setting: what cannot be is named, and what waits goes on when it changes."""

import itertools

import pytest
from django.contrib.auth.models import Group
from django.core.checks import run_checks
from django.urls import reverse
from django.utils import translation

from core.models import Notice, User
from core.publishing.acts import NotPublishable
from core.roles import sync
from news.models import StandardPage, StoryPage
from news.tests.factories import make_story
from newsroom.checks import check_all_has_a_kind, check_reviews_can_be_made
from newsroom.models import Approval, ReviewState
from newsroom.reviewing.kinds import kind_of, needs

from .reviewing import live


pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reviewed"), pytest.mark.once]
ALL = list(itertools.product(range(1, 6), range(1, 6)))
CORNERS = [(1, 1), (3, 1), (2, 2), (3, 3), (5, 2), (5, 5)]


def handed_in(desk):
    story = make_story(live=False, title="开学", owner=desk.people["reporter"])
    story.save_revision(user=desk.people["reporter"])
    desk.start(story)
    return StoryPage.objects.get(pk=story.pk)


def take(settings, steps, people):
    settings.REVIEWS = settings.REVIEWS | {"stories": (steps, people)}
    sync()


def waiting_step(desk, story):
    state = desk.state(story)
    return state and state.review.step


def told(person):
    return Notice.objects.filter(recipient=person, kind="newsroom.moved").count()


# What can be ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("steps", "people"), [*ALL, (0, 1), (6, 3), (3, 0), (-1, -1)])
def test_what_no_review_can_have_is_named_and_nothing_breaks(steps, people, settings):
    settings.REVIEWS = settings.REVIEWS | {"stories": (steps, people)}
    found = check_reviews_can_be_made()
    assert bool(found) == (not 1 <= people <= steps <= 5)
    assert 1 <= needs("stories").people <= needs("stories").steps <= 5
    assert found in ([], [each for each in run_checks() if each.id == "newsroom.E001"])


def test_a_kind_that_is_left_out_and_a_model_that_is_none_are_named(settings):
    assert check_all_has_a_kind() == []
    settings.REVIEWED_AS = settings.REVIEWED_AS | {"news.storypag": "stories", "news.homepage": "storys"}
    settings.REVIEWS = {"stories": (3, 3), "pages": (1, 1)}
    assert len(check_all_has_a_kind()) == 3


def test_what_is_derived_from_something_is_reviewed_as_it_is(settings):
    settings.REVIEWED_AS = {"core.basepage": "stories"}
    assert kind_of(StandardPage) == "stories"


def test_every_sort_of_review_brings_a_story_to_readers(desk, settings):
    """Five people who are in all groups: the first who may take a step takes it, so as few as the setting asks for do."""
    five = [User.objects.create_user(f"all{number}") for number in range(5)]
    for person in five:
        person.groups.set(Group.objects.filter(name__in=["First review", "Second review", "Final review"]))
    for steps, people in CORNERS:
        take(settings, steps, people)
        story, needed = handed_in(desk), needs("stories")
        for _step in range(needed.steps):
            state = desk.state(story)
            state.approve(user=next(each for each in five if not state.why_not(each)))
        assert live(story).live, (steps, people)
        approvals = Approval.objects.of(story)
        assert {each.step for each in approvals} == set(range(1, needed.steps + 1))
        assert len({each.person_id for each in approvals}) == needed.people


# What waits when it changes ---------------------------------------------------------------------------


def test_what_waits_at_a_step_that_is_removed_goes_on_at_one_that_is_there(desk, settings):
    """The second of three is no final review, so that one is taken; its people are told."""
    story = handed_in(desk)
    desk.approve_all(story, ["reviewer1", "reviewer2"])
    take(settings, 2, 2)
    assert waiting_step(desk, story) == 2
    assert [told(desk.people[name]) for name in ("reporter", "reviewer1", "reviewer2", "reviewer4")] == [1, 1, 1, 0]
    sync()
    assert told(desk.people["reporter"]) == 1
    desk.decide("reviewer5", story)
    assert not live(story).live
    desk.decide("reviewer3", story)
    assert live(story).live


def test_what_all_have_approved_by_the_new_number_goes_live(desk, settings):
    story = handed_in(desk)
    desk.people["reviewer2"].groups.add(Group.objects.get(name="Final review"))
    desk.approve_all(story, ["reviewer1", "reviewer2"])
    take(settings, 2, 2)
    assert live(story).live
    assert desk.state(story) is None


def test_what_may_not_go_live_by_itself_waits_for_one_more_reader(desk, settings, monkeypatch):
    def refuse(*_args, **_kwargs):
        raise NotPublishable("缺少题图")

    story = handed_in(desk)
    desk.people["reviewer2"].groups.add(Group.objects.get(name="Final review"))
    desk.approve_all(story, ["reviewer1", "reviewer2"])
    with monkeypatch.context() as patched:
        patched.setattr("newsroom.rules.enough", refuse)
        take(settings, 2, 2)
    assert (live(story).live, waiting_step(desk, story)) == (False, 2)
    desk.decide("reviewer3", story)
    assert live(story).live


def test_what_was_sent_back_from_a_step_that_is_removed_comes_back_to_one_that_is_there(desk, settings):
    story = handed_in(desk)
    desk.approve_all(story, ["reviewer1", "reviewer2"])
    desk.decide("reviewer3", story, "reject", comment="缺少日期")
    take(settings, 1, 1)
    desk.submit(story)
    assert waiting_step(desk, story) == 1
    desk.decide("reviewer3", story)
    assert live(story).live


def test_a_step_that_other_people_take_now_is_theirs(desk, settings):
    story = handed_in(desk)
    desk.decide("reviewer1", story)
    ReviewState.objects.filter(pk=desk.state(story).pk).update(assignee=desk.people["reviewer5"])
    take(settings, 2, 2)
    assert desk.state(story).assignee is None
    asked = Notice.objects.filter(kind="newsroom.to_review", recipient=desk.people["reviewer3"])
    assert asked.exists()
    desk.decide("reviewer3", story)
    assert live(story).live


# What they are called ---------------------------------------------------------------------------------


def test_the_history_names_the_steps_in_the_language_of_its_reader(desk):
    story = handed_in(desk)
    desk.decide("reviewer1", story)
    desk.decide("reviewer2", story, "reject", comment="缺少日期")
    html = {}
    for language in ("en", "zh-hans"):
        with translation.override(language):
            desk.browser("admin").cookies["django_language"] = language
            url = reverse("wagtailadmin_pages:history", args=[story.pk])
            html[language] = desk.browser("admin").get(url).content.decode()
    assert "First review" in html["en"]
    assert "初审" in html["zh-hans"]
    assert "First review" not in html["zh-hans"]
    assert "Second review" not in html["zh-hans"]
    assert "Review of stories" not in html["zh-hans"]
