"""What waits for somebody who leaves is given to others on one screen, all of it or nothing."""

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Group
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation
from wagtail.models import ModelLogEntry, PageLogEntry
from wagtail.users.models import UserProfile

from core.editing.self_check import State
from core.models import BasePage, Language, Notice, User
from core.publishing import bypass_review
from core.roles import all_roles
from languages.desk.originals import original_of
from languages.models import LanguageWork, Translation
from metrics.tests.factories import make_observation
from news.models import StoryPage
from news.tests.factories import make_index, make_standard_page
from newsroom.handing_over import waiting
from newsroom.handing_over.waiting import may_hand_over
from newsroom.models import ReviewState
from newsroom.reviewing.assigning import givable_by, may_assign
from newsroom.self_check import check_work_of_people_who_left

from .factories import make_member
from .reviewing import Desk
from .test_home import draft, submitted


pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reviewed"), pytest.mark.once]

URL = "hand_over"


@pytest.fixture
def desk():
    with bypass_review("a test"):
        make_index()
    desk = Desk()
    desk.people["manager"] = make_member("Site managers", "manager")
    for person in desk.people.values():
        UserProfile.objects.create(user=person, preferred_language="en")
    return desk


def given(desk, title, name):
    """A story that waits for this reviewer alone."""
    story = submitted(desk, title)
    ReviewState.objects.filter(pk=desk.state(story).pk).update(assignee=desk.people[name])
    return story


def translated_by(name, *codes):
    """A page that somebody has to translate into these languages."""
    with bypass_review("a test"):
        page = make_standard_page(title="关于本站")
    original = original_of(page)
    person = User.objects.filter(username=name).first() or make_member(f"Translators ({codes[0]})", name)
    for code in codes:
        LanguageWork.objects.get_or_create(language=Language.objects.get(code=code))
        Translation.objects.update_or_create(original=original, language=code, defaults={"assignee": person})
    return original


def screen(desk, by, person=None):
    page = desk.browser(by).get(reverse(URL), {"person": desk.people[person].pk} if person else {})
    return BeautifulSoup(page.content, "html.parser")


def lines(desk, by, person=None):
    """[what each row says in its first cells]"""
    return [" ".join(row.text.split()) for row in screen(desk, by, person).select("table.work tbody tr")]


def hand_over(desk, by, person, to, items=None):
    ticked = [box["value"] for box in screen(desk, by, person).select("input[name=item]")]
    data = {"item": ticked if items is None else items, "person": desk.people[to].pk if to else ""}
    return desk.browser(by).post(f"{reverse(URL)}?person={desk.people[person].pk}", data, follow=True)


def who_has(desk, *stories):
    return [getattr(desk.state(story).assignee, "username", None) for story in stories]


# Whom it shows --------------------------------------------------------------------------------------------


def test_whoever_left_comes_first_and_the_self_check_says_so(desk):
    assert [finding.state for finding in check_work_of_people_who_left(None)] == [State.OK]
    assert "stand here under that person" in screen(desk, "manager").text
    given(desk, "初审", "reviewer1")
    given(desk, "又一篇", "reviewer1")
    given(desk, "第三篇", "reviewer4")
    assert lines(desk, "manager") == ["reviewer1 演示 reviewer1 Reviews 2", "reviewer4 演示 reviewer4 Reviews 1"]
    User.objects.filter(username="reviewer4").update(is_active=False)
    assert lines(desk, "manager")[0] == "reviewer4 演示 reviewer4 Account closed · Reviews 1"
    desk.people["reviewer1"].groups.clear()
    assert "May not do all of it any more" in lines(desk, "manager")[1]
    (finding,) = check_work_of_people_who_left(None)
    assert (finding.state, finding.url) == (State.ATTENTION, reverse(URL))
    assert "reviewer4 演示、reviewer1 演示" in finding.advice


