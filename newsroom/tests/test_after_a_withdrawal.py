"""What the newsroom reads of a page that was withdrawn and shown again: beside its form, on its sheet, in the lists."""

import pytest
from django.db import models
from django.urls import reverse

from core.models import Notice
from core.notices.reading import shown
from core.publishing import bypass_review
from news.models import StoryPage
from news.tests.factories import make_index, make_story
from newsroom.models import Entry, Withdrawal
from newsroom.reviewing.without_review import correct
from newsroom.withdrawing.acts import release, withdraw

from .reviewing import Desk


pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reviewed"), pytest.mark.once]

AUTHORS = {"reporter"}


@pytest.fixture
def desk():
    with bypass_review("a test"):
        make_index()
    return Desk()


@pytest.fixture
def story(desk):
    """Approved by three and live."""
    story = make_story(live=False, title="双福六小开学", owner=desk.people["reporter"], standfirst="首批学牛入校。")
    story.save_revision(user=desk.people["reporter"])
    desk.start(story)
    desk.approve_all(story)
    Notice.objects.all().delete()
    return StoryPage.objects.get(pk=story.pk)


def take_away(desk, story, kind="checking"):
    withdraw([story], user=desk.people["reviewer3"], kind=kind, reason="核对日期")


def show_again(desk, story):
    release(Withdrawal.objects.in_effect().get(page=story.pk), user=desk.people["reviewer6"], reason="日期无误")


def heard():
    found = {}
    for kind, name in Notice.objects.values_list("kind", "recipient__username"):
        found.setdefault(kind.partition(".")[2], set()).add(name)
    return found


def page(desk, name, address):
    return desk.browser(name).get(address).content.decode()


def edit(story):
    return reverse("wagtailadmin_pages:edit", args=[story.pk])


def test_its_authors_are_told_why(desk, story):
    take_away(desk, story)
    assert heard() == {"withdrawn": AUTHORS}
    (told,) = shown(desk.people["reporter"], Notice.objects.all())
    assert ("核对日期" in told.text, "双福六小开学" in told.text, told.is_hidden) == (True, True, False)
    show_again(desk, story)
    assert heard() == {"withdrawn": AUTHORS, "released": AUTHORS}


def test_its_authors_are_told_of_a_mended_typing_error(desk, story):
    draft = story.get_latest_revision_as_object()
    draft.standfirst = "首批学生入校。"
    draft.save_revision(user=desk.people["reviewer4"])
    correct(story, desk.people["reviewer1"])
    assert heard() == {"corrected": {*AUTHORS, "reviewer4"}}


def test_nothing_is_offered_beside_its_form_that_would_be_refused(desk, story):
    call = reverse("publish_urgently", args=["news.storypage", story.pk])
    take_away(desk, story)
    shown_to_a_chief = page(desk, "reviewer3", edit(story))
    assert reverse("withdrawal", args=[story.pk]) in shown_to_a_chief
    assert call not in shown_to_a_chief
    assert "已撤稿" in page(desk, "reporter", edit(story))
    show_again(desk, story)
    assert "已撤稿" not in page(desk, "reporter", edit(story))


def test_the_sheet_says_that_it_is_shown_again_and_what_was_approved(desk, story):
    approved = Entry.objects.order_by("-number").first()
    take_away(desk, story)
    show_again(desk, story)
    sheet = page(desk, "reviewer3", reverse("review_sheet", args=[Entry.objects.order_by("-number").first().number]))
    assert "撤稿后恢复" in sheet
    assert reverse("review_sheet", args=[approved.number]) in sheet
    assert "所示内容" in sheet
    own = page(desk, "reviewer3", reverse("review_sheet", args=[approved.number]))
    assert "所示内容" not in own


def test_what_was_ticked_for_it_is_an_exception_once(desk, story):
    with bypass_review("a test"):
        story.save_revision(user=desk.people["reporter"]).publish()
    newest = Entry.objects.order_by("-number").first()
    ticks = [{"warning": "没有主题", "reason": "专版", "by": "reporter"}]
    models.QuerySet(Entry).filter(pk=newest.pk).update(details={**newest.details, "ticks": ticks})
    take_away(desk, story)
    show_again(desk, story)
    released = Entry.objects.order_by("-number").first()
    models.QuerySet(Entry).filter(pk=released.pk).update(details={**released.details, "ticks": ticks})
    rows = desk.browser("reviewer3").get(reverse("publishing_exceptions")).context["object_list"]
    assert [row.number for row in rows] == [newest.number]
