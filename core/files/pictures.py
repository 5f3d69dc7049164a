"""Pictures: refused at upload if they cannot be shown, and stripped of everything but their pixels for readers.

Cameras, telephones and programs write much into a picture that is nobody's business: the place, the owner's name, the
serial number, earlier versions (EXIF, XMP, IPTC, MakerNote, comments, text chunks). So readers never get a byte of the
uploaded file: every size is made from the pixels alone.
"""

import logging
from io import BytesIO
from typing import IO

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from PIL import Image, ImageCms, ImageOps
from wagtail.images.models import SourceImageIOError


logger = logging.getLogger(__name__)

MAX_SIDE = 16_383  # pixels: WebP cannot hold more on a side
SRGB = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))
# What Pillow tells of a file beside its pixels, and is no word of anybody's.
HARMLESS = {
    *(
        "jfif",
        "jfif_version",
        "jfif_unit",
        "jfif_density",
        "progressive",
        "progression",
        "icc_profile",
        "dpi",
        "aspect",
    ),
    *("background", "transparency", "loop", "duration", "timestamp", "version", "interlace", "gamma", "srgb"),
}
BOMBS = (Image.DecompressionBombError, Image.DecompressionBombWarning)


def check_picture(file: IO[bytes]) -> None:
    """Read the whole picture as it will be read for readers. Raises ValidationError for a person if that fails.

    Its measures come first, from its head: what would fill the memory is refused before it is unpacked.
    """
    try:
        width, height = _open(file).size
    except BOMBS as bomb:
        raise _too_large() from bomb
    except Exception as error:
        raise _damaged() from error
    if width * height > settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS or max(width, height) > MAX_SIDE:
        raise _too_large()
    try:
        bare(file)
    except SourceImageIOError as error:
        raise _damaged() from error


def bare(file: IO[bytes]) -> Image.Image:
    """The pixels of a picture as readers are to get them: upright, in 8 bits and sRGB, and nothing else of the file.

    Of a moving picture, the first frame. `format` says what kind of file it was. Raises SourceImageIOError if it cannot
    be read to its end.
    """
    try:
        opened = _open(file)
        opened.load()
        profile = opened.info.get("icc_profile")
        picture = _in_srgb(_in_eight_bits(_upright(opened)), profile).copy()
        picture.info = {}  # Pillow keeps comments, EXIF and XMP here, and some kinds of file get them back
        picture.format = opened.format
    except Exception as error:  # a file that was made to break its reader raises whatever it likes
        raise SourceImageIOError(f"The picture cannot be read: {error}") from error
    return picture


def is_bare(file: IO[bytes]) -> bool:
    """Whether a file holds nothing but a picture and its colour profile. Raises OSError if it is no picture."""
    with Image.open(file) as picture:
        return picture.info.keys() <= HARMLESS


def _open(file: IO[bytes]) -> Image.Image:
    """The kinds that may be uploaded and no others: Pillow knows some that run programs."""
    file.seek(0)
    kinds = Image.registered_extensions()
    return Image.open(file, formats=sorted({kinds[f".{ending}"] for ending in settings.WAGTAILIMAGES_EXTENSIONS}))


def _upright(picture: Image.Image) -> Image.Image:
    """Turned as the camera was held."""
    try:
        return ImageOps.exif_transpose(picture)
    except Exception:
        logger.warning("A picture's EXIF cannot be read: it stays as it is.", exc_info=True)
        return picture


def _in_eight_bits(picture: Image.Image) -> Image.Image:
    """Grey, RGB, RGBA, or CMYK, whose colours are for its profile to say."""
    if picture.mode.startswith("I"):  # 16 bits of grey, which Pillow may keep in 32
        return picture.point(lambda value: value * (1 / 256)).convert("L")
    if picture.has_transparency_data:
        return picture.convert("RGBA")
    if picture.mode in ("L", "RGB", "CMYK"):
        return picture
    return picture.convert("L" if picture.mode == "1" else "RGB")


def _in_srgb(picture: Image.Image, profile: bytes | None) -> Image.Image:
    """A profile that cannot be used is as good as none."""
    if profile:
        try:
            return _converted(picture, ImageCms.ImageCmsProfile(BytesIO(profile)))
        except (ImageCms.PyCMSError, OSError, TypeError, ValueError):
            logger.info("A picture's colour profile cannot be used.", exc_info=True)
    return picture.convert("RGB") if picture.mode == "CMYK" else picture


def _converted(picture: Image.Image, profile: ImageCms.ImageCmsProfile) -> Image.Image:
    if "sRGB" in ImageCms.getProfileDescription(profile):
        return picture
    mode = "RGBA" if picture.mode == "RGBA" else "RGB"
    return ImageCms.profileToProfile(picture, profile, SRGB, outputMode=mode) or picture


def _damaged() -> ValidationError:
    return ValidationError(
        _("This picture cannot be read to its end: it is damaged or was not copied whole. Save it again and retry."),
        code="damaged",
    )


def _too_large() -> ValidationError:
    millions = settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS // 1_000_000
    text = _("This picture is too large: at most {millions} million pixels, and {side} on a side.")
    return ValidationError(text.format(millions=millions, side=MAX_SIDE), code="file_too_many_pixels")
