"""What of a picture reaches readers: its pixels, upright and in the right colours, under a name that nobody guesses."""

import io

import pytest
from django.core.files.storage import default_storage
from django.test import override_settings
from PIL import Image

import core.rendering.pictures
from core.files.pictures import is_bare
from core.languages import reading
from core.models import PortalImage
from core.rendering import renditions
from core.rendering.pictures import picture_html
from core.rendering.renditions import ALL_SPECS, SHARE_SPEC, make_renditions
from core.text.fallback import END, START, FallbackText

from . import pictures
from .pictures import LEFT, RIGHT, SECRET, exif, halves, saved, upload, xmp


pytestmark = pytest.mark.django_db

TALKATIVE = {
    "telephone": ("a.jpg", pictures.phone_picture),
    "held sideways": ("a.jpg", lambda: pictures.phone_picture(orientation=6)),
    "text chunks": ("a.png", pictures.talkative_png),
    "webp": ("a.webp", lambda: saved(halves(), "WEBP", quality=95, exif=exif(), xmp=xmp())),
    "moving": ("a.gif", pictures.moving_gif),
    "another colour space": ("a.jpg", lambda: saved(halves(mode="CMYK"), "JPEG", quality=95, exif=exif())),
    "no colour profile at all": ("a.jpg", lambda: pictures.with_profile("RGB", SECRET.encode() * 9)),
    "EXIF that is none": ("a.jpg", lambda: saved(halves(), "JPEG", exif=b"Exif\0\0" + SECRET.encode() * 9)),
    "two in one": ("a.jpg", pictures.two_in_one),
    "a film behind it": ("a.jpg", pictures.with_video),
    "interlaced": ("a.png", pictures.interlaced_png),
    "16 bits of grey": ("a.png", pictures.grey_16_bit),
    "one bit": ("a.png", lambda: saved(halves(mode="1"), "PNG")),
    "few colours": ("a.png", lambda: saved(halves().quantize(8), "PNG", transparency=7)),
    "a line": ("a.png", lambda: saved(Image.new("L", (16_383, 1)), "PNG")),
    "a column": ("a.png", lambda: saved(Image.new("L", (1, 16_383)), "PNG")),
    "a point": ("a.png", lambda: saved(Image.new("RGB", (1, 1)), "PNG")),
}
TRACES = (SECRET.encode(), b"Exif", b"eXIf", b"EXIF", b"adobe", b"8BIM", b"ExampleMaker", b"MakerNote")


def stored(content, name="photo.jpg", **values):
    image = PortalImage(title="操场", file=upload(content, name), **values)
    image._set_image_file_metadata()
    image.save()
    return image


def sizes(image):
    make_renditions([image])
    return {each.filter_spec: each for each in image.renditions.all()}


def read(rendition):
    with default_storage.open(rendition.file.name) as file:
        return file.read()


def opened(rendition):
    picture = Image.open(io.BytesIO(read(rendition)))
    picture.load()
    return picture.convert("RGB")


def is_like(pixel, wanted):
    return all(abs(one - other) < 12 for one, other in zip(pixel, wanted, strict=True))


@pytest.mark.parametrize("case", TALKATIVE)
def test_no_size_holds_more_than_pixels(case):
    name, make = TALKATIVE[case]
    image = stored(make(), name)
    image.get_rendition("max-165x165")  # of the admin, from the same folder
    image.get_rendition("original")
    assert set(sizes(image)) == {*ALL_SPECS, "max-165x165", "original"}
    for each in image.renditions.all():
        content = read(each)
        assert [trace for trace in TRACES if trace in content] == [], each.filter_spec
        assert is_bare(io.BytesIO(content))


@pytest.mark.parametrize("case", ["telephone", "text chunks", "webp", "moving"])
def test_an_upload_is_seen_to_say_more(case):
    assert not is_bare(io.BytesIO(TALKATIVE[case][1]()))


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_picture_stands_as_the_camera_was_held(orientation):
    picture = opened(sizes(stored(pictures.phone_picture(orientation)))["width-480|format-jpeg"])
    turned = orientation in (2, 3, 5, 8)
    assert picture.width > picture.height
    assert is_like(picture.getpixel((20, 20)), RIGHT if turned else LEFT)
    assert is_like(picture.getpixel((picture.width - 20, 20)), LEFT if turned else RIGHT)


@pytest.mark.parametrize("mode", ["CMYK", "P", "RGBA"])
def test_colours_stay(mode):
    kind = "JPEG" if mode == "CMYK" else "PNG"
    made = sizes(stored(saved(halves(mode=mode), kind), f"a.{kind.lower()}"))
    for spec in ("width-480|format-webp", "width-480|format-jpeg"):
        assert is_like(opened(made[spec]).getpixel((20, 20)), LEFT)


def test_a_colour_profile_is_used_and_not_kept():
    picture = opened(sizes(stored(pictures.with_profile("RGB", pictures.other_profile())))["width-480|format-jpeg"])
    red, _green, blue = picture.getpixel((20, 20))
    assert blue > red, "the profile says that what is stored as red is blue"


