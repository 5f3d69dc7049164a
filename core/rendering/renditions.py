"""Picture sizes: made when something is published, only read when a page is shown."""

from collections.abc import Iterable

from django.db import models
from wagtail.images.models import Filter
from wagtail.models import ReferenceIndex

from ..models import PortalImage


WIDTHS = (480, 960, 1600)
FORMATS = ("webp", "jpeg")
SPECS = {(width, fmt): f"width-{width}|format-{fmt}" for width in WIDTHS for fmt in FORMATS}
SHARE_SPEC = "fill-1200x630|format-jpeg"


def make_renditions(images: Iterable[PortalImage]) -> None:
    """Make every size of these pictures that is not there yet."""
    filters = [Filter(spec=spec) for spec in (*SPECS.values(), SHARE_SPEC)]
    for image in images:
        image.get_renditions(*filters)


def make_renditions_of(obj: models.Model) -> None:
    """Make the sizes of all pictures that an object uses, wherever in its fields they stand."""
    image_type = ReferenceIndex._get_base_content_type(PortalImage).pk
    ids = {pk for type_id, pk, *_path in ReferenceIndex._extract_references_from_object(obj) if type_id == image_type}
    make_renditions(PortalImage.objects.filter(pk__in=ids))
