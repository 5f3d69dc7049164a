"""Pictures as telephones, scanners and programs write them, made by hand: nothing here comes from a camera."""

import io
import struct
import zlib

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageCms, ImageDraw, PngImagePlugin


SECRET = "SN-4711 Zhang San"  # the owner's name and the number of the camera
PLACE = (29.0, 17.0, 25.0)
PNG = b"\x89PNG\r\n\x1a\n"
LEFT, RIGHT = (200, 30, 30), (30, 60, 200)


def halves(size=(640, 400), mode="RGB"):
    """Red on the left, blue on the right."""
    picture = Image.new("RGB", size, LEFT)
    ImageDraw.Draw(picture).rectangle((size[0] // 2, 0, *size), fill=RIGHT)
    return picture.convert(mode)


def saved(picture, kind, **options):
    file = io.BytesIO()
    picture.save(file, kind, **options)
    return file.getvalue()


def exif(orientation=1):
    """What a telephone says: its maker, its owner, a note of the maker, and the place."""
    facts = Image.Exif()
    facts[0x0112], facts[0x010F], facts[0x013B] = orientation, "ExampleMaker", SECRET
    facts.get_ifd(0x8769).update({0x927C: f"MakerNote {SECRET}".encode(), 0xA431: SECRET})
    facts.get_ifd(0x8825).update({1: "N", 2: PLACE, 3: "E", 4: (106.0, 15.0, 30.0)})
    return facts.tobytes()


def xmp():
    return f'<x:xmpmeta xmlns:x="adobe:ns:meta/"><creator>{SECRET}</creator></x:xmpmeta>'.encode()


def phone_picture(orientation=1):
    picture = halves() if orientation < 5 else halves().transpose(Image.Transpose.ROTATE_90)
    jpeg = saved(picture, "JPEG", quality=95, exif=exif(orientation), xmp=xmp(), comment=SECRET.encode())
    iptc = b"Photoshop 3.0\x008BIM\x04\x04\0\0" + struct.pack(">I", len(SECRET)) + SECRET.encode()
    return jpeg[:2] + b"\xff\xed" + struct.pack(">H", len(iptc) + 2) + iptc + jpeg[2:]


def talkative_png():
    texts = PngImagePlugin.PngInfo()
    texts.add_text("Author", SECRET)
    texts.add_text("Comment", SECRET, zip=True)
    texts.add_itxt("XML:com.adobe.xmp", xmp().decode())
    return saved(halves(), "PNG", pnginfo=texts, exif=exif())


def moving_gif():
    return saved(halves(), "GIF", save_all=True, append_images=[halves().rotate(180)], comment=SECRET.encode())


def two_in_one():
    """As telephones keep a second picture behind the first (MPO)."""
    return saved(halves(), "MPO", save_all=True, append_images=[halves().rotate(180)], exif=exif())


def with_video():
    """As telephones keep a film behind the picture; an archive could stand there too."""
    return phone_picture() + b"\0\0\0\x18ftypmp42" + SECRET.encode() * 50


def interlaced_png():
    """Grey, 8 by 8, in Adam7's seven passes."""
    passes = [(1, 1), (1, 1), (2, 1), (2, 2), (4, 2), (4, 4), (8, 4)]
    rows = b"".join((b"\0" + b"\x80" * width) * height for width, height in passes)
    head = struct.pack(">IIBBBBB", 8, 8, 8, 0, 0, 0, 1)
    text = _chunk(b"tEXt", b"Author\0" + SECRET.encode())
    return PNG + _chunk(b"IHDR", head) + text + _chunk(b"IDAT", zlib.compress(rows)) + _chunk(b"IEND", b"")


def with_profile(mode, profile):
    return saved(halves(mode=mode), "JPEG", quality=95, icc_profile=profile)


def other_profile():
    """A profile whose red and blue are the other way round, so that it is seen whether it was used."""
    srgb = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    srgb = srgb.replace(b"rXYZ", b"????").replace(b"bXYZ", b"rXYZ").replace(b"????", b"bXYZ")
    return bytes(
        srgb.replace("sRGB".encode("utf-16-be"), "Odd!".encode("utf-16-be")).replace(b"sRGB built", b"Odd! built")
    )


def grey_16_bit():
    return saved(Image.linear_gradient("L").convert("I").point(lambda value: value * 257).convert("I;16"), "PNG")


def png_of(width, height, colour=0):
    """A PNG that says it is so large, in few bytes and without the pixels."""
    head = struct.pack(">IIBBBBB", width, height, 1, colour, 0, 0, 0)
    return PNG + _chunk(b"IHDR", head) + _chunk(b"IDAT", zlib.compress(b"")) + _chunk(b"IEND", b"")


def _chunk(kind, content):
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def upload(content, name="photo.jpg"):
    return SimpleUploadedFile(name, content)