def test_sixteen_bits_of_grey_become_eight():
    picture = opened(sizes(stored(pictures.grey_16_bit(), "a.png"))["width-480|format-jpeg"])
    assert [picture.getpixel((100, y))[0] // 32 for y in (10, 128, 245)] == [0, 4, 7]


# Names -----------------------------------------------------------------------------------------


def names(image):
    return {spec: made.file.name for spec, made in sizes(image).items()}


def test_a_name_needs_the_key_of_the_site():
    image = stored(pictures.phone_picture())
    first = names(image)
    assert all(made.is_bare for made in image.renditions.all())
    image.renditions.all().delete()
    with override_settings(SECRET_KEY="another one"):
        second = names(image)
    assert set(first.values()).isdisjoint(second.values())


def test_a_size_that_is_made_again_has_the_same_name_wherever_it_is_stored():
    image = stored(pictures.phone_picture())
    first = names(image)
    for made in image.renditions.all():
        default_storage.delete(made.file.name)
    image.renditions.all().delete()
    with override_settings(STORAGES={"default": {"BACKEND": "django.core.files.storage.InMemoryStorage"}}):
        default_storage.save(image.file.name, upload(pictures.phone_picture()))
        assert names(PortalImage.objects.get(pk=image.pk)) == first


def test_another_file_focal_point_or_copy_has_other_names():
    image = stored(pictures.phone_picture())
    first = names(image)
    copy = names(stored(pictures.phone_picture()))
    image.file = upload(pictures.phone_picture(orientation=3))
    image._set_image_file_metadata()
    image.save()
    image.renditions.all().delete()
    replaced = names(image)
    assert len({*first.values(), *copy.values(), *replaced.values()}) == 3 * len(ALL_SPECS)
    image.focal_point_x, image.focal_point_y, image.focal_point_width, image.focal_point_height = 20, 20, 10, 10
    image.save()
    make_renditions([image])
    assert image.renditions.filter(filter_spec=SHARE_SPEC).values("file").distinct().count() == 2


# What goes wrong -------------------------------------------------------------------------------


def spoil(image):
    """As an upload was taken that nobody could show."""
    with open(image.file.path, "wb") as file:
        file.write(pictures.phone_picture()[:2000])


def test_a_picture_that_cannot_be_read_stops_no_other(caplog):
    broken, gone, whole = (stored(pictures.phone_picture(), f"{name}.jpg") for name in ("a", "b", "c"))
    spoil(broken)
    default_storage.delete(gone.file.name)
    make_renditions([broken, gone, whole])
    lacking = dict(PortalImage.objects.values_list("pk", "lacks_sizes"))
    assert lacking == {broken.pk: True, gone.pk: True, whole.pk: False}
    assert whole.renditions.count() == len(ALL_SPECS)
    assert f"No size of picture {broken.pk} can be made." in caplog.text


def test_a_size_that_cannot_be_made_stops_no_other_and_is_made_later(monkeypatch, caplog):
    image = stored(pictures.phone_picture())
    with monkeypatch.context() as patch:
        stock = PortalImage.generate_rendition_file

        def full(image, filter, **options):
            if filter.spec == ALL_SPECS[0]:
                raise OSError("No space left on device")
            return stock(image, filter, **options)

        patch.setattr(PortalImage, "generate_rendition_file", full)
        make_renditions([image])
    assert image.renditions.count() == len(ALL_SPECS) - 1
    assert PortalImage.objects.get(pk=image.pk).lacks_sizes
    assert "No space left on device" in caplog.text
    make_renditions([image])
    assert image.renditions.count() == len(ALL_SPECS)
    assert not PortalImage.objects.get(pk=image.pk).lacks_sizes


def test_what_is_there_is_not_made_again(monkeypatch):
    image = stored(pictures.phone_picture())
    make_renditions([image])
    monkeypatch.setattr(renditions, "_make", None)
    make_renditions([image])
    assert not image.lacks_sizes


def test_a_broken_picture_shows_as_missing_in_the_admin(admin_client):
    image = stored(pictures.phone_picture())
    spoil(image)
    assert admin_client.get("/admin/images/").status_code == 200
    assert admin_client.get(f"/admin/images/{image.pk}/").status_code == 200
    assert admin_client.get("/admin/images/chooser/").status_code == 200
    assert admin_client.get(f"/admin/images/chooser/chosen/{image.pk}/").status_code == 200


def test_two_that_differ_only_in_the_language_of_their_text():
    image = stored(pictures.phone_picture())
    make_renditions([image])
    with reading("en"):
        for alt, written in (("图<", "图&lt;"), (FallbackText("图<"), f"{START}图&lt;{END}"), ("图<", "图&lt;")):
            html = picture_html(PortalImage.objects.get(pk=image.pk), alt, "text", "", eager=False)
            assert f' alt="{written}" loading="lazy"' in html


def test_one_that_is_stored_elsewhere_is_asked_for_its_address_each_time(monkeypatch):
    image = stored(pictures.phone_picture())
    make_renditions([image])
    asked = []

    class Elsewhere:
        def url(self, name):
            asked.append(name)
            return f"https://pictures.example.org/{len(asked)}"

    monkeypatch.setattr(core.rendering.pictures, "_storage", Elsewhere())
    html = [picture_html(image, "", "text", "", eager=False) for _time in range(2)]
    assert len(set(html)) == 2
    assert all("https://pictures.example.org/" in each for each in html)
