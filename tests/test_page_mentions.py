"""`@name` in the comments beside a page: who works on the page is told."""

import pytest
from django.urls import reverse
from wagtail.models import Comment, CommentReply
from wagtail.users.models import UserProfile

from core.models import User
from core.notices.reading import shown
from news.models import StoryPage
from news.tests.factories import make_index, make_story

from .desk import member
from .forms import form_data


pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture
def story():
    make_index()
    return make_story(title="开学", live=False)


@pytest.fixture
def writer(story, client):
    user = member("writer", "First review")
    UserProfile.objects.create(user=user, preferred_language="en")
    client.force_login(user)
    return user


def said(client, story, text, comment=None, reply=None):
    """The draft saved with a comment, or a reply to one."""
    rows = {
        "comments-TOTAL_FORMS": "1",
        "comments-INITIAL_FORMS": "1" if comment else "0",
        "comments-MIN_NUM_FORMS": "0",
    }
    rows |= {"comments-MAX_NUM_FORMS": "", "comments-0-id": comment.pk if comment else "", "comments-0-DELETE": ""}
    rows |= {"comments-0-text": comment.text if reply else text, "comments-0-contentpath": "title"}
    rows |= {"comments-0-position": "", "comments-0-resolved": "", "comments-0-replies-MIN_NUM_FORMS": "0"}
    rows |= {"comments-0-replies-TOTAL_FORMS": str(int(bool(reply))), "comments-0-replies-INITIAL_FORMS": "0"}
    rows |= {"comments-0-replies-MAX_NUM_FORMS": "", "comments-0-replies-0-text": reply or ""}
    data = form_data(StoryPage, story) | rows
    assert client.post(reverse("wagtailadmin_pages:edit", args=[story.pk]), data).status_code == 302


def heard(user):
    return [each.text for each in shown(user, user.notices.select_related("actor")) if not each.is_hidden]


def test_who_works_on_the_page_is_told(story, writer, client):
    other = member("王老师", "Second review")
    said(client, story, "请@王老师核对")
    assert len(heard(other)) == 1
    assert "请@王老师核对" in heard(other)[0]
    comment = Comment.objects.get()
    (notice,) = other.notices.all()
    assert notice.url == reverse("wagtailadmin_pages:edit", args=[story.pk]) + f"?comment={comment.pk}"
    assert heard(writer) == []


def test_who_may_not_is_not_told_and_the_writer_hears_of_it(story, writer, client):
    translator = member("colette", "Translators (fr)")
    said(client, story, "@colette @nobody 请看")
    assert heard(translator) == []
    assert all(name in heard(writer)[0] for name in ("@colette", "@nobody"))


def test_saving_again_tells_nobody_again_and_an_edit_those_who_are_new(story, writer, client):
    one, two = member("one", "Second review"), member("two", "Second review")
    said(client, story, "@one")
    comment = Comment.objects.get()
    one.notices.mark_read()
    said(client, story, "@one", comment)
    assert one.notices.unread().count() == 0
    said(client, story, "@one @two", comment)
    assert (one.notices.unread().count(), two.notices.unread().count()) == (0, 1)


def test_a_reply_mentions_too(story, writer, client):
    one = member("one", "Second review")
    comment = Comment.objects.create(page=story, user=writer, text="看", contentpath="title")
    said(client, story, "", comment, reply="@one 你说呢")
    assert CommentReply.objects.count() == 1
    assert "你说呢" in heard(one)[0]


def test_those_are_offered_who_work_on_the_page(story, writer, client):
    member("one", "Second review"), member("colette", "Translators (fr)")
    User.objects.create_user("nobody")
    answer = client.get(reverse("people"), {"page": story.pk, "q": "o"}).json()
    assert [each["username"] for each in answer["people"]] == ["one"]
    client.force_login(member("simone", "Translators (fr)"))
    assert client.get(reverse("people"), {"page": story.pk}).status_code == 302
