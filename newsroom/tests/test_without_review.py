"""What one person may bring to readers: a storm warning at once, a mended typing error. Both stay marked for good."""

import re

import pytest
from django.urls import reverse
from wagtail.actions.convert_alias import ConvertAliasPageAction

from core.publishing import bypass_review
from core.publishing.acts import NotPublishable
from news.models import StoryPage
from news.tests.factories import make_index, make_story
from newsroom.models import Allowance, Entry
from newsroom.record import sealing
from newsroom.record.verifying import problems
from newsroom.reviewing.queries import urgent_without_review
from newsroom.reviewing.typing_errors import why_not
from newsroom.reviewing.without_review import correct, publish_urgently

from .reviewing import Desk, live


pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reviewed"), pytest.mark.once]


@pytest.fixture
def desk():
    with bypass_review("a test"):
        make_index()
    sealing.seal_existing("a test")
    return Desk()


@pytest.fixture
def notice(desk):
    story = make_story(live=False, title="明日停课", kind="notice", owner=desk.people["reviewer3"])
    story.save_revision(user=desk.people["reviewer3"])
    return StoryPage.objects.get(pk=story.pk)


def address(name, story):
    return reverse(name, args=["news.storypage", story.pk])


# Urgently ---------------------------------------------------------------------------------------------


def test_a_final_reviewer_publishes_at_once_and_the_reviews_are_made_up_for(desk, notice):
    desk.browser("reviewer3").post(address("publish_urgently", notice), {"reason": "暴雨红色预警"})
    assert live(notice).live
    entry = Entry.objects.first()
    assert (entry.kind, entry.reason, entry.approvals[0]["account"]) == ("urgent", "暴雨红色预警", "reviewer3")
    assert urgent_without_review().count() == 1
    desk.approve_all(notice, ["reviewer1", "reviewer2", "reviewer3"])
    assert urgent_without_review().count() == 1  # its author is none of them
    desk.decide("reviewer6", notice)
    assert urgent_without_review().count() == 0
    assert [each["step"] for each in Entry.objects.first().approvals] == [1, 2, 3]
    assert Entry.objects.filter(kind="urgent").count() == 1
    assert list(problems()) == []


@pytest.mark.parametrize("name", ["reporter", "reviewer1", "reviewer2", "admin", "data"])
def test_nobody_else_does(name, desk, notice):
    desk.browser(name).post(address("publish_urgently", notice), {"reason": "急"})
    with pytest.raises(NotPublishable):
        publish_urgently(notice, desk.people[name], "急")
    assert not live(notice).live


def test_it_takes_a_reason(desk, notice):
    said = desk.browser("reviewer3").post(address("publish_urgently", notice), {"reason": "  "})
    assert said.status_code == 200
    assert not live(notice).live


def test_another_text_is_not_urgent_too(desk, notice):
    publish_urgently(notice, desk.people["reviewer3"], "暴雨")
    changed = StoryPage.objects.get(pk=notice.pk)
    changed.title = "后天也停课"
    with pytest.raises(NotPublishable):
        changed.save_revision(user=desk.people["reviewer3"]).publish()


def test_a_live_copy_is_as_little_reviewed_and_on_the_list(desk, notice):
    publish_urgently(notice, desk.people["reviewer3"], "暴雨")
    copy = live(notice).copy(update_attrs={"slug": "copy"}, user=desk.people["admin"])
    assert live(copy).live
    assert [each.object_id for each in urgent_without_review()] == [notice.pk, copy.pk]
    assert (Entry.objects.first().kind, Entry.objects.first().reason) == ("urgent", "暴雨")
    desk.approve_all(copy, ["reviewer1", "reviewer2", "reviewer3"])
    assert urgent_without_review().count() == 2  # its author is none of them
    desk.decide("reviewer6", copy)
    assert [each.object_id for each in urgent_without_review()] == [notice.pk]
    assert live(notice).create_alias(update_slug="alias").live
    assert urgent_without_review().count() == 1  # it goes with its origin
    assert list(problems()) == []


# A typing error ---------------------------------------------------------------------------------------


@pytest.fixture
def story(desk):
    story = make_story(
        live=False, title="双福六小开学了", owner=desk.people["reporter"], standfirst="新校园迎来首批学牛。"
    )
    story.save_revision(user=desk.people["reporter"])
    desk.start(story)
    desk.approve_all(story)
    return StoryPage.objects.get(pk=story.pk)


def write(desk, story, **texts):
    draft = StoryPage.objects.get(pk=story.pk).get_latest_revision_as_object()
    for name, text in texts.items():
        setattr(draft, name, text)
    draft.save_revision(user=desk.people["reporter"], clean=False)