def test_it_is_for_those_who_publish_something(desk):
    may = {role.name for role in all_roles() if may_hand_over(make_member(role.name, role.name))}
    publish = {role.name for role in all_roles() if any("publish" in held for _on, held in (*role.pages, *role.models))}
    assert may == publish | {role.name for role in all_roles() if role.name.startswith("Translation publishers")}
    assert desk.browser("reviewer1").get(reverse(URL)).status_code == 302
    assert desk.browser("reviewer1").post(reverse(URL)).status_code == 302


def test_each_sees_what_they_may_give(desk):
    locked = given(desk, "稿件", "reviewer1")
    BasePage.objects.filter(pk=locked.pk).update(locked=True, locked_by=desk.people["reporter"])
    with bypass_review("a test"):
        figure = make_observation()
    figure.note = "说明"
    figure.save_revision(user=desk.people["data"])
    desk.start(figure, "data")
    ReviewState.objects.filter(pk=desk.state(figure).pk).update(assignee=desk.people["data2"])
    translated_by("colette", "fr")
    desk.people["georges"] = make_member("Translation publishers (fr)", "georges")
    desk.people["ana"] = make_member("Translation publishers (es)", "ana")
    seen = {
        name: [line.split()[0] for line in lines(desk, name)] for name in ("manager", "data", "georges", "ana", "admin")
    }
    assert seen == {
        "manager": ["data2", "reporter", "reviewer1"],
        "data": ["data2"],
        "georges": ["colette"],
        "ana": [],
        "admin": ["colette", "data2", "reporter", "reviewer1"],
    }
    of_one = {name: len(lines(desk, name, "reporter")) for name in ("manager", "data", "georges", "ana", "admin")}
    assert of_one == {"manager": 1, "data": 0, "georges": 0, "ana": 0, "admin": 1}
    for name, person in desk.people.items():
        states = ReviewState.objects.all()
        assert {each for each in states if may_assign(person, each)} == set(givable_by(person)), name


# Giving ---------------------------------------------------------------------------------------------------


def test_all_is_given_in_one_act_logged_and_told(desk):
    first, second = given(desk, "第一篇", "reviewer1"), given(desk, "第二篇", "reviewer1")
    ReviewState.objects.update(due=timezone.now())
    original = translated_by("reviewer1", "fr")
    desk.people["reviewer4"].groups.add(Group.objects.get(name="Translators (fr)"))
    BasePage.objects.filter(pk=first.pk).update(
        locked=True, locked_by=desk.people["reviewer1"], locked_at=timezone.now()
    )
    assert len(lines(desk, "admin", "reviewer1")) == 4
    answer = hand_over(desk, "admin", "reviewer1", "reviewer4").content.decode()
    assert "has 3 more now" in answer
    assert "1 lock was lifted." in answer
    assert "Nothing waits for" in answer
    assert who_has(desk, first, second) == ["reviewer4", "reviewer4"]
    assert desk.state(first).due
    assert Translation.objects.get(original=original).assignee.username == "reviewer4"
    assert not BasePage.objects.get(pk=first.pk).locked
    kinds = Notice.objects.filter(recipient=desk.people["reviewer4"]).values_list("kind", flat=True)
    assert sorted(kind for kind in kinds if kind.endswith("assigned")) == [
        "languages.assigned",
        *["newsroom.assigned"] * 2,
    ]
    logged = PageLogEntry.objects.filter(user=desk.people["admin"]).values_list("action", flat=True)
    assert sorted(logged) == ["newsroom.review.given"] * 2 + ["newsroom.translation.given", "wagtail.unlock"]
    entries = PageLogEntry.objects.filter(action__endswith="given")
    with translation.override("en"):
        messages = {entry.formatter.format_message(entry) for entry in entries}
    assert len(messages) == 2
    assert all("from reviewer1 演示 to reviewer4 演示" in message for message in messages)
    assert not ModelLogEntry.objects.filter(user=desk.people["admin"]).exists()


def test_a_lock_on_what_one_may_not_unlock_is_not_lifted(desk):
    page = draft(desk)
    BasePage.objects.filter(pk=page.pk).update(locked=True, locked_by=desk.people["reporter"])
    hand_over(desk, "data", "reporter", None, [f"lock-{page.pk}"])
    assert BasePage.objects.get(pk=page.pk).locked


