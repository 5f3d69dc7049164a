"""What somebody might try to bring a text to readers that fewer people have read than have to."""

from datetime import timedelta

import pytest
from django.utils import timezone

from core.publishing import bypass_review
from core.publishing.acts import NotPublishable
from news.tests.factories import make_index, make_story
from newsroom.models import Approval
from newsroom.record import sealing
from newsroom.reviewing.authors import authors
from newsroom.reviewing.typing_errors import why_not
from newsroom.reviewing.without_review import correct, publish_urgently
from newsroom.withdrawing.acts import release, withdraw

from .reviewing import Desk, live


pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reviewed"), pytest.mark.once]


@pytest.fixture
def desk():
    with bypass_review("a test"):
        make_index()
    sealing.seal_existing("a test")
    return Desk()


@pytest.fixture
def draft(desk):
    return live(make_story(live=False, title="双福六小开学了", standfirst="新校园迎来首批学牛。"))


@pytest.fixture
def story(desk, draft):
    write(draft, desk.people["reporter"])
    desk.start(draft)
    desk.approve_all(draft)
    return live(draft)


def write(story, user, *, overwritten=None, **texts):
    draft = live(story).get_latest_revision_as_object()
    for name, text in texts.items():
        setattr(draft, name, text)
    return draft.save_revision(user=user, clean=False, log_action=True, overwrite_revision=overwritten)


def schedule_approved(desk, draft):
    write(draft, desk.people["reporter"], go_live_at=timezone.now() + timedelta(days=1))
    desk.start(live(draft))
    desk.approve_all(draft)
    assert live(draft).get_latest_revision().approved_go_live_at


def test_who_wrote_it_stays_its_author_when_autosave_dates_the_revision_anew(desk, draft):
    reviewer = desk.people["reviewer1"]
    revision = write(draft, reviewer, title="评阅人写的全文")
    desk.start(live(draft), "reviewer1")
    write(draft, reviewer, title="评阅人写的全文。", overwritten=revision)
    assert authors(live(draft)) == {reviewer.pk}
    desk.decide("reviewer1", draft)
    assert not Approval.objects.exists()


def test_nobody_corrects_alone_what_they_wrote_while_it_is_reviewed(desk, story):
    desk.start(story)
    write(story, desk.people["reviewer1"], standfirst="新校园迎来首批学生。")
    with pytest.raises(NotPublishable):
        correct(live(story), desk.people["reviewer1"])
    correct(live(story), desk.people["reviewer4"])
    assert live(story).standfirst == "新校园迎来首批学生。"


def publish_the_same_again(desk, story):
    live(story).get_latest_revision().publish(user=desk.people["reviewer3"])


def withdraw_and_release(desk, story):
    chief = desk.people["reviewer3"]
    (withdrawal,) = withdraw([live(story)], user=chief, kind="checking", reason="核实")
    release(withdrawal, user=chief, reason="无误")


@pytest.mark.parametrize("between", [publish_the_same_again, withdraw_and_release])
def test_corrections_count_together_whatever_is_published_between(between, desk, story):
    write(story, desk.people["reporter"], title="双福六小开学了甲乙丙丁戊己庚辛壬癸")
    correct(live(story), desk.people["reviewer1"])
    between(desk, story)
    write(story, desk.people["reporter"], title="双福六小开学了甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午申酉戌亥")
    with pytest.raises(NotPublishable, match="21"):
        correct(live(story), desk.people["reviewer1"])


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("育才中学战胜实验中学", "实验中学战胜育才中学"),
        ("气温-5度", "气温5度"),
        ("招收两班", "招收三班"),
        ("缩短半天", "缩短天"),
        ("增长１２．５%", "增长１２５%"),
        ("you can go", "you cannot go"),
        ("it is open", "it isn't open"),
        ("来自育才<b>中学</b>", "来自育材<b>中学</b>"),
        ("王老师说", "汪老师说"),
        ("校长李刚说", "校长李钢说"),
        ("李小龙同学获奖", "李小尤同学获奖"),
        ("Smith said so", "Smyth said so"),
        ("three schools", "five schools"),
        ("a million pupils", "a billion pupils"),
        ("第三名", "三名"),
        ("Phase II begins", "Phase III begins"),
        ("A栋开放", "B栋开放"),
        ("见 www.example.gov.cn 公告", "见 www.example.gov.cm 公告"),
        ("见https://example.cn/a。", "见https://example.cn/b。"),
        ("来信 info@example.org", "来信 infos@example.org"),
        ('<a href="https://a.cn">报名入口</a>', '<a href="https://a.cn">缴费入口</a>'),
        ("气温5°C", "气温5°F"),
        ("弗能入内", "能入内"),
        ("休想入内", "想入内"),
        ("暂停", "停"),
        ("合法", "违法"),
    ],
)
def test_what_only_looks_like_a_typing_error(old, new):
    before, after = ({"embedded": {}, "fields": {"title": text}} for text in (old, new))
    assert why_not(before, after, ["育才中学", "实验中学"])


def test_what_is_sent_back_after_it_was_scheduled_does_not_go_live(desk, draft):
    schedule_approved(desk, draft)
    desk.start(live(draft))
    desk.decide("reviewer1", draft, "reject", comment="日期有误")
    with pytest.raises(NotPublishable):
        write(draft, desk.people["admin"], go_live_at=None).publish(user=desk.people["admin"])


def test_a_change_ends_the_approvals_of_an_earlier_round_too(desk, draft):
    schedule_approved(desk, draft)
    desk.start(live(draft))
    desk.decide("reviewer1", draft)
    write(draft, desk.people["reporter"], title="改过的题目")
    with pytest.raises(NotPublishable):
        write(draft, desk.people["reporter"], title="双福六小开学了", go_live_at=None).publish()


def test_who_releases_a_page_may_review_its_next_version(desk, story):
    withdraw_and_release(desk, story)
    write(story, desk.people["reporter"], title="双福六小开学了！")
    desk.start(live(story))
    desk.approve_all(story)
    assert live(story).title == "双福六小开学了！"


def test_what_has_no_revision_yet_is_published_urgently(desk, draft):
    assert draft.get_latest_revision() is None
    publish_urgently(draft, desk.people["reviewer3"], "暴雨红色预警")
    assert live(draft).live
