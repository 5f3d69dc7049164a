import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, ClassVar

from django.core.files import File
from django.db import models
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _
from wagtail.images.models import (
    AbstractImage,
    AbstractRendition,
    Filter,
    Image,
    ImageQuerySet,
    SourceImageIOError,
)
from wagtail.models import CollectionMember
from wagtail.search import index
from willow.plugins.pillow import PillowImage

from ..files.pictures import bare
from ..queries.narrow import NarrowQuerySet
from ..searching.fields import AutocompleteField, SearchField, translated_search_fields


# What makes the name of a size unguessable: 80 bits, before its ending (and what a storage adds if the name is taken).
TOKEN = re.compile(r"\.[0-9a-f]{20}(_[A-Za-z0-9]{7})?\.[a-z]+$")


FOCAL_POINT = tuple(f"focal_point_{name}" for name in ("x", "y", "width", "height"))


class BarePicture(PillowImage):
    """The pixels of a file, for Willow: nothing else of the file is left to be written into another one."""

    def __init__(self, file: Any) -> None:
        super().__init__(bare(file))
        kind = self.image.format.lower()
        self.format_name = {"mpo": "jpeg", "heif": "heic"}.get(kind, kind)

    def auto_orient(self) -> PillowImage:
        return self  # it is upright


class BareFilter(Filter):
    """Makes a size from the bare pixels."""

    @contextmanager
    def get_willow_image(self, image: "PortalImage", source: Any = None) -> Iterator[BarePicture]:
        if isinstance(source, BarePicture):
            yield source
        elif source is not None:
            yield BarePicture(source)
        else:
            with image.get_willow_image() as picture:
                yield picture


class PortalImageQuerySet(NarrowQuerySet, ImageQuerySet):
    pass


class PortalImage(AbstractImage):
    """An image with the credit that readers see."""

    credit = models.CharField(
        _("credit"), max_length=200, blank=True, help_text=_("Who made it; a generated picture says so.")
    )
    lacks_sizes = models.BooleanField(_("some sizes could not be made"), default=False, editable=False)

    admin_form_fields = (*Image.admin_form_fields, "credit")
    search_fields: ClassVar = [
        *CollectionMember.search_fields,
        SearchField("title", boost=4),
        AutocompleteField("title"),
        index.FilterField("title"),
        *translated_search_fields("description", autocomplete=True),
        index.RelatedFields("tags", [SearchField("name"), AutocompleteField("name"), index.FilterField("name")]),
        index.FilterField("uploaded_by_user"),
        index.FilterField("created_at"),
        index.FilterField("id"),
    ]

    objects = PortalImageQuerySet.as_manager()

    cited: ClassVar = ("title", "description", "credit", "width", "height", *FOCAL_POINT)

    class Meta(AbstractImage.Meta):
        verbose_name = _("image")
        verbose_name_plural = _("images")
        permissions: ClassVar = [("choose_image", "Can choose image")]

    @contextmanager
    def get_willow_image(self) -> Iterator[BarePicture]:
        """Raises SourceImageIOError if the file is not there or cannot be read to its end."""
        with self.open_file() as file:
            picture = BarePicture(file)
        yield picture

    def get_rendition(self, filter: Filter | str) -> AbstractRendition:
        """For the admin, which fails in places if there is none: a picture that cannot be read shows as missing."""
        try:
            return super().get_rendition(filter)
        except SourceImageIOError:
            missing = self.get_rendition_model()(image=self, width=0, height=0)
            missing.file.name = "not-found"
            return missing

    def generate_rendition_file(self, filter: Filter, *, source: Any = None) -> File:
        """A size with a name that nobody can guess from another: a picture that only a draft uses is nobody's to see.

        The name is a keyed hash of what the size is made of, so it is the same wherever it is stored and whenever it is
        made again, and another one for another file or focal point.
        """
        made = super().generate_rendition_file(BareFilter(spec=filter.spec), source=source)
        stem, ending = os.path.splitext(made.name)
        made.name = f"{stem}.{self._token(filter)}{ending}"
        return made

    def _token(self, filter: Filter) -> str:
        parts = (self.pk, self.file.name, self.file_hash, filter.spec, filter.get_cache_key(self))
        return salted_hmac("core.renditions", "\n".join(map(str, parts)), algorithm="sha256").hexdigest()[:20]


class PortalRendition(AbstractRendition):
    image = models.ForeignKey(PortalImage, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        unique_together = [("image", "filter_spec", "focal_point_key")]
        verbose_name = _("rendition")
        verbose_name_plural = _("renditions")

    @property
    def is_bare(self) -> bool:
        """Whether it was made of pixels alone and cannot be guessed: those that were made before have other names."""
        return bool(TOKEN.search(self.file.name))
