"""A picture from a telephone in a story: what readers get of it, and what becomes of one that is broken."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from wagtail.users.models import UserProfile

from core.models import PortalImage
from core.rendering.renditions import ALL_SPECS
from core.tests import pictures
from core.tests.pictures import SECRET
from news.models import StoryPage
from news.tests.factories import make_story, publish


pytestmark = pytest.mark.django_db

MEDIA = re.compile(r"/media/[^\s\"'<>,;&]+")


@pytest.fixture
def editor(client, django_user_model):
    user = django_user_model.objects.create_superuser("editor")
    UserProfile.objects.create(user=user, preferred_language="en")
    client.force_login(user)
    return client


@pytest.fixture
def picture(editor):
    """Uploaded as an editor does."""
    file = SimpleUploadedFile("IMG_0001.JPG", pictures.phone_picture(orientation=6))
    editor.post("/admin/images/add/", {"title": "操场", "file": file, "collection": 1, "credit": "张三"})
    return PortalImage.objects.get()


def body(*images):
    values = [{"image": each.pk, "caption": "操场", "credit": "", "alt": "操场", "wide": False} for each in images]
    return [{"type": "image", "value": value, "id": f"b-{number}"} for number, value in enumerate(values)]


def test_no_byte_that_a_reader_can_get_tells_where_it_was_taken(
    client, editor, picture, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        story = make_story(picture=picture, body=body(picture))
    client.logout()
    pages = [client.get(path).content.decode() for path in (story.url, "/news/", "/news/feed.xml", "/")]
    addresses = {address for page in pages for address in MEDIA.findall(page)}
    assert len(addresses) == len(ALL_SPECS)
    for address in addresses:
        response = client.get(address)
        assert response.status_code == 200, address
        content = b"".join(response.streaming_content)
        assert SECRET.encode() not in content, address
        assert b"Exif" not in content, address
    for guess in (picture.file.url, *(re.sub(r"\.[0-9a-f]{20}\.", ".", address) for address in addresses)):
        assert client.get(guess).status_code == 404, guess


def test_a_draft_makes_no_sizes(picture, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        make_story(live=False, picture=picture, body=body(picture)).save_revision()
    assert picture.renditions.count() == 0


def test_a_broken_picture_stops_neither_the_publishing_nor_the_other_pictures(
    client, editor, picture, django_capture_on_commit_callbacks, caplog
):
    broken = PortalImage.objects.create(title="坏", file=SimpleUploadedFile("b.jpg", pictures.phone_picture()))
    with open(broken.file.path, "wb") as file:
        file.write(pictures.phone_picture()[:900])
    story = make_story(live=False, picture=broken, body=body(broken, picture))
    with django_capture_on_commit_callbacks(execute=True):
        publish(story)
    assert StoryPage.objects.get(pk=story.pk).live
    assert picture.renditions.filter(filter_spec__in=ALL_SPECS).count() == len(ALL_SPECS)
    assert client.get(story.url).status_code == 200
    assert f"No size of picture {broken.pk} can be made." in caplog.text
