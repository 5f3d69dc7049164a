"""What readers see of a live text beside its words, and whether it is there at all: nobody changes that by themselves."""

from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from wagtail.documents import get_document_model
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import PageViewRestriction

from core.models import PortalImage
from core.publishing import bypass_review
from core.publishing.acts import NotPublishable
from news.tests.factories import make_story
from newsroom.models import Entry
from newsroom.record import sealing
from newsroom.record.verifying import problems
from newsroom.withdrawing.acts import release, withdraw
from schools.tests.factories import make_image

from .factories import make_member
from .reviewing import live


pytestmark = [pytest.mark.django_db, pytest.mark.once]

PDF = b"%PDF-1.4 "


@pytest.fixture
def newsroom(desk):
    desk.people["manager"] = make_member("Site managers", "manager")
    return desk


@pytest.fixture
def story(newsroom):
    """Live, with a picture and a document, all by the reporter."""
    reporter = newsroom.people["reporter"]
    with bypass_review("a test"):
        picture = make_image(uploaded_by_user=reporter)
        file = ContentFile(PDF, name="a.pdf")
        document = get_document_model().objects.create(title="附件", file=file, uploaded_by_user=reporter)
        picture_block = {"image": picture.pk, "caption": "校园", "credit": "", "alt": ""}
        body = [
            {"type": "image", "id": "b", "value": picture_block},
            {"type": "document", "id": "d", "value": {"document": document.pk, "title": ""}},
        ]
        story = make_story(title="开学", slug="first-day", owner=reporter, body=body)
    story.save_revision(user=reporter)
    sealing.seal_existing("a test")
    return live(story)


# Pictures and documents -------------------------------------------------------------------------------


def change_picture(newsroom, name):
    picture = PortalImage.objects.get()
    file = get_test_image_file("other.png", size=(999, 700)).file
    data = {
        "title": "校园",
        "credit": "没有人看过的署名",
        "collection": picture.collection_id,
        "file": SimpleUploadedFile("other.png", file.getvalue()),
    }
    newsroom.browser(name).post(reverse("wagtailimages:edit", args=[picture.pk]), data)
    picture.refresh_from_db()
    return picture.credit == "没有人看过的署名"


def change_document(newsroom, name):
    document = get_document_model().objects.get()
    data = {
        "title": "没有人看过的附件",
        "collection": document.collection_id,
        "file": SimpleUploadedFile("b.pdf", PDF + b"2"),
    }
    newsroom.browser(name).post(reverse("wagtaildocs:edit", args=[document.pk]), data)
    document.refresh_from_db()
    return document.title == "没有人看过的附件"


def delete_document(newsroom, name):
    document = get_document_model().objects.get()
    newsroom.browser(name).post(reverse("wagtaildocs:delete", args=[document.pk]))
    return not get_document_model().objects.exists()


@pytest.mark.parametrize("change", [change_picture, change_document, delete_document])
def test_who_uploaded_what_readers_see_does_not_change_it(change, newsroom, story):
    assert not change(newsroom, "reporter")
    assert list(problems()) == []


@pytest.mark.parametrize("change", [change_picture, change_document])
def test_they_change_it_while_nobody_sees_it(change, newsroom, story):
    withdraw([story], user=newsroom.people["reviewer3"], kind="checking", reason="核实")
    assert change(newsroom, "reporter")


@pytest.mark.parametrize("change", [change_picture, change_document])
def test_who_may_change_all_files_does_and_is_named(change, newsroom, story):
    assert change(newsroom, "manager")
    entry = Entry.objects.first()
    assert (entry.kind, entry.title, entry.by["account"]) == ("embedded", "开学", "manager")
    listed = newsroom.browser("reviewer3").get(reverse("publishing_exceptions"), {"kind": "embedded"})
    assert "开学" in listed.content.decode()
    assert list(problems()) == []


def test_a_document_goes_and_returns_with_its_page(newsroom, story, client):
    document, chief = get_document_model().objects.get(), newsroom.people["reviewer3"]
    assert client.get(document.url).status_code == 200
    (withdrawal,) = withdraw([story], user=chief, kind="error", reason="误发")
    assert client.get(document.url).status_code == 404
    assert newsroom.browser("reporter").get(document.url).status_code == 200
    release(withdrawal, user=chief, reason="无误")
    assert client.get(document.url).status_code == 200


# Whether it is there ----------------------------------------------------------------------------------


def set_expiry(newsroom, story, name, moment):
    draft = live(story).get_latest_revision_as_object()
    draft.expire_at = moment
    draft.save_revision(user=newsroom.people[name], clean=False).publish(user=newsroom.people[name])


def test_who_may_not_withdraw_lets_nothing_end(newsroom, story):
    soon, later = timezone.now() + timedelta(minutes=1), timezone.now() + timedelta(days=9)
    with pytest.raises(NotPublishable):
        set_expiry(newsroom, story, "manager", soon)
    set_expiry(newsroom, story, "reviewer3", later)
    with pytest.raises(NotPublishable):
        set_expiry(newsroom, story, "manager", soon)
    set_expiry(newsroom, story, "manager", later + timedelta(days=1))
    set_expiry(newsroom, story, "manager", None)
    assert live(story).expire_at is None


@pytest.mark.parametrize("name", ["manager", "reviewer3", "admin"])
def test_what_is_live_is_withdrawn_not_hidden(name, newsroom, story):
    data = {"restriction_type": "login", "password": "", "groups": []}
    for page in (story, story.get_parent()):
        newsroom.browser(name).post(reverse("wagtailadmin_pages:set_privacy", args=[page.pk]), data)
    assert not PageViewRestriction.objects.exists()


def test_what_is_no_longer_live_is_hidden_and_what_is_hidden_is_opened(newsroom, story):
    url, chief = reverse("wagtailadmin_pages:set_privacy", args=[story.pk]), newsroom.people["reviewer3"]
    (withdrawal,) = withdraw([story], user=chief, kind="checking", reason="核实")
    newsroom.browser("admin").post(url, {"restriction_type": "login", "password": "", "groups": []})
    assert PageViewRestriction.objects.exists()
    release(withdrawal, user=chief, reason="无误")
    newsroom.browser("admin").post(url, {"restriction_type": "none", "password": "", "groups": []})
    assert not PageViewRestriction.objects.exists()
