"""Files that were stored before today's rules: sizes with camera data, sizes that are lacking, uploads nobody can show."""

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import partial
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.db import models, transaction
from django.db.models.functions import Cast
from django.utils import timezone
from wagtail.documents import get_document_model
from wagtail.images.exceptions import InvalidFilterSpecError
from wagtail.images.models import SourceImageIOError
from wagtail.models import ReferenceIndex

from ..files.documents import check_document
from ..files.pictures import check_picture, is_bare
from ..models import PortalImage, PortalRendition
from ..models.images import BarePicture
from ..rendering.renditions import ALL_SPECS, make_renditions
from .mending import Flaw, mender


REPLACE = "put another file in its place, or delete it"
FOLDER = "images"
YOUNG = timedelta(hours=1)  # of a file that may be about to be recorded


@mender("camera-data", is_safe=True)
def find_guessable_sizes() -> Iterator[Flaw]:
    """Sizes made before readers got bare pixels under names that nobody can guess."""
    sizes = PortalRendition.objects.only("file", "image_id").iterator(chunk_size=2000)
    counts = Counter(each.image_id for each in sizes if not each.is_bare)
    for image in PortalImage.objects.filter(pk__in=counts):
        found = f"{counts[image.pk]} sizes have guessable names and may hold what the camera wrote"
        wrong = partial(_make_again, image, lambda size: not size.is_bare)
        yield Flaw(_name(image), found, "make them again from the pixels", wrong)


@mender("camera-data-within")
def find_sizes_that_say_more() -> Iterator[Flaw]:
    """The same by what is in the files, for those that were put there by hand or restored. Every one is read."""
    counts = Counter(each.image_id for each in PortalRendition.objects.iterator(chunk_size=500) if _says_more(each))
    for image in PortalImage.objects.filter(pk__in=counts):
        found = f"{counts[image.pk]} sizes hold more than pixels"
        yield Flaw(_name(image), found, "make them again from the pixels", partial(_make_again, image, _says_more))


def _says_more(size: PortalRendition) -> bool:
    try:
        with size.open_file() as file:
            return not is_bare(file)
    except OSError:
        return False  # there is no file to be read, by readers either


def _make_again(image: PortalImage, is_wrong: Callable[[PortalRendition], bool]) -> None:
    """From the original or, if that cannot be read, from the size itself."""
    try:
        with image.get_willow_image() as original:
            source: BarePicture | None = original
    except SourceImageIOError:
        source = None
    for size in image.renditions.all():
        if is_wrong(size):
            _replace(size, source)


def _replace(size: PortalRendition, source: BarePicture | None) -> None:
    """A size that is no longer asked for, or that nothing can be made of, goes."""
    try:
        is_stale = size.focal_point_key != size.filter.get_cache_key(size.image)
        made = None if is_stale else size.image.generate_rendition_file(size.filter, source=source or _own(size))
    except (SourceImageIOError, InvalidFilterSpecError):
        made = None
    if made is None:
        size.delete()
        return
    transaction.on_commit(partial(size.file.storage.delete, size.file.name))
    size.purge_from_cache()
    size.file = made
    size.save()


def _own(size: PortalRendition) -> BarePicture:
    with size.open_file() as file:
        return BarePicture(file)


@mender("picture-sizes", is_safe=True)
def find_lacking_sizes() -> Iterator[Flaw]:
    """Pictures in use of which a size is lacking: publishing them went wrong half-way."""
    links = ReferenceIndex.objects.filter(
        to_content_type=ReferenceIndex._get_base_content_type(PortalImage),
        to_object_id=Cast(models.OuterRef("pk"), models.CharField()),
    )
    made = models.Count("renditions__filter_spec", models.Q(renditions__filter_spec__in=ALL_SPECS), distinct=True)
    lacking = PortalImage.objects.filter(models.Exists(links)).annotate(made=made).filter(made__lt=len(ALL_SPECS))
    for image in lacking:
        found = f"{len(ALL_SPECS) - image.made} sizes are lacking"
        if wrong := _what_is_wrong(image, check_picture):
            yield Flaw(_name(image), f"{found}: {wrong}", REPLACE)
        else:
            yield Flaw(_name(image), found, "make them", partial(make_renditions, [image]))


@mender("pictures")
def find_broken_pictures() -> Iterator[Flaw]:
    """Uploads that would be refused today. Every file is read."""
    for image in PortalImage.objects.iterator(chunk_size=500):
        if wrong := _what_is_wrong(image, check_picture):
            yield Flaw(_name(image), wrong, REPLACE)


@mender("documents")
def find_broken_documents() -> Iterator[Flaw]:
    for document in get_document_model().objects.iterator(chunk_size=500):
        if wrong := _what_is_wrong(document, lambda file, name=document.filename: check_document(file, name)):
            yield Flaw(_name(document), wrong, REPLACE)


@mender("stray-sizes")
def find_stray_sizes() -> Iterator[Flaw]:
    """Files beside the sizes that no size knows of. Not asked for by deployments: another site may share the folder."""
    try:
        names = default_storage.listdir(FOLDER)[1]
    except FileNotFoundError:
        return
    known = set(PortalRendition.objects.values_list("file", flat=True))
    for path in (f"{FOLDER}/{name}" for name in sorted(names)):
        if path not in known and default_storage.get_modified_time(path) < timezone.now() - YOUNG:
            yield Flaw(path, "no size has this file", "delete it", partial(default_storage.delete, path))


def _what_is_wrong(thing: Any, check: Any) -> str:
    try:
        with thing.open_file() as file:
            check(file)
    except ValidationError as error:
        return " ".join(error.messages)
    except OSError:
        return "the file is not there"
    return ""


def _name(thing: Any) -> str:
    return f"{thing._meta.label} {thing.pk} ({thing.title})"
