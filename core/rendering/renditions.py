"""Picture sizes: made when something is published, only read when a page is shown."""

import logging
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor

from django.db import models
from wagtail.images.models import Filter
from wagtail.models import ReferenceIndex

from ..models import PortalImage
from ..models.images import BarePicture


logger = logging.getLogger(__name__)

WIDTHS = (480, 960, 1600)
FORMATS = ("webp", "jpeg")
SPECS = {(width, fmt): f"width-{width}|format-{fmt}" for width in WIDTHS for fmt in FORMATS}
SHARE_SPEC = "fill-1200x630|format-jpeg"
ALL_SPECS = (*SPECS.values(), SHARE_SPEC)
AT_ONCE = 3  # sizes of one picture


def make_renditions(images: Iterable[PortalImage]) -> None:
    """Make every size of these pictures that is not there yet.

    A picture or size that cannot be made stops none of the others, nor who asked for them: it is logged, and
    `lacks_sizes` says so of the picture until all is well.
    """
    for image in images:
        is_whole = _make_missing(image)
        if image.lacks_sizes == is_whole:
            image.lacks_sizes = not is_whole
            PortalImage.objects.filter(pk=image.pk).update(lacks_sizes=not is_whole)


def _make_missing(image: PortalImage) -> bool:
    """Whether every size is there now."""
    stored = set(image.renditions.values_list("filter_spec", "focal_point_key"))
    missing = [each for each in map(Filter, ALL_SPECS) if (each.spec, each.get_cache_key(image)) not in stored]
    try:
        return not missing or _make(image, missing)
    except Exception:  # whatever a file, or where it is stored, comes up with
        logger.exception("No size of picture %s can be made.", image.pk)
        return False


def _make(image: PortalImage, filters: list[Filter]) -> bool:
    """Read the file once, then make these sizes of it. Whether all of them were made."""
    with image.open_file() as file:
        picture = BarePicture(file)
    with ThreadPoolExecutor(AT_ONCE) as pool:
        jobs = [(each, pool.submit(image.generate_rendition_file, each, source=picture)) for each in filters]
    made = 0
    for each, job in jobs:
        try:
            image.renditions.get_or_create(
                filter_spec=each.spec, focal_point_key=each.get_cache_key(image), defaults={"file": job.result()}
            )
            made += 1
        except Exception:  # one bad size stops none of the others
            logger.exception("Size %s of picture %s cannot be made.", each.spec, image.pk)
    return made == len(filters)


def make_renditions_of(obj: models.Model) -> None:
    """Make the sizes of all pictures that an object uses, in any of its fields."""
    image_type = ReferenceIndex._get_base_content_type(PortalImage).pk
    ids = {pk for type_id, pk, *_path in ReferenceIndex._extract_references_from_object(obj) if type_id == image_type}
    make_renditions(PortalImage.objects.filter(pk__in=ids))
