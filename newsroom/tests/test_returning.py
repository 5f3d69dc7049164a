"""A withdrawn page that shows something which was changed meanwhile: why it does not return as it was, and what leads on."""

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils import translation
from wagtail.users.models import UserProfile

from core.models import PortalImage
from core.publishing import bypass_review
from core.publishing.acts import NotPublishable
from metrics.models import Observation
from metrics.tests.factories import make_observation
from news.models import StoryPage
from news.tests.factories import make_index, make_story
from newsroom.models import Withdrawal
from newsroom.record import sealing
from newsroom.record.verifying import problems
from newsroom.withdrawing.acts import release
from schools.tests.factories import make_image

from .factories import make_withdrawal
from .reviewing import Desk


pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reviewed")]


@pytest.fixture
def desk():
    with bypass_review("a test"):
        make_index()
        desk = Desk()
    for person in desk.people.values():
        UserProfile.objects.create(user=person, preferred_language="en")
    return desk


@pytest.fixture
def story(desk):
    with bypass_review("a test"):
        figure = make_observation(printed="8660个")
        text = f'<p data-block-key="a">新增<a linktype="figure" id="{figure.pk}">不少学位</a>。</p>'
        story = make_story(title="学位", body=[("text", text)], owner=desk.people["reporter"])
    sealing.seal_existing("a test")
    return story


@pytest.fixture
def withdrawn(desk, story):
    return make_withdrawal(story, "checking", user=desk.people["reviewer3"])


def correct_the_figure():
    figure = Observation.objects.get()
    figure.value, figure.status, figure.change_reason, figure.printed = 9999, "revised", "更正", "9999个"
    with bypass_review("a test"):
        figure.save_revision(clean=False).publish()


def screen(desk, story, **said):
    url = reverse("withdrawal", args=[story.pk])
    browser = desk.browser("reviewer3")
    return BeautifulSoup((browser.post(url, said, follow=True) if said else browser.get(url)).content, "html.parser")


def acts(page):
    return [radio["value"] for radio in page.select("input[name=act]")]


def is_live(story):
    return StoryPage.objects.get(pk=story.pk).live


def test_what_did_not_change_returns(desk, story, withdrawn):
    page = screen(desk, story)
    assert acts(page) == ["release", "open"]
    assert "cannot return" not in page.text
    screen(desk, story, act="release", reason="无误")
    assert is_live(story)


def test_what_changed_is_shown_and_takes_a_review(desk, story, withdrawn):
    correct_the_figure()
    page = screen(desk, story)
    assert acts(page) == ["open"]
    assert "it cannot return as it was" in page.text
    assert {each.text for each in page.select("del")} == {"8660", "final"}
    assert {"9999", "revised"} <= {each.text for each in page.select("ins")}
    screen(desk, story, act="release", reason="无误")
    assert not is_live(story)
    opened = screen(desk, story, act="open", reason="数据已更正")
    assert "may be published now" in opened.text
    again = screen(desk, story)
    assert "submit the page for review" in again.text
    assert again.select("form[method=post] [name=reason]") == []
    desk.submit(StoryPage.objects.get(pk=story.pk))
    desk.approve_all(story)
    assert is_live(story)
    assert not Withdrawal.objects.in_effect().exists()
    assert list(problems()) == []


def test_of_a_picture_only_what_changed_is_shown(desk):
    with bypass_review("a test"):
        picture = make_image(credit="记者摄")
        story = make_story(title="校园", picture=picture)
    sealing.seal_existing("a test")
    make_withdrawal(story, "checking", user=desk.people["reviewer3"])
    PortalImage.objects.update(credit="学校供图")
    (words,) = screen(desk, story).select(".help-warning [lang=zh-Hans]")
    assert words.text == "记者摄学校供图"


def test_whoever_asks_is_told_what_to_do(desk, story):
    with bypass_review("a test"):
        index = make_index()
    made = make_withdrawal(index, "checking", user=desk.people["reviewer3"], with_below=True)
    correct_the_figure()
    with translation.override("en"), pytest.raises(NotPublishable, match=r"“学位” cannot return.*submit it for review"):
        release(made, user=desk.people["reviewer3"], reason="无误", with_below=True)
    assert not is_live(story)
    Withdrawal.objects.update(seen={})  # of before that was kept
    assert "it cannot return as it was" in screen(desk, story).text