def test_one_reviewer_approves_it(desk, story):
    write(desk, story, standfirst="新校园迎来首批学生。")
    desk.browser("reviewer1").post(address("correct_typing_error", story), {"reason": ""})
    assert live(story).standfirst == "新校园迎来首批学生。"
    assert Entry.objects.first().kind == "correction"
    assert list(problems()) == []


def test_who_approves_it_sees_which_words_change(desk, story):
    browser = desk.browser("reviewer1")
    page = browser.get(address("correct_typing_error", story)).content.decode()
    assert "草稿与读者看到的没有差别" in page
    write(desk, story, standfirst="新校园迎来首批学生。")
    page = re.sub(r"\s+", "", browser.get(address("correct_typing_error", story)).content.decode())
    assert "新校园迎来首批学<del>牛</del><ins>生</ins>。" in page


def test_not_who_wrote_it_nor_who_reviews_nothing(desk, story):
    draft = story.get_latest_revision_as_object()
    draft.standfirst = "新校园迎来首批学生。"
    draft.save_revision(user=desk.people["reviewer1"], clean=False)
    for name in ("reviewer1", "reporter", "admin"):
        with pytest.raises(NotPublishable):
            correct(story, desk.people[name])
    assert live(story).standfirst == "新校园迎来首批学牛。"


def test_all_corrections_together_are_few_characters(desk, story):
    write(desk, story, title="双福六小开学了甲乙丙丁戊己庚辛壬癸")
    correct(story, desk.people["reviewer1"])
    write(desk, story, title="双福六小开学了甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌")
    with pytest.raises(NotPublishable):
        correct(story, desk.people["reviewer1"])
    write(desk, story, title="双福六小开学了")
    correct(story, desk.people["reviewer1"])
    assert Allowance.objects.filter(kind="correction").count() == 2


def as_a_copy(story, user):
    return live(story).copy(update_attrs={"slug": "copy"}, user=user)


def as_an_alias_made_a_page(story, user):
    alias = live(story).create_alias(update_slug="alias", user=user)
    ConvertAliasPageAction(alias, user=user).execute(skip_permission_checks=True)
    return alias


@pytest.mark.parametrize("again", [as_a_copy, as_an_alias_made_a_page])
def test_corrections_of_a_copy_count_on(again, desk, story):
    write(desk, story, title="双福六小开学了甲乙丙丁戊己庚辛壬癸")
    correct(story, desk.people["reviewer1"], "错字")
    copy = again(story, desk.people["admin"])
    assert Entry.objects.first().approvals[0]["kind"] == "correction"
    write(desk, copy, title="双福六小开学了甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午申酉戌亥")
    with pytest.raises(NotPublishable, match="21"):
        correct(live(copy), desk.people["reviewer1"])
    write(desk, copy, title="双福六小开学了")
    correct(live(copy), desk.people["reviewer1"])
    assert list(problems()) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("招生120人", "招生121人"),
        ("招生三百人", "招生五百人"),
        ("可以报名", "不可以报名"),
        ("双福六小开学", "双福七小开学"),
        ('<p>见<a href="https://a.cn">这里</a></p>', '<p>见<a href="https://b.cn">这里</a></p>'),
        ("天" * 30, "地" * 30),
    ],
    ids=["digit", "Chinese number", "negation", "name", "link", "many characters"],
)
def test_what_is_no_typing_error(old, new):
    assert why_not(_text(old), _text(new), ["双福六小", "双福七小"])
    assert why_not(_text("同意"), _text("同义"), ["双福六小"]) == ""


def _text(text):
    return {"embedded": {}, "fields": {"title": "题", "body": [["text", text]]}}


@pytest.mark.parametrize(
    "changed",
    [
        {"fields": {"title": "题", "body": [["text", "文"], ["text", "多"]]}},
        {"fields": {"title": "题", "body": [["aside", "文"]]}},
        {"fields": {"title": "题", "body": [["text", "文"]], "kicker": "引"}},
        {"fields": {"title": "", "body": [["text", "文"]]}},
        {"fields": {"title": "题", "body": [["text", "文"]]}, "embedded": {"a": 1}},
    ],
    ids=["another block", "another kind of block", "another field", "nothing left", "something embedded"],
)
def test_what_is_not_corrected_that_way(changed):
    before = {"embedded": {}, "fields": {"title": "题", "body": [["text", "文"]]}}
    assert why_not(before, {"embedded": {}} | changed, [])


def test_a_caption_is_corrected():
    picture = {"image": 1, "caption": "学牛", "credit": "张三"}
    before = {"embedded": {}, "fields": {"body": [["image", picture]]}}
    assert why_not(before, {"embedded": {}, "fields": {"body": [["image", picture | {"caption": "学生"}]]}}, []) == ""
    assert why_not(before, {"embedded": {}, "fields": {"body": [["image", picture | {"credit": "李四"}]]}}, [])