def test_what_is_more_than_one_screen_holds_is_said_and_comes_next(desk, monkeypatch):
    stories = [given(desk, f"第{number}篇", "reviewer1") for number in range(3)]
    monkeypatch.setattr(waiting, "AT_ONCE", 2)
    assert "1 more is shown when these are given." in screen(desk, "manager", "reviewer1").text
    hand_over(desk, "manager", "reviewer1", "reviewer4")
    assert sorted(who_has(desk, *stories)) == ["reviewer1", "reviewer4", "reviewer4"]
    hand_over(desk, "manager", "reviewer1", "reviewer4")
    assert who_has(desk, *stories) == ["reviewer4"] * 3


def test_what_somebody_may_not_take_is_marked_and_nothing_is_given(desk):
    took, free = submitted(desk, "两次"), submitted(desk, "别人的")
    desk.decide("reviewer1", took)
    desk.decide("reviewer4", free)
    ReviewState.objects.filter(status="in_progress").update(assignee=desk.people["reviewer2"])
    desk.people["reviewer1"].groups.add(Group.objects.get(name="Second review"))
    page = BeautifulSoup(hand_over(desk, "manager", "reviewer2", "reviewer1").content, "html.parser")
    assert "may not take 1 of these" in page.text
    assert [row.label.text for row in page.select("tr.work-refused")] == ["两次"]
    assert who_has(desk, took, free) == ["reviewer2", "reviewer2"]
    rest = [box["value"] for box in page.select("input[name=item][checked]")]
    hand_over(desk, "manager", "reviewer2", "reviewer1", rest)
    assert who_has(desk, took, free) == ["reviewer2", "reviewer1"]


def test_what_waits_for_nobody_is_told_to_all_who_may_take_it(desk):
    story = given(desk, "初审", "reviewer1")
    Notice.objects.all().delete()
    assert "free for all" in hand_over(desk, "manager", "reviewer1", None).content.decode()
    assert who_has(desk, story) == [None]
    told = Notice.objects.filter(kind="newsroom.to_review").values_list("recipient__username", flat=True)
    assert set(told) == {"reviewer1", "reviewer4"}


def test_what_is_not_there_any_more_is_said_and_nothing_else_is_given(desk):
    story = given(desk, "初审", "reviewer1")
    other = given(desk, "别人的", "reviewer4")
    items = [f"review-{desk.state(each).pk}" for each in (story, other)]
    assert "1 waits no more." in hand_over(desk, "manager", "reviewer1", "reviewer4", items).content.decode()
    assert (
        "Nothing waits for this person" in hand_over(desk, "manager", "reviewer1", "reviewer4", items).content.decode()
    )
    assert (
        "Tick what you want"
        in hand_over(desk, "manager", "reviewer4", "reviewer1", ["lock-1", "nonsense"]).content.decode()
    )
    assert who_has(desk, story, other) == ["reviewer4", "reviewer4"]
    hand_over(desk, "manager", "reviewer4", "reporter")  # no reviewer
    assert who_has(desk, story, other) == ["reviewer4", "reviewer4"]
    assert desk.browser("manager").get(reverse(URL), {"person": "x"}).status_code == 200


def test_much_asks_as_much_as_a_little(desk):
    def questions(person=None):
        with CaptureQueriesContext(
            connection,
        ) as asked:
            screen(desk, "admin", person)
        return len(asked)

    def more(number):
        for each in range(number):
            given(desk, f"第{each}篇", "reviewer1")
            given(desk, f"其{each}", "reviewer4")
            page = draft(desk)
            StoryPage.objects.filter(pk=page.pk).update(locked=True, locked_by=desk.people["reviewer1"])

    translated_by("reviewer1", "fr", "es")
    more(1)
    screen(desk, "admin")
    few = questions(), questions("reviewer1")
    more(3)
    translated_by("reviewer1", "ru", "ja")
    assert (questions(), questions("reviewer1")) == few
    assert few <= (15, 18)
