"""Pictures and documents of before today's rules are found and mended."""

import io

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import call_command
from wagtail.documents import get_document_model
from wagtail.models import ReferenceIndex

from core.models import BasePage, PortalImage, PortalRendition
from core.publishing import picture_mending
from core.rendering.renditions import ALL_SPECS, SHARE_SPEC, make_renditions

from . import pictures
from .test_pictures import SECRET, spoil, stored


pytestmark = pytest.mark.django_db


def mended(*args):
    out = io.StringIO()
    call_command("mend_stored", *args, stdout=out)
    return out.getvalue().splitlines()


def old_sizes(image, *specs, content=None):
    """As they were made before: with everything that the upload held, and named after it."""
    for spec in specs:
        name = f"photo.{spec.replace('|', '.')}.jpg"
        image.renditions.create(filter_spec=spec, file=ContentFile(content or pictures.phone_picture(), name))


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    """Files of this test alone: a name that is taken already would be changed."""
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def page():
    return BasePage.objects.get(depth=1)


def test_sizes_with_camera_data_are_made_again(django_capture_on_commit_callbacks):
    image = stored(pictures.phone_picture())
    old_sizes(image, *ALL_SPECS[:2], "max-165x165")
    image.get_rendition(ALL_SPECS[0])  # keeps the old one in the cache
    before = set(image.renditions.values_list("file", flat=True))
    assert mended("--safe", "--dry-run")[-1] == "1 would"
    assert set(image.renditions.values_list("file", flat=True)) == before
    with django_capture_on_commit_callbacks(execute=True):
        assert mended("--safe")[-1] == "1 done"
    assert not any(default_storage.exists(name) for name in before)
    assert image.renditions.count() == 3
    for size in image.renditions.all():
        assert size.is_bare
        assert SECRET.encode() not in default_storage.open(size.file.name).read()
        assert size.width <= 640
    assert image.get_rendition(ALL_SPECS[0]).is_bare
    assert mended("--safe") == ["Nothing to mend."]


def test_sizes_that_say_more_than_their_names_are_made_again_when_asked_for(django_capture_on_commit_callbacks):
    image = stored(pictures.phone_picture())
    make_renditions([image])
    size = image.renditions.get(filter_spec=ALL_SPECS[1])
    with open(size.file.path, "wb") as file:
        file.write(pictures.phone_picture())
    assert mended("--safe") == ["Nothing to mend."], "deployments do not read every file"
    with django_capture_on_commit_callbacks(execute=True):
        assert mended()[0].startswith(f"camera-data-within: core.PortalImage {image.pk} (操场): 1 sizes hold more")
    assert not default_storage.exists(size.file.name)
    assert SECRET.encode() not in default_storage.open(image.renditions.get(pk=size.pk).file.name).read()
    assert mended() == ["Nothing to mend."]


def test_without_an_original_a_size_is_made_from_itself(django_capture_on_commit_callbacks):
    image = stored(pictures.phone_picture())
    old_sizes(image, ALL_SPECS[1])
    default_storage.delete(image.file.name)
    with django_capture_on_commit_callbacks(execute=True):
        mended("--safe")
    size = image.renditions.get()
    assert size.is_bare
    assert (size.width, size.height) == (480, 300)


def test_sizes_that_nobody_asks_for_go(django_capture_on_commit_callbacks):
    image = stored(pictures.phone_picture())
    old_sizes(image, SHARE_SPEC)  # made before the focal point was set
    old_sizes(image, "sepia-3")
    with django_capture_on_commit_callbacks(execute=True):
        mended("--safe")
    assert not image.renditions.exists()


def use(image, page):
    """As an index of references has it."""
    kind = ReferenceIndex._get_base_content_type
    ReferenceIndex.objects.create(
        content_type=kind(page), base_content_type=kind(page), object_id=page.pk, to_object_id=image.pk,
        to_content_type=kind(image), model_path="picture", content_path="picture", content_path_hash=f"{image.pk:032}",
    )  # fmt: skip


def test_what_publishing_left_out_is_made(page):
    lacking, whole, unused = (stored(pictures.phone_picture()) for _each in range(3))
    make_renditions([lacking, whole])
    lacking.renditions.filter(filter_spec__in=ALL_SPECS[2:]).delete()
    use(lacking, page)
    use(whole, page)
    said = mended("--safe")
    assert said == [
        f"picture-sizes: core.PortalImage {lacking.pk} (操场): 5 sizes are lacking. done: make them",
        "1 done",
    ]
    assert [image.renditions.count() for image in (lacking, whole, unused)] == [7, 7, 0]


def test_what_cannot_be_read_is_left_to_a_person(page):
    broken, gone = stored(pictures.phone_picture()), stored(pictures.phone_picture())
    spoil(broken)
    default_storage.delete(gone.file.name)
    use(broken, page)
    page_as_pdf = get_document_model()(title="表", file=ContentFile(b"<html>", "a.pdf"))
    page_as_pdf.save()
    assert mended("--safe")[-1] == "1 left"
    said = "\n".join(mended())
    assert f"pictures: core.PortalImage {broken.pk} (操场): " in said
    assert f"pictures: core.PortalImage {gone.pk} (操场): the file is not there. left: put another" in said
    assert f"documents: wagtaildocs.Document {page_as_pdf.pk} (表): " in said
    assert PortalImage.objects.count() == 2


def test_files_that_no_size_knows_go_when_asked_for(monkeypatch):
    image = stored(pictures.phone_picture())
    make_renditions([image])
    default_storage.save("images/left-over.width-480.jpg", ContentFile(b"x"))
    assert mended() == ["Nothing to mend."], "it may be about to be recorded"
    monkeypatch.setattr(picture_mending, "YOUNG", -picture_mending.YOUNG)
    assert mended("--safe") == ["Nothing to mend."], "another site may share the folder"
    assert mended()[-1] == "1 done"
    assert not default_storage.exists("images/left-over.width-480.jpg")
    assert all(default_storage.exists(size.file.name) for size in PortalRendition.objects.all())
